//! A request that needs nothing costs nothing.

use std::convert::Infallible;

use allocation_counter::measure;
use axum::body::Body;
use etag_runtime::ContentCodingLayer;
use http::header::{ACCEPT_ENCODING, ETAG, IF_MATCH, IF_NONE_MATCH, RANGE, VARY};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tower::{Layer as _, Service as _, service_fn};

use super::application::now;

/// What it costs to answer a request with these fields: without the layer, and with it.
fn costs(method: &Method, fields: &[(HeaderName, &'static str)], status: StatusCode) -> [u64; 2] {
    let answer = move |_: Request<Body>| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response.headers_mut().insert(ETAG, HeaderValue::from_static("\"v7\""));
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        std::future::ready(Ok::<_, Infallible>(response))
    };
    let request = || {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method.clone();
        for (name, value) in fields {
            request.headers_mut().append(name, HeaderValue::from_static(value));
        }
        request
    };
    let mut bare = service_fn(answer);
    let mut coded = ContentCodingLayer::new().layer(bare);
    let (first, second) = (request(), request());
    let (mut without, mut with) = (None, None);
    let costs = [
        measure(|| without = Some(now(bare.call(first)))).count_total,
        measure(|| with = Some(now(coded.call(second)))).count_total,
    ];
    let (Ok(without), Ok(with)) = (without.unwrap(), with.unwrap());
    assert_eq!(without.headers(), with.headers(), "nothing was needed");
    costs
}

/// A request, and the status of the response to it.
type Row<'a> = (Method, &'a [(HeaderName, &'static str)], StatusCode);

#[test]
fn what_needs_nothing_allocates_nothing() {
    let accepted = (ACCEPT_ENCODING, "gzip, br;q=0.5, *;q=0.1");
    #[rustfmt::skip]
    let table: [Row<'_>; 8] = [
        (Method::GET,  &[],                                                        StatusCode::OK),
        (Method::GET,  std::slice::from_ref(&accepted),                            StatusCode::OK),
        (Method::GET,  &[accepted.clone(), (IF_NONE_MATCH, "\"v7\"")],             StatusCode::NOT_MODIFIED),
        (Method::HEAD, &[accepted.clone(), (IF_NONE_MATCH, "\"a\", \"b\"")],       StatusCode::OK),
        (Method::GET,  &[accepted.clone(), (IF_NONE_MATCH, "*")],                  StatusCode::NOT_MODIFIED),
        (Method::GET,  &[accepted.clone(), (RANGE, "bytes=5-")],                   StatusCode::PARTIAL_CONTENT),
        (Method::PUT,  &[accepted.clone(), (IF_MATCH, "\"v7\"")],                  StatusCode::OK),
        (Method::PUT,  &[accepted.clone(), (IF_MATCH, "*")],                      StatusCode::PRECONDITION_FAILED),
    ];
    for (method, fields, status) in table {
        let [without, with] = costs(&method, fields, status);
        assert_eq!(with, without, "{method} {fields:?}");
    }
}
