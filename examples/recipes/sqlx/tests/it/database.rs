//! A database for one test.

use std::time::Duration;

use etag_postgres::Cluster;
use recipes_client::pages::Other;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPoolOptions;
use sqlx::{Database, PgPool, Postgres, Sqlite, raw_sql};
use tokio::time::{sleep, timeout};

/// How long something may take that always happens.
const PATIENCE: Duration = Duration::from_secs(20);

/// An empty PostgreSQL database with this schema.
pub(crate) async fn postgres(schema: &'static str) -> PgPool {
    let pool = postgres_of(10).await;
    run(&pool, schema).await;
    pool
}

/// An empty PostgreSQL database, and at most this many connections to it.
pub(crate) async fn postgres_of(connections: u32) -> PgPool {
    let url = Cluster::shared().create_another_database();
    PgPoolOptions::new().max_connections(connections).connect(&url).await.unwrap()
}

/// Any statements, as another program would run them.
pub(crate) async fn run(pool: &PgPool, sql: &'static str) {
    raw_sql(sql).execute(pool).await.unwrap();
}

/// The same, later: for a body that comes after it.
pub(crate) fn running(pool: &PgPool, sql: &'static str) -> impl Future<Output = ()> + Send + 'static {
    let pool = pool.clone();
    async move { run(&pool, sql).await }
}

/// Another program, over one connection.
pub(crate) struct Session<D: Database>(pub(crate) PoolConnection<D>);

/// A number.
pub(crate) async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// Returns when a statement waits for a lock that somebody else has.
pub(crate) async fn until_one_waits(pool: &PgPool) {
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let wait = async {
        while number(pool, waiting).await == 0 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, wait).await.expect("nobody waits");
}

macro_rules! other {
    ($database:ty) => {
        impl Other for Session<$database> {
            async fn run(&mut self, sql: &'static str) {
                raw_sql(sql).execute(&mut *self.0).await.unwrap();
            }
        }
    };
}
other!(Postgres);
other!(Sqlite);
