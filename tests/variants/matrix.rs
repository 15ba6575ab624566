//! Media type × language × method.

use harness::{Connection, Response};

use crate::application::serve;

/// What is asked for, and the type and the language of what comes.
type Variant = ([(&'static str, &'static [u8]); 2], &'static str, &'static str);

const VARIANTS: [Variant; 6] = [
    ([("Accept", b"application/json"), ("Accept-Language", b"en")], "application/json", "en"),
    ([("Accept", b"application/json"), ("Accept-Language", b"de")], "application/json", "de"),
    ([("Accept", b"application/cbor"), ("Accept-Language", b"en")], "application/cbor", "en"),
    ([("Accept", b"application/cbor"), ("Accept-Language", b"de")], "application/cbor", "de"),
    ([("Accept", b"text/html"), ("Accept-Language", b"en")], "text/html; charset=utf-8", "en"),
    ([("Accept", b"text/html"), ("Accept-Language", b"de")], "text/html; charset=utf-8", "de"),
];

const VARY: [&str; 2] = ["accept-language", "accept"];

fn tag(response: &Response) -> String {
    response.text("etag").unwrap()
}

fn with<'a>(fields: &[(&'a str, &'a [u8])], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a [u8])> {
    [fields, &[(name, value.as_bytes())]].concat()
}

#[test]
fn every_variant_has_a_tag_of_its_own_and_the_state_of_all() {
    let mut connection = Connection::open(serve().0);
    let mut tags = Vec::new();
    for (asked, media_type, language) in VARIANTS {
        for method in ["GET", "HEAD"] {
            let response = connection.exchange(method, "/article", &asked, None);
            assert_eq!(response.status, 200);
            assert_eq!(response.text("content-type").as_deref(), Some(media_type), "{method}");
            assert_eq!(response.text("content-language").as_deref(), Some(language), "{method}");
            assert_eq!(response.lines("vary"), VARY, "{method}");
            assert_eq!(response.text("cache-control").as_deref(), Some("no-cache"));
            tags.push(tag(&response));
        }
    }
    let states: Vec<&str> = tags.iter().map(|tag| tag.split_once('.').unwrap().0).collect();
    assert!(states.iter().all(|state| *state == states[0]), "{tags:?}");
    tags.dedup();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), VARIANTS.len(), "{tags:?}");
}

#[test]
fn only_the_variant_that_is_asked_for_is_not_modified() {
    let (address, store) = serve();
    let mut connection = Connection::open(address);
    let tags = VARIANTS.map(|(asked, ..)| tag(&connection.exchange("GET", "/article", &asked, None)));
    for (i, (asked, media_type, language)) in VARIANTS.into_iter().enumerate() {
        for (j, held) in tags.iter().enumerate() {
            for method in ["GET", "HEAD"] {
                let before = store.rendered();
                let response = connection.exchange(method, "/article", &with(&asked, "If-None-Match", held), None);
                let what = format!("{method} of {media_type} in {language}, with the tag of {:?}", VARIANTS[j]);
                assert_eq!(response.status, if i == j { 304 } else { 200 }, "{what}");
                assert_eq!(tag(&response), tags[i], "{what}");
                assert_eq!(response.lines("vary"), VARY, "{what}");
                assert_eq!(store.rendered() - before, u64::from(i != j), "what was made for {what}");
            }
        }
        // A cache that holds all of them asks about all of them (RFC 9111 § 4.3.1).
        let response = connection.exchange("GET", "/article", &with(&asked, "If-None-Match", &tags.join(", ")), None);
        assert_eq!((response.status, tag(&response)), (304, tags[i].clone()));
    }
}

/// Whatever was seen, it was this state.
#[test]
fn a_writer_may_have_seen_any_variant() {
    let mut connection = Connection::open(serve().0);
    for (seen, ..) in VARIANTS {
        for (asked, media_type, language) in VARIANTS {
            let held = tag(&connection.exchange("GET", "/article", &seen, None));
            let saved = connection.exchange("PUT", "/article", &with(&asked, "If-Match", &held), None);
            assert_eq!(saved.status, 200, "with {held}, answered as {media_type} in {language}");
            assert_eq!(saved.text("content-type").as_deref(), Some(media_type));
            assert_eq!(saved.lines("vary"), VARY);
            let read = connection.exchange("GET", "/article", &asked, None);
            assert_eq!(tag(&saved), tag(&read), "what a write answers is what the next read answers");
            assert_eq!(saved.body, read.body);

            let late = connection.exchange("PUT", "/article", &with(&asked, "If-Match", &held), None);
            assert_eq!(late.status, 412, "with {held}");
            assert_eq!(tag(&late), tag(&read));
        }
    }
}
