//! The floor: the answer is known before the request comes, and nothing is compared.

use std::future::{Ready, ready};
use std::hint::black_box;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use etag_runtime::Reason;
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, CONTENT_TYPE, ETAG};
use http::{HeaderName, HeaderValue, StatusCode};

use super::Scenario;
use super::article::{Article, LONG, SHORT};

const JSON: (HeaderName, &str) = (CONTENT_TYPE, "application/json");
const PROBLEM: (HeaderName, &str) = (CONTENT_TYPE, "application/problem+json");
const NO_CACHE: (HeaderName, &str) = (CACHE_CONTROL, "no-cache");
const NO_STORE: (HeaderName, &str) = (CACHE_CONTROL, "no-store");
const LOCATION: (HeaderName, &str) = (CONTENT_LOCATION, "/articles/1");

/// GET is answered too where it is PUT that is measured: with a tag for the client to send.
pub(super) fn route(scenario: Scenario) -> MethodRouter {
    let not_modified = || answers(StatusCode::NOT_MODIFIED, Bytes::new(), &[NO_CACHE]);
    let read = get(not_modified());
    match scenario {
        Scenario::NotModified => read,
        Scenario::Ok => get(answers(StatusCode::OK, json(LONG), &[JSON, NO_CACHE])),
        Scenario::ShortOk => get(answers(StatusCode::OK, json(SHORT), &[JSON, NO_CACHE])),
        Scenario::Stale => {
            let problem = Bytes::from_static(Reason::Stale.problem().as_bytes());
            read.put(answers(StatusCode::PRECONDITION_FAILED, problem, &[PROBLEM, NO_STORE]))
        }
        Scenario::Replaced => read.put(answers(StatusCode::OK, json(LONG), &[JSON, NO_CACHE, LOCATION])),
    }
}

/// No floor, but a handler that only loads and sends.
pub(super) fn unconditional() -> MethodRouter {
    get(|Path(id): Path<u64>| async move { Json(Article::load(id)) })
}

fn json(id: u64) -> Bytes {
    serde_json::to_vec(&Article::load(id)).expect("an article is JSON").into()
}

/// A handler that always answers this.
fn answers(
    status: StatusCode,
    body: Bytes,
    fields: &'static [(HeaderName, &'static str)],
) -> impl Fn(Path<u64>) -> Ready<Response> + Clone {
    move |Path(id)| {
        black_box(Article::load(id));
        let body = if body.is_empty() { Body::empty() } else { Body::from(body.clone()) };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(ETAG, HeaderValue::from_static("\"1234567\""));
        for (name, value) in fields {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        ready(response)
    }
}
