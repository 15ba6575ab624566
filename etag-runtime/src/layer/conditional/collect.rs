//! [`Collecting`]: the body of a response, gathered and hashed frame by frame.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http_body::{Body as _, Frame};

use super::replay::{Frames, Replay};
use crate::EntityTag;
use crate::digest::Whole;

/// A response whose body is being read.
#[derive(Debug)]
pub(super) struct Collecting {
    response: Response,
    /// How many octets the body says it has.
    size: u64,
    read: Frames,
    len: u64,
    content: Whole,
}

/// Where the reading has stopped.
enum Stop {
    /// The body has ended.
    End,
    /// At trailers, or at a failure.
    At(Result<Frame<Bytes>, axum::Error>),
    /// The body has more than it has said.
    Excess,
}

impl Collecting {
    /// Of a body that says it has `size` octets. It is not believed: nothing is reserved for it, and not more is gathered.
    pub(super) fn new(response: Response, size: u64) -> Collecting {
        let content = Whole::new(response.headers());
        Collecting { response, size, read: Frames::default(), len: 0, content }
    }

    /// The response, whose body begins with what was read, frame by frame, and its tag. It has none if the body fails, or has trailers or
    /// another size than it has said: then whatever comes after what was read follows as it is.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<(Response, Option<EntityTag>)> {
        let stop = ready!(self.read(context));
        let is_complete = matches!(stop, Stop::End) && self.len == self.size;
        let tag = is_complete.then(|| self.content.entity_tag());
        let read = mem::take(&mut self.read);
        let response = mem::take(&mut self.response).map(|rest| {
            let (next, rest) = match stop {
                Stop::End => (None, None),
                Stop::At(next) => (Some(next), Some(rest)),
                Stop::Excess => (None, Some(rest)),
            };
            Body::new(Replay { left: self.size, read, next, rest })
        });
        Poll::Ready((response, tag))
    }

    fn read(&mut self, context: &mut Context<'_>) -> Poll<Stop> {
        while self.len <= self.size {
            let frame = match ready!(Pin::new(self.response.body_mut()).poll_frame(context)) {
                None => return Poll::Ready(Stop::End),
                Some(Ok(frame)) => frame.into_data().map_err(Ok),
                Some(Err(error)) => Err(Err(error)),
            };
            match frame {
                Ok(data) => {
                    self.len += data.len() as u64;
                    self.content.update(&data);
                    self.read.push(data);
                }
                Err(other) => return Poll::Ready(Stop::At(other)),
            }
        }
        Poll::Ready(Stop::Excess)
    }
}
