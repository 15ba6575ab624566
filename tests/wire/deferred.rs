//! A write that is refused costs no upload: `Expect: 100-continue` and [`Deferred`](etag_runtime::Deferred)
//! (RFC 9110 § 10.1.1).

use harness::{Connection, request};

use crate::application::{Note, serve};

/// The header section of a `PUT` with a body of one octet, which the client holds back.
fn announced(if_match: &str) -> Vec<u8> {
    let fields: [(&str, &[u8]); 4] = [
        ("If-Match", if_match.as_bytes()),
        ("Content-Type", b"application/json"),
        ("Content-Length", b"1"),
        ("Expect", b"100-continue"),
    ];
    request("PUT", "/note", &fields, None)
}

#[test]
fn a_refused_write_is_answered_before_its_body_is_sent() {
    let mut connection = Connection::open(serve());
    connection.send(&announced("\"stale\""));
    // The first thing that comes: no `100 Continue` before it.
    assert_eq!(connection.receive("PUT").status, 412);
    assert!(connection.is_silent());
}

#[test]
fn an_accepted_write_is_asked_for_its_body() {
    let mut connection = Connection::open(serve());
    connection.send(&announced(&Note::tag()));
    let interim = connection.receive("PUT");
    assert_eq!(interim.status, 100);
    assert!(connection.is_silent(), "nothing more before the body is there");
    connection.send(b"8");
    let response = connection.receive("PUT");
    assert_eq!(response.status, 200);
    assert_eq!(response.body, br#"{"text":"remember the milk","version":8}"#);
    assert_eq!(response.text("content-location").as_deref(), Some("/note"));
    assert_ne!(response.text("etag"), Some(Note::tag()), "the tag is that of what was stored");
}

/// `Content-Location` says that the body is the representation of its value (RFC 9110 § 8.7): of this address, and no other.
#[test]
fn a_write_names_its_own_address_only() {
    let mut connection = Connection::open(serve());
    let tag = Note::tag();
    let typed: [(&str, &[u8]); 2] = [("If-Match", tag.as_bytes()), ("Content-Type", b"application/json")];
    let put = connection.exchange("PUT", "/some/note?draft=1", &typed, Some(b"8"));
    assert_eq!((put.status, put.text("content-location").as_deref()), (200, Some("/some/note?draft=1")));
    let elsewhere = connection.exchange("PUT", "//elsewhere.example/note", &typed, Some(b"8"));
    assert_eq!((elsewhere.status, elsewhere.text("content-location")), (200, None));
    let post = connection.exchange("POST", "/note/publish", &typed, Some(b""));
    assert_eq!((post.status, post.text("content-location")), (200, None));
}

/// The plain answer to a content type that nobody reads would be 415, so no precondition is asked.
#[test]
fn a_content_type_that_is_not_taken_goes_before_preconditions() {
    let mut connection = Connection::open(serve());
    for precondition in [&[][..], &[("If-Match", &b"\"stale\""[..])]] {
        for content_type in [&b"text/plain"[..], b"application/jsonp", b"json"] {
            let fields = [precondition, &[("Content-Type", content_type)]].concat();
            assert_eq!(connection.exchange("PUT", "/note", &fields, Some(b"8")).status, 415);
        }
        for content_type in [&b"application/json"[..], b"application/json; charset=utf-8", b"application/vnd.note+json"]
        {
            let fields = [precondition, &[("Content-Type", content_type)]].concat();
            let refused = if precondition.is_empty() { 428 } else { 412 };
            assert_eq!(connection.exchange("PUT", "/note", &fields, Some(b"8")).status, refused);
        }
    }
}

#[test]
fn a_body_that_cannot_be_read_is_an_error_of_its_own() {
    let mut connection = Connection::open(serve());
    let tag = Note::tag();
    let typed: [(&str, &[u8]); 2] = [("If-Match", tag.as_bytes()), ("Content-Type", b"application/json")];
    assert_eq!(connection.exchange("PUT", "/note", &typed, Some(b"eight")).status, 400);
    assert_eq!(connection.exchange("PUT", "/note", &typed[..1], Some(b"8")).status, 415);
    assert_eq!(connection.exchange("PUT", "/note", &typed, Some(b"\"eight\"")).status, 422);
    assert_eq!(connection.exchange("PUT", "/small", &typed, Some(b"8888")).status, 200);
    assert_eq!(connection.exchange("PUT", "/small", &typed, Some(b"88888")).status, 413);
}
