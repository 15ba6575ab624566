//! A JSON merge patch (RFC 7396), and what is said to a patch of another kind.

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The media types that are taken for one, as `Accept-Patch` has them: its own, and that of whoever calls any JSON by no other name.
pub(crate) const ACCEPTED: &str = "application/merge-patch+json, application/json";

/// The members to change.
///
/// A patch that is no object would replace the whole document by something that is no article.
pub(crate) struct MergePatch(pub(crate) Map<String, Value>);

impl FromRequest<()> for MergePatch {
    type Rejection = Error;

    async fn from_request(request: Request, state: &()) -> Result<MergePatch> {
        // axum would take any `+json`, and with it patches of which only the notation is the same, such as `json-patch+json`.
        if !is_merge_patch(&request) {
            return Err(Error::UnknownPatch);
        }
        let Json(members) = Json::from_request(request, state).await?;
        Ok(MergePatch(members))
    }
}

fn is_merge_patch(request: &Request) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    ACCEPTED.split(", ").any(|accepted| media_type.eq_ignore_ascii_case(accepted))
}
