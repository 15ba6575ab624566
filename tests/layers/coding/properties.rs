//! Any lists of tags with any `Accept-Encoding`.

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use etag_runtime::{EntityTag, EntityTagList};
use http::header::{ACCEPT_ENCODING, ETAG, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE, VARY};
use http::{HeaderName, HeaderValue, Method, Request};
use proptest::prelude::*;
use tower::ServiceExt as _;

use super::application::{coded, now};

const CODINGS: [&str; 5] = ["br", "compress", "deflate", "gzip", "zstd"];

/// No file is written for a failure: the failing value is printed, and belongs into a test of its own.
fn cases() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// A member of `Accept-Encoding`: a name, a weight, and whether that accepts it.
type Member = (&'static str, &'static str, bool);

fn members() -> impl Strategy<Value = Vec<Member>> {
    let names = ["gzip", "GZip", "x-gzip", "br", "zstd", "identity", "Identity", "*", "unheard-of", "gzip2"];
    let weights =
        [("", true), (";q=0.3", true), (" ;\tQ=1.000", true), (";q=0", false), (";q=0.000", false), (";q=x", false)];
    let member = (prop::sample::select(names.to_vec()), prop::sample::select(weights.to_vec()));
    prop::collection::vec(member.prop_map(|(name, (weight, accepts))| (name, weight, accepts)), 0..5)
}

/// Whether the coding is accepted, told from the members as they were meant.
fn accepts(members: &[Member], coding: &str) -> bool {
    let entries = |wanted: &str| -> Vec<bool> {
        let name_of = |name: &str| name.to_lowercase().replace("x-", "");
        members.iter().filter(|(name, ..)| name_of(name) == wanted).map(|(.., accepts)| *accepts).collect()
    };
    let (own, others) = (entries(coding), entries("*"));
    match (own.is_empty(), others.is_empty()) {
        (false, _) => own.iter().all(|accepts| *accepts),
        (true, false) => others.iter().all(|accepts| *accepts),
        (true, true) => coding == "identity",
    }
}

/// Whether the client may be told that this tag is current, if the one without codings is `"v0"`.
fn counts(members: &[Member], tag: &EntityTag) -> bool {
    let mut parts = str::from_utf8(tag.opaque()).unwrap_or_default().split('-');
    let own = parts.next();
    let codings: Vec<&str> = parts.collect();
    let codings = if codings.is_empty() { vec!["identity"] } else { codings };
    own == Some("v0")
        && codings.iter().all(|coding| *coding == "identity" || CODINGS.contains(coding))
        && codings.iter().all(|coding| accepts(members, coding))
}

/// Pieces of a list: members that are nearly current, and what spoils them.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&[u8]; 14] = [
        b"\"v0\"",
        b"W/\"v0\"",
        b"\"v0-gzip\"",
        b"W/\"v0-br\"",
        b"\"v0-gzip-br\"",
        b"\"v0-zstd-unheard-of\"",
        b"\"v1-gzip\"",
        b"\"v0-x-gzip\"",
        b"\"v0--gzip\"",
        b"\"",
        b"*",
        b"v0-gzip",
        b"\xe9",
        b" ",
    ];
    let pieces: Vec<_> = pieces.iter().map(|piece| piece.to_vec()).collect();
    let separators: [&[u8]; 3] = [b", ", b",", b" "];
    let piece = (prop::sample::select(pieces), prop::sample::select(separators.to_vec()));
    prop::collection::vec(piece, 0..5)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, separator)| [&*piece, separator].concat()).collect())
}

/// Any octets that a field may hold.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let octet = any::<u8>().prop_filter("allowed in a field", |octet| matches!(octet, b'\t' | 32..=126 | 128..));
    prop_oneof![line(), prop::collection::vec(octet, 0..30)]
}

fn answer(router: Router, method: Method, target: &str, fields: &[(HeaderName, Vec<u8>)]) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    *request.uri_mut() = target.parse().unwrap();
    for (name, value) in fields {
        request.headers_mut().append(name, HeaderValue::from_bytes(value).unwrap());
    }
    let Ok(response) = now(router.oneshot(request));
    response
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_304_is_given_for_a_member_that_counts_and_for_no_other(members in members(), lines in prop::collection::vec(line(), 0..3)) {
        let accepted: Vec<String> = members.iter().map(|(name, weight, _)| format!("{name}{weight}")).collect();
        let mut fields = vec![(ACCEPT_ENCODING, accepted.join(" , ").into_bytes())];
        fields.extend(lines.iter().map(|line| (IF_NONE_MATCH, line.clone())));
        let response = answer(coded(), Method::GET, "/own/strong", &fields);

        let list = EntityTagList::parse(&lines);
        let first = list.tags().iter().find(|tag| counts(&members, tag));
        let named = match first {
            _ if list.is_any() => Some(EntityTag::strong("v0")),
            // As strong as the representation is, whatever a proxy has made of it.
            Some(tag) => Some(EntityTag::strong(tag.opaque())),
            None => None,
        };
        // A layer that can send nothing that is accepted has made a 406 of it.
        if response.status() != 406 {
            prop_assert_eq!(response.status() == 304, named.is_some(), "{:?}", fields);
        }
        if let (304, Some(named)) = (response.status().as_u16(), named) {
            prop_assert_eq!(&response.headers()[ETAG], HeaderValue::from(named));
            prop_assert_eq!(&response.headers()[VARY], "accept-encoding");
        }
    }

    #[test]
    fn any_octets_have_an_answer(
        method in prop::sample::select(&[Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS][..]),
        values in prop::collection::vec((prop::sample::select(
            &[ACCEPT_ENCODING, IF_NONE_MATCH, IF_MATCH, IF_RANGE, RANGE][..]), value()), 0..6),
    ) {
        for target in ["/own/strong", "/part/tagged", "/echo", "/note"] {
            let response = answer(coded(), method.clone(), target, &values);
            if response.status() == 304 && !response.headers()[ETAG].is_empty() {
                prop_assert!(method == Method::GET || method == Method::HEAD);
                let lines = values.iter().filter(|(name, _)| *name == IF_NONE_MATCH).map(|(_, value)| value);
                let list = EntityTagList::parse(lines);
                let own = |tag: &EntityTag| [&b"v0"[..], b"v7"].iter().any(|own| tag.opaque().starts_with(own));
                prop_assert!(list.is_any() || list.tags().iter().any(own), "{:?}", values);
            }
        }
    }
}
