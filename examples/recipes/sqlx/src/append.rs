//! How is something added to a collection only if that is still the one the client has seen?
//!
//! A collection has no row to compare. It is read once more in the transaction that inserts, and `SERIALIZABLE` promises that
//! nobody else has added to it when that ends: PostgreSQL gives up one of two that cannot have come one after the other. That
//! may be one that would not have been in the way at all, so it is no lost race: the transaction is repeated, and with it the
//! comparison.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgPool};

use crate::error::Error;
use crate::retry::retried;

/// Everybody who writes to this table has to do so in `SERIALIZABLE` transactions.
pub const SCHEMA: &str = "
    CREATE TABLE entries (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        list BIGINT NOT NULL,
        text TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Entry {
    #[etag(content)]
    id: i64,
    text: String,
    #[etag(version)]
    version: i64,
}

/// A list that is empty is no list that does not exist.
#[derive(Debug, Serialize, ETag)]
#[serde(transparent)]
struct List {
    #[etag(related)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Draft {
    text: String,
}

/// `GET` and `POST /lists/{list}/entries`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/lists/{list}/entries", get(show).post(append)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(list): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<List>, Error> {
    Ok(preconditions.respond(find(&mut *pool.acquire().await?, list).await?))
}

async fn append(
    State(pool): State<PgPool>,
    Path(list): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Entry>, Error> {
    let current = preconditions.guard(Some(find(&mut *pool.acquire().await?, list).await?))?;
    let Json(draft) = body.extract().await?;
    match retried(|| insert(&pool, list, &current, &draft)).await? {
        Some(added) => {
            let location = format!("/lists/{list}/entries/{}", added.id);
            Ok(current.commit_appended(Some(added))?.created(&location))
        }
        // With the tag of what has become of the list.
        None => Err(current.superseded(Some(find(&mut *pool.acquire().await?, list).await?)).into()),
    }
}

/// `None` if the list is no longer the one that was checked.
async fn insert(
    pool: &PgPool,
    list: i64,
    expected: &Guarded<List>,
    draft: &Draft,
) -> Result<Option<Entry>, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE").await?;
    if find(&mut transaction, list).await?.etag() != expected.etag() {
        return Ok(None);
    }
    let added = sqlx::query_as("INSERT INTO entries (list, text) VALUES ($1, $2) RETURNING id, text, version")
        .bind(list)
        .bind(&draft.text)
        .fetch_one(&mut *transaction)
        .await?;
    // This, too, may say that the transaction was given up.
    transaction.commit().await?;
    Ok(Some(added))
}

async fn find(connection: &mut PgConnection, list: i64) -> Result<List, sqlx::Error> {
    let entries = sqlx::query_as("SELECT id, text, version FROM entries WHERE list = $1 ORDER BY id")
        .bind(list)
        .fetch_all(connection)
        .await?;
    Ok(List { entries })
}
