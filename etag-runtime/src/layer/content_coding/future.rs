use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Response, StatusCode};
use pin_project_lite::pin_project;

use super::{Asked, ResponseBody};

pin_project! {
    /// The response of a [`ContentCoding`](super::ContentCoding).
    #[derive(Debug)]
    #[must_use = "a future does nothing until it is polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        asked: Asked,
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(inner: F, asked: Asked) -> ResponseFuture<F> {
        ResponseFuture { inner, asked }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Response<ResponseBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        let status = response.status();
        this.asked.answer(status, response.headers_mut());
        Poll::Ready(Ok(response.map(|body| ResponseBody::new((status != StatusCode::NOT_MODIFIED).then_some(body)))))
    }
}
