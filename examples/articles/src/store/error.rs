//! What a database says when it does not do what it was asked to, and what is to be made of it.

use std::fmt;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why the database did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Error {
    /// The article names an author whom there is not.
    UnknownAuthor,
    /// It cannot be reached, or others keep it busy: later, the same may succeed.
    Unavailable(sqlx::Error),
    /// Anything else: nothing that the client could mend.
    Database(sqlx::Error),
}

impl Error {
    /// Whether a transaction was given up for another one, and would succeed if it were begun again.
    pub(super) fn is_conflict(&self) -> bool {
        const SERIALIZATION_FAILURE: &str = "40001";
        const DEADLOCK_DETECTED: &str = "40P01";
        let (Error::Unavailable(error) | Error::Database(error)) = self else { return false };
        let state = error.as_database_error().and_then(sqlstate);
        state.is_some_and(|state| [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].contains(&state))
    }
}

/// Without the prefixes of the driver: what is left is the sentence of the database.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnknownAuthor => f.write_str("there is no such author"),
            Error::Unavailable(error) | Error::Database(error) => match error {
                sqlx::Error::Database(refused) => f.write_str(refused.message()),
                sqlx::Error::Io(error) => error.fmt(f),
                other => other.fmt(f),
            },
        }
    }
}

/// `author_id` is the only reference that a client chooses.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match &error {
            sqlx::Error::Database(refused) if refused.is_foreign_key_violation() => Error::UnknownAuthor,
            sqlx::Error::Database(refused) if is_passing(&**refused) => Error::Unavailable(error),
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Error::Unavailable(error),
            _ => Error::Database(error),
        }
    }
}

/// Whether the database refuses for a reason that passes.
fn is_passing(refused: &dyn DatabaseError) -> bool {
    match sqlstate(refused) {
        // Connections, transactions given up for others, resources, locks, and shutdown: the classes of SQLSTATE.
        Some(state) => ["08", "40", "53", "55P03", "57"].iter().any(|class| state.starts_with(class)),
        None => is_busy(refused),
    }
}

/// Whether the code is `SQLITE_BUSY`, in whatever extended form.
pub(super) fn is_busy(refused: &dyn DatabaseError) -> bool {
    let code = refused.code().and_then(|code| code.parse::<u32>().ok());
    sqlstate(refused).is_none() && code.is_some_and(|code| code & 0xff == 5)
}

/// The code of PostgreSQL: five characters, of which the first two are a class.
fn sqlstate(refused: &dyn DatabaseError) -> Option<&str> {
    Some(refused.try_downcast_ref::<PgDatabaseError>()?.code())
}
