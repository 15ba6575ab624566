//! RFC 9110 § 14 and § 15.3.7: which answer it is, and what it says.

use etag_runtime::{Conditional, Content, EntityTag, HttpDate, Preconditions, Validators};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE, VARY,
};
use http::{HeaderValue, Method, StatusCode};

use crate::answer::{Answer, get, preconditions};

const CHANGED: &str = "Fri, 13 Feb 2009 23:31:30 GMT";

/// A thousand octets, each of which knows its place.
fn document() -> Vec<u8> {
    (0..1000_u32).map(|place| b'!' + u8::try_from(place % 89).unwrap()).collect()
}

fn validators() -> Validators {
    let changed = HttpDate::from_unix_seconds(1_234_567_890).unwrap();
    Validators::new().with_entity_tag(EntityTag::strong("v1")).with_last_modified(changed)
}

#[expect(clippy::needless_pass_by_value, reason = "as axum calls a handler")]
fn show(preconditions: Preconditions) -> Conditional<Content> {
    let line = HeaderValue::from_static;
    preconditions
        .respond_with_content(validators(), Content::from(document()).content_type("application/pdf"))
        .header(VARY, line("cookie"))
        .header(CACHE_CONTROL, line("private"))
        .header(CONTENT_DISPOSITION, line("attachment"))
}

#[test]
fn one_range_is_a_206_with_content_range() {
    #[rustfmt::skip]
    let table = [
        ("bytes=0-0",        "bytes 0-0/1000",     0..1),
        ("bytes=100-199",    "bytes 100-199/1000", 100..200),
        ("bytes=990-2000",   "bytes 990-999/1000", 990..1000),
        ("bytes=999-",       "bytes 999-999/1000", 999..1000),
        ("bytes=-5",         "bytes 995-999/1000", 995..1000),
        ("bytes=-2000",      "bytes 0-999/1000",   0..1000),
        ("bytes=0-",         "bytes 0-999/1000",   0..1000),
        ("bytes=0-9,5-20",   "bytes 0-20/1000",    0..21),
        ("bytes=0-9,5000-",  "bytes 0-9/1000",     0..10),
    ];
    for (range, content_range, octets) in table {
        let answer = get(&[(RANGE, range)], show);
        assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(answer.text(&CONTENT_RANGE), Some(content_range), "{range}");
        assert_eq!(answer.text(&CONTENT_TYPE), Some("application/pdf"), "{range}");
        assert_eq!(answer.body, document()[octets], "{range}");
    }
}

#[test]
fn several_ranges_are_parts_in_the_order_of_the_request() {
    let answer = get(&[(RANGE, "bytes=500-509, 0-9, -1, 9999-")], show);
    let parts = answer.parts();
    let octets: Vec<_> = parts.iter().map(|part| part.octets.clone()).collect();
    assert_eq!(octets, [500..510, 0..10, 999..1000]);
    for part in parts {
        assert_eq!((&*part.media_type, part.complete_length), ("application/pdf", 1000));
        assert_eq!(part.body, document()[part.octets]);
    }
    assert!(answer.body.len() < 1000);
}

#[test]
fn what_is_no_range_of_octets_is_ignored() {
    let many = format!("bytes={}", vec!["0-0"; 101].join(","));
    for range in ["items=0-9", "bytes=9-0", "bytes=x", "bytes=", "0-9", "bytes=0-9,x", "bytes=0-499,500-", &many] {
        let answer = get(&[(RANGE, range)], show);
        assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 1000), "{range}");
        assert_eq!(answer.text(&CONTENT_RANGE), None, "{range}");
    }
    let lines = get(&[(RANGE, "bytes=0-9"), (RANGE, "bytes=0-9")], show);
    assert_eq!(lines.status, StatusCode::OK, "two lines");
}

