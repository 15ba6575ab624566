//! Opening the database: connections, tables, and something to read if there is nothing yet.

use std::time::{Duration, Instant};

use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

use super::{DatabaseUrl, Result, Store, seed};

/// How long a writer waits for another one, in this process or elsewhere.
const BUSY: Duration = Duration::from_secs(10);

/// Readers of a file do not wait for anybody, but only one connection writes at a time.
const CONNECTIONS: u32 = 8;

impl Store {
    /// Opens the database, creates its tables where they are missing, and seeds it if it has no articles.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Store> {
        let options = url.options.clone().foreign_keys(true).busy_timeout(BUSY);
        let pool = if url.in_memory {
            // The database is as old as its connection, so there is one, and it is never replaced.
            SqlitePoolOptions::new()
                .max_connections(1)
                .idle_timeout(None)
                .max_lifetime(None)
                .connect_with(options.shared_cache(false))
                .await?
        } else {
            let options = options.create_if_missing(true);
            let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await?;
            keep_a_log(&pool).await?;
            pool
        };
        // IMMEDIATE: of two servers that start on one file, the second waits, and then finds what the first has made.
        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&mut *transaction).await?;
        seed::fill(&mut transaction).await?;
        transaction.commit().await?;
        Ok(Store { pool })
    }
}

/// Switches the file to a write-ahead log, with which readers and a writer do not wait for each other. It stays so.
async fn keep_a_log(pool: &SqlitePool) -> Result<()> {
    let begin = Instant::now();
    loop {
        match sqlx::query("PRAGMA journal_mode = WAL").execute(pool).await {
            // For this one statement SQLite does not wait, if another server is about to do the same.
            Err(error) if is_busy(&error) && begin.elapsed() < BUSY => {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            result => return Ok(result.map(drop)?),
        }
    }
}

/// Whether the code is `SQLITE_BUSY`, in whatever extended form.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|refused| refused.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As several servers would, only closer together.
    #[tokio::test(flavor = "multi_thread", worker_threads = 8)]
    async fn at_once() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..30 {
            let path = folder.path().join(format!("{round}.db"));
            let url: DatabaseUrl = format!("sqlite:{}", path.display()).parse().unwrap();
            let mut servers = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let url = url.clone();
                servers.spawn(async move { Store::open(&url).await.map_err(|error| error.to_string()) });
            }
            for store in servers.join_all().await {
                assert_eq!(store.unwrap().page(1, 20).await.unwrap().total, 3, "round {round}");
            }
        }
    }
}
