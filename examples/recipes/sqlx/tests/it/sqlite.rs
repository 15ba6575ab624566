//! The same with SQLite.

use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use http::StatusCode;
use http::header::RETRY_AFTER;
use recipes_client::Ask;
use recipes_sqlx::sqlite::{SCHEMA, router};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Sqlite, SqlitePool, raw_sql};

use crate::database::Session;

recipes_client::page_tests! {
    fresh:
    in_turns,
    created_again,
    overtaken_creation,
    overtaken_replacement,
    overtaken_by_another_page,
    overtaken_by_a_deletion,
    one_of_a_hundred_creates,
    no_further_version,
}

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session<Sqlite>) {
    let (app, pool) = database().await;
    (app, Session(pool.acquire().await.unwrap()))
}

/// An empty database in a folder that goes with the application.
async fn database() -> (Router, SqlitePool) {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("pages.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let pool = SqlitePoolOptions::new().max_connections(10).connect_with(options).await.unwrap();
    raw_sql(SCHEMA).execute(&pool).await.unwrap();
    (router(pool.clone()).layer(Extension(Arc::new(folder))), pool)
}

#[tokio::test]
async fn a_database_that_stays_busy_is_no_lost_race() {
    let (_app, pool) = database().await;
    let impatient = (*pool.connect_options()).clone().busy_timeout(Duration::from_millis(100));
    let app = router(SqlitePool::connect_with(impatient).await.unwrap());
    let path = "/pages/home";
    let put = Ask::put(path).if_none_match("*").json(&json!({ "title": "One" })).of(&app).await;
    let seen = put.is(StatusCode::CREATED).tag();
    let mut other = pool.acquire().await.unwrap();
    raw_sql("BEGIN IMMEDIATE").execute(&mut *other).await.unwrap();
    let put = || Ask::put(path).if_match(&seen).json(&json!({ "title": "Two" }));
    let busy = put().of(&app).await;
    busy.problem(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(busy.field(&RETRY_AFTER), "1");
    Ask::delete(path).if_match(&seen).of(&app).await.problem(StatusCode::SERVICE_UNAVAILABLE);
    raw_sql("ROLLBACK").execute(&mut *other).await.unwrap();
    put().of(&app).await.expect(StatusCode::OK);
}
