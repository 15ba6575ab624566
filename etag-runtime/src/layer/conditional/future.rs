use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::BoxError;
use axum::body::{Body, Bytes};
use http::Response;
use http::header::ETAG;
use pin_project_lite::pin_project;

use super::Asked;
use super::collect::Collecting;
use super::left_alone::size_of_content;
use crate::EntityTag;
use crate::response::Undecided;

pin_project! {
    /// The response of a [`ConditionalService`](super::ConditionalService).
    #[derive(Debug)]
    #[must_use = "a future does nothing until it is polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        stage: Stage<F>,
        asked: Asked,
        limit: u64,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StageProjection]
    enum Stage<F> {
        Answering { #[pin] future: F },
        Collecting { collecting: Collecting },
    }
}

impl<F> ResponseFuture<F> {
    /// Of the response that `future` makes, and whose body is read if it has at most `limit` octets.
    pub(super) fn new(future: F, asked: Asked, limit: u64) -> ResponseFuture<F> {
        ResponseFuture { stage: Stage::Answering { future }, asked, limit }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Output = Result<Response<Body>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            match this.stage.as_mut().project() {
                StageProjection::Answering { future } => {
                    let response = ready!(this.asked.while_asked(|| future.poll(context)))?;
                    let mut response = response.map(Body::new);
                    let undecided = response.extensions_mut().remove::<Undecided>();
                    if let Some(tag) = undecided.and_then(|Undecided| entity_tag(&response)) {
                        return Poll::Ready(Ok(this.asked.answer(tag, response)));
                    }
                    let Some(size) = size_of_content(&response, *this.limit) else {
                        return Poll::Ready(Ok(response));
                    };
                    let collecting = Collecting::new(response, size);
                    this.stage.set(Stage::Collecting { collecting });
                }
                StageProjection::Collecting { collecting } => {
                    let (response, tag) = ready!(collecting.poll(context));
                    return Poll::Ready(Ok(match tag {
                        Some(tag) => this.asked.answer(tag, response),
                        None => response,
                    }));
                }
            }
        }
    }
}

fn entity_tag(response: &Response<Body>) -> Option<EntityTag> {
    EntityTag::parse(response.headers().get(ETAG)?.as_bytes()).ok()
}
