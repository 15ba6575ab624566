//! `DELETE … WHERE version = …`, and what has the same address later.

use axum::Router;
use recipes_sqlx::delete::{SCHEMA, router};
use sqlx::Postgres;

use crate::database::{Session, postgres};

recipes_client::page_tests!(fresh);

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session<Postgres>) {
    let pool = postgres(SCHEMA).await;
    (router(pool.clone()), Session(pool.acquire().await.unwrap()))
}
