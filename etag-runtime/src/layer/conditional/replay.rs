//! [`Replay`]: a body whose beginning has been read already.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::BoxError;
use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};

/// The frames that were read, what stopped the reading, and the rest.
#[derive(Debug)]
pub(super) struct Replay {
    /// How many octets the body has said it has, without those that were sent.
    pub(super) left: u64,
    pub(super) read: Frames,
    /// Trailers, or a failure.
    pub(super) next: Option<Result<Frame<Bytes>, axum::Error>>,
    /// Nothing if the body has ended: it must not be polled again.
    pub(super) rest: Option<Body>,
}

/// Frames of data in their order. Most bodies are one frame, which takes no memory of its own.
#[derive(Debug, Default)]
pub(super) struct Frames {
    first: Option<Bytes>,
    more: VecDeque<Bytes>,
}

impl Frames {
    /// One more frame. None is added after the first was taken.
    pub(super) fn push(&mut self, frame: Bytes) {
        match self.first {
            None => self.first = Some(frame),
            Some(_) => self.more.push_back(frame),
        }
    }

    fn pop(&mut self) -> Option<Bytes> {
        self.first.take().or_else(|| self.more.pop_front())
    }

    fn is_empty(&self) -> bool {
        self.first.is_none() && self.more.is_empty()
    }
}

impl http_body::Body for Replay {
    type Data = Bytes;
    /// That of the body that was read, which axum wraps as it did before.
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = if let Some(data) = self.read.pop() {
            Some(Ok(Frame::data(data)))
        } else if let Some(next) = self.next.take() {
            Some(next)
        } else if let Some(rest) = &mut self.rest {
            ready!(Pin::new(rest).poll_frame(context))
        } else {
            None
        };
        if let Some(Ok(frame)) = &frame {
            self.left = self.left.saturating_sub(frame.data_ref().map_or(0, |data| data.len() as u64));
        }
        Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::into_inner)))
    }

    fn is_end_stream(&self) -> bool {
        // One that has ended before its time has not ended well: whoever sends it has to see that.
        let has_ended = self.rest.as_ref().map_or(self.left == 0, http_body::Body::is_end_stream);
        self.read.is_empty() && self.next.is_none() && has_ended
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