#[test]
fn a_206_has_the_fields_of_the_200() {
    let whole = get(&[], show);
    for fields in
        [&[(RANGE, "bytes=0-9")][..], &[(RANGE, "bytes=0-9"), (IF_RANGE, "\"v1\"")], &[(RANGE, "bytes=0-9,500-509")]]
    {
        let part = get(fields, show);
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{fields:?}");
        for name in [ETAG, LAST_MODIFIED, CACHE_CONTROL, VARY, CONTENT_DISPOSITION, ACCEPT_RANGES] {
            assert!(whole.headers.contains_key(&name), "{name}");
            assert_eq!(part.text(&name), whole.text(&name), "{name} of {fields:?}");
        }
    }
    assert_eq!(whole.text(&ACCEPT_RANGES), Some("bytes"));
    assert_eq!(whole.text(&ETAG), Some("\"v1\""));
}

#[test]
fn unsatisfiable_is_a_416_that_says_how_many_octets_of_what_there_are() {
    for fields in
        [&[(RANGE, "bytes=1000-")][..], &[(RANGE, "bytes=-0")], &[(RANGE, "bytes=1000-"), (IF_RANGE, "\"v1\"")]]
    {
        let answer = get(fields, show);
        assert_eq!(answer.status, StatusCode::RANGE_NOT_SATISFIABLE, "{fields:?}");
        assert_eq!(answer.text(&CONTENT_RANGE), Some("bytes */1000"));
        assert_eq!(answer.text(&ETAG), Some("\"v1\""));
        assert_eq!(answer.text(&CACHE_CONTROL), Some("no-store"));
        assert_eq!(answer.text(&CONTENT_TYPE), Some("application/problem+json"));
        assert_eq!(answer.text(&CONTENT_DISPOSITION), None);
        let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((&problem["status"], &problem["reason"]), (&416.into(), &"range-not-satisfiable".into()));
        assert!(problem["type"].as_str().unwrap().ends_with("#range-not-satisfiable"));
    }
}

#[test]
fn if_range_that_is_false_is_answered_with_everything() {
    for if_range in
        ["\"v0\"", "W/\"v1\"", "*", "v1", "", "Fri, 13 Feb 2009 23:31:29 GMT", "Fri, 13 Feb 2009 23:31:31 GMT"]
    {
        for range in ["bytes=0-9", "bytes=0-9,500-509", "bytes=5000-"] {
            let answer = get(&[(RANGE, range), (IF_RANGE, if_range)], show);
            assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 1000), "{if_range} {range}");
        }
    }
    for if_range in ["\"v1\"", CHANGED] {
        let answer = get(&[(RANGE, "bytes=0-9"), (IF_RANGE, if_range)], show);
        assert_eq!((answer.status, answer.body.len()), (StatusCode::PARTIAL_CONTENT, 10), "{if_range}");
    }
}

/// § 13.1.5: what is not strong tells no version from another.
#[test]
fn a_weak_tag_or_none_makes_no_if_range_true() {
    for validators in [Validators::new().with_entity_tag(EntityTag::weak("v1")), Validators::new()] {
        let show = |preconditions: Preconditions| preconditions.respond_with_content(validators.clone(), document());
        for if_range in ["\"v1\"", "W/\"v1\"", CHANGED] {
            let answer = get(&[(RANGE, "bytes=0-9"), (IF_RANGE, if_range)], show);
            assert_eq!(answer.status, StatusCode::OK, "{validators:?} {if_range}");
        }
        assert_eq!(get(&[(RANGE, "bytes=0-9")], show).status, StatusCode::PARTIAL_CONTENT, "{validators:?}");
    }
}

/// § 13.2.2: `Range` is the last step.
#[test]
fn preconditions_go_before_ranges() {
    for range in ["bytes=0-9", "bytes=0-9,500-509", "bytes=1000-"] {
        let status = |field, value| get(&[(RANGE, range), (field, value)], show).status;
        assert_eq!(status(IF_NONE_MATCH, "\"v1\""), StatusCode::NOT_MODIFIED, "{range}");
        assert_eq!(status(IF_MODIFIED_SINCE, CHANGED), StatusCode::NOT_MODIFIED, "{range}");
        assert_eq!(status(IF_MATCH, "\"v0\""), StatusCode::PRECONDITION_FAILED, "{range}");
    }
    let answer = get(&[(RANGE, "bytes=0-9"), (IF_NONE_MATCH, "\"v1\"")], show);
    assert_eq!((answer.text(&CONTENT_RANGE), answer.body.len()), (None, 0));
}

