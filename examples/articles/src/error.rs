//! Everything that can go wrong in a handler, and how it is answered: always with a problem document.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use etag_runtime::Rejected;

use crate::handlers::merge_patch;
use crate::problem::{Invalid, Problem};
use crate::store;

/// RFC 5789 § 3.1.
const ACCEPT_PATCH: HeaderName = HeaderName::from_static("accept-patch");

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A request that was not successful.
#[derive(Debug)]
pub(crate) enum Error {
    /// By its preconditions, or because there is nothing to change.
    Rejected(Rejected),
    /// By what it asks for.
    Refused(Problem),
    /// A patch of a kind that is not taken.
    UnknownPatch,
    /// Through no fault of its own.
    Failed(store::Error),
}

impl Error {
    /// `404`: there is nothing at this address to show.
    pub(crate) fn not_found() -> Error {
        Error::Refused(Problem::new(StatusCode::NOT_FOUND, "There is nothing at this address."))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::Rejected(rejected) => rejected.into_response(),
            Error::Refused(problem) => problem.into_response(),
            Error::UnknownPatch => ([(ACCEPT_PATCH, merge_patch::ACCEPTED)], unknown_patch()).into_response(),
            Error::Failed(error) => {
                // Only the log learns why: a message of the database may hold its schema.
                tracing::error!("the database has failed: {error}");
                match error {
                    store::Error::Unavailable(_) | store::Error::Crowded => {
                        ([(RETRY_AFTER, "1")], unavailable()).into_response()
                    }
                    _ => failed().into_response(),
                }
            }
        }
    }
}

fn unknown_patch() -> Problem {
    let detail = "A patch has to be one of the media types in Accept-Patch, and has to say which.";
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
}

/// Not 412: nobody knows whether somebody else has changed anything.
fn unavailable() -> Problem {
    let detail =
        "The database is busy, or cannot be reached. Try again; after a write, look first whether it was done.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
}

fn failed() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "The server could not do this. It is not your fault.")
}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Error {
        Error::Rejected(rejected)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        match error {
            store::Error::UnknownAuthor => vec![Invalid::new("author_id", "there is no such author")].into(),
            other => Error::Failed(other),
        }
    }
}

impl From<Vec<Invalid>> for Error {
    fn from(invalid: Vec<Invalid>) -> Error {
        Error::Refused(Problem::invalid(invalid))
    }
}

/// `400`, `413`, `415` or `422`, with the words of axum: of a member with the wrong type they name the path.
impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Error {
        Error::Refused(Problem::new(rejection.status(), rejection.body_text()))
    }
}

impl From<QueryRejection> for Error {
    fn from(rejection: QueryRejection) -> Error {
        Error::Refused(Problem::new(rejection.status(), rejection.body_text()))
    }
}
