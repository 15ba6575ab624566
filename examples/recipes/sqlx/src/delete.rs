//! How does a permit become a `DELETE`, and what if the same address is used again?
//!
//! A row that is deleted and created again starts at version 1 again, like the one before it. Somebody who has seen the old one must
//! not overwrite the new one, so an identity that the database never gives twice stands beside the version: in the tag,
//! and in every statement that writes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected, Upsert};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// A timestamp of the creation (`DEFAULT clock_timestamp()`) would do almost as well: clocks can be set back.
pub const SCHEMA: &str = "
    CREATE TABLE pages (
        slug TEXT PRIMARY KEY,
        incarnation BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

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
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/pages/{slug}", get(show).put(put).delete(delete)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(slug): Path<String>,
    preconditions: Preconditions,
) -> Result<Conditional<Page>, Error> {
    let page = find(&pool, &slug).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(page))
}

async fn put(
    State(pool): State<PgPool>,
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
    State(pool): State<PgPool>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
) -> Result<StatusCode, Error> {
    let current = preconditions.guard(find(&pool, &slug).await?)?;
    let matched = remove(&pool, &current).await?;
    Ok(current.commit_deleted_or_reload(matched, find(&pool, &slug)).await??)
}

async fn find(pool: &PgPool, slug: &str) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM pages WHERE slug = $1").bind(slug).fetch_optional(pool).await
}

async fn insert(pool: &PgPool, slug: &str, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("INSERT INTO pages (slug, title) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING RETURNING *")
        .bind(slug)
        .bind(draft.title)
        .fetch_optional(pool)
        .await
}

/// `None` if another writer was faster, or if it is another page by now.
async fn update(pool: &PgPool, expected: &Guarded<Page>, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE pages SET title = $1, version = version + 1 \
         WHERE slug = $2 AND incarnation = $3 AND version = $4 RETURNING *",
    )
    .bind(draft.title)
    .bind(&expected.slug)
    .bind(expected.incarnation)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}

/// Whether a row has matched.
async fn remove(pool: &PgPool, expected: &Guarded<Page>) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM pages WHERE slug = $1 AND incarnation = $2 AND version = $3")
        .bind(&expected.slug)
        .bind(expected.incarnation)
        .bind(expected.version)
        .execute(pool)
        .await?;
    Ok(done.rows_affected() == 1)
}
