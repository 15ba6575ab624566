//! Everything that can go wrong in a handler, and how it is answered: always with a problem document.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use etag_runtime::Rejected;

use crate::log::Outcome;
use crate::problem::{Invalid, Problem};
use crate::store;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A request that was not successful.
#[derive(Debug)]
pub(crate) enum Error {
    /// By its preconditions, or because there is nothing to change.
    Rejected(Rejected),
    /// By what it asks for.
    Refused(Problem),
    /// Through no fault of its own.
    Failed(sqlx::Error),
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
            Error::Rejected(rejected) => {
                let outcome = Outcome::new(rejected.to_string());
                (outcome, rejected).into_response()
            }
            Error::Refused(problem) => problem.into_response(),
            Error::Failed(error) => {
                // Only the log learns why: a message of the database may hold its schema.
                tracing::error!("the database has failed: {error}");
                let status = match error {
                    sqlx::Error::PoolTimedOut => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                Problem::new(status, "The server could not do this now. It is not your fault.").into_response()
            }
        }
    }
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
            store::Error::Database(error) => Error::Failed(error),
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
