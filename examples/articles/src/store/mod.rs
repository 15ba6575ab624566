//! The database. All SQL of this program is in this folder, and almost all of it is for SQLite and PostgreSQL alike.
//!
//! ```text
//! DatabaseUrl ──open──▶ Store ──articles, authors, comments──▶ model
//!                         ├─stamps──────────────────────────▶ what decides its tag
//!                         └─transaction─ locks ─▶ SQLite, PostgreSQL
//! ```
//!
//! A write asks for a permit, which only preconditions give, and compares in its own statement what the permit has checked:
//! the check and the write are one step, also for writers on other servers. What a write returns was read back in its
//! transaction, so that the tag of a response is that of the next GET.

mod articles;
mod authors;
mod comments;
mod error;
mod locks;
mod open;
mod postgres;
mod seed;
mod sqlite;
mod stamps;
mod transaction;
mod url;

use chrono::{DateTime, SubsecRound, Utc};
use sqlx::{PgPool, SqlitePool};

pub(crate) use self::error::Error;
use self::error::Result;
pub(crate) use self::url::DatabaseUrl;

/// A handle to the database. Clones share its connections.
#[derive(Debug, Clone)]
pub(crate) enum Store {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Store {
    /// Closes the connections when the last query on each is done.
    pub(crate) async fn close(&self) {
        match self {
            Store::Sqlite(pool) => pool.close().await,
            Store::Postgres(pool) => pool.close().await,
        }
    }
}

/// The time of a write, no finer than a column of any database keeps it.
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
