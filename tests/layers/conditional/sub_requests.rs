//! Layers within layers, and requests that a handler makes to another router on the same thread.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::get;
use etag_runtime::{Conditional, ConditionalLayer};
use http::header::{ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use http::{Method, StatusCode};
use tower::ServiceExt as _;

use super::body::content;
use super::note::{CHANGED, Note};
use super::request::{self, Fields, field, request};

/// A note of version 1 under a layer of its own.
fn inner() -> Router {
    Router::new().route("/", get(|| async { Conditional::of(Note::new(1)) })).layer(ConditionalLayer::new())
}

/// A handler that asks `inner` with these fields and says what it got, beside a tag of its own.
fn asking(inner: Router, fields: Fields<'static>) -> Router {
    let handler = move || async move {
        let answer = inner.oneshot(request(&Method::GET, "/", fields)).await.unwrap();
        (AppendHeaders([(ETAG, "\"mine\"")]), answer.status().to_string())
    };
    Router::new().route("/", get(handler)).layer(ConditionalLayer::new())
}

#[test]
fn a_request_within_a_request_is_decided_by_its_own_fields() {
    let tag: &'static str = Note::tag(1).leak();
    #[rustfmt::skip]
    let table: [(Fields<'_>, Fields<'static>, &str); 5] = [
        (&[(IF_NONE_MATCH, tag)],           &[],                                        "200 OK"),
        (&[(IF_MODIFIED_SINCE, CHANGED)],   &[],                                        "200 OK"),
        (&[(IF_MATCH, "\"other\"")],        &[],                                        "200 OK"),
        (&[],                               &[(IF_NONE_MATCH, "*")],                    "304 Not Modified"),
        (&[(IF_NONE_MATCH, tag)],           &[(IF_MATCH, "\"other\"")],                 "412 Precondition Failed"),
    ];
    for (outer, fields, expected) in table {
        let answer = request::get(&asking(inner(), fields), outer);
        assert_eq!(answer.status(), StatusCode::OK, "{outer:?}, {fields:?}");
        assert_eq!(content(answer.into_body()), expected, "{outer:?}, {fields:?}");
    }
}

#[test]
fn after_a_request_within_it_a_handler_has_its_own_conditions_again() {
    let handler = |request: Request| async move {
        let within = inner().oneshot(request.map(|_| Body::empty())).await.unwrap();
        assert_eq!(within.status(), StatusCode::OK);
        Conditional::of(Note::new(2))
    };
    let app = Router::new().route("/", get(handler)).layer(ConditionalLayer::new());
    assert_eq!(request::get(&app, &[(IF_NONE_MATCH, &Note::tag(2))]).status(), StatusCode::NOT_MODIFIED);
}

/// The inner layer has answered, and the outer finds a tag, or another status than 200.
#[test]
fn two_layers_answer_as_one() {
    let once = Router::new().route("/", get(|| async { "Hello".into_response() })).layer(ConditionalLayer::new());
    let twice = once.clone().layer(ConditionalLayer::new());
    let tag = field(&request::get(&once, &[]), ETAG).to_owned();
    let conditions: [Fields<'_>; 3] = [&[], &[(IF_NONE_MATCH, &tag)], &[(IF_MATCH, "\"other\"")]];
    for fields in conditions {
        let [once, twice] = [&once, &twice].map(|app| request::get(app, fields));
        assert_eq!((once.status(), once.headers()), (twice.status(), twice.headers()), "{fields:?}");
    }
}
