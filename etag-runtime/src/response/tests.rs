use http::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, EXPIRES};

use super::*;
use crate::{EntityTag, Strong};

struct Note;

impl ETag for Note {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        EntityTag::strong("v1")
    }
}

/// A response whose rendering has this status and these fields.
fn rendered(
    response: Conditional<Note>,
    status: StatusCode,
    fields: &[(HeaderName, &'static str)],
) -> Response<String> {
    let render = |_| {
        let mut rendered = Response::new(String::from("body"));
        *rendered.status_mut() = status;
        for (name, value) in fields {
            rendered.headers_mut().append(name, HeaderValue::from_static(value));
        }
        rendered
    };
    response.into_response_with(render, String::new)
}

#[test]
fn the_status_of_what_is_rendered_is_kept() {
    let part = rendered(Conditional::written(Note), StatusCode::PARTIAL_CONTENT, &[(CONTENT_RANGE, "bytes 0-3/9")]);
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()[ETAG], "\"v1\"");
    let accepted = rendered(Conditional::written(Note).status(StatusCode::ACCEPTED), StatusCode::OK, &[]);
    assert_eq!(accepted.status(), StatusCode::ACCEPTED);
}

#[test]
fn a_failure_to_render_has_no_validators() {
    let failed = rendered(Conditional::written(Note), StatusCode::INTERNAL_SERVER_ERROR, &[]);
    assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(failed.headers().is_empty(), "{:?}", failed.headers());
}

#[test]
fn no_cache_is_added_where_nothing_else_is_said_of_freshness() {
    let fresh = [(CACHE_CONTROL, "max-age=60"), (EXPIRES, "Fri, 31 Dec 9999 23:59:59 GMT")];
    for (fields, expected) in [(&[][..], Some("no-cache")), (&fresh[..1], Some("max-age=60")), (&fresh[1..], None)] {
        let response = rendered(Conditional::written(Note), StatusCode::OK, fields);
        let said = response.headers().get(CACHE_CONTROL).map(HeaderValue::as_bytes);
        assert_eq!(said, expected.map(str::as_bytes), "{fields:?}");
    }
}

#[test]
fn lists_grow_and_other_fields_are_replaced() {
    let line = HeaderValue::from_static;
    let response = Conditional::written(Note).header(VARY, line("Accept")).header(CONTENT_TYPE, line("text/plain"));
    let fields = [(VARY, "Cookie"), (CONTENT_TYPE, "application/json")];
    let response = rendered(response, StatusCode::OK, &fields);
    let lines = |name| response.headers().get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(lines(VARY), ["Cookie", "Accept"]);
    assert_eq!(lines(CONTENT_TYPE), ["text/plain"]);
}

#[test]
fn a_created_representation_has_one_address() {
    let line = HeaderValue::from_static;
    let response = Conditional::written(Note).header(CONTENT_LOCATION, line("/notes")).created("/notes/7");
    let response = rendered(response, StatusCode::OK, &[]);
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers().get_all(CONTENT_LOCATION).iter().collect::<Vec<_>>(), ["/notes/7"]);
    assert_eq!(response.headers()[LOCATION], "/notes/7");
}

#[test]
fn an_address_is_a_uri_reference() {
    #[rustfmt::skip]
    let table = [
        ("/notes/7?of=a%20b#top",       "/notes/7?of=a%20b#top"),
        ("https://example.org/[::1]",   "https://example.org/[::1]"),
        ("/notes/größe 7",              "/notes/gr%C3%B6%C3%9Fe%207"),
        ("/a\r\nSet-Cookie: b",         "/a%0D%0ASet-Cookie:%20b"),
        ("/{\"<a>\"}",                  "/%7B%22%3Ca%3E%22%7D"),
        ("",                            ""),
    ];
    for (location, expected) in table {
        let response = rendered(Conditional::written(Note).created(location), StatusCode::OK, &[]);
        assert_eq!(response.headers()[LOCATION], expected);
    }
}

#[cfg(feature = "headers")]
#[test]
fn a_typed_field_is_added_like_any_other() {
    let response = Conditional::written(Note).typed_header(headers::CacheControl::new().with_private());
    assert_eq!(rendered(response, StatusCode::OK, &[]).headers()[CACHE_CONTROL], "private");
}
