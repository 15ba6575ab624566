//! What if a write is several statements?
//!
//! One transaction, with the comparison first: it keeps the row locked until the end, so that `READ COMMITTED` is enough. A lost
//! race rolls everything back, and nobody is told of a success before `COMMIT` has succeeded.
//!
//! Under `REPEATABLE READ` and `SERIALIZABLE` a lost race is no row that does not match, but error `40001`: begin again, as `append`
//! does.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// Each version of an article is kept.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE history (
        article_id BIGINT NOT NULL,
        version BIGINT NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (article_id, version)
    );";

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
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Article>, Error> {
    let current = preconditions.guard(find(&pool, id).await?)?;
    let Json(draft) = body.extract().await?;
    let saved = update(&pool, &current, draft).await?;
    // Read outside of the transaction, which has ended.
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(pool).await
}

/// `None` if another writer was faster.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: Draft) -> Result<Option<Article>, sqlx::Error> {
    // Said here, since the default of the database may be another one.
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    let saved: Option<Article> = sqlx::query_as(
        "UPDATE articles SET title = $1, version = version + 1 WHERE id = $2 AND version = $3 RETURNING *",
    )
    .bind(draft.title)
    .bind(expected.id)
    .bind(expected.version)
    .fetch_optional(&mut *transaction)
    .await?;
    // To drop a transaction is to roll it back.
    let Some(saved) = saved else { return Ok(None) };
    sqlx::query("INSERT INTO history VALUES ($1, $2, $3)")
        .bind(expected.id)
        .bind(expected.version)
        .bind(&expected.title)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Some(saved))
}
