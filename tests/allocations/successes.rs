//! A permit, next to a handler that compares the field by hand.

use std::collections::HashSet;
use std::io::Write as _;

use axum::Json;
use axum::extract::{FromRequest as _, Request};
use axum::response::{IntoResponse as _, Response, Result};
use axum::routing::put;
use etag_runtime::{Conditional, Deferred, ETag as _, ForWrite};
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, ETAG, IF_MATCH};
use http::{HeaderValue, StatusCode};

use crate::article::{Article, Edit, edit};
use crate::count::{Cost, put_to};
use crate::observed::told;

async fn toolkit(preconditions: ForWrite, body: Deferred<Json<Edit>>) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::load()))?;
    let Json(edit) = body.extract().await?;
    let saved = Article::save(current.version, edit);
    Ok(current.commit(Some(saved))?)
}

/// What a frugal hand writes: the version is all there is in the tag, read from the field and written on the stack.
async fn by_hand(request: Request) -> Result<Response> {
    let current = Article::load();
    let if_match = request.headers().get(IF_MATCH).ok_or(StatusCode::PRECONDITION_REQUIRED)?;
    if version(if_match) != Some(current.version) {
        return Err(StatusCode::PRECONDITION_FAILED.into());
    }
    let target = request.uri().clone();
    let Json(edit) = Json::<Edit>::from_request(request, &()).await?;
    let saved = Article::save(current.version, edit);
    let (tag, location) = (tag(saved.version), HeaderValue::from_str(target.path()).unwrap());
    let mut response = Json(saved).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_LOCATION, location);
    headers.insert(ETAG, tag);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(told(response))
}

fn version(tag: &HeaderValue) -> Option<u64> {
    tag.to_str().ok()?.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn tag(version: u64) -> HeaderValue {
    let mut octets = [0; 22];
    let mut rest = &mut octets[..];
    write!(rest, "\"{version}\"").unwrap();
    let end = 22 - rest.len();
    HeaderValue::from_bytes(&octets[..end]).unwrap()
}

#[test]
fn a_permit_costs_no_more_than_a_comparison_by_hand() {
    let stored = Article::load();
    let ours = put_to(put(toolkit), &stored.etag().into(), edit());
    let by_hand = put_to(put(by_hand), &tag(stored.version), edit());
    for cost in [&ours, &by_hand] {
        assert_eq!(cost.status, StatusCode::OK);
        assert_eq!(cost.headers[CONTENT_LOCATION], "/articles/1");
    }
    let names = |cost: &Cost| cost.headers.keys().cloned().collect::<HashSet<_>>();
    assert_eq!((names(&ours), &ours.body), (names(&by_hand), &by_hand.body));
    let (ours, by_hand) = (ours.allocations, by_hand.allocations);
    assert!(ours <= by_hand, "allocations: {ours} with a permit, {by_hand} by hand");
}
