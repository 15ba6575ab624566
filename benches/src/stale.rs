//! A stale PUT of two kilobytes through the router: the write is refused, and the body is not needed.

use std::hint::black_box;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{Response, Result};
use axum::routing::put;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Reason};
use futures_util::FutureExt as _;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH};
use http::{HeaderValue, Method, StatusCode, Uri};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

use crate::harness::{compare, contender};

#[derive(Serialize, ETag)]
struct Article {
    title: String,
    text: String,
    #[etag(version)]
    version: u64,
}

#[derive(Deserialize)]
struct Edit {
    title: String,
    text: String,
}

/// What every handler has in its hands, as if it came from a database.
fn load() -> Article {
    black_box(Article { title: "On conditional requests".into(), text: "Who was first?".into(), version: 1_234_567 })
}

fn save(expected: &Article, edit: Edit) -> Article {
    Article { title: edit.title, text: edit.text, version: expected.version + 1 }
}

/// The toolkit: the body is read when there is a permit.
async fn toolkit(preconditions: ForWrite, body: Deferred<Json<Edit>>) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(load()))?;
    let Json(edit) = body.extract().await?;
    let saved = save(&current, edit);
    Ok(current.commit(Some(saved))?)
}

/// The same permit, after the body has been parsed for nothing.
async fn parse_first(preconditions: ForWrite, Json(edit): Json<Edit>) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(load()))?;
    let saved = save(&current, edit);
    Ok(current.commit(Some(saved))?)
}

/// The floor: nothing is compared.
async fn constant() -> Response {
    black_box(load());
    let mut response = Response::new(Body::from(Reason::Stale.problem()));
    *response.status_mut() = StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ETAG, HeaderValue::from_static("\"1234567\""));
    response
}

/// Sends the edit with a tag that is not current, and expects to be refused, in one poll.
fn send(router: &Router, edit: &Bytes) -> Response {
    let mut request = Request::new(Body::from(edit.clone()));
    *request.method_mut() = Method::PUT;
    *request.uri_mut() = Uri::from_static("/articles/1");
    let headers = request.headers_mut();
    headers.insert(IF_MATCH, HeaderValue::from_static("\"stale\""));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_LENGTH, edit.len().into());
    match router.clone().oneshot(request).now_or_never() {
        Some(Ok(response)) if response.status() == StatusCode::PRECONDITION_FAILED => response,
        other => panic!("expected 412, got {other:?}"),
    }
}

pub(crate) fn run() {
    let [constant, toolkit, parse_first] =
        [put(constant), put(toolkit), put(parse_first)].map(|handler| Router::new().route("/articles/{id}", handler));
    let text = "An edit that took its author half an hour. ".repeat(46);
    let edit = Bytes::from(format!(r#"{{"title":"On conditional requests","text":"{text}"}}"#));
    compare(
        "412 to a stale PUT of 2 KB through the router",
        vec![
            contender("a constant answer (the floor)", || send(&constant, &edit)),
            contender("the toolkit", || send(&toolkit, &edit)),
            contender("the toolkit, after Json has parsed the body", || send(&parse_first, &edit)),
        ],
    );
}
