//! How is a transaction repeated that the database has given up for another one?

use std::time::Duration;

use sqlx::error::DatabaseError;

/// How often a transaction is begun before the client is told to come back later (`503`, in [`error`](mod@crate::error)).
pub const ATTEMPTS: u32 = 5;

/// Runs `transaction` again as long as it fails for others, a bounded number of times.
///
/// It has to be the whole transaction with everything that it reads: what was read before is not known to hold any longer. To
/// answer `412` instead would be a guess, and the client would merge with what has not changed.
///
/// # Errors
///
/// That of the last attempt.
pub async fn retried<T, F>(transaction: impl Fn() -> F) -> Result<T, sqlx::Error>
where
    F: Future<Output = Result<T, sqlx::Error>>,
{
    let mut attempt = 1;
    loop {
        match transaction().await {
            Err(error) if was_given_up(&error) && attempt < ATTEMPTS => {
                tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// Whether PostgreSQL has rolled the transaction back, and it would succeed if it ran alone. That a connection was lost is
/// none of these: the transaction may have been committed.
fn was_given_up(error: &sqlx::Error) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == SERIALIZATION_FAILURE || code == DEADLOCK_DETECTED)
}
