//! A service that answers as it is told, and remembers what it was asked; and a body that counts its readers.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use etag_runtime::EvaluateLayer;
use http::header::{CONTENT_RANGE, ETAG, HeaderName, LAST_MODIFIED, RANGE, VARY};
use http::{HeaderMap, Method, Request, Response};
use http_body::Frame;
use tower::{Layer as _, Service, ServiceExt as _};

use crate::answer::Answer;

/// When the plain answers have changed.
pub(crate) const CHANGED: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

/// The lines of some fields.
pub(crate) type Fields<'a> = &'a [(HeaderName, &'a str)];

/// What a service gets to see, in the order of its calls.
pub(crate) type Seen = Arc<Mutex<Vec<HeaderMap>>>;

/// A service that has to be ready before it is called, which its clones are not.
#[derive(Clone)]
pub(crate) struct Told<F> {
    /// The answer to a request, of which this is the number.
    answer: F,
    seen: Seen,
    ready: Readiness,
}

impl<F> Told<F> {
    pub(crate) fn new(answer: F, seen: Seen) -> Told<F> {
        Told { answer, seen, ready: Readiness(false) }
    }
}

#[derive(Default)]
struct Readiness(bool);

impl Clone for Readiness {
    fn clone(&self) -> Readiness {
        Readiness(false)
    }
}

impl<F: Fn(&Request<Body>, usize) -> Response<Body>> Service<Request<Body>> for Told<F> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.ready = Readiness(true);
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        assert!(std::mem::take(&mut self.ready).0, "called without being ready");
        let mut seen = self.seen.lock().unwrap();
        seen.push(request.headers().clone());
        ready(Ok((self.answer)(&request, seen.len())))
    }
}

/// The answer to a request with these fields, and what the service has seen of it.
pub(crate) fn ask<F>(method: &Method, fields: Fields<'_>, service: F) -> (Answer, Vec<HeaderMap>)
where
    F: Fn(&Request<Body>, usize) -> Response<Body> + Clone + Send + 'static,
{
    let seen = Seen::default();
    let service = EvaluateLayer::new().layer(Told::new(service, seen.clone()));
    let mut request = Request::builder().method(method).uri("/");
    for (name, value) in fields {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let Ok(response) = runtime.block_on(service.oneshot(request));
    let seen = seen.lock().unwrap().clone();
    (Answer::of(response), seen)
}

pub(crate) fn status<F>(fields: Fields<'_>, service: F) -> u16
where
    F: Fn(&Request<Body>, usize) -> Response<Body> + Clone + Send + 'static,
{
    ask(&Method::GET, fields, service).0.status.as_u16()
}

/// Ten octets of version `a`, or four of them, and no idea of conditions.
pub(crate) fn plain(request: &Request<Body>, _: usize) -> Response<Body> {
    version("a", request)
}

pub(crate) fn version(version: &str, request: &Request<Body>) -> Response<Body> {
    let response = Response::builder().header(ETAG, format!("\"{version}\"")).header(VARY, "cookie");
    let response = response.header(LAST_MODIFIED, CHANGED);
    let octets = version.repeat(10);
    match request.headers().get(RANGE).map(|range| range.to_str().unwrap()) {
        None => response.body(octets.into()),
        Some("bytes=6-") => {
            response.status(206).header(CONTENT_RANGE, "bytes 6-9/10").body(octets[6..].to_owned().into())
        }
        Some(_) => response.status(416).header(CONTENT_RANGE, "bytes */10").body(Body::empty()),
    }
    .unwrap()
}

/// How many octets were read of bodies that count, and how many such bodies there are.
#[derive(Clone, Default)]
pub(crate) struct Bodies(Arc<(AtomicUsize, AtomicUsize)>);

/// A body that counts how often it is read.
struct Counted(Bodies);

impl Bodies {
    pub(crate) fn body(&self) -> Body {
        self.0.1.fetch_add(1, Ordering::SeqCst);
        Body::new(Counted(self.clone()))
    }

    pub(crate) fn reads(&self) -> usize {
        self.0.0.load(Ordering::SeqCst)
    }

    pub(crate) fn alive(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.0.0.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(None)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.1.fetch_sub(1, Ordering::SeqCst);
    }
}
