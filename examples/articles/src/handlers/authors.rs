//! Authors. To rename one changes the state of every article of theirs.

use axum::Json;
use axum::extract::State;
use etag_runtime::{Conditional, Deferred, Preconditions};

use super::id::Id;
use crate::error::{Error, Result};
use crate::input::{Input, Rename};
use crate::model::Author;
use crate::store::Store;

/// `GET`, `HEAD`: `304` or the author.
pub(crate) async fn show(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
) -> Result<Conditional<Author>> {
    let author = store.author(id).await?.ok_or_else(Error::not_found)?;
    Ok(preconditions.respond(author))
}

/// `PUT`: gives the author another name.
pub(crate) async fn rename(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
    body: Deferred<Json<Rename>>,
) -> Result<Conditional<Author>> {
    let current = preconditions.require().guard(store.author(id).await?)?;
    let rename = body.extract().await?.0.checked()?;
    match store.rename(&current, &rename.name).await? {
        Some(saved) => Ok(current.commit(Some(saved))?),
        None => Err(current.superseded(store.author(id).await?.as_ref()).into()),
    }
}
