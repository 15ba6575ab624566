//! Requests, and the answers that are there at once.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, Method, Request};
use tower::{Service, ServiceExt as _};

/// Field lines, by name and value.
pub(crate) type Fields<'a> = &'a [(HeaderName, &'a str)];

pub(crate) fn request(method: &Method, target: &str, fields: Fields<'_>) -> Request<Body> {
    let builder = Request::builder().method(method).uri(target);
    let builder = fields.iter().fold(builder, |builder, (name, value)| builder.header(name, *value));
    builder.body(Body::empty()).unwrap()
}

/// The answer to a GET of `/` with these fields.
pub(crate) fn get<S>(service: &S, fields: Fields<'_>) -> Response
where
    S: Service<Request<Body>, Response = Response, Error: std::fmt::Debug> + Clone,
{
    send(service, request(&Method::GET, "/", fields))
}

/// The answer, which needs nothing that is still to come.
pub(crate) fn send<S>(service: &S, request: Request<Body>) -> Response
where
    S: Service<Request<Body>, Response = Response, Error: std::fmt::Debug> + Clone,
{
    at_once(service.clone().oneshot(request)).unwrap()
}

/// What a future has after one poll.
pub(crate) fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits for something"),
    }
}

/// What a future has in the end, among the tasks that it spawns.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The value of a field that is there, and is text.
pub(crate) fn field(response: &Response, name: HeaderName) -> &str {
    response.headers()[name].to_str().unwrap()
}

/// All lines of a field.
pub(crate) fn lines(response: &Response, name: HeaderName) -> Vec<&str> {
    response.headers().get_all(name).iter().map(|line| line.to_str().unwrap()).collect()
}
