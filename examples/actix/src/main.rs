//! The core in actix-web 4, whose types are those of `http` 0.2: they are translated at the edge, in both directions.
//!
//! `cargo run -p example-actix` prints requests to try.
//!
//! actix says `100 Continue` to a client that waits for it before a handler is asked. So the body of a write that is refused is
//! not read here, but such a client has been told to send it.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::fmt;
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};

use actix_web::dev::Server;
use actix_web::web::{Data, Payload};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError, web};
use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use serde::Serialize;

#[derive(Clone, Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u64,
}

/// What would be a database: `replace` is its `UPDATE … WHERE version = ? RETURNING *`.
struct Store(Mutex<Note>);

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

async fn show(store: Data<Store>, request: HttpRequest) -> actix_web::Result<HttpResponse> {
    let preconditions = preconditions(&request).map_err(actix_web::error::ErrorBadRequest)?;
    Ok(json(preconditions.respond(store.note())))
}

async fn replace(store: Data<Store>, request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    let preconditions = preconditions(&request).map_err(actix_web::error::ErrorBadRequest)?;
    let current = preconditions.require().guard(Some(store.note())).map_err(Refused)?; // 412 and 428,
    let body = body.to_bytes_limited(64 * 1024).await.map_err(actix_web::error::ErrorPayloadTooLarge)??; // and then the body
    let text = serde_json::from_slice(&body).map_err(actix_web::error::ErrorUnprocessableEntity)?;
    let saved = store.replace(current.version, text);
    Ok(json(current.commit(saved).map_err(Refused)?)) // the same 412 if another writer was faster
}

/// The preconditions of a request of actix.
fn preconditions(request: &HttpRequest) -> Result<Preconditions, http::Error> {
    let method = Method::from_bytes(request.method().as_str().as_bytes())?;
    let mut fields = HeaderMap::new();
    for (name, value) in request.headers() {
        // A field may have several lines.
        fields.append(HeaderName::from_bytes(name.as_ref())?, HeaderValue::from_bytes(value.as_bytes())?);
    }
    let preconditions = Preconditions::new(&method, &fields);
    Ok(match request.uri().path_and_query() {
        Some(target) => preconditions.with_target(PathAndQuery::try_from(target.as_str())?), // for `Content-Location`
        None => preconditions,
    })
}

/// What `Conditional<T>` is by itself in axum: JSON, which is written only for a client that needs it.
fn json<T: Serialize>(model: Conditional<T>) -> HttpResponse {
    let render = |model| {
        let mut response = Response::default();
        match serde_json::to_string(&model) {
            Ok(json) => *response.body_mut() = json,
            Err(_) => *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR,
        }
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    };
    translated(model.into_response_with(render, String::new))
}

/// A refusal that `?` turns into a response of actix.
#[derive(Debug)]
struct Refused(Rejected);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Refused {
    fn error_response(&self) -> HttpResponse {
        translated(self.0.to_response().map(String::from))
    }
}

/// A response for actix.
fn translated(response: Response<String>) -> HttpResponse {
    let (head, body) = response.into_parts();
    let status = actix_web::http::StatusCode::from_u16(head.status.as_u16());
    let mut response = HttpResponse::build(status.unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in &head.headers {
        response.append_header((name.as_str(), value.as_bytes()));
    }
    response.body(body)
}

fn serve(listener: TcpListener) -> std::io::Result<Server> {
    let store = Data::new(Store(Mutex::new(Note { text: "Hello".into(), version: 1 })));
    let app = move || {
        let note = web::resource("/note").get(show).route(web::head().to(show)).put(replace);
        App::new().app_data(store.clone()).service(note)
    };
    Ok(HttpServer::new(app).workers(1).listen(listener)?.run())
}

const TRY: &str = r#"tag=$(curl -sI "$url" | grep -i '^etag:' | cut -d ' ' -f 2 | tr -d '\r')
put() { curl -si -X PUT "$url" -d '"Hi"' "$@"; echo; }
curl -si "$url" -H "If-None-Match: $tag"    # 304
put -H "If-Match: $tag"                     # 200
put -H "If-Match: $tag"                     # 412
put                                         # 428"#;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("url=http://{}/note\n{TRY}", listener.local_addr()?);
    serve(listener)?.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_reader_is_spared_the_note_and_a_late_writer_is_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = serve(listener).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        examples_conversation::hold(address).await;
        let first = examples_conversation::first_line_to_who_waits(address).await;
        assert_eq!(first, "HTTP/1.1 100 Continue", "actix has learned to wait: say so above");
        handle.stop(false).await;
    }
}
