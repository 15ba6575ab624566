//! Bodies that do as they are told, and what comes out of a body.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http::{HeaderMap, HeaderValue};
use http_body::{Frame, SizeHint};

use super::request::block_on;

/// What a body does when it is polled.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Data(&'static str),
    /// Nothing yet; it wakes at once.
    Pause,
    Trailers,
    Failure(&'static str),
}

/// A body that takes these steps and then ends, for good.
pub(crate) struct Script {
    steps: VecDeque<Step>,
    size: SizeHint,
    has_ended: bool,
    polled: Arc<AtomicUsize>,
}

impl Script {
    /// Of unknown size.
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Script {
        let steps = steps.into_iter().collect();
        Script { steps, size: SizeHint::default(), has_ended: false, polled: Arc::default() }
    }

    /// One that says that it has this size.
    pub(crate) fn says(mut self, size: u64) -> Script {
        self.size = SizeHint::with_exact(size);
        self
    }

    /// One that counts here how often it is polled.
    pub(crate) fn counting(mut self, polled: &Arc<AtomicUsize>) -> Script {
        self.polled = Arc::clone(polled);
        self
    }
}

impl HttpBody for Script {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        assert!(!self.has_ended, "polled after its end");
        self.polled.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(match self.steps.pop_front() {
            None => {
                self.has_ended = true;
                return Poll::Ready(None);
            }
            Some(Step::Pause) => {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Some(Step::Data(data)) => Ok(Frame::data(Bytes::from_static(data.as_bytes()))),
            Some(Step::Trailers) => Ok(Frame::trailers(trailers())),
            Some(Step::Failure(error)) => Err(error),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}

fn trailers() -> HeaderMap {
    HeaderMap::from_iter([(http::HeaderName::from_static("checksum"), HeaderValue::from_static("7"))])
}

/// The frames of a body, up to its end or its failure, and without asking it first whether there are any.
pub(crate) fn frames(mut body: Body) -> Vec<Step> {
    let mut frames = Vec::new();
    let next = |body: &mut Body| block_on(poll_fn(|context| Pin::new(&mut *body).poll_frame(context)));
    while let Some(frame) = next(&mut body) {
        frames.push(match frame.map(Frame::into_data) {
            Ok(Ok(data)) => Step::Data(String::from_utf8(data.into()).unwrap().leak()),
            Ok(Err(_)) => Step::Trailers,
            Err(error) => Step::Failure(error.to_string().leak()),
        });
        if let Some(Step::Failure(_)) = frames.last() {
            break;
        }
    }
    frames
}

/// The content of a body.
pub(crate) fn content(body: Body) -> String {
    let octets = block_on(axum::body::to_bytes(body, usize::MAX)).unwrap();
    String::from_utf8(octets.into()).unwrap()
}
