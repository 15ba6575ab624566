//! Bodies: how much of them is gathered, and what becomes of those that are not what they say.

use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use etag_runtime::ConditionalLayer;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{Method, StatusCode};
use http_body::Frame;
use tower::{Layer as _, ServiceExt as _, service_fn};

use super::body::{Script, Step, frames};
use super::request::{block_on, request, send};
use Step::{Data, Failure, Pause, Trailers};

/// The answer to a GET that would be a `304` if there were a tag.
fn answered(layer: ConditionalLayer, body: Script) -> Response {
    let mut body = Some(body);
    let service = layer.layer(service_fn(move |_| {
        let body = body.take().unwrap_or_else(|| panic!("one request"));
        ready(Ok::<_, Infallible>(Response::new(Body::new(body))))
    }));
    block_on(service.oneshot(request(&Method::GET, "/", &[(IF_NONE_MATCH, "*")]))).unwrap()
}

/// A stream of events, of which none has come yet.
struct Silent;

impl HttpBody for Silent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

#[test]
fn a_stream_that_never_ends_is_answered_at_once() {
    let service = service_fn(|_| ready(Ok::<_, Infallible>(Response::new(Body::new(Silent)))));
    let request = request(&Method::GET, "/", &[(IF_NONE_MATCH, "*")]);
    let response = send(&ConditionalLayer::new().limit(u64::MAX).layer(service), request);
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key(ETAG));
    assert_eq!(response.body().size_hint().exact(), None);
}

#[test]
fn a_body_over_the_limit_is_not_gathered() {
    let body = |size, polled: &_| Script::new([Data("Hello")]).says(size).counting(polled);
    for (limit, size, gathered) in [(5, 5, true), (4, 5, false), (0, 5, false), (1 << 20, 1 << 40, false)] {
        let polled = Arc::new(AtomicUsize::new(0));
        let response = answered(ConditionalLayer::new().limit(limit), body(size, &polled));
        assert_eq!(response.status() == StatusCode::NOT_MODIFIED, gathered, "{size} under {limit}");
        assert_eq!(polled.load(Ordering::SeqCst) > 0, gathered, "{size} under {limit}");
    }
}

#[test]
fn the_limit_is_a_mebibyte_unless_another_is_set() {
    for (size, gathered) in [(1 << 20, true), ((1 << 20) + 1, false)] {
        let service = service_fn(move |_| ready(Ok::<_, Infallible>(Response::new(Body::from(vec![b'a'; size])))));
        let response = send(&ConditionalLayer::default().layer(service), request(&Method::GET, "/", &[]));
        assert_eq!(response.headers().contains_key(ETAG), gathered, "{size}");
        assert_eq!(response.body().size_hint().exact(), Some(size as u64));
    }
}

/// A body may say what it wants: memory is taken for what comes.
#[test]
fn a_size_is_not_believed() {
    let layer = ConditionalLayer::new().limit(u64::MAX);
    for size in [u64::MAX, u64::MAX - 1, 1 << 62] {
        let response = answered(layer, Script::new([Data("Hello")]).says(size));
        assert_eq!(response.status(), StatusCode::OK);
        assert!(!response.headers().contains_key(ETAG));
    }
}

#[test]
fn no_more_is_gathered_than_was_said() {
    let polled = Arc::new(AtomicUsize::new(0));
    let body = Script::new([Data("Hell"), Data("o, w"), Data("orld")]).says(5).counting(&polled);
    let response = answered(ConditionalLayer::new(), body);
    assert_eq!(polled.load(Ordering::SeqCst), 2);
    assert_eq!(frames(response.into_body()), [Data("Hell"), Data("o, w"), Data("orld")]);
}

/// Rows: what the body says, what it does, and what of it the client gets, which is the same.
#[test]
fn a_body_that_is_not_what_it_says_arrives_as_it_is() {
    #[rustfmt::skip]
    let table: [(u64, &[Step]); 11] = [
        (5, &[Failure("gone")]),
        (5, &[Data("He"), Failure("gone")]),
        (5, &[Data("He"), Pause, Failure("gone")]),
        (5, &[Data("Hello"), Failure("gone")]),
        (5, &[Data("Hello"), Trailers]),
        (5, &[Data("He"), Pause, Data(""), Data("llo"), Pause, Trailers]),
        (5, &[Trailers]),
        (5, &[]),
        (5, &[Data("He")]),
        (5, &[Data("He"), Data("llo, world")]),
        (5, &[Data("Hello"), Data(", "), Pause, Data("world"), Trailers]),
    ];
    for (size, steps) in table {
        let response = answered(ConditionalLayer::new(), Script::new(steps.iter().cloned()).says(size));
        assert_eq!(response.status(), StatusCode::OK, "{steps:?}");
        assert!(response.headers().is_empty(), "{steps:?}: {:?}", response.headers());
        assert_eq!(response.body().size_hint().exact(), Some(size), "{steps:?}");
        assert!(!response.body().is_end_stream(), "{steps:?}");
        let arrives: Vec<_> = steps.iter().filter(|step| **step != Pause).cloned().collect();
        assert_eq!(frames(response.into_body()), arrives);
    }
}

#[test]
fn a_complete_body_arrives_frame_by_frame() {
    let steps = [Data("He"), Pause, Data(""), Data("llo")];
    let mut body = Some(Script::new(steps).says(5));
    let service = service_fn(move |_| {
        let body = body.take().unwrap_or_else(|| panic!("one request"));
        ready(Ok::<_, Infallible>(Response::new(Body::new(body))))
    });
    let service = ConditionalLayer::new().layer(service);
    let response = block_on(service.oneshot(request(&Method::GET, "/", &[]))).unwrap();
    assert!(response.headers().contains_key(ETAG));
    assert_eq!(response.body().size_hint().exact(), Some(5));
    assert_eq!(frames(response.into_body()), [Data("He"), Data(""), Data("llo")]);
}

/// The octets are those of the handler, and not a copy.
#[test]
fn the_octets_are_not_copied() {
    let octets = Bytes::from(vec![b'a'; 65_536]);
    let place = octets.as_ptr();
    let service = service_fn(move |_| ready(Ok::<_, Infallible>(Response::new(Body::from(octets.clone())))));
    let response = send(&ConditionalLayer::new().layer(service), request(&Method::GET, "/", &[]));
    assert!(response.headers().contains_key(ETAG));
    let sent = block_on(axum::body::to_bytes(response.into_body(), usize::MAX)).unwrap();
    assert_eq!((sent.as_ptr(), sent.len()), (place, 65_536));
}
