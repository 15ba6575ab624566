//! [`Preconditions`] as an extractor.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use http::Method;
use http::request::Parts;
use http::uri::PathAndQuery;

#[cfg(feature = "negotiation")]
use crate::Accept;
use crate::{ForWrite, Preconditions, WritePolicy};

/// Never fails: what a client sends in conditional fields decides only what the preconditions evaluate to.
impl<S: Sync> FromRequestParts<S> for Preconditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Preconditions, Infallible> {
        Ok(of_parts(parts))
    }
}

/// Never fails: what the policy asks for is asked when a permit is.
impl<P: WritePolicy, S: Sync> FromRequestParts<S> for ForWrite<P> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<ForWrite<P>, Infallible> {
        Ok(of_parts(parts).into())
    }
}

/// Never fails: what cannot be read asks for nothing.
#[cfg(feature = "negotiation")]
impl<S: Sync> FromRequestParts<S> for Accept {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Accept, Infallible> {
        Ok(Accept::new(&parts.headers))
    }
}

fn of_parts(parts: &Parts) -> Preconditions {
    let mut preconditions = Preconditions::new(&parts.method, &parts.headers);
    if let Some(policy) = parts.extensions.get() {
        preconditions.policy = *policy;
    }
    // Only these have use for the target, and it costs a copy.
    if matches!(parts.method, Method::PUT | Method::PATCH)
        && let Some(target) = target(parts)
    {
        return preconditions.with_target(target);
    }
    preconditions
}

/// The path and query that the client asked for, also inside a nested router.
fn target(parts: &Parts) -> Option<PathAndQuery> {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    uri.path_and_query().cloned()
}
