//! Requests, and what is told of them.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method, Request};
use tower::ServiceExt as _;

use crate::application::application;
use crate::capture::{Captured, events, install};

/// The response to a request of the application, in this thread.
pub(crate) fn send(method: &Method, path: &str, fields: &[(HeaderName, HeaderValue)]) -> Response {
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    for (name, value) in fields {
        request.headers_mut().append(name, value.clone());
    }
    block_on(application().oneshot(request)).unwrap()
}

/// The same, and the events of it.
pub(crate) fn ask(method: &Method, path: &str, fields: &[(HeaderName, HeaderValue)]) -> (Response, Vec<Captured>) {
    events(|| send(method, path, fields))
}

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    install();
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
