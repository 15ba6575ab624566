//! What if the state of one row includes that of another, which the write does not change?
//!
//! An article is shown with its author, and whoever replaces it has seen both: the tag has both versions, and so must the
//! statement. To compare the author is not enough, since it could change while the statement waits for the article:
//! `FOR SHARE` keeps it as it is until the article is written.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;
use crate::retry::retried;

/// Authors have versions of their own.
pub const SCHEMA: &str = "
    CREATE TABLE authors (
        id BIGINT PRIMARY KEY,
        name TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        author_id BIGINT NOT NULL REFERENCES authors,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    );";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Article {
    id: i64,
    title: String,
    #[etag(version)]
    version: i64,
    #[etag(related)]
    #[sqlx(flatten)]
    author: Author,
}

#[derive(Debug, Serialize, FromRow, ETag)]
struct Author {
    #[etag(content)]
    #[sqlx(rename = "author_id")]
    id: i64,
    #[sqlx(rename = "author_name")]
    name: String,
    #[etag(version)]
    #[sqlx(rename = "author_version")]
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
    // Whoever locks two rows can meet somebody who does so in the other order: then PostgreSQL gives up one of them.
    let saved = retried(|| update(&pool, &current, &draft)).await?;
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as(
        "SELECT articles.id, title, articles.version, \
         author_id, authors.name AS author_name, authors.version AS author_version \
         FROM articles JOIN authors ON authors.id = author_id WHERE articles.id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await
}

/// `None` if another writer was faster, be it with the article or with its author.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: &Draft) -> Result<Option<Article>, sqlx::Error> {
    sqlx::query_as(
        "WITH author AS (SELECT * FROM authors WHERE id = $4 AND version = $5 FOR SHARE) \
         UPDATE articles SET title = $1, version = articles.version + 1 FROM author \
         WHERE articles.id = $2 AND articles.version = $3 AND author_id = author.id \
         RETURNING articles.id, title, articles.version, \
         author_id, author.name AS author_name, author.version AS author_version",
    )
    .bind(&draft.title)
    .bind(expected.id)
    .bind(expected.version)
    .bind(expected.author.id)
    .bind(expected.author.version)
    .fetch_optional(pool)
    .await
}
