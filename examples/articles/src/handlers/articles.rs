//! One article: reading, replacing, changing and deleting.

use axum::extract::State;
use axum::http::StatusCode;
use etag_runtime::openapi::{Deleted, ForUpsert, Replaced, Upserted};
use etag_runtime::{Conditional, Deferred, ForWrite, Guarded, Preconditions, Upsert};
use serde_json::{Map, Value, json};

use super::body::Body;
use super::id::Id;
use super::merge_patch::MergePatch;
use crate::error::{Error, Result};
use crate::input::{Draft, Input, Patch};
use crate::model::Article;
use crate::openapi::{Fails, Missing, Unreadable, UnreadablePatch};
use crate::problem::Problem;
use crate::store::Store;

/// The largest id that a client may choose. The database goes on from there, and as many again are left to it that a JSON
/// parser which knows only doubles keeps exactly.
const LARGEST_CHOSEN: i64 = 1 << 52;

/// `GET`, `HEAD`: `304`, decided by one row, or the article.
#[utoipa::path(
    get,
    path = "/api/articles/{id}",
    operation_id = "show_article",
    tag = "Articles",
    params(Id, Preconditions),
    responses(Conditional<Article>, Missing, Fails)
)]
pub(crate) async fn show(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
) -> Result<Conditional<Article>> {
    let stamp = async { store.article_stamp(id).await?.ok_or_else(Error::not_found) };
    let article = async { store.article(id).await?.ok_or_else(Error::not_found) };
    preconditions.respond_lazily(stamp, article).await
}

/// `PUT`: replaces what the client has seen (`If-Match`), or creates what was not there (`If-None-Match: *`).
#[utoipa::path(
    put,
    path = "/api/articles/{id}",
    operation_id = "replace_article",
    tag = "Articles",
    params(Id, ForUpsert),
    request_body = Draft,
    responses(Upserted<Article>, Missing, ForUpsert, Unreadable, Fails)
)]
pub(crate) async fn replace(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
    body: Body<Draft>,
) -> Result<Conditional<Article>> {
    let stored = store.article(id).await?;
    if stored.is_none() && id > LARGEST_CHOSEN {
        // Before the preconditions: there is none that would help (RFC 9110 § 13.2.1).
        return Err(Error::not_found());
    }
    match preconditions.require().upsert(stored)? {
        Upsert::Replace(current) => {
            let draft = body.read().await?.checked()?;
            save(&store, current, &draft).await
        }
        Upsert::Create(vacant) => {
            let draft = body.read().await?.checked()?;
            let created = store.create_at(&vacant, id, &draft).await?;
            Ok(vacant.commit_or_reload(created, store.article(id)).await??)
        }
    }
}

/// `PATCH`: a JSON merge patch (RFC 7396) of the document that `PUT` takes.
///
/// What it was not made for, another patch in JSON, is a `415` that names what is taken in `Accept-Patch` (RFC 5789 § 2.2).
#[utoipa::path(
    patch,
    path = "/api/articles/{id}",
    operation_id = "patch_article",
    tag = "Articles",
    params(Id, ForWrite),
    request_body(content((Patch = "application/merge-patch+json"), (Patch = "application/json"))),
    responses(Replaced<Article>, Missing, ForWrite, UnreadablePatch, Fails)
)]
pub(crate) async fn patch(
    State(store): State<Store>,
    Id(id): Id,
    preconditions: Preconditions,
    body: Deferred<MergePatch>,
) -> Result<Conditional<Article>> {
    let current = preconditions.require().guard(store.article(id).await?)?;
    let MergePatch(patch) = body.extract().await?;
    let draft = merged(&current, patch)?.checked()?;
    save(&store, current, &draft).await
}

/// `DELETE`: `204`.
#[utoipa::path(
    delete,
    path = "/api/articles/{id}",
    operation_id = "delete_article",
    tag = "Articles",
    params(Id, ForWrite),
    responses(Deleted, Missing, ForWrite, Fails)
)]
pub(crate) async fn delete(State(store): State<Store>, Id(id): Id, preconditions: Preconditions) -> Result<StatusCode> {
    let current = preconditions.require().guard(store.article(id).await?)?;
    let matched = store.delete(&current).await?;
    Ok(current.commit_deleted_or_reload(matched, store.article(id)).await??)
}

/// Writes what the permit allows; whoever was faster, `412` or `404` says so.
async fn save(store: &Store, current: Guarded<Article>, draft: &Draft) -> Result<Conditional<Article>> {
    let id = current.id;
    let saved = store.replace(&current, draft).await?;
    Ok(current.commit_or_reload(saved, store.article(id)).await??)
}

/// The article after the patch: a document like any other, with the same checks.
fn merged(article: &Article, patch: Map<String, Value>) -> Result<Draft> {
    let mut document = json!({ "title": article.title, "body": article.body, "author_id": article.author.id });
    json_patch::merge(&mut document, &patch.into());
    serde_path_to_error::deserialize(document).map_err(|error| {
        let detail = format!("Nothing was changed. After the patch, {error}.");
        Error::Refused(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail))
    })
}
