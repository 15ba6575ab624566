//! How is a write one statement instead of two?
//!
//! A tag that is `reversible` says which version it is of, so that the statement itself can compare it with the row. There is
//! something to find out only if no row has matched.
//!
//! The version is the whole state, and must never come back, not even after the row was deleted and created again: here each
//! write takes it from one sequence. It also shows in the tag, so it must be nothing to hide.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Preconditions, Rejected, Unread};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// A sequence gives no number twice, not even to a transaction that is rolled back.
pub const SCHEMA: &str = "
    CREATE SEQUENCE versions;
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT nextval('versions')
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
#[etag(reversible)]
struct Article {
    id: i64,
    title: String,
    #[etag(version)]
    version: i64,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET`, `PUT` and `DELETE /articles/{id}`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/articles/{id}", get(show).put(replace).delete(delete)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Error> {
    let article = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(article))
}

/// Nothing is read before the body, so whoever sends one to what does not exist is told so only after it.
async fn replace(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Article>, Error> {
    let permit: Unread<'_, Article> = preconditions.guard_unread()?;
    let Json(draft) = body.extract().await?;
    // `If-Match` may name several versions; `ANY` of none matches nothing.
    let saved = sqlx::query_as(
        "UPDATE articles SET title = $1, version = nextval('versions') WHERE id = $2 AND version = ANY($3) RETURNING *",
    )
    .bind(draft.title)
    .bind(id)
    .bind(permit.versions())
    .fetch_optional(&pool)
    .await?;
    Ok(permit.commit_or_reload(saved, find(&pool, id)).await??)
}

async fn delete(State(pool): State<PgPool>, Path(id): Path<i64>, preconditions: ForWrite) -> Result<StatusCode, Error> {
    let permit: Unread<'_, Article> = preconditions.guard_unread()?;
    let done = sqlx::query("DELETE FROM articles WHERE id = $1 AND version = ANY($2)")
        .bind(id)
        .bind(permit.versions())
        .execute(&pool)
        .await?;
    Ok(permit.commit_deleted_or_reload(done.rows_affected() == 1, find(&pool, id)).await??)
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(pool).await
}
