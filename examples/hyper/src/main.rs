//! The core without a framework: a note on plain hyper, over HTTP/1.1 and HTTP/2.
//!
//! `cargo run -p example-hyper` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use serde::Serialize;
use tokio::net::TcpListener;

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

type Body = Full<Bytes>;

async fn answer(store: &Store, request: Request<Incoming>) -> Response<Body> {
    let mut preconditions = Preconditions::new(request.method(), request.headers());
    if let Some(target) = request.uri().path_and_query() {
        preconditions = preconditions.with_target(target.clone()); // for `Content-Location`
    }
    match (request.uri().path(), request.method()) {
        ("/note", &Method::GET | &Method::HEAD) => json(preconditions.respond(store.note())),
        ("/note", &Method::PUT) => replace(store, &preconditions, request.into_body()).await,
        ("/note", _) => {
            let mut response = status(StatusCode::METHOD_NOT_ALLOWED);
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, PUT"));
            response
        }
        _ => refusal(&Rejected::not_found()),
    }
}

async fn replace(store: &Store, preconditions: &Preconditions, body: Incoming) -> Response<Body> {
    let current = match preconditions.require().guard(Some(store.note())) {
        Ok(current) => current,
        Err(rejected) => return refusal(&rejected), // 412 or 428, and no octet of the body has been read
    };
    let Ok(body) = Limited::new(body, 64 * 1024).collect().await else {
        return status(StatusCode::BAD_REQUEST); // too large, or broken off
    };
    let Ok(text) = serde_json::from_slice(&body.to_bytes()) else {
        return status(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let saved = store.replace(current.version, text);
    match current.commit(saved) {
        Ok(note) => json(note),
        Err(rejected) => refusal(&rejected), // the same 412: another writer was faster
    }
}

/// What `Conditional<Note>` is by itself in axum: JSON, which is written only for a client that needs it.
fn json(note: Conditional<Note>) -> Response<Body> {
    let render = |note| match serde_json::to_vec(&note) {
        Ok(json) => {
            let mut response = Response::new(Body::from(json));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
    };
    // A `Full` without octets is the end of a stream, and hyper writes no `Content-Length: 0` for it beside a 304.
    note.into_response_with(render, Body::default)
}

fn refusal(rejected: &Rejected) -> Response<Body> {
    rejected.to_response().map(Body::from)
}

fn status(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = code;
    response
}

async fn serve(listener: TcpListener, store: Store) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let store = store.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let store = store.clone();
                async move { Ok::<_, Infallible>(answer(&store, request).await) }
            });
            let connection = auto::Builder::new(TokioExecutor::new());
            // It ends with an error if the client has gone away, which is the client's affair.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

const TRY: &str = r#"tag=$(curl -sI "$url" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r')
put() { curl -si -X PUT "$url" -d '"Hi"' "$@"; echo; }
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
    serve(listener, store()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_is_spared_the_note_and_a_late_writer_is_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, store()));
        examples_conversation::hold(address).await;
        let first = examples_conversation::first_line_to_who_waits(address).await;
        assert_eq!(first, "HTTP/1.1 412 Precondition Failed");
    }
}
