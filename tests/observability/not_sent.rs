//! What `304`s have saved, as far as it is known.

use std::num::NonZeroUsize;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use etag_runtime::observe::NotSentLayer;
use etag_runtime::{EntityTag, Preconditions, Validators};
use http::header::{CONTENT_LENGTH, HOST, IF_NONE_MATCH, RANGE};
use http::{Method, Request};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::ask::block_on;
use crate::recorder::Counters;

const NAME: &str = "etag_bytes_not_sent_total{}";

/// A request for `path` of `host`, whose client has `tag`.
type Ask = (Method, &'static str, &'static str, Option<&'static str>);

/// Whatever the path is, its length is the number at the end. All of them have the same tag.
async fn show(preconditions: Preconditions, method: Method, request: axum::extract::Path<usize>) -> Response {
    let validators = Validators::new().with_entity_tag(EntityTag::strong("v1"));
    let body = if method == Method::HEAD { String::new() } else { "x".repeat(request.0) };
    preconditions.respond_with(validators, ([(CONTENT_LENGTH, request.0.to_string())], body))
}

/// A stream, whose length nobody knows.
async fn stream(preconditions: Preconditions) -> Response {
    let validators = Validators::new().with_entity_tag(EntityTag::strong("v1"));
    let body = Body::new(Body::from("Hello").map_frame(|frame| frame).boxed_unsync().with_trailers(async { None }));
    preconditions.respond_with(validators, Response::new(body))
}

fn application(layer: NotSentLayer) -> Router {
    Router::new().route("/{length}", get(show).head(show)).route("/stream", get(stream)).layer(layer)
}

/// What these requests have not been sent.
fn not_sent(layer: NotSentLayer, asks: &[Ask]) -> u64 {
    let application = application(layer);
    let counted = Counters::of(|| {
        for (method, host, path, tag) in asks {
            let mut request = Request::builder().method(method).uri(*path).header(HOST, *host);
            if let Some(tag) = tag {
                request = request.header(IF_NONE_MATCH, *tag);
            }
            let response = block_on(application.clone().oneshot(request.body(Body::empty()).unwrap())).unwrap();
            assert_eq!(response.status(), if *tag == Some("\"v1\"") { 304 } else { 200 });
        }
    });
    counted.get(NAME).copied().unwrap_or_default()
}

#[test]
fn what_was_sent_before_is_counted_for_each_304() {
    let (get, head) = (Method::GET, Method::HEAD);
    let [whole, has_it, head, head_304, elsewhere, other, stream, stream_304, outdated] = [
        (get.clone(), "a", "/100", None),
        (get.clone(), "a", "/100", Some("\"v1\"")),
        (head.clone(), "a", "/100", None),
        (head, "a", "/100", Some("\"v1\"")),
        (get.clone(), "b", "/100", Some("\"v1\"")),
        (get.clone(), "a", "/7", Some("\"v1\"")),
        (get.clone(), "a", "/stream", None),
        (get.clone(), "a", "/stream", Some("\"v1\"")),
        (get, "a", "/100", Some("\"v0\"")),
    ];
    #[rustfmt::skip]
    let table: [(&str, &[&Ask], u64); 9] = [
        ("a 304 to what was sent",         &[&whole, &has_it],           100),
        ("two of them",                    &[&whole, &has_it, &has_it],  200),
        ("to a client that had another",   &[&outdated, &has_it],        100),
        ("it was never sent here",         &[&has_it],                   0),
        ("HEAD has sent nothing",          &[&head, &has_it],            0),
        ("HEAD saves nothing",             &[&whole, &head_304],         0),
        ("the same tag, at another host",  &[&whole, &elsewhere],        0),
        ("the same tag, at another path",  &[&whole, &other],            0),
        ("a length that nobody knows",     &[&stream, &stream_304],      0),
    ];
    for (name, asks, expected) in table {
        let asks: Vec<Ask> = asks.iter().map(|&ask| ask.clone()).collect();
        assert_eq!(not_sent(NotSentLayer::new(), &asks), expected, "{name}");
    }
}

#[test]
fn it_forgets_what_nobody_asks_for() {
    let layer = || NotSentLayer::remembering(NonZeroUsize::MIN);
    let ask = |path, tag| (Method::GET, "a", path, tag);
    let [first, again] = [None, Some("\"v1\"")].map(|tag| ask("/100", tag));
    assert_eq!(not_sent(layer(), &[first.clone(), ask("/1", None), again.clone()]), 100);
    assert_eq!(not_sent(layer(), &[first, ask("/1", None), ask("/2", None), again]), 0);
}

/// Nor has a client that wants a part been spared the whole.
#[test]
fn a_304_to_whoever_wants_a_part_is_not_counted() {
    let application = application(NotSentLayer::new());
    let counted = Counters::of(|| {
        for (range, tag) in [(None, None), (Some("bytes=0-9"), Some("\"v1\"")), (None, Some("\"v1\""))] {
            let mut request = Request::get("/100");
            for (name, value) in [(RANGE, range), (IF_NONE_MATCH, tag)] {
                request = if let Some(value) = value { request.header(name, value) } else { request };
            }
            block_on(application.clone().oneshot(request.body(Body::empty()).unwrap())).unwrap();
        }
    });
    assert_eq!(counted.get(NAME), Some(&100));
}

/// A part is not the whole, however its tag is.
#[test]
fn a_part_is_not_taken_for_the_whole() {
    let layer = NotSentLayer::new();
    let service = tower::service_fn(async |request: Request<Body>| {
        let status = if request.headers().contains_key(RANGE) { 206 } else { 304 };
        Response::builder().status(status).header("etag", "\"v1\"").body(Body::from("0123456789"))
    });
    let counted = Counters::of(|| {
        for range in [Some("bytes=0-9"), None] {
            let mut request = Request::get("/");
            if let Some(range) = range {
                request = request.header(RANGE, range);
            }
            let service = tower::Layer::layer(&layer, service);
            block_on(service.oneshot(request.body(Body::empty()).unwrap())).unwrap();
        }
    });
    assert_eq!(counted.get(NAME), None);
}
