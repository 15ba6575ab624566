//! The pages of Diesel.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use etag_postgres::Cluster;
use recipes_client::pages::{self, Other};
use recipes_diesel::pages::{SCHEMA, router};

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session) {
    // To this driver, `localhost` would be one more server to try.
    let url = Cluster::shared().create_another_database().replacen("@localhost/", "@/", 1);
    let mut session = Session(AsyncPgConnection::establish(&url).await.unwrap());
    session.run(SCHEMA).await;
    let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(url);
    (router(Pool::builder(manager).max_size(10).build().unwrap()), session)
}

struct Session(AsyncPgConnection);

impl Other for Session {
    async fn run(&mut self, sql: &'static str) {
        self.0.batch_execute(sql).await.unwrap();
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
