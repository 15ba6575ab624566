//! Requests that take turns on one thread: what one asks is nothing to another.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::get;
use etag_runtime::{Conditional, ConditionalLayer};
use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{Method, StatusCode};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;

use super::note::Note;
use super::request::{self, field, request};

/// What is known on this thread, outside of any request.
fn decided_outside(note: &Note) -> StatusCode {
    Conditional::of(note.clone()).into_response().status()
}

/// Lets everyone else have `turns` turns.
async fn wait(turns: u64) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

/// `/{version}/{turns}`: a note of that version, after so many turns before it is made, and as many between two of them.
async fn show(Path((version, turns)): Path<(u64, u64)>) -> impl IntoResponse {
    wait(turns).await;
    let first = Conditional::of(Note::new(version)).into_response().status();
    wait(turns).await;
    let second = Conditional::of(Note::new(version));
    wait(turns).await;
    let second = second.into_response();
    assert_eq!(first, second.status());
    second
}

#[test]
fn every_request_has_its_own_conditions_whoever_was_polled_before() {
    let app = Router::new().route("/{version}/{turns}", get(show)).layer(ConditionalLayer::new());
    request::block_on(async {
        let mut requests = Vec::new();
        for i in 0..300 {
            let (version, turns) = (i % 7, i % 5);
            let tag = Note::tag(if i % 2 == 0 { version } else { version + 1 });
            let (condition, expected) = match i % 3 {
                0 => (Some(IF_NONE_MATCH), if i % 2 == 0 { 304 } else { 200 }),
                1 => (Some(IF_MATCH), if i % 2 == 0 { 200 } else { 412 }),
                _ => (None, 200),
            };
            let fields: Vec<_> = condition.into_iter().map(|name| (name, tag.as_str())).collect();
            let request = request(&Method::GET, &format!("/{version}/{turns}"), &fields);
            requests.push((i, expected, version, tokio::spawn(app.clone().oneshot(request))));
        }
        for (i, expected, version, request) in requests {
            let answer = request.await.unwrap().unwrap();
            assert_eq!(answer.status(), expected, "{i}");
            assert_eq!(field(&answer, ETAG), Note::tag(version), "{i}");
        }
    });
}

#[test]
fn nothing_is_known_between_two_polls() {
    let app = Router::new().route("/{version}/{turns}", get(show)).layer(ConditionalLayer::new());
    let mut context = Context::from_waker(Waker::noop());
    let note = Note::new(3);
    request::block_on(async {
        let ask = |field| app.clone().oneshot(request(&Method::GET, "/3/2", &[field]));
        let (same, other) = (Note::tag(3), Note::tag(4));
        let mut first = pin!(ask((IF_NONE_MATCH, &same)));
        let mut second = pin!(ask((IF_MATCH, &other)));
        let (mut statuses, mut polls) = (Vec::new(), 0);
        poll_fn(|_| {
            while statuses.len() < 2 {
                polls += 1;
                if statuses.is_empty()
                    && let Poll::Ready(answer) = first.as_mut().poll(&mut context)
                {
                    statuses.push(answer.unwrap().status().as_u16());
                }
                assert_eq!(decided_outside(&note), StatusCode::OK);
                if statuses.len() == 1
                    && let Poll::Ready(answer) = second.as_mut().poll(&mut context)
                {
                    statuses.push(answer.unwrap().status().as_u16());
                }
                assert_eq!(decided_outside(&note), StatusCode::OK);
            }
            Poll::Ready(())
        })
        .await;
        assert_eq!(statuses, [304, 412]);
        assert!(polls > 4, "both had to wait: {polls}");
    });
}

#[test]
fn a_future_that_is_dropped_leaves_nothing_behind() {
    let app = Router::new().route("/{version}/{turns}", get(show)).layer(ConditionalLayer::new());
    request::block_on(async {
        let tag = Note::tag(3);
        let mut abandoned = Box::pin(app.oneshot(request(&Method::GET, "/3/2", &[(IF_NONE_MATCH, &tag)])));
        assert!(abandoned.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(abandoned);
        assert_eq!(decided_outside(&Note::new(3)), StatusCode::OK);
    });
}

async fn fail() -> &'static str {
    panic!("a handler that fails")
}

#[test]
fn a_panic_leaves_nothing_behind() {
    let routes = || Router::new().route("/", get(fail));
    let tag = Note::tag(3);
    let fields = [(IF_NONE_MATCH, tag.as_str())];
    for app in [
        routes().layer(CatchPanicLayer::new()).layer(ConditionalLayer::new()),
        routes().layer(ConditionalLayer::new()).layer(CatchPanicLayer::new()),
    ] {
        assert_eq!(request::get(&app, &fields).status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(decided_outside(&Note::new(3)), StatusCode::OK);
    }
    let uncaught = routes().layer(ConditionalLayer::new());
    assert!(catch_unwind(AssertUnwindSafe(|| request::get(&uncaught, &fields))).is_err());
    assert_eq!(decided_outside(&Note::new(3)), StatusCode::OK);
}

/// A panic that a handler catches itself, of a request within it, leaves it its own conditions.
#[test]
fn a_panic_within_a_request_leaves_the_outer_conditions() {
    let handler = || async {
        let inner = Router::new().route("/", get(fail)).layer(ConditionalLayer::new()).layer(CatchPanicLayer::new());
        let within = inner.oneshot(request(&Method::GET, "/", &[(IF_MATCH, "\"other\"")])).await.unwrap();
        assert_eq!(within.status(), StatusCode::INTERNAL_SERVER_ERROR);
        Conditional::of(Note::new(3))
    };
    let app = Router::new().route("/", get(handler)).layer(ConditionalLayer::new());
    assert_eq!(request::get(&app, &[(IF_NONE_MATCH, &Note::tag(3))]).status(), StatusCode::NOT_MODIFIED);
}
