//! How does a `412` say what has changed?
//!
//! The refusal still has the current model, of which the handler shows what this client may see, and as far as it differs from what
//! the client has sent: enough to merge without another request. The lost race has the same report as the late client.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Reason, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// Who reviews an article is part of its state, and none of a writer's business.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Article {
    id: i64,
    title: String,
    body: String,
    #[etag(content)]
    #[serde(skip)]
    reviewer: String,
    #[etag(version)]
    version: i64,
}

/// What is not there stays as it is.
#[derive(Serialize, Deserialize)]
struct Patch {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// What a report may show: named one by one, so that a new column is not shown unless somebody decides so.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    body: &'a str,
}

impl Patch {
    /// What of the article this client has not sent, or not so.
    fn compared_with(&self, article: &Article, rejected: Rejected) -> Rejected {
        rejected.with_differences(self, &View { title: &article.title, body: &article.body })
    }
}

/// `GET` and `PATCH /articles/{id}`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/articles/{id}", get(show).patch(patch)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Error> {
    let article = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(article))
}

async fn patch(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Patch>>,
) -> Result<Conditional<Article>, Error> {
    let permit = match preconditions.try_guard(find(&pool, id).await?) {
        Err(refused) if refused.reason() != Reason::Stale => return Err(refused.into()),
        permit => permit,
    };
    // Also of a request that is late: the report compares it.
    let Json(patch) = body.extract().await?;
    let refused = match permit {
        Ok(current) => match update(&pool, &current, &patch).await? {
            Some(saved) => return Ok(current.commit(Some(saved))?),
            None => current.superseded(find(&pool, id).await?),
        },
        Err(refused) => refused,
    };
    Err(refused.report(|article, rejected| patch.compared_with(article, rejected)).into())
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(pool).await
}

/// `None` if another writer was faster.
async fn update(pool: &PgPool, expected: &Guarded<Article>, patch: &Patch) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE articles SET title = COALESCE($1, title), body = COALESCE($2, body), version = version + 1 \
         WHERE id = $3 AND version = $4 RETURNING *",
    )
    .bind(&patch.title)
    .bind(&patch.body)
    .bind(expected.id)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}
