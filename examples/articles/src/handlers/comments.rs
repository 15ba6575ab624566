//! The comments of an article. They are read with it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use etag_runtime::openapi::PreconditionFailed;
use etag_runtime::{ForWrite, Optional, Preconditions};

use super::ATTEMPTS;
use super::body::Body;
use super::id::Id;
use crate::error::Result;
use crate::input::{Input, NewComment};
use crate::openapi::{Commented, Fails, Missing, Unreadable};
use crate::store::{self, Store};

/// `POST`: `201` with the comment. `Location` is the article, since that is where the comment can be read.
///
/// Whoever names a version of the article comments on that version only. There is no tag in the response: the comment
/// has none of its own, and that of the article is told by a GET of the article.
///
/// A GET of this address itself is a `405`, but its state is known to whoever has read the article, which shows the
/// comments, and that is what preconditions are about: a state that was seen in a representation (RFC 9110 § 13). So they
/// are held against the article. To take the target for absent, as § 13.1.1 can be read, would refuse every `If-Match`, and
/// hold `If-None-Match: *` for true of an article full of comments.
#[utoipa::path(
    post,
    path = "/api/articles/{id}/comments",
    operation_id = "add_comment",
    tag = "Comments",
    params(Id, ForWrite<Optional>),
    request_body = NewComment,
    responses(Commented, Missing, PreconditionFailed, Unreadable, Fails)
)]
pub(crate) async fn add(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
    body: Body<NewComment>,
) -> Result<impl IntoResponse> {
    let mut article = preconditions.guard(store.article(id).await?)?;
    let new = body.read().await?.checked()?;
    for _ in 0..ATTEMPTS {
        if let Some(comment) = store.comment(&article, &new.text).await? {
            return Ok((StatusCode::CREATED, [(LOCATION, format!("/api/articles/{id}"))], Json(comment)));
        }
        // The article has changed in between, so the preconditions are asked again: most comments have none.
        article = preconditions.guard(store.article(id).await?)?;
    }
    Err(store::Error::Crowded.into())
}
