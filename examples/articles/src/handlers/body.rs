//! The body of a write: not read before the preconditions have been checked, and refused with a problem document.

use axum::Json;
use axum::extract::{FromRequest, Request};
use etag_runtime::Deferred;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// JSON that has not been read yet.
pub(crate) struct Body<T>(Deferred<Json<T>>);

impl<T: DeserializeOwned> Body<T> {
    /// Reads it: `400`, `413` or `422` if that fails.
    pub(crate) async fn read(self) -> Result<T> {
        let Json(value) = self.0.extract().await?;
        Ok(value)
    }
}

/// `415` is answered here, before any precondition.
impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>> {
        Ok(Body(Deferred::from_request(request, state).await?))
    }
}
