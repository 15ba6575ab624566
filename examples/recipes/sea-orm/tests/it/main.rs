//! The pages of SeaORM.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use etag_postgres::Cluster;
use recipes_client::pages::{self, Other};
use recipes_sea_orm::pages::{SCHEMA, router};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session) {
    let url = Cluster::shared().create_another_database();
    let mut session = Session(connect(&url, 1).await);
    session.run(SCHEMA).await;
    (router(connect(&url, 10).await), session)
}

async fn connect(url: &str, connections: u32) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// A pool of one connection, so that a transaction may be several calls.
struct Session(DatabaseConnection);

impl Other for Session {
    async fn run(&mut self, sql: &'static str) {
        self.0.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn in_turns() {
    pages::in_turns(&fresh().await.0).await;
}

#[tokio::test]
async fn created_again() {
    pages::created_again(&fresh().await.0).await;
}

#[tokio::test]
async fn overtaken_creation() {
    let (app, other) = fresh().await;
    pages::overtaken_creation(&app, other).await;
}

#[tokio::test]
async fn overtaken_replacement() {
    let (app, other) = fresh().await;
    pages::overtaken_replacement(&app, other).await;
}

#[tokio::test]
async fn overtaken_by_another_page() {
    let (app, other) = fresh().await;
    pages::overtaken_by_another_page(&app, other).await;
}

#[tokio::test]
async fn overtaken_by_a_deletion() {
    let (app, other) = fresh().await;
    pages::overtaken_by_a_deletion(&app, other).await;
}

#[tokio::test]
async fn overtaken_deletion() {
    let (app, other) = fresh().await;
    pages::overtaken_deletion(&app, other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_hundred_creates() {
    pages::one_of_a_hundred_creates(&fresh().await.0).await;
}

#[tokio::test]
async fn no_further_version() {
    let (app, other) = fresh().await;
    pages::no_further_version(&app, other).await;
}

#[tokio::test]
async fn unusable_bodies() {
    pages::unusable_bodies(&fresh().await.0).await;
}
