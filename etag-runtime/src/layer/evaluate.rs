//! [`EvaluateLayer`]: the preconditions of requests to a service that only says which version it sends.
//!
//! ```text
//! request ─┬─ If-*, taken off ──▶ Preconditions ─┐
//!          └─▶ service ──▶ ETag, Last-Modified ──┴─respond_with─▶ 200, 206, 304, 412
//! ```
//!
//! Whatever is answered is judged by the validators that it came with, and by no others: no change between two calls makes a
//! part of one version the continuation of another.

mod answer;

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

/// Evaluates the preconditions of GET and HEAD in place of a service that sends `ETag` or `Last-Modified`, and evaluates them
/// wrongly or not at all: `ServeDir` of tower-http, a reverse proxy, a handler written by hand.
///
/// The service gets the request without its conditional fields. What it answers with success is judged by the validators that it carries:
/// `304`, `412`, or the answer as it is. See [`Preconditions::respond_with`](crate::Preconditions::respond_with) for what the fields are then; so there is a
/// `Cache-Control: no-cache` unless the service has another, and no `Last-Modified` of this very second.
///
/// | `Range` | |
/// |---|---|
/// | with `If-Range` | a `206` of the service is sent if its validators are those of `If-Range`; otherwise the service is asked again, for all |
/// | answered with `416` | only if the range is one of octets and `If-Range` is true; otherwise, too, the service is asked for all |
/// | with HEAD | taken off: it means nothing there |
///
/// At most two calls are made for a request, and no body is read that is not sent. Other methods pass as they are, and so does what
/// is no success.
///
/// It belongs around the service alone. A handler that takes [`Preconditions`](crate::Preconditions) has no use for it, since under it there are none; and a
/// [`ContentCodingLayer`](crate::ContentCodingLayer) goes around both.
///
/// # What the tag of `ServeDir` promises
///
/// tower-http 0.7 makes it of the size of a file and the time of its last change. A file that is changed twice within a tick of the file
/// system's clock (some milliseconds) with the same size keeps its tag, and so does one that is replaced by another of the same size whose time is
/// set: reproducible builds and package managers set all times to one. Such files want tags of their content.
///
/// A precompressed file (`a.txt.gz`) has a tag of its own size and time, which is another than that of `a.txt` unless both are equal.
/// `gzip` gives a file the time of the original, so that a size that happens to be equal makes the tags equal. Under a `ContentCodingLayer` they
/// differ always.
///
/// # Examples
///
/// ```
/// use axum::body::Body;
/// use etag_runtime::Evaluate;
/// use http::{Request, Response};
/// # use std::task::{Context, Poll, Waker};
/// # use tower_service::Service as _;
///
/// // With tower-http: Router::new().nest_service("/files", Evaluate::new(ServeDir::new("files")))
/// let files = tower::service_fn(async |_: Request<Body>| {
///     Response::builder().header("etag", "\"v1\"").body(Body::from("a file"))
/// });
/// let request = Request::get("/a.txt").header("if-none-match", "\"v0\", \"v1\"").body(Body::empty())?;
/// # let mut answer = Evaluate::new(files).call(request);
/// # let Poll::Ready(response) = answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { panic!() };
/// # let response = response?;
/// assert_eq!(response.status(), 304);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct EvaluateLayer {}

impl EvaluateLayer {
    /// The layer.
    #[must_use]
    pub fn new() -> EvaluateLayer {
        EvaluateLayer::default()
    }
}

impl<S> Layer<S> for EvaluateLayer {
    type Service = Evaluate<S>;

    fn layer(&self, inner: S) -> Evaluate<S> {
        Evaluate::new(inner)
    }
}

/// A service whose preconditions are evaluated; see [`EvaluateLayer`].
#[derive(Debug, Clone)]
pub struct Evaluate<S> {
    inner: S,
}

impl<S> Evaluate<S> {
    /// The same as [`EvaluateLayer`] around this service.
    #[must_use]
    pub fn new(inner: S) -> Evaluate<S> {
        Evaluate { inner }
    }
}

impl<S, A, B> Service<Request<A>> for Evaluate<S>
where
    S: Service<Request<A>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    A: Default + Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<A>) -> Self::Future {
        // The one that is ready is this one, and not its clone.
        let clone = self.inner.clone();
        let inner = mem::replace(&mut self.inner, clone);
        Box::pin(answer::answer(inner, request))
    }
}
