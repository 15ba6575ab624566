//! What if the column keeps a date less exactly than the clock tells it?
//!
//! The tag of a write is that of the next `GET` if both come from the database: `RETURNING`. A date that the program has kept in
//! memory is another one, to the nanosecond. `precision` rounds towards the past, as HTTP does; PostgreSQL rounds to the
//! nearest, so that `TIMESTAMPTZ(0)` could hold a second that has not come yet, and the response would have no `Last-Modified`
//! until it has. What is cut before it is stored fits all three.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use chrono::{DateTime, SubsecRound as _, Utc};
use etag_runtime::{Conditional, ETag, ForWrite, Preconditions, Rejected, StrongETag};
use serde::Serialize;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgPool};

use crate::error::Error;

/// The same with three precisions. Six digits are what PostgreSQL keeps unless told otherwise.
pub const SCHEMA: &str = "
    CREATE TABLE seconds (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, updated_at TIMESTAMPTZ(0) NOT NULL);
    CREATE TABLE millis (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, updated_at TIMESTAMPTZ(3) NOT NULL);
    CREATE TABLE micros (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, updated_at TIMESTAMPTZ NOT NULL);";

#[derive(Debug, Serialize, FromRow, ETag)]
struct Seconds {
    #[etag(version)]
    version: i64,
    #[etag(timestamp, precision = "seconds")]
    updated_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, FromRow, ETag)]
struct Millis {
    #[etag(version)]
    version: i64,
    #[etag(timestamp, precision = "millis")]
    updated_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, FromRow, ETag)]
struct Micros {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: DateTime<Utc>,
}

/// `GET` and `PUT /seconds/{id}`, `/millis/{id}` and `/micros/{id}`. The `PUT` only sets the date.
pub fn router(pool: PgPool) -> Router {
    Router::new()
        .route("/seconds/{id}", get(show::<Seconds>).put(touch::<Seconds>))
        .route("/millis/{id}", get(show::<Millis>).put(touch::<Millis>))
        .route("/micros/{id}", get(show::<Micros>).put(touch::<Micros>))
        .with_state(pool)
}

/// What the three differ in.
trait Dated: StrongETag + Serialize + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {
    const DIGITS: u16;
    const SELECT: &str;
    const UPDATE: &str;
    fn version(&self) -> i64;
}

macro_rules! dated {
    ($model:ty, $table:literal, $digits:literal) => {
        impl Dated for $model {
            const DIGITS: u16 = $digits;
            const SELECT: &str = concat!("SELECT * FROM ", $table, " WHERE id = $1");
            const UPDATE: &str = concat!(
                "UPDATE ",
                $table,
                " SET version = version + 1, updated_at = $1 ",
                "WHERE id = $2 AND version = $3 RETURNING *"
            );
            fn version(&self) -> i64 {
                self.version
            }
        }
    };
}
dated!(Seconds, "seconds", 0);
dated!(Millis, "millis", 3);
dated!(Micros, "micros", 6);

async fn show<N: Dated>(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<N>, Error> {
    let note = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(note))
}

async fn touch<N: Dated>(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
) -> Result<Conditional<N>, Error> {
    let current = preconditions.guard(find::<N>(&pool, id).await?)?;
    let saved = sqlx::query_as(N::UPDATE)
        .bind(Utc::now().trunc_subsecs(N::DIGITS))
        .bind(id)
        .bind(current.version())
        .fetch_optional(&pool)
        .await?;
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

async fn find<N: Dated>(pool: &PgPool, id: i64) -> Result<Option<N>, sqlx::Error> {
    sqlx::query_as(N::SELECT).bind(id).fetch_optional(pool).await
}