/// § 14.2: ranges are defined for GET only.
#[test]
fn a_head_has_the_fields_of_the_whole() {
    let fields = [(RANGE, "bytes=0-9"), (IF_RANGE, "\"v1\"")];
    let head = Answer::of(axum::response::IntoResponse::into_response(show(preconditions(&Method::HEAD, &fields))));
    assert_eq!((head.status, head.text(&CONTENT_RANGE)), (StatusCode::OK, None));
    assert_eq!(head.text(&CONTENT_LENGTH), Some("1000"));
    assert_eq!(head.text(&ACCEPT_RANGES), Some("bytes"));
}

#[test]
fn another_success_than_200_has_no_parts() {
    let show = |preconditions: Preconditions| show(preconditions).status(StatusCode::ACCEPTED);
    let answer = get(&[(RANGE, "bytes=0-9")], show);
    assert_eq!((answer.status, answer.body.len()), (StatusCode::ACCEPTED, 1000));
    let ok = |preconditions: Preconditions| self::show(preconditions).status(StatusCode::OK);
    assert_eq!(get(&[(RANGE, "bytes=0-9")], ok).status, StatusCode::PARTIAL_CONTENT);
}

/// What a handler says of the whole is not said of a part.
#[test]
fn fields_of_the_content_are_those_of_the_part() {
    let line = HeaderValue::from_static;
    let show = |preconditions: Preconditions| {
        show(preconditions)
            .header(CONTENT_TYPE, line("image/png"))
            .header(CONTENT_LENGTH, line("1000"))
            .header(CONTENT_RANGE, line("bytes 0-999/1000"))
    };
    let answer = get(&[(RANGE, "bytes=0-9")], show);
    assert_eq!(answer.text(&CONTENT_LENGTH), Some("10"));
    assert_eq!(answer.text(&CONTENT_RANGE), Some("bytes 0-9/1000"));
    assert_eq!(answer.text(&CONTENT_TYPE), Some("image/png"));
    let answer = get(&[(RANGE, "bytes=0-9,500-509")], show);
    assert!(answer.text(&CONTENT_TYPE).unwrap().starts_with("multipart/byteranges"));
    assert!(answer.parts().iter().all(|part| part.media_type == "image/png"));
}

/// Of a multipart it could be said that the whole of it is compressed.
#[test]
fn an_encoded_content_has_one_part_at_most() {
    let show =
        |preconditions: Preconditions| show(preconditions).header(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    let answer = get(&[(RANGE, "bytes=0-9")], show);
    assert_eq!((answer.status, answer.text(&CONTENT_ENCODING)), (StatusCode::PARTIAL_CONTENT, Some("gzip")));
    let answer = get(&[(RANGE, "bytes=0-9,500-509")], show);
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 1000));
}

#[test]
fn a_content_without_octets_has_no_parts() {
    let show = |preconditions: Preconditions| preconditions.respond_with_content(validators(), "");
    let last = get(&[(RANGE, "bytes=-1")], show);
    assert_eq!((last.status, last.body.len()), (StatusCode::OK, 0));
    let first = get(&[(RANGE, "bytes=0-")], show);
    assert_eq!((first.status, first.text(&CONTENT_RANGE)), (StatusCode::RANGE_NOT_SATISFIABLE, Some("bytes */0")));
}

/// § 15.3.7.2 forbids a boundary that the client could take for one in the octets.
#[test]
fn a_boundary_is_new_in_every_response() {
    let boundary = || get(&[(RANGE, "bytes=0-9,500-509")], show).text(&CONTENT_TYPE).unwrap().to_owned();
    assert_ne!(boundary(), boundary());
}
