//! What if the database changes the version and the date itself?
//!
//! Then no program that writes past this one can forget it. The handler returns what `RETURNING` says, never what it has computed
//! itself, so that the tag of a write is that of the next `GET`. `RETURNING` shows what triggers `BEFORE` the write have
//! made of the row; where one `AFTER` it changes the row once more, read it again in the same transaction.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// `now()` is when the transaction began, so that a later write could have an earlier date: hence `clock_timestamp()`.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1,
        updated_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
    );
    CREATE FUNCTION move_article() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN
            NEW.version := OLD.version + 1;
            NEW.updated_at := clock_timestamp();
            RETURN NEW;
        END
    $$;
    CREATE TRIGGER move BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION move_article();";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Article {
    id: i64,
    title: String,
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: DateTime<Utc>,
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

/// `None` if another writer was faster. `WHERE` sees the row as it was before the trigger.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: Draft) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("UPDATE articles SET title = $1 WHERE id = $2 AND version = $3 RETURNING *")
        .bind(draft.title)
        .bind(expected.id)
        .bind(expected.version)
        .fetch_optional(pool)
        .await
}
