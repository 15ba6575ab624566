//! Requests to a router, without a connection between them; and the answers, as tests want to look at them.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod answer;
mod meanwhile;
pub mod pages;

use std::fmt;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tokio::time::timeout;
use tower::ServiceExt as _;

pub use crate::answer::Answer;
use crate::meanwhile::Meanwhile;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request.
pub struct Ask {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Body,
}

impl Ask {
    /// Any method. Those below are the common ones.
    #[must_use]
    pub fn new(method: Method, path: &str) -> Ask {
        Ask { method, path: path.to_owned(), headers: HeaderMap::new(), body: Body::empty() }
    }

    /// A `GET`.
    #[must_use]
    pub fn get(path: &str) -> Ask {
        Ask::new(Method::GET, path)
    }

    /// A `PUT`.
    #[must_use]
    pub fn put(path: &str) -> Ask {
        Ask::new(Method::PUT, path)
    }

    /// A `PATCH`.
    #[must_use]
    pub fn patch(path: &str) -> Ask {
        Ask::new(Method::PATCH, path)
    }

    /// A `POST`.
    #[must_use]
    pub fn post(path: &str) -> Ask {
        Ask::new(Method::POST, path)
    }

    /// A `DELETE`.
    #[must_use]
    pub fn delete(path: &str) -> Ask {
        Ask::new(Method::DELETE, path)
    }

    /// With this in `If-Match`.
    #[must_use]
    pub fn if_match(self, tag: &str) -> Ask {
        self.with(IF_MATCH, tag)
    }

    /// With this in `If-None-Match`.
    #[must_use]
    pub fn if_none_match(self, tag: &str) -> Ask {
        self.with(IF_NONE_MATCH, tag)
    }

    /// With one more field line.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Ask {
        self.headers.append(name, HeaderValue::from_str(value).unwrap());
        self
    }

    /// With this body.
    #[must_use]
    pub fn json(self, value: &Value) -> Ask {
        self.with(CONTENT_TYPE, "application/json").text(&value.to_string())
    }

    /// With this body, whatever it is.
    #[must_use]
    pub fn text(mut self, body: &str) -> Ask {
        self.body = body.to_owned().into();
        self
    }

    /// With a body that comes after `event` has ended. A handler that reads the body when it has its permit is overtaken
    /// by what happens then: between its check and its write.
    #[must_use]
    pub fn json_after(self, event: impl Future<Output = ()> + Send + 'static, value: &Value) -> Ask {
        let mut ask = self.json(value);
        ask.body = Body::new(Meanwhile::new(event, value.to_string()));
        ask
    }

    /// Asks, and waits for the whole answer.
    ///
    /// # Panics
    ///
    /// If there is none in time.
    pub async fn of(self, app: &Router) -> Answer {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.path.parse().unwrap();
        *request.headers_mut() = self.headers;
        let Ok(response) = timeout(PATIENCE, app.clone().oneshot(request)).await.expect("no answer");
        let (parts, body) = response.into_parts();
        let body = timeout(PATIENCE, body.collect()).await.expect("no end of the body").unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl fmt::Debug for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.headers)
    }
}
