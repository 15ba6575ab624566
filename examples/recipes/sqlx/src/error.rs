//! How is what goes wrong answered?
//!
//! A lost race is no error of the database: no row has matched, and the permit says `412`. What the database itself refuses is
//! never `412`, since nobody knows then whether somebody else has changed anything.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use etag_runtime::{Refused, Rejected};
use serde::Serialize;

/// What a handler fails with.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// By the preconditions, or because there is nothing: `404`, `409`, `412` or `428`.
    Rejected(Rejected),
    /// By the body: `400`, `413`, `415` or `422`. A content type that is not taken is refused before the handler runs, and not
    /// here.
    Body(JsonRejection),
    /// By the database: `503` if the same may succeed later, else `500`.
    Database(sqlx::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::Rejected(rejected) => rejected.into_response(),
            // In the words of axum, which name the path of a member that is wrong.
            Error::Body(rejection) => problem(rejection.status(), &rejection.body_text()),
            Error::Database(error) => {
                // Only the log learns why: a message of the database may hold its schema.
                tracing::error!("the database has failed: {error}");
                if is_passing(&error) { busy() } else { failed() }
            }
        }
    }
}

/// Whether the database refuses for a reason that passes.
///
/// A version that cannot grow any further (SQLSTATE `22003`, in `version + 1`) is none: nothing was written, nothing that
/// the client could send would help, and neither would waiting. It is a limit of this server, hence `500`.
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(refused) => match refused.code() {
            // Of SQLite, whose codes are numbers: `SQLITE_BUSY` and its extended forms.
            Some(code) if refused.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
                code.parse().is_ok_and(|code: u32| code & 0xff == 5)
            }
            // Connections, transactions given up for others, resources, locks, and shutdown: classes of SQLSTATE.
            Some(code) => ["08", "40", "53", "55P03", "57"].iter().any(|class| code.starts_with(class)),
            None => false,
        },
        _ => false,
    }
}

/// It was not the fault of the client, and may go better soon.
fn busy() -> Response {
    let detail = "The database is busy. Try again; after a write, look first whether it was done.";
    ([(RETRY_AFTER, "1")], problem(StatusCode::SERVICE_UNAVAILABLE, detail)).into_response()
}

fn failed() -> Response {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "The server could not do this. It is not your fault.")
}

/// A problem document (RFC 9457). It has no type, so that the title is that of the status.
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let fields = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
    (status, fields, Json(Document { title, status: status.as_u16(), detail })).into_response()
}

#[derive(Serialize)]
struct Document<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Error {
        Error::Rejected(rejected)
    }
}

impl<T> From<Refused<T>> for Error {
    fn from(refused: Refused<T>) -> Error {
        Error::Rejected(refused.into())
    }
}

impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Error {
        Error::Body(rejection)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        Error::Database(error)
    }
}
