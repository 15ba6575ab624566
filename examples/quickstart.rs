//! A note that two people can edit without losing each other's words, in memory.
//!
//! `cargo run -p etag-examples --example quickstart` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::Result;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, Preconditions};
use serde::Serialize;

#[derive(Clone, Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u64,
}

/// What would be a database: `replace` is its `UPDATE … WHERE version = ?`.
#[derive(Clone)]
struct Store(Arc<Mutex<Note>>);

impl Store {
    fn note(&self) -> Note {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The note after the change, or `None` if it has another version than this.
    fn replace(&self, version: u64, text: String) -> Option<Note> {
        let mut note = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if note.version != version {
            return None;
        }
        *note = Note { text, version: version + 1 };
        Some(note.clone())
    }
}

/// `304` for a client that has the note already.
async fn show(State(store): State<Store>, preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(store.note())
}

/// `428` without `If-Match`, `412` for an old version, also if another request is faster than this one.
async fn replace(
    State(store): State<Store>,
    preconditions: Preconditions,
    body: Deferred<Json<String>>,
) -> Result<Conditional<Note>> {
    let current = preconditions.require().guard(Some(store.note()))?;
    let Json(text) = body.extract().await?;
    let saved = store.replace(current.version, text);
    Ok(current.commit(saved)?)
}

const TRY: &str = r#"tag=$(curl -sI "$url" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r')
put() { curl -si -X PUT "$url" -H 'Content-Type: application/json' -d '"Hi"' "$@"; echo; }
curl -si "$url"; echo                       # 200
curl -si "$url" -H "If-None-Match: $tag"    # 304
put -H "If-Match: $tag"                     # 200
put -H "If-Match: $tag"                     # 412
put                                         # 428"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let store = Store(Arc::new(Mutex::new(Note { text: "Hello".into(), version: 1 })));
    let app = Router::new().route("/note", get(show).put(replace)).with_state(store);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}/note", listener.local_addr()?);
    println!("{TRY}");
    axum::serve(listener, app).await
}
