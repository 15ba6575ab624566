//! `ConditionalLayer` over bodies of three sizes, next to the same handler and a bare SHA-256 of the same octets.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{Route, get};
use etag_runtime::ConditionalLayer;
use futures_util::FutureExt as _;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode, Uri};
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use tower::ServiceExt as _;
use tower::layer::layer_fn;

use crate::harness::{compare, contender};

/// The answer to `GET`, conditional if there is a tag, in one poll.
fn send(router: &Router, tag: Option<&HeaderValue>, status: StatusCode) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static("/page");
    if let Some(tag) = tag {
        request.headers_mut().insert(IF_NONE_MATCH, tag.clone());
    }
    match router.clone().oneshot(request).now_or_never() {
        Some(Ok(response)) if response.status() == status => response,
        other => panic!("expected {status}, got {other:?}"),
    }
}

/// How many octets the body of the answer has, without gathering them.
fn read(response: Response) -> usize {
    let mut body = response.into_body();
    let mut octets = 0;
    while let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
        octets += frame.data_ref().map_or(0, Bytes::len);
    }
    octets
}

pub(crate) fn run() {
    for (name, size) in [("2 KB", 2_000), ("64 KB", 64_000), ("1 MB", 1_000_000)] {
        let octets: Bytes = (0..=255).cycle().take(size).collect();
        let plain = {
            let octets = octets.clone();
            Router::new().route("/page", get(move || async move { octets }))
        };
        let hashing = {
            let octets = octets.clone();
            let handler = get(move || async move {
                black_box(Sha256::digest(&octets));
                octets
            });
            Router::new().route("/page", handler)
        };
        // What any layer costs in a router of axum.
        let idle = hashing.clone().layer(layer_fn(|route: Route| route));
        let layered = plain.clone().layer(ConditionalLayer::new());
        let tag = send(&layered, None, StatusCode::OK).headers()[ETAG].clone();
        compare(
            &format!("A body of {name} through the router"),
            vec![
                contender("a handler, and SHA-256 of the same octets", || read(send(&hashing, None, StatusCode::OK))),
                contender("the same within a layer that does nothing", || read(send(&idle, None, StatusCode::OK))),
                contender("the layer: 200", || read(send(&layered, None, StatusCode::OK))),
                contender("the layer: 304", || read(send(&layered, Some(&tag), StatusCode::NOT_MODIFIED))),
                contender("the handler alone", || read(send(&plain, None, StatusCode::OK))),
            ],
        );
    }
}
