//! Media type × language × content coding × method.

use harness::{Connection, Response};

use crate::application::serve_coded;

/// What the client asks for.
type Fields<'a> = Vec<(&'a str, &'a [u8])>;

const MEDIA_TYPES: [(&str, &str); 3] = [
    ("application/json", "application/json"),
    ("application/cbor", "application/cbor"),
    ("text/html", "text/html; charset=utf-8"),
];

const LANGUAGES: [&str; 2] = ["en", "de"];

/// What is accepted, and the coding of what comes.
const CODINGS: [(&str, Option<&str>); 5] = [
    ("identity", None),
    ("gzip, identity;q=0", Some("gzip")),
    ("br, identity;q=0", Some("br")),
    ("zstd, identity;q=0", Some("zstd")),
    ("deflate, identity;q=0", Some("deflate")),
];

const VARY: [&str; 3] = ["accept-language", "accept", "accept-encoding"];

#[derive(Clone, Copy, Debug)]
struct Variant {
    accept: &'static str,
    media_type: &'static str,
    language: &'static str,
    accept_encoding: &'static str,
    coding: Option<&'static str>,
}

fn variants() -> Vec<Variant> {
    let mut variants = Vec::new();
    for (accept, media_type) in MEDIA_TYPES {
        for language in LANGUAGES {
            for (accept_encoding, coding) in CODINGS {
                variants.push(Variant { accept, media_type, language, accept_encoding, coding });
            }
        }
    }
    variants
}

impl Variant {
    fn fields(self) -> Fields<'static> {
        vec![
            ("Accept", self.accept.as_bytes()),
            ("Accept-Language", self.language.as_bytes()),
            ("Accept-Encoding", self.accept_encoding.as_bytes()),
        ]
    }

    fn with<'a>(self, name: &'a str, value: &'a str) -> Fields<'a> {
        let mut fields: Fields<'a> = self.fields();
        fields.push((name, value.as_bytes()));
        fields
    }
}

fn tag(response: &Response) -> String {
    response.text("etag").unwrap()
}

#[test]
fn every_variant_has_a_tag_of_its_own_and_the_state_of_all() {
    let mut connection = Connection::open(serve_coded().0);
    let mut tags = Vec::new();
    for variant in variants() {
        for method in ["GET", "HEAD"] {
            let response = connection.exchange(method, "/article", &variant.fields(), None);
            assert_eq!(response.status, 200);
            assert_eq!(response.text("content-type").as_deref(), Some(variant.media_type), "{method} {variant:?}");
            assert_eq!(response.text("content-language").as_deref(), Some(variant.language), "{method} {variant:?}");
            assert_eq!(response.text("content-encoding").as_deref(), variant.coding, "{method} {variant:?}");
            assert_eq!(response.lines("vary"), VARY, "{method} {variant:?}");
            assert_eq!(response.text("cache-control").as_deref(), Some("no-cache"));
            tags.push(tag(&response));
        }
    }
    let states: Vec<&str> = tags.iter().map(|tag| tag.split_once('.').unwrap().0).collect();
    assert!(states.iter().all(|state| *state == states[0]), "{tags:?}");
    tags.dedup();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), variants().len(), "{tags:?}");
}

#[test]
fn only_the_variant_that_is_asked_for_is_not_modified() {
    let (address, store) = serve_coded();
    let mut connection = Connection::open(address);
    let tags: Vec<String> = variants()
        .into_iter()
        .map(|variant| tag(&connection.exchange("GET", "/article", &variant.fields(), None)))
        .collect();
    for (i, variant) in variants().into_iter().enumerate() {
        for (j, held) in tags.iter().enumerate() {
            for method in ["GET", "HEAD"] {
                let before = store.rendered();
                let response = connection.exchange(method, "/article", &variant.with("If-None-Match", held), None);
                let what = format!("{method} of {variant:?}, with {held}");
                assert_eq!(response.status, if i == j { 304 } else { 200 }, "{what}");
                assert_eq!(tag(&response), tags[i], "{what}");
                assert_eq!(response.lines("vary"), VARY, "{what}");
                assert_eq!(response.has("content-encoding"), i != j && variant.coding.is_some(), "{what}");
                assert_eq!(store.rendered() - before, u64::from(i != j), "what was made for {what}");
            }
        }
        // A cache that holds all of them asks about all of them (RFC 9111 § 4.3.1).
        let all = tags.join(", ");
        let response = connection.exchange("GET", "/article", &variant.with("If-None-Match", &all), None);
        assert_eq!((response.status, tag(&response)), (304, tags[i].clone()));
    }
}

/// Whatever was seen, it was this state.
#[test]
fn a_writer_may_have_seen_any_variant() {
    let mut connection = Connection::open(serve_coded().0);
    for seen in variants() {
        for asked in variants() {
            let held = tag(&connection.exchange("GET", "/article", &seen.fields(), None));
            let saved = connection.exchange("PUT", "/article", &asked.with("If-Match", &held), None);
            assert_eq!(saved.status, 200, "with {held}, answered as {asked:?}");
            assert_eq!(saved.text("content-type").as_deref(), Some(asked.media_type));
            assert_eq!(saved.text("content-encoding").as_deref(), asked.coding);
            assert_eq!(saved.lines("vary"), VARY);
            let read = connection.exchange("GET", "/article", &asked.fields(), None);
            assert_eq!(tag(&saved), tag(&read), "what a write answers is what the next read answers");
            assert_eq!(saved.body, read.body);

            let late = connection.exchange("PUT", "/article", &asked.with("If-Match", &held), None);
            assert_eq!(late.status, 412, "with {held}");
            // The problem document is compressed, and its coding is not that of the article.
            assert_eq!(late.text("content-encoding").as_deref(), asked.coding);
            let uncoded = asked.coding.map_or(tag(&read), |coding| tag(&read).replace(&format!("-{coding}\""), "\""));
            assert_eq!(tag(&late), uncoded);
        }
    }
}
