//! The pages of SeaORM.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use etag_postgres::Cluster;
use recipes_client::pages::Other;
use recipes_sea_orm::pages::{SCHEMA, router};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};

recipes_client::page_tests!(fresh);

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
