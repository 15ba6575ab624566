//! What if a proxy weakens entity tags?
//!
//! One that compresses turns `"x"` into `W/"x"`, since it sends other octets, and strong comparison never matches that: every write would be
//! refused. If the proxy cannot leave the tag alone, the policy says that it is trusted. Nothing changes in the statement: what is
//! compared there is the version, of which there is no weak one.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Policy, Preconditions, Rejected, WritePolicy};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// For writes that come through our proxy. For all routes at once, a layer does the same: `Extension(Policy::…)`.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it is only named")]
pub enum BehindOurProxy {}

impl WritePolicy for BehindOurProxy {
    const POLICY: Policy = Policy::REQUIRED.accept_weakened();
}

/// As in `replace`.
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
    preconditions: ForWrite<BehindOurProxy>,
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
