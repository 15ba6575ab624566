//! The server of the toolkit, in this process.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use etag_runtime::{Current, Decision, EntityTag, HttpDate, Preconditions, Validators};

use crate::request::Request;
use crate::resource::{CONTENT, Resource};

/// Serves the resource of each request under its number.
pub(crate) fn serve(requests: &[Request]) -> SocketAddr {
    let resources: Vec<Resource> = requests.iter().map(|request| request.resource.clone()).collect();
    harness::serve(Router::new().route("/{number}", any(answer)).with_state(Arc::new(resources)))
}

async fn answer(
    State(resources): State<Arc<Vec<Resource>>>,
    Path(number): Path<usize>,
    method: Method,
    preconditions: Preconditions,
) -> Response {
    let Some(resource) = resources.get(number) else { return StatusCode::NOT_FOUND.into_response() };
    let validators = validators(resource);
    let current = if resource.exists { Current::Present(&validators) } else { Current::Absent };
    if !matches!(method, Method::GET | Method::HEAD) {
        return match preconditions.check(current) {
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
            Err(rejected) => rejected.into_response(),
        };
    }
    if !resource.exists {
        return StatusCode::NOT_FOUND.into_response();
    }
    let partial = preconditions.evaluate(current) == Decision::Proceed && preconditions.range_applies(current);
    let response =
        if partial { (StatusCode::PARTIAL_CONTENT, &CONTENT[..4]).into_response() } else { CONTENT.into_response() };
    preconditions.respond_with(validators, response)
}

fn validators(resource: &Resource) -> Validators {
    let mut validators = Validators::new();
    if let Some(Ok(tag)) = resource.etag().map(|etag| EntityTag::parse(&etag)) {
        validators = validators.with_entity_tag(tag);
    }
    if let Some(Ok(modified)) = resource.modified_at().map(HttpDate::try_from) {
        validators = validators.with_last_modified(modified);
    }
    validators
}
