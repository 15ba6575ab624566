//! [`Preconditions`] as an extractor.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use http::Method;
use http::request::Parts;
use http::uri::PathAndQuery;

use crate::Preconditions;

/// Never fails: what a client sends in conditional fields decides only what the preconditions evaluate to.
impl<S: Sync> FromRequestParts<S> for Preconditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Preconditions, Infallible> {
        let preconditions = Preconditions::new(&parts.method, &parts.headers);
        // Only these say what the representation of their target is to be; a POST may be answered with anything.
        if !matches!(parts.method, Method::PUT | Method::PATCH) {
            return Ok(preconditions);
        }
        Ok(match target(parts) {
            Some(target) => preconditions.with_target(target),
            None => preconditions,
        })
    }
}

/// The path and query that the client asked for, also inside a nested router.
fn target(parts: &Parts) -> Option<PathAndQuery> {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    uri.path_and_query().cloned()
}
