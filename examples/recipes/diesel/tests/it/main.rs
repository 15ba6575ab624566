//! The pages of Diesel.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use etag_postgres::Cluster;
use recipes_client::pages::Other;
use recipes_diesel::pages::{SCHEMA, router};

recipes_client::page_tests!(fresh);

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
