//! [`NotSentLayer`]: how much the `304`s have saved.
//!
//! ```text
//! 200 ──▶ length of the content ──▶ Lengths ──▶ 304 with the same tag ──▶ etag_bytes_not_sent_total
//! ```

mod lengths;

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::header::{CONTENT_LENGTH, ETAG, HOST, RANGE};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use http_body::Body;
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use self::lengths::Lengths;
use super::counters;

/// Counts the octets that `304`s have not sent: `etag_bytes_not_sent_total`.
///
/// A `304` does not know how long the content is that it stands for. The layer remembers how long it was when it was last sent: it notes
/// the length of each `200` to GET that has an entity tag, by the target and the tag, and adds it for each `304` to the same. What it does
/// not know it does not guess, so that the count is rather too small:
///
/// - What this layer has not seen in full is not counted: a copy that a client has from another server, or from before a restart.
/// - A content whose length is not known when its response begins, such as one that is compressed as it is sent, is not counted. What a body or
///   `Content-Length` announces is taken for sent.
/// - A `304` to HEAD saves nothing, one to a request with `Range` perhaps a part only, and one without `ETag` does not say of what. None of
///   them is counted.
///
/// The memory is bounded: it forgets what has not been asked for in a long time
/// ([`remembering`](NotSentLayer::remembering)). All clones share it. No response is changed, and nobody waits for it but to look up one length.
///
/// Around everything that changes bodies, it sees what goes over the wire.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "axum")] {
/// use axum::{Router, routing::get};
/// use etag_runtime::observe::{NotSentLayer, describe};
///
/// # async fn show() {}
/// describe(); // after a recorder has been installed
/// let app: Router = Router::new().route("/", get(show)).layer(NotSentLayer::new());
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is around something"]
pub struct NotSentLayer {
    lengths: Arc<Lengths>,
}

/// The service of a [`NotSentLayer`].
#[derive(Debug, Clone)]
pub struct NotSent<S> {
    inner: S,
    lengths: Arc<Lengths>,
}

pin_project! {
    /// The response of a [`NotSent`].
    #[derive(Debug)]
    #[must_use = "a future does nothing until it is polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        future: F,
        // Of a GET, by which what it gets is remembered.
        target: Option<(Uri, Option<HeaderValue>)>,
        wants_part: bool,
        lengths: Arc<Lengths>,
    }
}

impl NotSentLayer {
    /// The layer, which remembers some ten thousand representations: less than a megabyte.
    pub fn new() -> NotSentLayer {
        NotSentLayer::remembering(const { NonZeroUsize::new(10_000).expect("it is not zero") })
    }

    /// The layer, which remembers at least the last `representations` that were asked for, and at most twice as many, in some 50 octets each.
    pub fn remembering(representations: NonZeroUsize) -> NotSentLayer {
        NotSentLayer { lengths: Arc::new(Lengths::new(representations)) }
    }
}

impl Default for NotSentLayer {
    fn default() -> NotSentLayer {
        NotSentLayer::new()
    }
}

impl<S> Layer<S> for NotSentLayer {
    type Service = NotSent<S>;

    fn layer(&self, inner: S) -> NotSent<S> {
        NotSent { inner, lengths: Arc::clone(&self.lengths) }
    }
}

impl<S, A, B> Service<Request<A>> for NotSent<S>
where
    S: Service<Request<A>, Response = Response<B>>,
    B: Body,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<A>) -> ResponseFuture<S::Future> {
        let target =
            (*request.method() == Method::GET).then(|| (request.uri().clone(), request.headers().get(HOST).cloned()));
        let wants_part = request.headers().contains_key(RANGE);
        ResponseFuture { future: self.inner.call(request), target, wants_part, lengths: Arc::clone(&self.lengths) }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let response = ready!(this.future.poll(context))?;
        if let (Some(target), Some(tag)) = (this.target, response.headers().get(ETAG)) {
            match response.status() {
                StatusCode::OK => {
                    if let Some(length) = length(&response) {
                        this.lengths.note(&(target, tag), length);
                    }
                }
                StatusCode::NOT_MODIFIED if !*this.wants_part => {
                    if let Some(length) = this.lengths.of(&(target, tag)) {
                        counters::not_sent(length);
                    }
                }
                _ => {}
            }
        }
        Poll::Ready(Ok(response))
    }
}

/// How many octets the content has, if that is known.
fn length<B: Body>(response: &Response<B>) -> Option<u64> {
    let announced = || response.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    response.body().size_hint().exact().or_else(announced)
}
