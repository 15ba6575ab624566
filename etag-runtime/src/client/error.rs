//! [`Error`]: why there is no value.

use std::fmt;

use http::StatusCode;

use super::{Problem, Versioned};

/// Why a request has not given what was asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<T> {
    /// The version that was named is not the current one: `412`, or a `409` after which another one is there. Nothing was changed.
    Conflict(Box<Conflict<T>>),
    /// The server has refused for another reason, such as `404`, `422` or `428`.
    Refused(StatusCode, Box<Problem>),
    /// What was seen has no strong entity tag, so that no write can name it. Nothing was sent.
    ///
    /// Some servers, such as Apache httpd, call weak the tag of what was written within the last second. Then
    /// [`get`](super::Client::get) it later: [`refresh`](super::Client::refresh) leaves a weak tag as it is, since a `304` to
    /// one does not say that every octet is the same.
    Unversioned,
    /// The body is not the JSON that was expected.
    Json(serde_json::Error),
    /// There is no answer. A write may have been carried out all the same: [`refresh`](super::Client::refresh), and look.
    Http(reqwest::Error),
}

/// A write that has met another version than the one that it named.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Conflict<T> {
    /// What is there now; `None` if there is nothing any more.
    pub current: Option<Versioned<T>>,
    /// What the server says about it.
    pub problem: Problem,
}

impl<T> fmt::Display for Error<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Conflict(conflict) => write!(f, "another version is current; {}", conflict.problem),
            Error::Refused(status, problem) => write!(f, "the server refuses with {status}; {problem}"),
            Error::Unversioned => f.write_str("there is no strong entity tag that a write could name"),
            Error::Json(_) => f.write_str("the body is not the JSON that was expected"),
            Error::Http(_) => f.write_str("there is no answer"),
        }
    }
}

impl<T: fmt::Debug> std::error::Error for Error<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Json(error) => Some(error),
            Error::Http(error) => Some(error),
            Error::Conflict(_) | Error::Refused(..) | Error::Unversioned => None,
        }
    }
}

impl<T> From<reqwest::Error> for Error<T> {
    fn from(error: reqwest::Error) -> Error<T> {
        Error::Http(error)
    }
}

impl<T> From<serde_json::Error> for Error<T> {
    fn from(error: serde_json::Error) -> Error<T> {
        Error::Json(error)
    }
}
