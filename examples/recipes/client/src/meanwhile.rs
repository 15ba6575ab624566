//! A body that comes after something else has happened.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use http_body::{Body, Frame};

pub(crate) struct Meanwhile {
    event: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// `None` when it has been read.
    content: Option<Bytes>,
}

impl Meanwhile {
    pub(crate) fn new(event: impl Future<Output = ()> + Send + 'static, content: String) -> Meanwhile {
        Meanwhile { event: Box::pin(event), content: Some(content.into()) }
    }
}

impl Body for Meanwhile {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.content.is_none() {
            return Poll::Ready(None);
        }
        ready!(self.event.as_mut().poll(context));
        Poll::Ready(self.content.take().map(|content| Ok(Frame::data(content))))
    }
}
