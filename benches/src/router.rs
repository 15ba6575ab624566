//! A request through the router, without a socket: the toolkit against handlers written by hand.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::TypedHeader;
use etag_runtime::{Conditional, ETag, Preconditions};
use futures_util::FutureExt as _;
use headers::IfNoneMatch;
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode, Uri};
use serde::Serialize;
use std::hint::black_box;
use tower::ServiceExt as _;

use crate::harness::{compare, contender};

#[derive(Clone, Copy, Serialize, ETag)]
struct Article {
    id: u64,
    title: &'static str,
    #[etag(version)]
    version: u64,
}

/// What every handler has in its hands, as if it came from a database.
fn load(id: u64) -> Article {
    black_box(Article { id, title: "On conditional requests", version: 1_234_567 })
}

/// The toolkit.
async fn toolkit(Path(id): Path<u64>, preconditions: Preconditions) -> Conditional<Article> {
    preconditions.respond(load(id))
}

/// An expert's handler: the version is formatted on the stack, and compared in place.
async fn expert(Path(id): Path<u64>, request: Request) -> Response {
    let article = load(id);
    let mut tag = [b'"'; 22];
    let mut start = tag.len() - 1;
    let mut version = article.version;
    loop {
        start -= 1;
        tag[start] = b"0123456789"[(version % 10) as usize];
        version /= 10;
        if version == 0 {
            break;
        }
    }
    let tag = &tag[start - 1..];
    let matches = request.headers().get(IF_NONE_MATCH).is_some_and(|field| field.as_bytes() == tag);
    let mut response = if matches {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        axum::Json(article).into_response()
    };
    if let Ok(tag) = HeaderValue::from_bytes(tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A handler on `axum-extra` and `headers`.
async fn typed_headers(Path(id): Path<u64>, if_none_match: Option<TypedHeader<IfNoneMatch>>) -> Response {
    let article = load(id);
    let Ok(tag) = format!("\"{}\"", article.version).parse::<headers::ETag>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let cache_control = TypedHeader(headers::CacheControl::new().with_no_cache());
    match if_none_match {
        Some(TypedHeader(field)) if !field.precondition_passes(&tag) => {
            (StatusCode::NOT_MODIFIED, TypedHeader(tag), cache_control).into_response()
        }
        _ => (TypedHeader(tag), cache_control, axum::Json(article)).into_response(),
    }
}

/// The floor: nothing is compared.
async fn constant(Path(id): Path<u64>) -> Response {
    black_box(id);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().insert(ETAG, HeaderValue::from_static("\"1234567\""));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Sends `GET` with this tag and expects this status, in one poll.
fn send(router: &Router, tag: &HeaderValue, status: StatusCode) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static("/articles/1");
    request.headers_mut().insert(IF_NONE_MATCH, tag.clone());
    let response = router.clone().oneshot(request).now_or_never();
    match response {
        Some(Ok(response)) if response.status() == status => response,
        other => panic!("expected {status}, got {other:?}"),
    }
}

pub(crate) fn run() {
    let constant = Router::new().route("/articles/{id}", get(constant));
    let expert = Router::new().route("/articles/{id}", get(expert));
    let typed_headers = Router::new().route("/articles/{id}", get(typed_headers));
    let toolkit = Router::new().route("/articles/{id}", get(toolkit));

    let by_hand = HeaderValue::from_static("\"1234567\"");
    let ours = HeaderValue::from(load(1).etag());
    let status = StatusCode::NOT_MODIFIED;
    compare(
        "304 through the router",
        vec![
            contender("an expert's handler", || send(&expert, &by_hand, status)),
            contender("the toolkit", || send(&toolkit, &ours, status)),
            contender("axum-extra and headers", || send(&typed_headers, &by_hand, status)),
            contender("a constant answer (the floor)", || send(&constant, &by_hand, status)),
        ],
    );

    let stale = HeaderValue::from_static("\"stale\"");
    let status = StatusCode::OK;
    compare(
        "200 through the router",
        vec![
            contender("an expert's handler", || send(&expert, &stale, status)),
            contender("the toolkit", || send(&toolkit, &stale, status)),
            contender("axum-extra and headers", || send(&typed_headers, &stale, status)),
        ],
    );
}
