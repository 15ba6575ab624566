//! What the tests serve: a body in chunks, and a document that may change between two requests.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use etag_runtime::{Content, EntityTag, Validators};
use http_body::Frame;

/// A body in several frames, some of them empty, whose end is a while in coming: what was sent before is on its way by then.
pub(crate) struct Chunks {
    ahead: VecDeque<Bytes>,
    hesitates: bool,
}

impl Chunks {
    /// These octets, so many at a time.
    pub(crate) fn of(octets: &[u8], size: usize) -> Body {
        let chunks = octets.chunks(size).flat_map(|chunk| [Bytes::new(), Bytes::copy_from_slice(chunk)]);
        Body::new(Chunks { ahead: chunks.collect(), hesitates: true })
    }
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.ahead.is_empty() && std::mem::take(&mut self.hesitates) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.ahead.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// A body that fails at once.
pub(crate) struct Broken;

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        Poll::Ready(Some(Err("the disk is gone")))
    }
}

/// A document that has other octets in every version, and as many as it is made of.
#[derive(Clone)]
pub(crate) struct Document(Arc<Mutex<(u32, usize)>>);

impl Document {
    pub(crate) fn new(length: usize) -> Document {
        Document(Arc::new(Mutex::new((1, length))))
    }

    /// From now on, it is the next version, of this length.
    pub(crate) fn change(&self, length: usize) {
        let mut current = self.0.lock().unwrap();
        *current = (current.0 + 1, length);
    }

    pub(crate) fn octets(&self) -> Vec<u8> {
        let (version, length) = *self.0.lock().unwrap();
        vec![b'A' + u8::try_from(version).unwrap(); length]
    }

    pub(crate) fn tag(&self) -> String {
        format!("\"v{}\"", self.0.lock().unwrap().0)
    }

    pub(crate) fn validators(&self) -> Validators {
        Validators::new().with_entity_tag(EntityTag::parse(self.tag().as_bytes()).unwrap())
    }

    pub(crate) fn content(&self) -> Content {
        Content::from(self.octets()).content_type("application/pdf")
    }
}
