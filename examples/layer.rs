//! A router that answers conditionally for handlers that know nothing of tags.
//!
//! `cargo run -p etag-examples --example layer` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use etag_runtime::{Conditional, ConditionalLayer, ETag};
use serde::Serialize;

#[derive(Serialize, ETag)]
struct Note {
    text: &'static str,
    #[etag(version)]
    version: u64,
}

/// Its tag is the hash of what it has rendered: the transfer is saved, and not the work.
async fn page() -> Html<&'static str> {
    Html("<!doctype html><title>Notes</title><p><a href=/note>The note</a>")
}

/// Its tag is that of the model, which is rendered only for a client that needs it.
async fn note() -> Conditional<Note> {
    Conditional::of(load())
}

fn load() -> Note {
    Note { text: "Hello", version: 7 } // SELECT … FROM notes
}

fn app() -> Router {
    Router::new().route("/", get(page)).route("/note", get(note)).layer(ConditionalLayer::new())
}

const TRY: &str = r#"tag() { curl -sI "$url$1" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r'; }
curl -si "$url/"; echo                                        # 200, the tag of the octets
curl -si "$url/" -H "If-None-Match: $(tag /)"                 # 304
curl -si "$url/note" -H "If-None-Match: $(tag /note)"         # 304, before anything is rendered
curl -si "$url/note" -H 'If-Match: "other"'                   # 412"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}", listener.local_addr()?);
    println!("{TRY}");
    axum::serve(listener, app()).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::response::Response;
    use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
    use http::{HeaderName, HeaderValue, Request, StatusCode};
    use tower::ServiceExt as _;

    use super::*;

    async fn send(target: &str, fields: &[(HeaderName, &HeaderValue)]) -> Response {
        let mut request = Request::get(target);
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        let Ok(response) = app().oneshot(request.body(Body::empty()).expect("a valid request")).await;
        response
    }

    #[tokio::test]
    async fn every_handler_is_revalidated() {
        for target in ["/", "/note"] {
            let seen = send(target, &[]).await;
            let again = send(target, &[(IF_NONE_MATCH, &seen.headers()[ETAG])]).await;
            assert_eq!((seen.status(), again.status()), (StatusCode::OK, StatusCode::NOT_MODIFIED), "{target}");
            let other = send(target, &[(IF_MATCH, &HeaderValue::from_static("\"other\""))]).await;
            assert_eq!(other.status(), StatusCode::PRECONDITION_FAILED, "{target}");
        }
    }

    #[tokio::test]
    async fn the_note_has_the_tag_of_its_model() {
        assert_eq!(send("/note", &[]).await.headers()[ETAG], load().etag().to_string());
    }
}
