//! Requests and resources, short enough to be read in a row of a table.

use std::time::{Duration, UNIX_EPOCH};

use etag_runtime::{Current, Decision, EntityTag, HttpDate, Preconditions, Validators};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

/// `Wed, 25 Jun 2014 17:12:18 GMT`
pub(crate) const DATE: &str = "Wed, 25 Jun 2014 17:12:18 GMT";
/// One second later.
pub(crate) const LATER: &str = "Wed, 25 Jun 2014 17:12:19 GMT";
/// One second earlier.
pub(crate) const EARLIER: &str = "Wed, 25 Jun 2014 17:12:17 GMT";

/// The preconditions of a request with these field lines, in the order in which they come.
pub(crate) fn request(method: &Method, lines: &[(&str, &[u8])]) -> Preconditions {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(value).unwrap());
    }
    // In 2026.
    Preconditions::new(method, &headers).received_at(UNIX_EPOCH + Duration::from_secs(1_793_954_977))
}

/// What a request with one conditional field may do.
pub(crate) fn decide(method: &Method, name: &str, value: &[u8], current: &Validators) -> Decision {
    request(method, &[(name, value)]).evaluate(Current::Present(current))
}

/// A representation with this tag.
pub(crate) fn tagged(tag: &[u8]) -> Validators {
    Validators::new().with_entity_tag(EntityTag::parse(tag).unwrap())
}

/// A representation with this date.
pub(crate) fn dated(date: &str) -> Validators {
    Validators::new().with_last_modified(HttpDate::parse(date.as_bytes(), UNIX_EPOCH).unwrap())
}
