//! A note that is compressed on its way out: every coding has a tag of its own, and whoever has seen one of them may change the note.
//! The handlers know nothing of it.
//!
//! `cargo run -p etag-examples --example compression` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::Result;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, ContentCodingLayer, Deferred, ETag, ForWrite, Preconditions};
use serde::Serialize;
use tower_http::compression::CompressionLayer;

#[derive(Clone, Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u64,
}

/// What stands for your database.
type Store = Arc<Mutex<Note>>;

fn load(store: &Store) -> Note {
    store.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// `UPDATE … WHERE version = ? RETURNING …`.
fn update(store: &Store, expected: u64, text: String) -> Option<Note> {
    let mut note = store.lock().unwrap_or_else(PoisonError::into_inner);
    if note.version != expected {
        return None;
    }
    *note = Note { text, version: expected + 1 };
    Some(note.clone())
}

async fn show(State(store): State<Store>, preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(load(&store))
}

async fn replace(
    State(store): State<Store>,
    preconditions: ForWrite,
    body: Deferred<Json<String>>,
) -> Result<Conditional<Note>> {
    let current = preconditions.guard(Some(load(&store)))?;
    let Json(text) = body.extract().await?;
    let saved = update(&store, current.version, text);
    Ok(current.commit(saved)?)
}

fn app() -> Router {
    let note = Note { text: "milk, eggs, bread; ".repeat(20), version: 1 };
    Router::new()
        .route("/note", get(show).put(replace))
        .with_state(Arc::new(Mutex::new(note)))
        // The last layer is the outermost. In a `ServiceBuilder` it is the first.
        .layer(CompressionLayer::new())
        .layer(ContentCodingLayer::new())
}

const TRY: &str = r#"curl -sI "$url"                                                           # -I is HEAD, with the fields of GET
curl -sI "$url" -H 'Accept-Encoding: br'                                  # the same tag, and -br
tag='"…-br"'                                                              # what that has shown
curl -sI "$url" -H 'Accept-Encoding: br, gzip' -H "If-None-Match: $tag"   # 304
curl -sI "$url" -H 'Accept-Encoding: gzip' -H "If-None-Match: $tag"       # 200: br is not accepted any more
curl -si "$url" -X PUT -H "If-Match: $tag" --json '"milk"'                # 200: it was this note, however compressed"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}/note", listener.local_addr()?);
    println!("{TRY}");
    axum::serve(listener, app()).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::response::Response;
    use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
    use http::{HeaderName, Method, Request, StatusCode};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(app: &Router, method: Method, fields: &[(HeaderName, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri("/note").header(CONTENT_TYPE, "application/json");
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        let request = request.body(Body::from(r#""milk""#)).expect("a valid request");
        let Ok(response) = app.clone().oneshot(request).await;
        response
    }

    fn tag(response: &Response) -> &str {
        response.headers()[ETAG].to_str().expect("an entity tag is text here")
    }

    #[tokio::test]
    async fn every_coding_has_its_own_tag_and_is_revalidated_with_it() {
        let app = app();
        let plain = ask(&app, Method::GET, &[]).await;
        for coding in ["br", "gzip", "zstd"] {
            let compressed = ask(&app, Method::GET, &[(ACCEPT_ENCODING, coding)]).await;
            assert_eq!(compressed.headers()[CONTENT_ENCODING], coding);
            assert_eq!(compressed.headers()[VARY], "accept-encoding");
            assert_eq!(tag(&compressed), format!("{}-{coding}\"", tag(&plain).trim_end_matches('"')));

            let held = (IF_NONE_MATCH, tag(&compressed));
            let again = ask(&app, Method::GET, &[(ACCEPT_ENCODING, "br, gzip, zstd"), held.clone()]).await;
            assert_eq!((again.status(), tag(&again)), (StatusCode::NOT_MODIFIED, tag(&compressed)));
            let anew = ask(&app, Method::GET, &[(ACCEPT_ENCODING, "compress"), held]).await;
            assert_eq!((anew.status(), tag(&anew)), (StatusCode::OK, tag(&plain)));
        }
    }

    #[tokio::test]
    async fn whoever_has_seen_a_coding_may_change_the_note_once() {
        for coding in ["identity", "br", "gzip", "zstd"] {
            let app = app();
            let seen = ask(&app, Method::GET, &[(ACCEPT_ENCODING, coding)]).await;
            for status in [StatusCode::OK, StatusCode::PRECONDITION_FAILED] {
                let saved = ask(&app, Method::PUT, &[(IF_MATCH, tag(&seen))]).await;
                assert_eq!(saved.status(), status, "{coding}");
            }
        }
    }
}
