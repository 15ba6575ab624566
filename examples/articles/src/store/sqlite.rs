//! Connections to SQLite.

use std::time::{Duration, Instant};

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::Result;
use super::error::is_busy;

/// How long a writer waits for another one, in this process or elsewhere.
const BUSY: Duration = Duration::from_secs(10);

/// Readers of a file do not wait for anybody, but only one connection writes at a time.
const CONNECTIONS: u32 = 8;

/// Opens a database in memory, or a file, which is created if it is missing.
pub(super) async fn connect(options: SqliteConnectOptions, in_memory: bool) -> Result<SqlitePool> {
    let options = options.foreign_keys(true).busy_timeout(BUSY);
    if in_memory {
        // The database is as old as its connection, so there is one, and it is never replaced.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        return Ok(pool.connect_with(options.shared_cache(false)).await?);
    }
    let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS);
    let pool = pool.connect_with(options.create_if_missing(true)).await?;
    keep_a_log(&pool).await?;
    Ok(pool)
}

/// Switches the file to a write-ahead log, with which readers and a writer do not wait for each other. It stays so.
async fn keep_a_log(pool: &SqlitePool) -> Result<()> {
    let begin = Instant::now();
    loop {
        match sqlx::query("PRAGMA journal_mode = WAL").execute(pool).await {
            // For this one statement SQLite does not wait, if another server is about to do the same.
            Err(sqlx::Error::Database(refused)) if is_busy(&*refused) && begin.elapsed() < BUSY => {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            result => return Ok(result.map(drop)?),
        }
    }
}
