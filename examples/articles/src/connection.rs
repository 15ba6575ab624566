//! What happens to a connection when a request is answered before its body has been read.
//!
//! On HTTP/1.1 the rest of that body stands where the next request would begin. The server does not wait for what it does
//! not want, and closes the connection; the client has to be told, or it sends its next request into a connection that is
//! gone (RFC 9112 § 9.6). HTTP/2 resets the one stream, and says so itself (RFC 9113 § 8.1).
//!
//! A connection that is closed while octets arrive is reset, and the reset may overtake the answer: a proxy that is still sending
//! then reports a broken server in place of a `412`. And there are clients, such as curl 7.88, that report the reset of a stream which
//! comes with the answer, and not the answer. So what is left of a short body is read all the same, after the answer, and thrown
//! away; and a long one is cut off a little later.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::{HeaderValue, Version};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::{sleep, timeout};

use crate::app::BODY;

/// How long a body that nobody wants may be silent, and how long it may take, until the connection is closed.
const SILENCE: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(30);

/// The middleware that says `Connection: close` where the body was not read to its end.
pub(crate) async fn close_after_unread(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let is_multiplexed = request.version() >= Version::HTTP_2;
    // To read a body that its client has not begun to send would be to ask for it. Over HTTP/2, hyper never does.
    let is_on_its_way = is_multiplexed || !request.headers().contains_key(EXPECT);
    let mut watched = None;
    let request = request.map(|body| Body::new(watched.insert(Watched::new(body)).clone()));
    let response = next.run(request).await;
    match watched {
        Some(unread) if !unread.is_read() => {
            if is_on_its_way {
                tokio::spawn(throw_away(unread));
            }
            if is_multiplexed { response } else { close(response) }
        }
        _ => response,
    }
}

fn close(mut response: Response) -> Response {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Reads to the end, unless there is more of it than any handler would read, or it does not come.
async fn throw_away(mut body: Watched) {
    let mut rest = BODY as u64;
    let end = async {
        while body.size_hint().lower() <= rest {
            let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            let Ok(Some(Ok(frame))) = timeout(SILENCE, frame).await else { return };
            let Some(less) = rest.checked_sub(frame.data_ref().map_or(0, Bytes::len) as u64) else { break };
            rest = less;
        }
        // There is too much of it. Whoever sends it has this long to see the answer.
        sleep(SILENCE).await;
    };
    // The connection is closed, or the stream reset, in either case.
    let _ = timeout(PATIENCE, end).await;
}

/// A body, and whether its end has been seen.
#[derive(Clone)]
struct Watched {
    body: Arc<Mutex<Body>>,
    is_read: Arc<AtomicBool>,
}

impl Watched {
    fn new(body: Body) -> Watched {
        Watched { body: Arc::new(Mutex::new(body)), is_read: Arc::default() }
    }

    fn is_read(&self) -> bool {
        self.is_read.load(Ordering::Relaxed)
    }

    fn with<T>(&self, use_body: impl FnOnce(&mut Body) -> T) -> T {
        use_body(&mut self.body.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let (frame, is_end) = self.with(|body| (Pin::new(&mut *body).poll_frame(context), body.is_end_stream()));
        // Whoever knows the length need not ask once more after the last frame.
        if is_end || matches!(frame, Poll::Ready(None)) {
            self.is_read.store(true, Ordering::Relaxed);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.with(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.with(|body| body.size_hint())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

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

    /// A body of twice the length that any handler reads. It counts what is read of it, and says of its length what it is told to.
    struct Long(Arc<AtomicUsize>, SizeHint);

    impl HttpBody for Long {
        type Data = Bytes;
        type Error = Error;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
            let is_over = self.0.fetch_add(CHUNK.len(), Ordering::Relaxed) > 2 * BODY;
            Poll::Ready(if is_over { None } else { Some(Ok(Frame::data(Bytes::from_static(CHUNK)))) })
        }

        fn size_hint(&self) -> SizeHint {
            self.1
        }
    }

    const CHUNK: &[u8] = &[b' '; 1000];

    /// How much of such a body is read that no handler wants, and how long it is kept after the answer, in multiples of
    /// [`SILENCE`], rounded up.
    async fn unread(version: Version, size: SizeHint, expects: bool) -> (usize, u32) {
        let app: Router = Router::new().layer(from_fn(close_after_unread));
        let read = Arc::new(AtomicUsize::new(0));
        let body = Body::new(Long(Arc::clone(&read), size));
        let mut request = Request::post("/").version(version).body(body).unwrap();
        if expects {
            request.headers_mut().insert(EXPECT, HeaderValue::from_static("100-continue"));
        }
        app.oneshot(request).await.unwrap();
        let mut times = 0;
        while Arc::strong_count(&read) > 1 {
            sleep(SILENCE + Duration::from_millis(10)).await;
            times += 1;
        }
        (read.load(Ordering::Relaxed), times)
    }

    /// Whether it says so or not.
    #[tokio::test(start_paused = true)]
    async fn what_is_too_long_is_neither_read_to_its_end_nor_cut_off_with_the_answer() {
        let (unknown, long) = (SizeHint::new(), SizeHint::with_exact(2 * BODY as u64));
        let enough = BODY.next_multiple_of(CHUNK.len());
        #[rustfmt::skip]
        let table = [
            // version, size, expects, read, kept
            (Version::HTTP_11, unknown, false, enough, 1),
            (Version::HTTP_11, long,    false, 0,      1),
            // To hyper, to read it is to ask for it.
            (Version::HTTP_11, unknown, true,  0,      0),
            (Version::HTTP_2,  unknown, false, enough, 1),
            (Version::HTTP_2,  long,    false, 0,      1),
            (Version::HTTP_2,  long,    true,  0,      1),
        ];
        for (version, size, expects, read, kept) in table {
            assert_eq!(unread(version, size, expects).await, (read, kept), "{version:?} {size:?} {expects}");
        }
    }
}
