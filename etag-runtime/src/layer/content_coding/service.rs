use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::{Asked, ResponseBody, ResponseFuture};

/// The service of a [`ContentCodingLayer`](super::ContentCodingLayer).
#[derive(Debug, Clone, Copy)]
pub struct ContentCoding<S> {
    inner: S,
}

impl<S> ContentCoding<S> {
    /// Around a service that codes what it answers.
    pub const fn new(inner: S) -> ContentCoding<S> {
        ContentCoding { inner }
    }

    /// The service within.
    pub const fn get_ref(&self) -> &S {
        &self.inner
    }

    /// The service within.
    pub const fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// The service within.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, RequestBody, Body> Service<Request<RequestBody>> for ContentCoding<S>
where
    S: Service<Request<RequestBody>, Response = Response<Body>>,
{
    type Response = Response<ResponseBody<Body>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> ResponseFuture<S::Future> {
        let (mut parts, body) = request.into_parts();
        let asked = Asked::of(&parts.method, &mut parts.headers);
        ResponseFuture::new(self.inner.call(Request::from_parts(parts, body)), asked)
    }
}
