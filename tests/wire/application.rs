//! The application that the tests talk to, as a user of the toolkit would write it.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::DefaultBodyLimit;
use axum::response::Result;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use etag_runtime::{Conditional, Current, Deferred, ETag, Preconditions, Rejected};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, EXPIRES, LINK, SET_COOKIE, VARY};
use serde::Serialize;

/// Date of the last change of [`Note::current`].
pub(crate) const CHANGED: &str = "Fri, 13 Feb 2009 23:31:30 GMT";

#[derive(Serialize, ETag)]
pub(crate) struct Note {
    text: String,
    #[etag(version)]
    version: u64,
    #[etag(timestamp)]
    #[serde(skip)]
    changed: SystemTime,
}

impl Note {
    /// What is stored.
    pub(crate) fn current() -> Note {
        Note::with_version(7)
    }

    fn with_version(version: u64) -> Note {
        let changed = UNIX_EPOCH + Duration::from_millis(1_234_567_890_999);
        Note { text: "remember the milk".into(), version, changed }
    }

    /// The value of `ETag`.
    pub(crate) fn tag() -> String {
        Note::current().etag().to_string()
    }
}

pub(crate) fn serve() -> SocketAddr {
    harness::serve(router())
}

pub(crate) fn router() -> Router {
    Router::new()
        .route("/note", get(show).put(replace))
        .route("/plain", get(show_plainly))
        .route("/note/publish", post(publish))
        .route("/{*any}", put(replace))
        .route("/small", put(replace).layer(DefaultBodyLimit::max(4)))
        .route("/unguarded", put(replace_unguarded))
        .route("/new", put(create))
        .route("/gone", put(replace_what_is_gone))
        .route("/raced", put(lose))
        .route("/raced-unasked", put(lose_unasked))
}

async fn show(preconditions: Preconditions) -> Conditional<Note> {
    let line = HeaderValue::from_static;
    preconditions
        .respond(Note::current())
        .header(VARY, line("Accept"))
        .header(VARY, line("Cookie, Origin"))
        .header(CACHE_CONTROL, line("private"))
        .header(CACHE_CONTROL, line("max-age=0"))
        .header(EXPIRES, line("Thu, 01 Jan 1970 00:00:00 GMT"))
        .header(CONTENT_LOCATION, line("/note.json"))
        .header(SET_COOKIE, line("a=1"))
        .header(SET_COOKIE, line("b=2"))
        .header(LINK, line("</style.css>; rel=preload"))
        .header(CONTENT_LANGUAGE, line("en"))
        .header(CONTENT_TYPE, line("application/json"))
}

/// A method whose answer is the note, although its target is not.
async fn publish(preconditions: Preconditions) -> Result<Conditional<Note>> {
    let current = preconditions.guard(Some(Note::current()))?;
    Ok(current.commit(Some(Note::with_version(8)))?)
}

async fn show_plainly(preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(Note::current())
}

async fn replace(preconditions: Preconditions, body: Deferred<Json<u64>>) -> Result<Conditional<Note>> {
    let current = preconditions.require().guard(Some(Note::current()))?;
    let Json(version) = body.extract().await?;
    Ok(current.commit(Some(Note::with_version(version)))?)
}

async fn replace_unguarded(preconditions: Preconditions, body: String) -> Result<String, Rejected> {
    preconditions.check(Current::Present(&Note::current().validators()))?;
    Ok(body)
}

async fn create(preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    preconditions.require().create()?.commit(Some(Note::current()))
}

async fn lose_unasked(preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    preconditions.guard(Some(Note::current()))?.commit(None)
}

async fn replace_what_is_gone(preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    preconditions.require().guard(None::<Note>)?.commit(None)
}

/// The precondition holds, but another writer is faster than the statement.
async fn lose(preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    preconditions.require().guard(Some(Note::current()))?.commit(None)
}
