//! Behaviours in which servers differ, by their rows in the notes to the conformance cases.
//!
//! The cases themselves are put to the same code by `conformance`.

use etag_runtime::{Conditional, Content, EntityTag, HttpDate, Preconditions, Validators};
use http::header::{CONTENT_RANGE, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderValue, Method};

use crate::answer::{Answer, get, preconditions};

const PART: (HeaderName, &str) = (RANGE, "bytes=0-3");
/// An instant, in the three formats.
const CHANGED: [&str; 3] =
    ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"];

#[expect(clippy::needless_pass_by_value, reason = "as axum calls a handler")]
fn show(preconditions: Preconditions) -> Conditional<Content> {
    let changed = HttpDate::from_unix_seconds(784_111_777).unwrap();
    let validators = Validators::new().with_entity_tag(EntityTag::strong("a")).with_last_modified(changed);
    preconditions.respond_with_content(validators, "ten octets")
}

fn status(fields: &[(HeaderName, &str)]) -> u16 {
    get(fields, show).status.as_u16()
}

#[test]
fn row_30_conditions_are_evaluated_before_the_range() {
    assert_eq!(status(&[PART, (IF_NONE_MATCH, "\"a\"")]), 304);
    assert_eq!(status(&[PART, (IF_MODIFIED_SINCE, CHANGED[0])]), 304);
    assert_eq!(status(&[PART, (IF_MATCH, "\"b\"")]), 412);
    assert_eq!(status(&[PART, (IF_NONE_MATCH, "\"b\""), (IF_MATCH, "\"a\"")]), 206);
}

#[test]
fn row_31_a_date_that_is_later_than_last_modified_is_no_match() {
    assert_eq!(status(&[PART, (IF_RANGE, "Sun, 06 Nov 1994 08:49:38 GMT")]), 200);
    assert_eq!(status(&[PART, (IF_RANGE, "Fri, 31 Dec 9999 23:59:59 GMT")]), 200);
}

#[test]
fn row_32_a_weak_tag_in_if_range_is_no_match() {
    assert_eq!(status(&[PART, (IF_RANGE, "W/\"a\"")]), 200);
    let weak = |preconditions: Preconditions| {
        preconditions.respond_with_content(Validators::new().with_entity_tag(EntityTag::weak("a")), "ten octets")
    };
    assert_eq!(get(&[PART, (IF_RANGE, "W/\"a\"")], weak).status, 200);
    assert_eq!(get(&[PART, (IF_RANGE, "\"a\"")], weak).status, 200);
}

/// A date is strong when its second is over. A `Last-Modified` of this second is not even sent.
#[test]
fn row_33_a_date_of_this_second_is_no_match() {
    let now = std::time::SystemTime::now() + std::time::Duration::from_secs(3);
    let now = HttpDate::try_from(now).unwrap();
    let fresh = |preconditions: Preconditions| {
        preconditions.respond_with_content(Validators::new().with_last_modified(now), "ten octets")
    };
    assert_eq!(get(&[PART, (IF_RANGE, &*now.to_string())], fresh).status, 200);
    assert_eq!(status(&[PART, (IF_RANGE, CHANGED[0])]), 206);
}

#[test]
fn row_34_dates_are_compared_as_instants() {
    for date in CHANGED {
        assert_eq!(status(&[PART, (IF_RANGE, date)]), 206, "{date}");
    }
}

#[test]
fn row_35_what_is_no_single_validator_is_no_match() {
    for if_range in ["", "a", "\"a", "\"a\", \"a\"", "\"a\", \"b\"", "*", "yesterday", ","] {
        assert_eq!(status(&[PART, (IF_RANGE, if_range)]), 200, "{if_range:?}");
    }
    assert_eq!(status(&[PART, (IF_RANGE, "\"a\""), (IF_RANGE, "\"a\"")]), 200, "two lines");
    let octets = |if_range: &[u8]| {
        let mut headers = http::HeaderMap::new();
        headers.append(RANGE, HeaderValue::from_static("bytes=0-3"));
        headers.append(IF_RANGE, HeaderValue::from_bytes(if_range).unwrap());
        Answer::of(axum::response::IntoResponse::into_response(show(Preconditions::new(&Method::GET, &headers)))).status
    };
    assert_eq!((octets(b"\"a\""), octets(b"\"\xe9\"")), (http::StatusCode::PARTIAL_CONTENT, http::StatusCode::OK));
}

#[test]
fn row_36_head_has_no_ranges() {
    for fields in [&[PART][..], &[PART, (IF_RANGE, "\"a\"")], &[(RANGE, "bytes=99-")]] {
        let head = axum::response::IntoResponse::into_response(show(preconditions(&Method::HEAD, fields)));
        assert_eq!((head.status().as_u16(), head.headers().get(CONTENT_RANGE)), (200, None), "{fields:?}");
    }
}

#[test]
fn row_37_if_range_that_is_true_does_not_make_a_range_satisfiable() {
    assert_eq!(status(&[(RANGE, "bytes=99-"), (IF_RANGE, "\"a\"")]), 416);
    assert_eq!(status(&[(RANGE, "bytes=99-"), (IF_RANGE, CHANGED[0])]), 416);
    assert_eq!(status(&[(RANGE, "bytes=99-"), (IF_RANGE, "\"b\"")]), 200);
}
