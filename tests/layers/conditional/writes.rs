//! Methods that may change something: what the layer knows is nothing to them.

use axum::Router;
use axum::response::{IntoResponse, Result};
use axum::routing::{get, put};
use etag_runtime::{Conditional, ConditionalLayer, Preconditions};
use http::header::{CONTENT_LOCATION, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{Method, StatusCode};
use tower::ServiceExt as _;

use super::body::content;
use super::note::Note;
use super::request::{self, Fields, block_on, field, request, send};

async fn replace(preconditions: Preconditions) -> Result<Conditional<Note>> {
    let current = preconditions.guard(Some(Note::new(7)))?;
    let saved = Note::new(current.version + 1);
    Ok(current.commit(Some(saved))?)
}

/// It has written, and only then makes a response.
async fn replace_without_permit() -> Conditional<Note> {
    Conditional::of(Note::new(8))
}

fn app() -> Router {
    let unguarded = get(replace_without_permit).put(replace_without_permit).post(replace_without_permit);
    let spawned = || async { tokio::spawn(async { replace_without_permit().await.into_response() }).await.unwrap() };
    Router::new()
        .route("/", get(replace).put(replace))
        .route("/unguarded", unguarded)
        .route("/spawned", put(spawned).post(spawned))
}

#[test]
fn a_write_is_refused_by_its_permit_alone_and_never_answered_with_304() {
    let app = app().layer(ConditionalLayer::new());
    let (old, new) = (Note::tag(7), Note::tag(8));
    #[rustfmt::skip]
    let table: [(Fields<'_>, u16); 5] = [
        (&[],                           200),
        (&[(IF_MATCH, &old)],           200),
        (&[(IF_MATCH, &new)],           412),
        (&[(IF_NONE_MATCH, &old)],      412),
        (&[(IF_NONE_MATCH, &new)],      200), // that of the response
    ];
    for (fields, status) in table {
        assert_eq!(send(&app, request(&Method::PUT, "/", fields)).status(), status, "{fields:?}");
    }
}

#[test]
fn what_was_written_is_never_refused_afterwards() {
    let app = app().layer(ConditionalLayer::new());
    for method in [Method::PUT, Method::POST] {
        for (name, value) in [(IF_MATCH, Note::tag(7)), (IF_NONE_MATCH, Note::tag(8)), (IF_NONE_MATCH, "*".into())] {
            for target in ["/unguarded", "/spawned"] {
                let request = request(&method, target, &[(name.clone(), &value)]);
                let answer = block_on(app.clone().oneshot(request)).unwrap();
                assert_eq!(answer.status(), StatusCode::OK, "{method} {target} {name}: {value}");
                assert_eq!(field(&answer, ETAG), Note::tag(8), "{method} {target} {name}: {value}");
            }
        }
    }
}

/// A permit that is used up inside of a GET with conditions answers the write, and not the GET: the tag is that of a handler.
#[test]
fn a_write_within_a_read_is_answered_as_a_write() {
    let outer = |inner: Router| {
        let handler = get(|| async move { inner.oneshot(request(&Method::PUT, "/", &[])).await.unwrap() });
        Router::new().route("/", handler).layer(ConditionalLayer::new())
    };
    for (name, inner) in [("without a layer", app()), ("with a layer", app().layer(ConditionalLayer::new()))] {
        let answer = request::get(&outer(inner), &[(IF_NONE_MATCH, &Note::tag(8))]);
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        assert_eq!((field(&answer, CONTENT_LOCATION), field(&answer, ETAG)), ("/", &*Note::tag(8)), "{name}");
        assert_eq!(content(answer.into_body()), "8", "{name}");
    }
}
