//! The core in warp: preconditions are a filter, and so is a permit, which stands before the one that reads the body.
//!
//! `cargo run -p example-warp` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use etag_runtime::{Conditional, ETag, Guarded, Preconditions, Rejected};
use serde::Serialize;
use tokio::net::TcpListener;
use warp::http::header::CONTENT_TYPE;
use warp::http::uri::PathAndQuery;
use warp::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use warp::path::FullPath;
use warp::{Filter, Rejection, Reply};

#[derive(Clone, Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u64,
}

/// What would be a database: `replace` is its `UPDATE … WHERE version = ? RETURNING *`.
#[derive(Clone)]
struct Store(Arc<Mutex<Note>>);

impl Store {
    fn note(&self) -> Note {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, version: u64, text: String) -> Option<Note> {
        let mut note = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (note.version == version).then(|| {
            *note = Note { text, version: version + 1 };
            note.clone()
        })
    }
}

/// What a request asks, whatever it is about.
fn preconditions() -> impl Filter<Extract = (Preconditions,), Error = Infallible> + Copy {
    let head = warp::method().and(warp::header::headers_cloned()).and(warp::path::full());
    head.map(|method: Method, fields: HeaderMap, path: FullPath| {
        let preconditions = Preconditions::new(&method, &fields);
        match PathAndQuery::try_from(path.as_str()) {
            Ok(target) => preconditions.with_target(target), // for `Content-Location`
            Err(_) => preconditions,
        }
    })
}

fn routes(store: Store) -> impl Filter<Extract = impl Reply, Error = Rejection> + Clone {
    let store = warp::any().map(move || store.clone());
    let note = warp::path!("note").and(store).and(preconditions());
    let show = warp::get().or(warp::head()).unify().and(note.clone()).map(show);
    let replace = warp::put()
        .and(note)
        .and_then(permit) // 412 and 428: nothing after it runs, and the body is not read
        .and(warp::body::content_length_limit(64 * 1024))
        .and(warp::body::json())
        .and_then(replace);
    show.or(replace).unify().recover(refuse)
}

#[expect(clippy::needless_pass_by_value, reason = "warp hands over what its filters extract")]
fn show(store: Store, preconditions: Preconditions) -> Response<String> {
    json(preconditions.respond(store.note()))
}

async fn permit(store: Store, preconditions: Preconditions) -> Result<(Store, Guarded<Note>), Rejection> {
    let permit = preconditions.require().guard(Some(store.note()));
    Ok((store, permit.map_err(Refused)?))
}

async fn replace((store, current): (Store, Guarded<Note>), text: String) -> Result<Response<String>, Rejection> {
    let saved = store.replace(current.version, text);
    Ok(json(current.commit(saved).map_err(Refused)?)) // the same 412 if another writer was faster
}

/// What `Conditional<Note>` is by itself in axum: JSON, which is written only for a client that needs it.
fn json(note: Conditional<Note>) -> Response<String> {
    let render = |note| {
        let mut response = Response::default();
        match serde_json::to_string(&note) {
            Ok(json) => *response.body_mut() = json,
            Err(_) => *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR,
        }
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    };
    note.into_response_with(render, String::new)
}

/// A refusal on its way through the filters.
#[derive(Debug)]
struct Refused(Rejected);

impl warp::reject::Reject for Refused {}

/// What is not ours, such as a `404` or a body that is no JSON, is left to warp.
async fn refuse(rejection: Rejection) -> Result<Response<String>, Rejection> {
    match rejection.find::<Refused>() {
        Some(Refused(rejected)) => Ok(rejected.to_response().map(Cow::into_owned)),
        None => Err(rejection),
    }
}

const TRY: &str = r#"tag=$(curl -sI "$url" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r')
put() { curl -si -X PUT "$url" -H 'Content-Type: application/json' -d '"Hi"' "$@"; echo; }
curl -si "$url" -H "If-None-Match: $tag"    # 304
put -H "If-Match: $tag"                     # 200
put -H "If-Match: $tag"                     # 412
put                                         # 428"#;

fn store() -> Store {
    Store(Arc::new(Mutex::new(Note { text: "Hello".into(), version: 1 })))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}/note\n{TRY}", listener.local_addr()?);
    warp::serve(routes(store())).incoming(listener).run().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_is_spared_the_note_and_a_late_writer_is_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(warp::serve(routes(store())).incoming(listener).run());
        examples_conversation::hold(address).await;
        let first = examples_conversation::first_line_to_who_waits(address).await;
        assert_eq!(first, "HTTP/1.1 412 Precondition Failed");
    }
}
