//! What if the body has a version, too, and it is another one than that of `If-Match`?
//!
//! The field wins. A `PUT` may send back what a `GET` has shown, version and all, and that member is part of the representation, not
//! of the condition: what is compared is `If-Match`, and what is stored is what the database makes of it. So the draft does
//! not have the member at all, and serde passes over it.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// The version is the database's alone.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Article {
    id: i64,
    title: String,
    #[etag(version)]
    version: i64,
}

/// Without `id` and `version`, and without `deny_unknown_fields`, which would refuse them.
#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET` and `PUT /articles/{id}`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/articles/{id}", get(show).put(replace)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Error> {
    let article = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(article))
}

async fn replace(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Article>, Error> {
    let current = preconditions.guard(find(&pool, id).await?)?;
    let Json(draft) = body.extract().await?;
    let saved = update(&pool, &current, draft).await?;
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(pool).await
}

/// `None` if another writer was faster.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: Draft) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("UPDATE articles SET title = $1, version = version + 1 WHERE id = $2 AND version = $3 RETURNING *")
        .bind(draft.title)
        .bind(expected.id)
        .bind(expected.version)
        .fetch_optional(pool)
        .await
}
