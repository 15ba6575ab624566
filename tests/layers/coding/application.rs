//! Handlers with tags of several kinds. None of them looks at `Accept-Encoding`.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::{
    Conditional, ContentCodingLayer, Current, ETag, EntityTag, HttpDate, Preconditions, Rejected, Validators,
};
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_NONE_MATCH, LAST_MODIFIED, RANGE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use tower_http::compression::CompressionLayer;

/// Long enough for every coding to make it shorter.
pub(crate) const TEXT: &str =
    "The first rule of caches is to ask the origin; the second rule of caches is to ask again.";

#[derive(Debug, Serialize, ETag)]
struct Note {
    text: &'static str,
    #[etag(version)]
    version: u64,
}

/// The number of the last change.
type Store = Arc<AtomicU64>;

fn note(store: &Store) -> Note {
    Note { text: TEXT, version: store.load(Ordering::SeqCst) }
}

/// A tag of two halves.
async fn show(State(store): State<Store>, preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(note(&store))
}

async fn replace(State(store): State<Store>, preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    let current = preconditions.require().guard(Some(note(&store)))?;
    store.store(current.version + 1, Ordering::SeqCst);
    current.commit(Some(note(&store)))
}

/// A tag of the application's own, with the number of the last change.
fn own(name: &str, store: &Store) -> Validators {
    let version = store.load(Ordering::SeqCst);
    Validators::new().with_entity_tag(match name {
        "strong" => EntityTag::strong(format!("v{version}")),
        "weak" => EntityTag::weak(format!("v{version}")),
        "named-like-a-coding" => EntityTag::strong(format!("v{version}-gzip")),
        _ => EntityTag::strong([b"\xff,", version.to_string().as_bytes()].concat()),
    })
}

async fn show_own(State(store): State<Store>, Path(name): Path<String>, preconditions: Preconditions) -> Response {
    preconditions.respond_with(own(&name, &store), TEXT)
}

async fn replace_own(
    State(store): State<Store>,
    Path(name): Path<String>,
    preconditions: Preconditions,
) -> Result<Response, Rejected> {
    preconditions.require().check(Current::Present(&own(&name, &store)))?;
    store.fetch_add(1, Ordering::SeqCst);
    Ok(preconditions.respond_with(own(&name, &store), TEXT))
}

/// Reads one line, and takes what it knows from anywhere in it, as servers do that were written in an afternoon.
async fn show_carelessly(headers: HeaderMap) -> Response {
    let tag = [(ETAG, "\"v7\"")];
    let is_current = |line: &HeaderValue| line.as_bytes().split(|&octet| octet == b',').any(|tag| tag == b"\"v7\"");
    if headers.get(IF_NONE_MATCH).is_some_and(is_current) {
        return (StatusCode::NOT_MODIFIED, tag).into_response();
    }
    (tag, TEXT).into_response()
}

/// The date of everything that has one.
pub(crate) const DATE: &str = "Wed, 25 Jun 2014 17:12:16 GMT";

/// What can be had in parts, with a tag or with a date only, or whatever `If-Range` says.
async fn show_part(Path(name): Path<String>, preconditions: Preconditions, headers: HeaderMap) -> Response {
    let date = HttpDate::parse(DATE.as_bytes(), std::time::SystemTime::UNIX_EPOCH).unwrap();
    let validators = match &*name {
        "dated" => Validators::new().with_last_modified(date),
        _ => Validators::new().with_entity_tag(EntityTag::strong("v7")).with_last_modified(date),
    };
    let first = headers.get(RANGE).and_then(|range| range.to_str().ok()?.strip_prefix("bytes=")?.strip_suffix('-'));
    let response = match first.and_then(|first| first.parse::<usize>().ok()) {
        Some(first) if name == "careless" || preconditions.range_applies(Current::Present(&validators)) => {
            let range = format!("bytes {first}-{}/{}", TEXT.len() - 1, TEXT.len());
            (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, range)], &TEXT[first..]).into_response()
        }
        _ => ([(ACCEPT_RANGES, "bytes")], TEXT).into_response(),
    };
    let mut response = preconditions.respond_with(validators, response);
    // That this second is over is not what is tested here.
    response.headers_mut().insert(LAST_MODIFIED, HeaderValue::from_static(DATE));
    response
}

/// Says what it has been asked.
async fn echo(headers: HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    response.headers_mut().extend(headers.into_iter().filter_map(|(name, value)| {
        let name = name?;
        Some((http::HeaderName::try_from(format!("echo-{name}")).ok()?, value))
    }));
    response
}

fn router() -> Router {
    Router::new()
        .route("/note", get(show).put(replace))
        .route("/own/{name}", get(show_own).put(replace_own))
        .route("/careless", get(show_carelessly))
        .route("/part/{name}", get(show_part))
        .route("/echo", get(echo))
        .with_state(Store::default())
}

pub(crate) fn coded() -> Router {
    router().layer(CompressionLayer::new()).layer(ContentCodingLayer::new())
}

pub(crate) fn serve() -> SocketAddr {
    harness::serve(coded())
}

/// The result of a future that has all it needs.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a handler here waits for nothing"),
    }
}
