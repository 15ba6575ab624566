//! The database. All SQL of this program is in this folder.
//!
//! ```text
//! DatabaseUrl ──open──▶ Store ──articles, authors, comments──▶ model
//! ```
//!
//! A write compares in its own statement what the permit has checked: the check and the write are one step, also for
//! writers on other servers. What a write returns was read back in its transaction, so that the tag of a response is
//! that of the next GET.

mod articles;
mod authors;
mod comments;
mod open;
mod seed;
mod url;

use std::fmt;

use chrono::{DateTime, SubsecRound, Utc};
use sqlx::SqlitePool;

pub(crate) use self::url::DatabaseUrl;

/// A handle to the database. Clones share its connections.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Closes the connections when the last query on each is done.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Why the database did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Error {
    /// The article names an author whom there is not.
    UnknownAuthor,
    /// Anything else: nothing that the client could mend.
    Database(sqlx::Error),
}

/// Without the prefixes of the driver: what is left is the sentence of the database.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnknownAuthor => f.write_str("there is no such author"),
            Error::Database(error) => match error.as_database_error() {
                Some(refused) => f.write_str(refused.message()),
                None => error.fmt(f),
            },
        }
    }
}

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// `author_id` is the only reference that a client chooses.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match error.as_database_error() {
            Some(refused) if refused.is_foreign_key_violation() => Error::UnknownAuthor,
            _ => Error::Database(error),
        }
    }
}

/// The time of a write, no finer than a column of any database keeps it.
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
