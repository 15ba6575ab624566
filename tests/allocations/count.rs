//! Counts the allocations of one request.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::routing::MethodRouter;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use tower::ServiceExt as _;

/// What a handler has answered, and what that took.
#[derive(Debug)]
pub(crate) struct Cost {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Between the request and the response, without making the one or reading the other.
    pub(crate) allocations: u64,
}

/// A `PUT /articles/1` with this tag and body, to a router of this handler alone.
pub(crate) fn put_to(handler: MethodRouter, if_match: &HeaderValue, body: &'static [u8]) -> Cost {
    let router = Router::new().route("/articles/{id}", handler);
    let send = || {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::PUT;
        *request.uri_mut() = Uri::from_static("/articles/1");
        let fields = [
            (IF_MATCH, if_match.clone()),
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CONTENT_LENGTH, body.len().into()),
        ];
        request.headers_mut().extend(fields);
        let router = router.clone();
        let mut response = None;
        let allocations = measure(|| response = Some(now(router.oneshot(request)).unwrap())).count_total;
        (response.unwrap(), allocations)
    };
    // What is made once, at the first request, is nobody's cost.
    send();
    let (response, allocations) = send();
    let (parts, body) = response.into_parts();
    let body = now(axum::body::to_bytes(body, usize::MAX)).unwrap();
    Cost { status: parts.status, headers: parts.headers, body, allocations }
}

/// The result of a future that has all it needs.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a handler here waits for nothing"),
    }
}
