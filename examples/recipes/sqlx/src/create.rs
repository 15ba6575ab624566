//! How does a permit become an `INSERT` that replaces nothing?
//!
//! `PUT` with `If-None-Match: *` creates at an address that the client chooses, and `PUT` with `If-Match` replaces what is there.
//! Of any number of clients who create at the same address, one gets `201`.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected, Upsert};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// Nothing deletes pages here: `delete` says what it takes where something does.
pub const SCHEMA: &str = "
    CREATE TABLE pages (
        slug TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Page {
    slug: String,
    title: String,
    #[etag(version)]
    version: i64,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET` and `PUT /pages/{slug}`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/pages/{slug}", get(show).put(put)).with_state(pool)
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

async fn find(pool: &PgPool, slug: &str) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM pages WHERE slug = $1").bind(slug).fetch_optional(pool).await
}

/// `None` if another writer was faster. `DO UPDATE` would overwrite what that one has created.
async fn insert(pool: &PgPool, slug: &str, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    // With the column, so that another unique constraint of the table is an error and no lost race.
    sqlx::query_as("INSERT INTO pages (slug, title) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING RETURNING *")
        .bind(slug)
        .bind(draft.title)
        .fetch_optional(pool)
        .await
}

/// `None` if another writer was faster.
async fn update(pool: &PgPool, expected: &Guarded<Page>, draft: Draft) -> Result<Option<Page>, sqlx::Error> {
    sqlx::query_as("UPDATE pages SET title = $1, version = version + 1 WHERE slug = $2 AND version = $3 RETURNING *")
        .bind(draft.title)
        .bind(&expected.slug)
        .bind(expected.version)
        .fetch_optional(pool)
        .await
}
