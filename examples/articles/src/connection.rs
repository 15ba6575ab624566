//! What happens to a connection when a request is answered before its body has been read.
//!
//! On HTTP/1.1 the rest of that body stands where the next request would begin. The server does not wait for what it does
//! not want, and closes the connection; the client has to be told, or it sends its next request into a connection that is
//! gone (RFC 9112 § 9.6). HTTP/2 ends the one stream, and says so itself.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Version};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};

/// The middleware that says `Connection: close` where the body was not read to its end.
pub(crate) async fn close_after_unread(request: Request, next: Next) -> Response {
    if request.version() >= Version::HTTP_2 || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let is_read = Arc::new(AtomicBool::new(false));
    let watched = Arc::clone(&is_read);
    let response = next.run(request.map(|body| Body::new(Watched { body, is_read: watched }))).await;
    if is_read.load(Ordering::Relaxed) { response } else { close(response) }
}

fn close(mut response: Response) -> Response {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A body, and whether its end has been seen.
struct Watched {
    body: Body,
    is_read: Arc<AtomicBool>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        // Whoever knows the length need not ask once more after the last frame.
        if matches!(frame, Poll::Ready(None)) || self.body.is_end_stream() {
            self.is_read.store(true, Ordering::Relaxed);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn close_is_said_only_where_something_is_left() {
        let app = Router::new()
            .route("/read", post(async |_: String| {}))
            .route("/unread", post(async || {}))
            .layer(from_fn(close_after_unread));
        #[rustfmt::skip]
        let table = [
            // version, path, body, closes
            (Version::HTTP_10, "/unread", "text", true),
            (Version::HTTP_11, "/unread", "text", true),
            (Version::HTTP_11, "/nowhere", "text", true),
            (Version::HTTP_11, "/unread", "",     false),
            (Version::HTTP_11, "/read",   "text", false),
            (Version::HTTP_2,  "/unread", "text", false),
        ];
        for (version, path, body, closes) in table {
            let request = Request::post(path).version(version).body(Body::from(body)).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            let said = response.headers().get(CONNECTION).map(HeaderValue::as_bytes);
            assert_eq!(said, closes.then_some(&b"close"[..]), "{version:?} {path} {body:?}");
        }
    }
}
