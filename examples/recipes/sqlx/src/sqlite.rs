//! What is different with SQLite?
//!
//! Not the statements. There is one writer at a time, who is waited for (`busy_timeout`) and then given up with `SQLITE_BUSY`: `503`.
//! A number that grows too large becomes a float without a word, which `STRICT` refuses. Instead of `version = ANY($1)`
//! there is `version IN (SELECT value FROM json_each($1))`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected, Upsert};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqlitePool};

use crate::error::Error;

/// `AUTOINCREMENT` gives no incarnation twice; without it the largest is given again when its row is deleted.
pub const SCHEMA: &str = "
    CREATE TABLE pages (
        incarnation INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Page {
    slug: String,
    title: String,
    #[etag(content)]
    #[serde(skip)]
    incarnation: i64,
    #[etag(version)]
    version: i64,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET`, `PUT` and `DELETE /pages/{slug}`.
pub fn router(pool: SqlitePool) -> Router {
    Router::new().route("/pages/{slug}", get(show).put(put).delete(delete)).with_state(pool)
}

async fn show(
    State(pool): State<SqlitePool>,
    Path(slug): Path<String>,
    preconditions: Preconditions,
) -> Result<Conditional<Page>, Error> {
    let page = find(&pool, &slug).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(page))
}

async fn put(
    State(pool): State<SqlitePool>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Page>, Error> {
    match preconditions.upsert(find(&pool, &slug).await?)? {
        Upsert::Create(vacant) => {
            let Json(draft) = body.extract().await?;
            let created = insert(&pool, &slug, draft).await?;
            Ok(vacant.commit_or_reload(created, find(&pool, &slug)).await??)
        }
        Upsert::Replace(current) => {
            let Json(draft) = body.extract().await?;
            let saved = update(&pool, &current, draft).await?;
            Ok(current.commit_or_reload(saved, find(&pool, &slug)).await??)
        }
    }
}

async fn delete(
    State(pool): State<SqlitePool>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
) -> Result<StatusCode, Error> {
    let current = preconditions.guard(find(&pool, &slug).await?)?;
    let matched = remove(&pool, &current).await?;
    Ok(current.commit_deleted_or_reload(matched, find(&pool, &slug)).await??)
}

async fn find(pool: &SqlitePool, slug: &str) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM pages WHERE slug = $1").bind(slug).fetch_optional(pool).await
}

/// `None` if another writer was faster.
async fn insert(pool: &SqlitePool, slug: &str, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("INSERT INTO pages (slug, title) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING RETURNING *")
        .bind(slug)
        .bind(draft.title)
        .fetch_optional(pool)
        .await
}

/// `None` if another writer was faster, or if it is another page by now.
async fn update(pool: &SqlitePool, expected: &Guarded<Page>, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE pages SET title = $1, version = version + 1 WHERE incarnation = $2 AND version = $3 RETURNING *",
    )
    .bind(draft.title)
    .bind(expected.incarnation)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}

/// Whether a row has matched.
async fn remove(pool: &SqlitePool, expected: &Guarded<Page>) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM pages WHERE incarnation = $1 AND version = $2")
        .bind(expected.incarnation)
        .bind(expected.version)
        .execute(pool)
        .await?;
    Ok(done.rows_affected() == 1)
}
