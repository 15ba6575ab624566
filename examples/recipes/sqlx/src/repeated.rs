//! What if the answer to a write was lost, and the client sends it again?
//!
//! Its tag is old then, by its own write. RFC 9110 § 13.1.1 lets a server say that it is done, if what is there is what the client
//! asked for. That is a decision: it cannot be told from somebody else who has written the same. A `DELETE` has nothing to
//! compare: what has this address by now is something else, and stays.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Reason, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// `incarnation` tells an article from one that had its id before: see `delete`.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        incarnation BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Article {
    id: i64,
    #[etag(content)]
    #[serde(skip)]
    incarnation: i64,
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

async fn replace(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Article>, Error> {
    let permit = match preconditions.try_guard(find(&pool, id).await?) {
        Err(refused) if refused.reason() != Reason::Stale => return Err(refused.into()),
        permit => permit,
    };
    // Also of a request that is late: whether it is a repetition shows only here.
    let Json(draft) = body.extract().await?;
    let refused = match permit {
        Ok(current) => match update(&pool, &current, &draft).await? {
            Some(saved) => return Ok(current.commit(Some(saved))?),
            // The first of the two requests may still have been under way when this one was checked.
            None => current.superseded(find(&pool, id).await?),
        },
        Err(refused) => refused,
    };
    // Everything that the request would set.
    Ok(refused.unless_applied(|stored| stored.title == draft.title)?)
}

async fn delete(State(pool): State<PgPool>, Path(id): Path<i64>, preconditions: ForWrite) -> Result<StatusCode, Error> {
    let current = preconditions.guard(find(&pool, id).await?)?;
    let done = sqlx::query("DELETE FROM articles WHERE id = $1 AND incarnation = $2 AND version = $3")
        .bind(id)
        .bind(current.incarnation)
        .bind(current.version)
        .execute(&pool)
        .await?;
    Ok(current.commit_deleted_or_reload(done.rows_affected() == 1, find(&pool, id)).await??)
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(pool).await
}

/// `None` if another writer was faster.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: &Draft) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE articles SET title = $1, version = version + 1 \
         WHERE id = $2 AND incarnation = $3 AND version = $4 RETURNING *",
    )
    .bind(&draft.title)
    .bind(expected.id)
    .bind(expected.incarnation)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}
