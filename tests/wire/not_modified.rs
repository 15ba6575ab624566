//! `304 Not Modified` over HTTP/1.1 (RFC 9110 § 15.4.5).

use harness::Connection;

use crate::application::{Note, serve};

#[test]
fn a_304_says_nothing_about_a_content_that_it_has_not() {
    let mut connection = Connection::open(serve());
    for method in ["GET", "HEAD"] {
        let response = connection.exchange(method, "/note", &[("If-None-Match", Note::tag().as_bytes())], None);
        assert_eq!(response.status, 304, "{method}");
        let content = ["content-length", "content-type", "content-language", "content-encoding", "transfer-encoding"];
        let sent: Vec<_> = content.into_iter().filter(|name| response.has(name)).collect();
        assert_eq!(sent, [""; 0], "{method}: {response:?}");
        assert!(connection.is_silent(), "{method}: a 304 ends with its fields");
    }
}

#[test]
fn a_304_keeps_every_line_that_a_cache_needs() {
    let mut connection = Connection::open(serve());
    let full = connection.exchange("GET", "/note", &[], None);
    assert_eq!(full.status, 200);
    let response = connection.exchange("GET", "/note", &[("If-None-Match", Note::tag().as_bytes())], None);
    assert_eq!(response.status, 304);
    for name in ["etag", "cache-control", "vary", "expires", "content-location", "set-cookie", "link"] {
        assert!(!full.lines(name).is_empty(), "{name}");
        assert_eq!(response.lines(name), full.lines(name), "{name}");
    }
    assert_eq!(response.lines("vary"), ["Accept", "Cookie, Origin"]);
    assert_eq!(response.lines("cache-control"), ["private", "max-age=0"]);
    assert!(response.has("date"));
}

#[test]
fn a_date_alone_gives_a_304_too() {
    let mut connection = Connection::open(serve());
    let changed = crate::application::CHANGED.as_bytes();
    assert_eq!(connection.exchange("GET", "/note", &[("If-Modified-Since", changed)], None).status, 304);
    let earlier = b"Fri, 13 Feb 2009 23:31:29 GMT";
    assert_eq!(connection.exchange("GET", "/note", &[("If-Modified-Since", earlier)], None).status, 200);
}

#[test]
fn a_connection_goes_on_after_a_304_and_after_a_refusal() {
    let mut connection = Connection::open(serve());
    let tag = Note::tag();
    let stale = b"\"stale\"";
    for _ in 0..2 {
        let not_modified = connection.exchange("GET", "/note", &[("If-None-Match", tag.as_bytes())], None);
        assert_eq!(not_modified.status, 304);
        let failed = connection.exchange("PUT", "/note", &[("If-Match", stale)], None);
        assert_eq!(failed.status, 412);
        // Refused before its body is read: what was not read must not be taken for the next request.
        let failed = connection.exchange("PUT", "/note", &[("If-Match", stale)], Some(b"GET / HTTP/1.1\r\n\r\n"));
        assert_eq!(failed.status, 412);
        let required = connection.exchange("PUT", "/note", &[], None);
        assert_eq!(required.status, 428);
        let full = connection.exchange("GET", "/note", &[], None);
        assert_eq!((full.status, full.text("etag")), (200, Some(tag.clone())));
        assert_eq!(full.body, br#"{"text":"remember the milk","version":7}"#);
    }
}

#[test]
fn no_cache_is_the_default_of_200_and_304() {
    let mut connection = Connection::open(serve());
    let full = connection.exchange("GET", "/plain", &[], None);
    assert_eq!((full.status, full.text("cache-control").as_deref()), (200, Some("no-cache")));
    let not_modified = connection.exchange("GET", "/plain", &[("If-None-Match", Note::tag().as_bytes())], None);
    assert_eq!((not_modified.status, not_modified.text("cache-control").as_deref()), (304, Some("no-cache")));
}
