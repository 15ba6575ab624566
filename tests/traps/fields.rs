//! Fields that are wrong on the wire.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::response::{IntoResponse as _, Response};
use etag_runtime::{Current, ETag, EntityTag, HttpDate, Validators};
use harness::{Connection, serve};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, LAST_MODIFIED, VARY};
use http::{HeaderValue, Method, StatusCode};
use serde::Serialize;

use crate::request::{request, tagged};

#[derive(Serialize, ETag)]
struct Entry {
    #[etag(version)]
    version: u32,
    // serde writes no instant before 1970.
    #[etag(timestamp)]
    #[serde(skip)]
    changed: SystemTime,
}

#[test]
fn a_tag_is_always_quoted_and_can_be_read_again() {
    for opaque in ["", "v7", "\"v7\"", "W/\"v7\"", "a b", "a\"b", "\0", "\r\nX: y", "é", "\u{7f}", "*"] {
        for tag in [EntityTag::strong(opaque), EntityTag::weak(opaque)] {
            let value = HeaderValue::from(&tag);
            assert_eq!(EntityTag::parse(value.as_bytes()), Ok(tag), "{opaque:?}");
        }
    }
}

#[test]
fn last_modified_is_an_imf_fixdate() {
    let entry = Entry { version: 1, changed: UNIX_EPOCH + Duration::from_millis(784_111_777_500) };
    let response = request(&Method::GET, &[]).respond(entry).into_response();
    assert_eq!(response.headers()[LAST_MODIFIED], "Sun, 06 Nov 1994 08:49:37 GMT");
}

#[test]
fn a_304_keeps_every_line() {
    let answer = |lines: &[(&str, &[u8])]| -> Response {
        let fields = [(VARY, "Accept"), (VARY, "Cookie"), (CACHE_CONTROL, "private"), (CACHE_CONTROL, "max-age=0")];
        let content = (axum::response::AppendHeaders(fields), "text");
        request(&Method::GET, lines).respond_with(tagged(b"\"v1\""), content)
    };
    let not_modified = answer(&[("If-None-Match", b"\"v1\"")]);
    assert_eq!(not_modified.status(), StatusCode::NOT_MODIFIED);
    for name in [VARY, CACHE_CONTROL, ETAG] {
        let lines = |response: &Response| response.headers().get_all(&name).iter().cloned().collect::<Vec<_>>();
        assert_eq!(lines(&not_modified), lines(&answer(&[])), "{name}");
    }
    assert_eq!(not_modified.headers().get(CONTENT_TYPE), None);
    assert_eq!(not_modified.headers().get(CONTENT_LENGTH), None);
}

#[test]
fn a_304_has_no_content_length_on_a_connection() {
    async fn show(preconditions: etag_runtime::Preconditions) -> Response {
        preconditions.respond_with(tagged(b"\"v1\""), "")
    }
    let address = serve(axum::Router::new().route("/", axum::routing::get(show)));
    for method in ["GET", "HEAD"] {
        let response = Connection::open(address).exchange(method, "/", &[("If-None-Match", b"\"v1\"")], None);
        assert_eq!((response.status, response.text("content-length")), (304, None), "{method}");
    }
}

#[test]
fn the_status_of_a_representation_is_not_that_of_a_304() {
    let entry = || Entry { version: 1, changed: UNIX_EPOCH };
    let tag = entry().etag().to_string();
    let fresh = request(&Method::GET, &[("If-None-Match", tag.as_bytes())]);
    let response = fresh.respond(entry()).status(StatusCode::ACCEPTED).into_response();
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    let response = request(&Method::GET, &[]).respond(entry()).status(StatusCode::ACCEPTED).into_response();
    assert_eq!(response.status(), StatusCode::ACCEPTED);
}

#[test]
fn an_instant_without_a_date_leaves_last_modified_out() {
    let year = Duration::from_secs(366 * 86_400);
    for changed in [UNIX_EPOCH + year * 9000, UNIX_EPOCH - year * 3000] {
        let response = request(&Method::GET, &[]).respond(Entry { version: 1, changed }).into_response();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers().get(LAST_MODIFIED), None);
        assert!(response.headers().contains_key(ETAG));
        assert!(HttpDate::try_from(changed).is_err());
    }
    let changed = UNIX_EPOCH - Duration::from_secs(1);
    let response = request(&Method::GET, &[]).respond(Entry { version: 1, changed }).into_response();
    assert_eq!(response.headers()[LAST_MODIFIED], "Wed, 31 Dec 1969 23:59:59 GMT");
}

#[test]
fn last_modified_waits_until_its_second_is_over() {
    let hour = Duration::from_secs(3600);
    for changed in [SystemTime::now() + hour, SystemTime::now()] {
        let response = request(&Method::GET, &[]).respond(Entry { version: 1, changed }).into_response();
        let sent = response.headers().get(LAST_MODIFIED);
        // The clock may tick between the two readings of it.
        let over = HttpDate::try_from(changed).unwrap() < HttpDate::try_from(SystemTime::now()).unwrap();
        assert!(sent.is_none() || over, "{sent:?}");
    }
    let changed = SystemTime::now() - hour;
    let response = request(&Method::GET, &[]).respond(Entry { version: 1, changed }).into_response();
    assert!(response.headers().contains_key(LAST_MODIFIED));
}

#[test]
fn an_invalid_field_is_never_answered_400() {
    async fn show(preconditions: etag_runtime::Preconditions) -> Response {
        preconditions.respond_with(tagged(b"\"v1\""), "text")
    }
    let address = serve(axum::Router::new().route("/", axum::routing::get(show)));
    let mut connection = Connection::open(address);
    for name in ["If-Modified-Since", "If-Unmodified-Since", "If-None-Match", "If-Range"] {
        for value in [&b"tomorrow"[..], b"", b"\xff\xfe", b"Thu, 99 Foo 2014"] {
            let response = connection.exchange("GET", "/", &[(name, value)], None);
            assert_eq!(response.status, 200, "{name}: {}", String::from_utf8_lossy(value));
        }
    }
}

#[test]
fn no_cache_unless_the_handler_sets_another() {
    let fresh = request(&Method::GET, &[("If-None-Match", b"\"v1\"")]);
    for request in [request(&Method::GET, &[]), fresh] {
        let response = request.respond_with(tagged(b"\"v1\""), "text");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-cache");
        let response = request.respond_with(tagged(b"\"v1\""), ([(CACHE_CONTROL, "max-age=60")], "text"));
        let lines: Vec<_> = response.headers().get_all(CACHE_CONTROL).iter().collect();
        assert_eq!(lines, ["max-age=60"]);
    }
}

#[test]
fn a_refusal_is_never_stored() {
    let refused = request(&Method::PUT, &[("If-Match", b"\"v0\"")]).check(Current::Present(&tagged(b"\"v1\"")));
    let response = refused.unwrap_err().into_response();
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    let required = request(&Method::PUT, &[]).require().check(Current::Present(&Validators::new()));
    assert_eq!(required.unwrap_err().into_response().headers()[CACHE_CONTROL], "no-store");
}
