//! What if there are rows below the one that a writer has seen, and none of them may change unseen?
//!
//! Whoever writes a line moves the version of its order, in the same transaction and before anything else: that is the comparison
//! and the lock at once, for any number of lines. The version then speaks for the lines, which need no role. To hash the lines as
//! well (`related`) would be another tag for the same states, and every write would have to compare all of them.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// A trigger on `lines` would move the order for whoever writes lines past this program; then nothing here may do it too.
pub const SCHEMA: &str = "
    CREATE TABLE orders (
        id BIGINT PRIMARY KEY,
        version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE lines (
        order_id BIGINT NOT NULL REFERENCES orders,
        sku TEXT NOT NULL,
        quantity BIGINT NOT NULL,
        PRIMARY KEY (order_id, sku)
    );";

#[derive(Debug, Serialize, ETag)]
struct Order {
    id: i64,
    #[etag(version)]
    version: i64,
    lines: Vec<Line>,
}

/// No entity of its own: it has no tag, and is changed through its order.
#[derive(Debug, Serialize, Deserialize, FromRow)]
struct Line {
    sku: String,
    quantity: i64,
}

/// `GET /orders/{id}`, and `PATCH` with one line that is added or replaced.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/orders/{id}", get(show).patch(set_line)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Order>, Error> {
    let order = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(order))
}

async fn set_line(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Line>>,
) -> Result<Conditional<Order>, Error> {
    let current = preconditions.guard(find(&pool, id).await?)?;
    let Json(line) = body.extract().await?;
    let saved = upsert_line(&pool, &current, &line).await?;
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

/// `None` if another writer was faster, be it with the order or with any of its lines.
async fn upsert_line(pool: &PgPool, expected: &Guarded<Order>, line: &Line) -> Result<Option<Order>, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    let version =
        sqlx::query_scalar("UPDATE orders SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING version")
            .bind(expected.id)
            .bind(expected.version)
            .fetch_optional(&mut *transaction)
            .await?;
    let Some(version) = version else { return Ok(None) };
    sqlx::query(
        "INSERT INTO lines VALUES ($1, $2, $3) ON CONFLICT (order_id, sku) DO UPDATE SET quantity = EXCLUDED.quantity",
    )
    .bind(expected.id)
    .bind(&line.sku)
    .bind(line.quantity)
    .execute(&mut *transaction)
    .await?;
    // Nobody else can write lines of this order now, so that these are those of this version.
    let lines = sqlx::query_as("SELECT sku, quantity FROM lines WHERE order_id = $1 ORDER BY sku")
        .bind(expected.id)
        .fetch_all(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Some(Order { id: expected.id, version, lines }))
}

/// The order and its lines as of one instant: under `READ COMMITTED`, two statements would see two.
async fn find(pool: &PgPool, id: i64) -> Result<Option<Order>, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let version = sqlx::query_scalar("SELECT version FROM orders WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some(version) = version else { return Ok(None) };
    let lines = sqlx::query_as("SELECT sku, quantity FROM lines WHERE order_id = $1 ORDER BY sku")
        .bind(id)
        .fetch_all(&mut *transaction)
        .await?;
    Ok(Some(Order { id, version, lines }))
}
