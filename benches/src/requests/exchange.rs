//! One request, and the status that it is answered with.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt as _;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use tower::ServiceExt as _;

use super::Scenario;
use super::article::{LONG, SHORT, edit};

#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) method: Method,
    pub(crate) target: Uri,
    pub(crate) fields: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: StatusCode,
}

impl Exchange {
    /// What this scenario asks of the articles below `path`. The tags are those that the router gives.
    pub(crate) fn of(scenario: Scenario, router: &Router, path: &str) -> Exchange {
        let plain = |id| Exchange {
            method: Method::GET,
            target: format!("{path}/{id}").parse().expect("a path is a target"),
            fields: HeaderMap::new(),
            body: Bytes::new(),
            status: StatusCode::OK,
        };
        // Constant answers have other statuses, but tags as well.
        let tag = |id| plain(id).answer(router).headers().get(ETAG).cloned().expect("every answer has a tag");
        match scenario {
            Scenario::NotModified => plain(LONG).with(IF_NONE_MATCH, tag(LONG)).expecting(StatusCode::NOT_MODIFIED),
            Scenario::Ok => plain(LONG).with(IF_NONE_MATCH, tag(SHORT)),
            Scenario::ShortOk => plain(SHORT).with(IF_NONE_MATCH, tag(LONG)),
            Scenario::Stale => {
                plain(LONG).with_edit().with(IF_MATCH, tag(SHORT)).expecting(StatusCode::PRECONDITION_FAILED)
            }
            Scenario::Replaced => plain(LONG).with_edit().with(IF_MATCH, tag(LONG)),
        }
    }

    fn with(mut self, name: http::HeaderName, value: HeaderValue) -> Exchange {
        self.fields.insert(name, value);
        self
    }

    fn with_edit(self) -> Exchange {
        let body = Bytes::from(edit());
        let exchange = Exchange { method: Method::PUT, body: body.clone(), ..self };
        exchange
            .with(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .with(CONTENT_LENGTH, body.len().into())
    }

    fn expecting(self, status: StatusCode) -> Exchange {
        Exchange { status, ..self }
    }

    /// Sends it, and expects the status that it has to have.
    ///
    /// # Panics
    ///
    /// If it has another one: whatever was measured would be something else.
    pub(crate) fn send(&self, router: &Router) -> Response {
        let response = self.answer(router);
        assert_eq!(response.status(), self.status, "{} {}", self.method, self.target);
        response
    }

    /// Without a socket, in one poll.
    fn answer(&self, router: &Router) -> Response {
        let body = if self.body.is_empty() { Body::empty() } else { Body::from(self.body.clone()) };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target.clone();
        for (name, value) in &self.fields {
            request.headers_mut().insert(name, value.clone());
        }
        match router.clone().oneshot(request).now_or_never() {
            Some(Ok(response)) => response,
            None => panic!("a handler here waits for nothing"),
        }
    }
}
