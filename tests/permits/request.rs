//! Requests, and an article to write to.

use axum::body::Body;
use axum::response::IntoResponse;
use etag_runtime::{ETag, Preconditions};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, ETag)]
pub(crate) struct Article {
    pub(crate) title: String,
    #[etag(version)]
    pub(crate) version: u32,
}

pub(crate) fn article(version: u32) -> Article {
    Article { title: format!("Title {version}"), version }
}

/// Names and values of field lines.
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

/// The preconditions of a request with these field lines.
pub(crate) fn request(method: &Method, lines: Fields<'_>) -> Preconditions {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    Preconditions::new(method, &headers)
}

/// A PUT by somebody who has seen this.
pub(crate) fn put(seen: &impl ETag) -> Preconditions {
    request(&Method::PUT, &[("if-match", &seen.etag().to_string())])
}

/// What a future that never waits ends with.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// What is sent, and its body.
pub(crate) fn sent(response: impl IntoResponse) -> (Response<Body>, Value) {
    let (parts, body) = response.into_response().into_parts();
    let octets = now(axum::body::to_bytes(body, 1 << 20)).unwrap();
    let value = if octets.is_empty() { Value::Null } else { serde_json::from_slice(&octets).unwrap() };
    (Response::from_parts(parts, Body::empty()), value)
}
