//! Connections to PostgreSQL.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};

use super::{Error, Result};

/// How long a writer waits for another one, and a request for a connection or for the server to come back.
const BUSY: Duration = Duration::from_secs(10);

const CONNECTIONS: u32 = 8;

/// Connects to a database that is there.
pub(super) async fn connect(options: PgConnectOptions) -> Result<PgPool> {
    let options = options.options([
        ("lock_timeout", format!("{}ms", BUSY.as_millis())),
        // It would be a notice at every start that the tables are there.
        ("client_min_messages", "warning".to_owned()),
    ]);
    // A pool hides why it cannot connect, and keeps trying. At the start, somebody is there to read the reason.
    let first = tokio::time::timeout(BUSY, options.connect()).await;
    first.map_err(|_| Error::Unavailable(sqlx::Error::PoolTimedOut))??.close().await?;
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(BUSY);
    Ok(pool.connect_with(options).await?)
}
