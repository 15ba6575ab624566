//! 304s that are lies.

use std::time::{Duration, UNIX_EPOCH};

use axum::response::{IntoResponse as _, Response};
use etag_runtime::{Conditional, Current, Decision, ETag, EntityTag, HttpDate, Validators};
use http::header::{ETAG, LAST_MODIFIED};
use http::{Method, StatusCode};
use serde::Serialize;

use crate::request::{DATE, EARLIER, LATER, dated, decide, request, tagged};

#[derive(Serialize, ETag)]
struct Item {
    #[etag(version)]
    version: u32,
}

#[test]
fn a_304_answers_get_and_head_only() {
    let current = tagged(b"\"v1\"").with_last_modified(HttpDate::parse(DATE.as_bytes(), UNIX_EPOCH).unwrap());
    for method in [Method::PUT, Method::POST, Method::PATCH, Method::DELETE, Method::from_bytes(b"PURGE").unwrap()] {
        assert_eq!(decide(&method, "If-None-Match", b"\"v1\"", &current), Decision::PreconditionFailed, "{method}");
        assert_eq!(decide(&method, "If-None-Match", b"*", &current), Decision::PreconditionFailed, "{method}");
        let since = DATE.as_bytes();
        assert_eq!(decide(&method, "If-Modified-Since", since, &current), Decision::Proceed, "{method}");
    }
    for method in [Method::OPTIONS, Method::TRACE, Method::CONNECT] {
        assert_eq!(decide(&method, "If-None-Match", b"\"v1\"", &current), Decision::Proceed, "{method}");
        assert_eq!(decide(&method, "If-Match", b"\"v0\"", &current), Decision::Proceed, "{method}");
    }
}

#[test]
fn a_responder_never_evaluates_a_write() {
    let tag = Item { version: 1 }.etag().to_string();
    for (name, value) in [("If-None-Match", tag.as_bytes()), ("If-None-Match", b"*"), ("If-Match", b"\"stale\"")] {
        for method in [Method::PUT, Method::POST, Method::PATCH, Method::DELETE] {
            let request = request(&method, &[(name, value)]);
            let response = request.respond(Item { version: 1 }).into_response();
            assert_eq!(response.status(), StatusCode::OK, "{method} {name}");
            let validators = Item { version: 1 }.validators();
            assert_eq!(request.respond_with(validators, "done").status(), StatusCode::OK, "{method} {name}");
            let early: Option<Conditional<Item>> = request.not_modified(&Item { version: 1 });
            assert!(early.is_none(), "{method} {name}");
        }
    }
}

#[test]
fn an_error_is_never_replaced() {
    for (name, value) in [("If-None-Match", "\"v1\""), ("If-None-Match", "*"), ("If-Match", "\"v0\"")] {
        let get = request(&Method::GET, &[(name, value.as_bytes())]);
        for status in [StatusCode::MOVED_PERMANENTLY, StatusCode::NOT_FOUND, StatusCode::INTERNAL_SERVER_ERROR] {
            let response = get.respond_with(tagged(b"\"v1\""), (status, "oops"));
            assert_eq!(response.status(), status, "{name}: {value}");
            assert_eq!(response.headers().get(ETAG), None, "an error is not the representation");
        }
    }
}

#[test]
fn a_tag_field_disables_the_date_parsable_or_not() {
    let current = tagged(b"\"v1\"").with_last_modified(HttpDate::parse(DATE.as_bytes(), UNIX_EPOCH).unwrap());
    for if_none_match in [&b"\"v0\""[..], b"v0", b"\"v0", b"", b",", b"\xff"] {
        let lines = [("If-None-Match", if_none_match), ("If-Modified-Since", DATE.as_bytes())];
        assert_eq!(request(&Method::GET, &lines).evaluate(Current::Present(&current)), Decision::Proceed);
    }
    let stale = EARLIER.as_bytes();
    let lines = [("If-Match", &b"\"v1\""[..]), ("If-Unmodified-Since", stale)];
    assert_eq!(request(&Method::PUT, &lines).evaluate(Current::Present(&current)), Decision::Proceed);
    let lines = [("If-Match", &b"v0"[..]), ("If-Unmodified-Since", LATER.as_bytes())];
    assert_eq!(request(&Method::PUT, &lines).evaluate(Current::Present(&current)), Decision::PreconditionFailed);
}

#[test]
fn a_fraction_of_a_second_is_dropped_before_comparing() {
    let instant = UNIX_EPOCH + Duration::from_millis(1_403_716_338_999);
    let current = Validators::new().with_last_modified(HttpDate::try_from(instant).unwrap());
    assert_eq!(decide(&Method::GET, "If-Modified-Since", DATE.as_bytes(), &current), Decision::NotModified);
    assert_eq!(decide(&Method::GET, "If-Modified-Since", EARLIER.as_bytes(), &current), Decision::Proceed);
}

#[test]
fn an_invalid_date_is_ignored() {
    for date in ["not a date", "", "2014-06-25", "Wed, 25 Jun 2014 17:12:18 +0000", "25 Jun 2014", "0"] {
        let current = dated(DATE);
        assert_eq!(decide(&Method::GET, "If-Modified-Since", date.as_bytes(), &current), Decision::Proceed, "{date}");
        let decision = decide(&Method::PUT, "If-Unmodified-Since", date.as_bytes(), &current);
        assert_eq!(decision, Decision::Proceed, "{date}");
    }
}

#[test]
fn a_list_changes_its_tag_with_order_and_length() {
    let page = |versions: &[u32]| versions.iter().map(|&version| Item { version }).collect::<Vec<_>>().etag();
    assert_eq!(page(&[1, 2]), page(&[1, 2]));
    for other in [&[2, 1][..], &[1], &[1, 2, 2], &[], &[1, 3]] {
        assert_ne!(page(&[1, 2]), page(other), "{other:?}");
    }
}

#[test]
fn head_has_the_validators_of_get() {
    let answer = |method: &Method| -> Response {
        let validators = tagged(b"\"v1\"").with_last_modified(HttpDate::parse(DATE.as_bytes(), UNIX_EPOCH).unwrap());
        request(method, &[]).respond_with(validators, "")
    };
    let (get, head) = (answer(&Method::GET), answer(&Method::HEAD));
    assert_eq!(get.headers(), head.headers());
    assert_eq!(
        (get.headers()[ETAG].as_bytes(), get.headers()[LAST_MODIFIED].as_bytes()),
        (&b"\"v1\""[..], DATE.as_bytes())
    );
}

#[test]
fn a_tag_that_is_data_is_not_the_wildcard() {
    let current = Validators::new().with_entity_tag(EntityTag::strong("*"));
    assert_eq!(decide(&Method::GET, "If-None-Match", b"\"*\"", &current), Decision::NotModified);
    assert_eq!(decide(&Method::GET, "If-None-Match", b"\"*\"", &tagged(b"\"v1\"")), Decision::Proceed);
}
