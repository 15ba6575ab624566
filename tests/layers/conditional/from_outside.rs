//! Judged as any endpoint is that answers conditional requests.

use axum::Router;
use axum::response::{AppendHeaders, Html, IntoResponse as _};
use axum::routing::get;
use etag_runtime::testing::{Endpoint, assert_conditional};
use etag_runtime::{Conditional, ConditionalLayer};
use http::header::LAST_MODIFIED;

use super::note::{CHANGED, Note};
use super::request::block_on;

fn routes() -> Router {
    let dated = || async { (AppendHeaders([(LAST_MODIFIED, CHANGED)]), Html("<p>Hello")) };
    let spawned = || async { tokio::spawn(async { Conditional::of(Note::new(7)).into_response() }).await.unwrap() };
    Router::new()
        .route("/text", get(|| async { "Hello" }))
        .route("/dated", get(dated))
        .route("/note", get(|| async { Conditional::of(Note::new(7)) }))
        .route("/spawned", get(spawned))
}

const TARGETS: [&str; 4] = ["/text", "/dated", "/note", "/spawned"];

#[test]
fn every_handler_under_the_layer_answers_rightly() {
    let app = routes().layer(ConditionalLayer::new());
    block_on(async {
        for target in TARGETS {
            assert_conditional(&app, target).await;
        }
    });
}

/// It is the layer that does it.
#[test]
fn without_the_layer_none_does() {
    block_on(async {
        for target in TARGETS {
            assert!(Endpoint::new(&routes(), target).check().await.is_err(), "{target}");
        }
    });
}
