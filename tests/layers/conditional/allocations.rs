//! A response that is left alone costs nothing.

use std::convert::Infallible;
use std::future::ready;

use allocation_counter::measure;
use axum::body::Body;
use axum::response::Response;
use etag_runtime::ConditionalLayer;
use http::header::ETAG;
use http::{HeaderValue, Method};
use tower::{Layer as _, Service, service_fn};

use super::body::{Script, Step};
use super::request::{at_once, request};

/// Allocations of an answer to this method.
fn of(mut service: impl Service<http::Request<Body>, Response = Response, Error = Infallible>, method: &Method) -> u64 {
    let request = request(method, "/", &[]);
    let mut answer = None;
    let count = measure(|| answer = Some(at_once(service.call(request)))).count_total;
    assert!(answer.unwrap().is_ok());
    count
}

#[test]
fn what_is_left_alone_costs_no_allocation() {
    let complete: fn() -> Response = || Response::new(Body::from("Hello"));
    let stream: fn() -> Response = || Response::new(Body::new(Script::new([Step::Data("Hello")])));
    let tagged: fn() -> Response = || {
        let mut response = Response::new(Body::from("Hello"));
        response.headers_mut().insert(ETAG, HeaderValue::from_static("\"mine\""));
        response
    };
    for (name, method, response) in
        [("a POST", Method::POST, complete), ("a stream", Method::GET, stream), ("a tag", Method::GET, tagged)]
    {
        let bare = || service_fn(|_| ready(Ok(response())));
        assert_eq!(of(ConditionalLayer::new().layer(bare()), &method), of(bare(), &method), "{name}");
    }
}
