use std::task::{Context, Poll};

use axum::BoxError;
use axum::body::{Body, Bytes};
use http::{Request, Response};
use tower_service::Service;

use super::{Asked, ResponseFuture};
use crate::Preconditions;

/// The service of a [`ConditionalLayer`](super::ConditionalLayer).
#[derive(Debug, Clone, Copy)]
pub struct ConditionalService<S> {
    inner: S,
    limit: u64,
}

impl<S> ConditionalService<S> {
    pub(super) fn new(inner: S, limit: u64) -> ConditionalService<S> {
        ConditionalService { inner, limit }
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

impl<S, A, B> Service<Request<A>> for ConditionalService<S>
where
    S: Service<Request<A>, Response = Response<B>>,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<A>) -> ResponseFuture<S::Future> {
        let preconditions = Preconditions::new(request.method(), request.headers());
        // Whatever answers another method is left alone.
        let limit = if preconditions.is_get_or_head() { self.limit } else { 0 };
        let mut asked = Asked::of(preconditions);
        // A service may build its response here already.
        let future = asked.while_asked(|| self.inner.call(request));
        ResponseFuture::new(future, asked, limit)
    }
}
