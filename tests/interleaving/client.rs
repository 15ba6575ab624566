//! One client: a request, and the handler that answers it.

use std::convert::Infallible;
use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::table::{Row, Session};

/// A request that is sent while others are under way.
pub(crate) struct Client {
    pub(crate) expects: Expects,
    preconditions: Preconditions,
    handler: Box<Handler>,
}

type Handler = dyn Fn(&Preconditions, &Session<'_>) -> Answer + Send + Sync;

/// The state that a client means to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expects {
    /// `If-Match` with the tag of the first row, which it has seen.
    First,
    /// `If-None-Match: *`
    Nothing,
    /// Whatever the handler has read last: the client sends no precondition.
    Anything,
}

/// What a client gets to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) entity_tag: Option<HeaderValue>,
}

impl Client {
    /// Has seen the first row, as an `M`.
    pub(crate) fn of_the_first<M: ETag + From<Row>, R: Into<Answer>>(
        method: &Method,
        handler: impl AsyncFn(&Preconditions, &Session<'_>) -> Result<R, Rejected> + Send + Sync + 'static,
    ) -> Client {
        let headers = HeaderMap::from_iter([(IF_MATCH, M::from(Row::FIRST).etag().into())]);
        Client::new(Expects::First, method, &headers, handler)
    }

    /// Wants to create what is not there.
    pub(crate) fn of_nothing<R: Into<Answer>>(
        handler: impl AsyncFn(&Preconditions, &Session<'_>) -> Result<R, Rejected> + Send + Sync + 'static,
    ) -> Client {
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static("*"))]);
        Client::new(Expects::Nothing, &Method::PUT, &headers, handler)
    }

    /// Sends no precondition.
    pub(crate) fn of_anything<R: Into<Answer>>(
        handler: impl AsyncFn(&Preconditions, &Session<'_>) -> Result<R, Rejected> + Send + Sync + 'static,
    ) -> Client {
        Client::new(Expects::Anything, &Method::PUT, &HeaderMap::new(), handler)
    }

    fn new<R: Into<Answer>>(
        expects: Expects,
        method: &Method,
        headers: &HeaderMap,
        handler: impl AsyncFn(&Preconditions, &Session<'_>) -> Result<R, Rejected> + Send + Sync + 'static,
    ) -> Client {
        Client {
            expects,
            preconditions: Preconditions::new(method, headers),
            handler: Box::new(move |preconditions, session| match finish(handler(preconditions, session)) {
                Ok(success) => success.into(),
                Err(rejected) => rejected.to_response().into(),
            }),
        }
    }

    pub(crate) fn send(&self, session: &Session<'_>) -> Answer {
        (self.handler)(&self.preconditions, session)
    }
}

/// The result of a future that never waits: a statement holds up its thread, as loom has it.
fn finish<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("no handler here waits for anything but statements"),
    }
}

/// What a handler reads if it has lost.
pub(crate) async fn reload<M: From<Row>>(session: &Session<'_>) -> Result<Option<M>, Infallible> {
    Ok(session.select().map(M::from))
}

impl<B> From<Response<B>> for Answer {
    fn from(response: Response<B>) -> Answer {
        Answer { status: response.status(), entity_tag: response.headers().get(ETAG).cloned() }
    }
}

impl<M> From<Conditional<M>> for Answer {
    fn from(response: Conditional<M>) -> Answer {
        response.into_response_with(|_| Response::new(String::new()), String::new).into()
    }
}

impl From<StatusCode> for Answer {
    fn from(status: StatusCode) -> Answer {
        Answer { status, entity_tag: None }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("expects", &self.expects).finish_non_exhaustive()
    }
}
