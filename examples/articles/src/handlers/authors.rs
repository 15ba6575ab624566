//! Authors. To rename one changes the state of every article of theirs.

use axum::extract::State;
use etag_runtime::openapi::{PreconditionFailed, Replaced};
use etag_runtime::{Conditional, ForWrite, Optional, Preconditions};

use super::ATTEMPTS;
use super::body::Body;
use super::id::Id;
use crate::error::{Error, Result};
use crate::input::{Input, Rename};
use crate::model::Author;
use crate::openapi::{Fails, Missing, Unreadable};
use crate::store::{self, Store};

/// `GET`, `HEAD`: `304` or the author.
#[utoipa::path(
    get,
    path = "/api/authors/{id}",
    operation_id = "show_author",
    tag = "Authors",
    params(Id, Preconditions),
    responses(Conditional<Author>, Missing, Fails)
)]
pub(crate) async fn show(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
) -> Result<Conditional<Author>> {
    let author = store.author(id).await?.ok_or_else(Error::not_found)?;
    Ok(preconditions.respond(author))
}

/// `PUT`: gives the author another name. A precondition is held, but not required.
#[utoipa::path(
    put,
    path = "/api/authors/{id}",
    operation_id = "rename_author",
    tag = "Authors",
    params(Id, ForWrite<Optional>),
    request_body = Rename,
    responses(Replaced<Author>, Missing, PreconditionFailed, Unreadable, Fails)
)]
pub(crate) async fn rename(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
    body: Body<Rename>,
) -> Result<Conditional<Author>> {
    let mut current = preconditions.guard(store.author(id).await?)?;
    let rename = body.read().await?.checked()?;
    for _ in 0..ATTEMPTS {
        let saved = store.rename(&current, &rename.name).await?;
        if saved.is_some() {
            return Ok(current.commit(saved)?);
        }
        // Another writer was faster, so the preconditions are asked again: without any, the last one wins.
        current = preconditions.guard(store.author(id).await?)?;
    }
    Err(store::Error::Crowded.into())
}
