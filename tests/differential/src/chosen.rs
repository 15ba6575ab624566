//! Which requests are sent: some of the enumeration, and what the conformance table has.

use std::time::Duration;

use etag_oracle::values::{self, MODIFIED, Tags, Value};
use etag_oracle::{Field, Tag};

use crate::conformance;
use crate::request::Request;
use crate::resource::Resource;

/// All requests, each once.
pub(crate) fn requests() -> Vec<Request> {
    let mut chosen: Vec<Request> = Vec::new();
    let all = lists().into_iter().chain(dates()).chain(ranges()).chain(pairs()).chain(methods());
    for request in all.chain(conformance::requests()) {
        if !chosen.contains(&request) {
            chosen.push(request);
        }
    }
    chosen
}

/// A tag that a server of files can have instead: without a comma, and long enough to be found.
const OPAQUE: &str = "rev-1";

const DATED: Duration = Duration::from_secs(MODIFIED);

fn tags() -> Tags {
    Tags { current: OPAQUE.to_owned(), sibling: "rev".to_owned(), others: ["x-2".to_owned(), "x-3".to_owned()] }
}

fn resource(tag: Option<bool>, modified: Option<Duration>) -> Resource {
    let tag = tag.map(|weak| Tag { weak, opaque: OPAQUE.into() });
    Resource { exists: true, tag, modified }
}

fn strong() -> Resource {
    resource(Some(false), Some(DATED))
}

fn weak() -> Resource {
    resource(Some(true), Some(DATED))
}

/// Every list in either field.
fn lists() -> Vec<Request> {
    let mut requests = Vec::new();
    for field in [Field::IfMatch, Field::IfNoneMatch] {
        for value in values_of(field) {
            for (method, resource) in [
                ("GET", strong()),
                ("PUT", strong()),
                ("GET", weak()),
                ("PUT", weak()),
                ("GET", resource(None, None)),
                ("PUT", resource(None, None)),
                ("PUT", Resource::ABSENT),
            ] {
                requests.push(request(method, resource, &[(field, &value)]));
            }
        }
    }
    requests
}

/// Every date in either field.
fn dates() -> Vec<Request> {
    let in_mid_second = DATED + Duration::from_millis(500);
    let mut requests = Vec::new();
    for field in [Field::IfUnmodifiedSince, Field::IfModifiedSince] {
        for value in values_of(field) {
            for modified in [Some(DATED), Some(in_mid_second), None] {
                requests.push(request("GET", resource(None, modified), &[(field, &value)]));
                requests.push(request("PUT", resource(None, modified), &[(field, &value)]));
            }
            requests.push(request("GET", strong(), &[(field, &value)]));
        }
    }
    requests
}

/// Every `If-Range`, with and without `Range`.
fn ranges() -> Vec<Request> {
    let mut requests = Vec::new();
    let range = &values_of(Field::Range)[0];
    for value in values_of(Field::IfRange) {
        for resource in [strong(), weak(), resource(None, Some(DATED))] {
            requests.push(request("GET", resource, &[(Field::IfRange, &value), (Field::Range, range)]));
        }
        requests.push(request("HEAD", strong(), &[(Field::IfRange, &value), (Field::Range, range)]));
        requests.push(request("GET", strong(), &[(Field::IfRange, &value)]));
    }
    requests
}

/// What one field says about the other.
fn pairs() -> Vec<Request> {
    const PAIRS: [(Field, Field); 4] = [
        (Field::IfMatch, Field::IfUnmodifiedSince),
        (Field::IfNoneMatch, Field::IfModifiedSince),
        (Field::IfMatch, Field::IfNoneMatch),
        (Field::IfUnmodifiedSince, Field::IfModifiedSince),
    ];
    let mut requests = Vec::new();
    for (one, other) in PAIRS {
        // `*`, the current tag and another one; or the same date, an earlier and a later one.
        for first in &values_of(one)[..3] {
            for second in &values_of(other)[..3] {
                for method in ["GET", "PUT"] {
                    requests.push(request(method, strong(), &[(one, first), (other, second)]));
                }
            }
        }
        // The first field is there, and means nothing.
        if let (Field::IfMatch | Field::IfNoneMatch, Field::IfUnmodifiedSince | Field::IfModifiedSince) = (one, other) {
            for empty_or_unquoted in &values_of(one)[9..11] {
                for second in &values_of(other)[..2] {
                    let fields = [(one, empty_or_unquoted), (other, second)];
                    requests.push(request("GET", strong(), &fields));
                    requests.push(request("PUT", strong(), &fields));
                }
            }
        }
    }
    requests
}

/// The other methods.
fn methods() -> Vec<Request> {
    let mut requests = Vec::new();
    for field in [Field::IfMatch, Field::IfNoneMatch] {
        for value in &values_of(field)[..4] {
            for method in ["HEAD", "DELETE", "POST", "PATCH", "OPTIONS", "QUERY"] {
                requests.push(request(method, strong(), &[(field, value)]));
            }
        }
    }
    requests
}

/// All values of a field but that which leaves it out.
fn values_of(field: Field) -> Vec<Value> {
    values::of(field, &tags()).split_off(1)
}

fn request(method: &str, resource: Resource, fields: &[(Field, &Value)]) -> Request {
    let lines =
        fields.iter().flat_map(|(field, value)| value.lines.iter().map(|line| (*field, line.clone().into_bytes())));
    Request { method: method.to_owned(), resource, lines: lines.collect() }
}
