//! A stale write, next to an answer that is known before the request comes.

use std::borrow::Cow;
use std::hint::black_box;

use allocation_counter::measure;
use axum::Json;
use axum::body::Body;
use axum::response::{Response, Result};
use axum::routing::put;
use etag_runtime::{Conditional, Deferred, ForWrite, Preconditions, Reason, Rejected};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::article::{Article, Edit, edit};
use crate::count::put_to;
use crate::observed::told;

async fn toolkit(preconditions: ForWrite, body: Deferred<Json<Edit>>) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::load()))?;
    let Json(edit) = body.extract().await?;
    let saved = Article::save(current.version, edit);
    Ok(current.commit(Some(saved))?)
}

async fn parse_first(preconditions: ForWrite, Json(edit): Json<Edit>) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::load()))?;
    let saved = Article::save(current.version, edit);
    Ok(current.commit(Some(saved))?)
}

/// Knows the answer, and reads nothing but the model.
async fn constant() -> Response {
    black_box(Article::load());
    let mut response = Response::new(Body::from(Reason::Stale.problem()));
    *response.status_mut() = StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ETAG, HeaderValue::from_static("\"1234567\""));
    told(response)
}

#[test]
fn a_stale_write_costs_little_more_than_a_constant_answer() {
    let stale = HeaderValue::from_static("\"1\"");
    let [ours, constant, parse_first] =
        [put(toolkit), put(constant), put(parse_first)].map(|handler| put_to(handler, &stale, edit()));
    for cost in [&ours, &constant, &parse_first] {
        assert_eq!((cost.status, &cost.body), (StatusCode::PRECONDITION_FAILED, &constant.body));
        assert_eq!(cost.headers.len(), constant.headers.len());
    }
    let (ours, constant, parse_first) = (ours.allocations, constant.allocations, parse_first.allocations);
    let counts = format!("allocations: {ours} here, {constant} constant, {parse_first} if the body is parsed first");
    // The value of `ETag`, which is not constant here.
    assert!(ours <= constant + 1, "{counts}");
    // The body is two strings, but to collect it is more than that.
    assert!(parse_first >= ours + 4, "{counts}");
}

#[test]
fn a_refusal_borrows_its_body() {
    let refused =
        Preconditions::new(&Method::PUT, &HeaderMap::new()).require().guard(Some(Article::load())).unwrap_err();
    let response = refused.to_response();
    assert!(matches!(response.body(), Cow::Borrowed(_)));
    // To find out whether it is told is nobody's cost.
    told(Response::new(()));
    let by_hand = measure(|| {
        let mut response = Response::new(black_box("It is not there."));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        drop(black_box(told(response)));
    });
    let count = |refused: &Rejected| measure(|| drop(black_box(refused.to_response()))).count_total;
    assert_eq!(count(&Rejected::not_found()), by_hand.count_total);
    let reported = refused.with_current(&Article::load());
    assert!(matches!(reported.to_response().body(), Cow::Owned(_)));
    assert!(count(&reported) > by_hand.count_total);
}
