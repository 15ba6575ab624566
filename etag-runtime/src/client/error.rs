//! [`Error`]: why there is no value, and [`Conflict`]: what is there in its place.

use std::fmt;

use http::StatusCode;

use super::{Problem, Versioned};

/// Why a request has not given what was asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<T> {
    /// The version that was named is not the current one, or something is there where there should be nothing: `412`, or a `409` after which another
    /// one is there. Nothing was changed.
    Conflict(Box<Conflict<T>>),
    /// `412`, and yet what is there is just what was named; or, to a [`create`](super::Client::create), there is nothing. Nothing was changed, and to try
    /// again at once would be in vain.
    ///
    /// A cache in between may show what is no longer current; a proxy may change the tag on its way, in one direction; the server may compare
    /// wrongly. Or somebody has changed it and changed it back, and its tag says what is there and not how often that was written.
    Contradiction(Box<Problem>),
    /// The write was carried out, and what is stored now could not be read, for this reason.
    Written(Box<Error<T>>),
    /// The server has refused for another reason, such as `404`, `422` or `428`.
    ///
    /// Or it has answered a write with `303`, and what was named is still there, or nobody knows: it may have led to where one has to log in. So is a
    /// `409` after which what was named is still there, or nobody knows what is.
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
#[derive(Debug)]
#[non_exhaustive]
pub struct Conflict<T> {
    /// What is there now, as a second request has found it.
    pub current: Current<T>,
    /// What the server says about it.
    pub problem: Problem,
}

/// What is there in place of the version that a write has named.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "there is one, there is none, or it is not known")]
pub enum Current<T> {
    /// This one.
    Present(Versioned<T>),
    /// Nothing: `404` or `410`.
    Absent,
    /// It could not be read, for this reason. The write was refused all the same.
    Unread(Box<Error<T>>),
}

impl<T> Current<T> {
    /// The current version, if there is one and it is known.
    #[must_use]
    pub fn present(self) -> Option<Versioned<T>> {
        match self {
            Current::Present(current) => Some(current),
            Current::Absent | Current::Unread(_) => None,
        }
    }
}

impl<T> fmt::Display for Error<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Conflict(conflict) => conflict.fmt(f),
            Error::Contradiction(problem) => {
                write!(f, "the server says that the precondition is false, and what it shows makes it true; {problem}")
            }
            Error::Written(error) => write!(f, "it is written, and could not be read again: {error}"),
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
            // What these two have met is part of their message already.
            Error::Conflict(conflict) => conflict.source(),
            Error::Written(error) => error.source(),
            Error::Contradiction(_) | Error::Refused(..) | Error::Unversioned => None,
        }
    }
}

impl<T> fmt::Display for Conflict<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.problem;
        match &self.current {
            Current::Present(_) => write!(f, "another version is current; {problem}"),
            Current::Absent => write!(f, "there is nothing any more; {problem}"),
            Current::Unread(error) => {
                write!(
                    f,
                    "the version that was named is not current, and that which is could not be read ({error}); {problem}"
                )
            }
        }
    }
}

impl<T: fmt::Debug> std::error::Error for Conflict<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.current {
            Current::Unread(error) => error.source(),
            Current::Present(_) | Current::Absent => None,
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
