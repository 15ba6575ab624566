//! Endpoints that are right pass.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use axum::middleware::map_response;
use axum::response::{IntoResponse, Response, Result};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::testing::{Endpoint, assert_conditional};
use etag_runtime::{Conditional, Deferred, ETag, EntityTag, HttpDate, Preconditions, Validators};
use http::header::{AUTHORIZATION, CACHE_CONTROL, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::Serialize;

#[derive(Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    updated_at: SystemTime,
}

fn load() -> Note {
    let updated_at = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    Note { text: "Hello".into(), version: 1, updated_at }
}

async fn show(preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(load()).header(VARY, HeaderValue::from_static("accept-language"))
}

async fn replace(preconditions: Preconditions, body: Deferred<Json<String>>) -> Result<Conditional<Note>> {
    let current = preconditions.require().guard(Some(load()))?;
    let Json(text) = body.extract().await?;
    let saved = Note { text, version: current.version + 1, ..load() };
    Ok(current.commit(Some(saved))?)
}

async fn delete(preconditions: Preconditions) -> Result<StatusCode> {
    Ok(preconditions.require().guard(Some(load()))?.commit_deleted(true)?)
}

#[tokio::test]
async fn handlers_of_the_toolkit_pass() {
    let app = Router::new().route("/note", get(show).put(replace).delete(delete));
    assert_conditional(&app, "/note").await;
    Endpoint::new(&app, "/note").refuses(Method::PUT, "\"text\"").refuses(Method::DELETE, "").assert().await;
}

/// Whatever validators there are: a weak tag, and none but a date.
#[tokio::test]
async fn what_has_one_validator_passes() {
    let date = HttpDate::try_from(SystemTime::UNIX_EPOCH).unwrap();
    let weak = Validators::new().with_entity_tag(EntityTag::weak("a,b"));
    for validators in [weak.clone(), weak.with_last_modified(date), Validators::new().with_last_modified(date)] {
        let show = async move |preconditions: Preconditions| preconditions.respond_with(validators.clone(), "text");
        let app = Router::new().route("/", get(show));
        assert_conditional(&app, "/").await;
    }
}

/// Only who may see it gets it, and then it is right.
#[tokio::test]
async fn a_field_of_every_request_is_sent_with_each() {
    let app = Router::new().route(
        "/",
        get(async |headers: HeaderMap, preconditions: Preconditions| -> Response {
            match headers.get(AUTHORIZATION) {
                Some(_) => preconditions.respond(load()).into_response(),
                None => StatusCode::UNAUTHORIZED.into_response(),
            }
        }),
    );
    let endpoint = Endpoint::new(&app, "/");
    let failure = endpoint.check().await.unwrap_err();
    assert_eq!(failure.section(), "RFC 9110 § 13.2.1", "{failure}");
    endpoint.header(AUTHORIZATION, HeaderValue::from_static("Bearer a")).assert().await;
}

/// As those are that number a request, or say how many more are allowed.
#[tokio::test]
async fn a_field_that_is_another_each_time_is_not_compared() {
    let answers = Arc::new(AtomicU32::new(0));
    let number = move |mut response: Response| {
        response.headers_mut().insert("x-request-id", answers.fetch_add(1, Ordering::Relaxed).into());
        ready(response)
    };
    let app = Router::new().route("/note", get(show)).layer(map_response(number));
    assert_conditional(&app, "/note").await;
}

/// As a page has that is to be asked for again at a certain hour: the later it is read, the shorter it is fresh.
#[tokio::test]
async fn a_lifetime_that_counts_down_passes() {
    let answers = Arc::new(AtomicU32::new(0));
    let show = async move |preconditions: Preconditions| {
        let seconds = 3600 - answers.fetch_add(1, Ordering::Relaxed);
        let field = format!("public, max-age={seconds}, s-maxage={}, must-revalidate", 2 * seconds);
        preconditions.respond(load()).header(CACHE_CONTROL, HeaderValue::try_from(field).unwrap())
    };
    let app = Router::new().route("/note", get(show));
    assert_conditional(&app, "/note").await;
}
