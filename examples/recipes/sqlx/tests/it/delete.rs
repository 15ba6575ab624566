//! `DELETE … WHERE version = …`, and what has the same address later.

use axum::Router;
use recipes_sqlx::delete::{SCHEMA, router};
use sqlx::Postgres;

use crate::database::{Session, postgres};

recipes_client::page_tests! {
    fresh:
    in_turns,
    created_again,
    overtaken_creation,
    overtaken_replacement,
    overtaken_by_another_page,
    overtaken_by_a_deletion,
    overtaken_deletion,
    one_of_a_hundred_creates,
    no_further_version,
    unusable_bodies,
}

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session<Postgres>) {
    let pool = postgres(SCHEMA).await;
    (router(pool.clone()), Session(pool.acquire().await.unwrap()))
}
