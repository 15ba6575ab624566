//! An answer.

use axum::body::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::Value;

/// What a router has answered.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "tests look at everything")]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// The fields.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Answer {
    /// This, if it has the status.
    ///
    /// # Panics
    ///
    /// If it has another.
    #[track_caller]
    #[must_use = "a chain goes on; `expect` ends one"]
    pub fn is(self, status: StatusCode) -> Answer {
        self.expect(status);
        self
    }

    /// Nothing, if it has the status.
    ///
    /// # Panics
    ///
    /// If it has another.
    #[track_caller]
    pub fn expect(&self, status: StatusCode) {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, String::from_utf8_lossy(&self.body));
    }

    /// The only line of a field.
    ///
    /// # Panics
    ///
    /// If there is none, or there are more.
    #[track_caller]
    #[must_use]
    pub fn field(&self, name: &HeaderName) -> String {
        let lines: Vec<_> = self.headers.get_all(name).iter().collect();
        assert_eq!(lines.len(), 1, "{name}: {lines:?}");
        lines[0].to_str().unwrap().to_owned()
    }

    /// The entity tag.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[track_caller]
    #[must_use]
    pub fn tag(&self) -> String {
        self.field(&ETAG)
    }

    /// The body.
    ///
    /// # Panics
    ///
    /// If it is no JSON.
    #[track_caller]
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem document, if this is one with the status.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[track_caller]
    pub fn problem(&self, status: StatusCode) -> Value {
        self.expect(status);
        assert_eq!(self.field(&CONTENT_TYPE), "application/problem+json");
        assert_eq!(self.field(&CACHE_CONTROL), "no-store");
        let problem = self.json();
        assert_eq!(problem["status"], status.as_u16());
        problem
    }

    /// The problem document of a precondition that failed for this reason.
    ///
    /// # Panics
    ///
    /// If it is another, or none.
    #[track_caller]
    pub fn refused(&self, status: StatusCode, reason: &str) {
        assert_eq!(self.problem(status)["reason"], reason);
    }
}
