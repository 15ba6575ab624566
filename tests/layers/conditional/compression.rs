//! Inside of compression, and outside of it, where it does not belong.

use axum::Router;
use axum::routing::get;
use etag_runtime::{Conditional, ConditionalLayer, ContentCodingLayer};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use http::{Method, StatusCode};
use tower_http::compression::CompressionLayer;

use super::note::Note;
use super::request::{field, request, send};

fn routes() -> Router {
    Router::new()
        .route("/text", get(|| async { "milk, ".repeat(100) }))
        .route("/note", get(|| async { Conditional::of(Note::new(7)).map(|_| "milk, ".repeat(100)) }))
}

#[test]
fn each_coding_of_a_content_is_revalidated_with_its_own_tag() {
    let app = routes().layer(ConditionalLayer::new()).layer(CompressionLayer::new()).layer(ContentCodingLayer::new());
    for target in ["/text", "/note"] {
        let ask = |fields: &[_]| send(&app, request(&Method::GET, target, fields));
        let (plain, coded) = (ask(&[]), ask(&[(ACCEPT_ENCODING, "gzip")]));
        let (own, tag) = (field(&plain, ETAG), field(&coded, ETAG));
        assert_eq!(field(&coded, CONTENT_ENCODING), "gzip", "{target}");
        assert_eq!(tag, format!("{}-gzip\"", own.strip_suffix('"').unwrap()), "{target}");
        for method in [Method::GET, Method::HEAD] {
            let again = send(&app, request(&method, target, &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, tag)]));
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{method} {target}");
            assert_eq!((field(&again, ETAG), field(&again, VARY)), (tag, "accept-encoding"), "{method} {target}");
        }
        assert_eq!(ask(&[(IF_NONE_MATCH, own)]).status(), StatusCode::NOT_MODIFIED, "{target}");
        assert_eq!(ask(&[(IF_NONE_MATCH, tag)]).status(), StatusCode::OK, "{target}: gzip is not accepted any more");
        let other = ask(&[(ACCEPT_ENCODING, "gzip"), (IF_MATCH, "\"other-gzip\"")]);
        assert_eq!(other.status(), StatusCode::PRECONDITION_FAILED, "{target}");
    }
}

/// What is compressed on the way has no size that is known.
#[test]
fn around_compression_only_what_is_not_compressed_has_a_tag() {
    let app = routes().layer(CompressionLayer::new()).layer(ConditionalLayer::new());
    let ask = |fields: &[_]| send(&app, request(&Method::GET, "/text", fields));
    assert!(ask(&[]).headers().contains_key(ETAG));
    let coded = ask(&[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, "*")]);
    assert_eq!((coded.status(), field(&coded, CONTENT_ENCODING)), (StatusCode::OK, "gzip"));
    assert!(!coded.headers().contains_key(ETAG));
}
