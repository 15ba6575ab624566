//! `ConditionalLayer` over bodies of two sizes, next to the same handler and a bare SHA-256 of the same octets.

use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Bytes, HttpBody as _};
use axum::response::Response;
use axum::routing::{Route, get};
use etag_runtime::ConditionalLayer;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use sha2::{Digest as _, Sha256};
use tower::layer::layer_fn;

use crate::harness::{Group, other, ours};
use crate::requests::Exchange;

pub(crate) fn groups() -> Vec<Group> {
    [("2 KB", 2_000), ("64 KB", 64_000)].map(|(size, octets)| group(size, octets)).into()
}

/// A GET, conditional if there is a tag.
fn exchange(tag: Option<HeaderValue>) -> Exchange {
    let status = if tag.is_some() { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let fields: HeaderMap = tag.map(|tag| (IF_NONE_MATCH, tag)).into_iter().collect();
    Exchange { method: Method::GET, target: Uri::from_static("/page"), fields, body: Bytes::new(), status }
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

fn group(size: &str, octets: usize) -> Group {
    let content: Bytes = (0..=255).cycle().take(octets).collect();
    let hashed = content.clone();
    let plain = Router::new().route("/page", get(move || async move { content }));
    let handler = get(move || async move {
        black_box(Sha256::digest(&hashed));
        hashed
    });
    let hashing = Router::new().route("/page", handler);
    // What any layer costs in a router of axum.
    let idle = hashing.clone().layer(layer_fn(|route: Route| route));
    let layered = plain.clone().layer(ConditionalLayer::new());
    let tag = exchange(None).send(&layered).headers()[ETAG].clone();
    let job = |router: &Router, tag| {
        let (router, exchange) = (router.clone(), exchange(tag));
        move || read(exchange.send(&router))
    };
    Group {
        key: format!("layer-{octets}"),
        title: format!("ConditionalLayer and a body of {size}"),
        contenders: vec![
            other("hash", "a handler, and SHA-256 of the same octets", job(&hashing, None)),
            other("idle", "the same within a layer that does nothing", job(&idle, None)),
            ours("200", "the layer: 200", job(&layered, None)),
            ours("304", "the layer: 304", job(&layered, Some(tag))),
            other("plain", "the handler alone", job(&plain, None)),
        ],
    }
}
