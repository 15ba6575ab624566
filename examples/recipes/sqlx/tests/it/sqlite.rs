//! The same with SQLite.

use std::time::Duration;

use axum::Router;
use http::StatusCode;
use http::header::RETRY_AFTER;
use recipes_client::{Ask, pages};
use recipes_sqlx::sqlite::{SCHEMA, router};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{SqlitePool, raw_sql};
use tempfile::TempDir;

use crate::database::Session;

/// An empty database in a folder that goes with the test.
async fn fresh() -> (TempDir, Router, SqlitePool) {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("pages.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let pool = SqlitePoolOptions::new().max_connections(10).connect_with(options).await.unwrap();
    raw_sql(SCHEMA).execute(&pool).await.unwrap();
    (folder, router(pool.clone()), pool)
}

#[tokio::test]
async fn in_turns() {
    let (_folder, app, _) = fresh().await;
    pages::in_turns(&app).await;
}

#[tokio::test]
async fn created_again() {
    let (_folder, app, _) = fresh().await;
    pages::created_again(&app).await;
}

#[tokio::test]
async fn overtaken_creation() {
    let (_folder, app, pool) = fresh().await;
    pages::overtaken_creation(&app, Session(pool.acquire().await.unwrap())).await;
}

#[tokio::test]
async fn overtaken_replacement() {
    let (_folder, app, pool) = fresh().await;
    pages::overtaken_replacement(&app, Session(pool.acquire().await.unwrap())).await;
}

#[tokio::test]
async fn overtaken_by_another_page() {
    let (_folder, app, pool) = fresh().await;
    pages::overtaken_by_another_page(&app, Session(pool.acquire().await.unwrap())).await;
}

#[tokio::test]
async fn overtaken_by_a_deletion() {
    let (_folder, app, pool) = fresh().await;
    pages::overtaken_by_a_deletion(&app, Session(pool.acquire().await.unwrap())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_hundred_creates() {
    let (_folder, app, _) = fresh().await;
    pages::one_of_a_hundred_creates(&app).await;
}

#[tokio::test]
async fn no_further_version() {
    let (_folder, app, pool) = fresh().await;
    pages::no_further_version(&app, Session(pool.acquire().await.unwrap())).await;
}

#[tokio::test]
async fn a_database_that_stays_busy_is_no_lost_race() {
    let (_folder, _, pool) = fresh().await;
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
