//! Transactions on either database: the same statements, parameters and rows.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Postgres, Sqlite};

use super::{Result, Store};

/// A transaction that ends without a commit if it is dropped.
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// How often a write is begun that is given up for others.
const ATTEMPTS: u32 = 5;

impl Store {
    /// A transaction that sees the database as it is at one instant.
    pub(super) async fn read(&self) -> Result<Transaction> {
        Ok(match self {
            Store::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Store::Postgres(pool) => {
                Transaction::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A transaction for a write. On SQLite, there is one at a time. On PostgreSQL, every statement sees what has been
    /// committed before it, whatever the default of the database is; `locks` says what a write has to keep still. And no
    /// trigger waits for the commit, so that what is read back is what remains.
    pub(super) async fn write(&self) -> Result<Transaction> {
        Ok(match self {
            Store::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Store::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET CONSTRAINTS ALL IMMEDIATE")
                    .await?,
            ),
        })
    }
}

/// Makes a write again that the database has given up for others, a bounded number of times. Whether what the permit has
/// checked still holds is asked anew each time, so this ends in [`Error::Unavailable`](super::Error) or with an answer,
/// but never with a guess.
pub(super) async fn retried<T, F: Future<Output = Result<T>>>(write: impl Fn() -> F) -> Result<T> {
    let mut attempt = 1;
    loop {
        match write().await {
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => {
                tokio::time::sleep(Duration::from_millis(10 << attempt)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// A parameter of a statement; `$1` is the first.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Integer(i64),
    Text(&'a str),
    Time(DateTime<Utc>),
}

/// The parameters of a statement, in their order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::transaction::Value::from($value)),*] };
}
pub(super) use values;

/// What a row of either database can become.
pub(super) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// Binds the values, and runs the statement on the connection of whichever database it is.
macro_rules! run {
    ($transaction:ident, $statement:expr, $values:ident, $method:ident $(, $then:ident)?) => {
        match $transaction {
            Transaction::Sqlite(transaction) => run!(@ &mut **transaction, $statement, $values, $method $(, $then)?),
            Transaction::Postgres(transaction) => run!(@ &mut **transaction, $statement, $values, $method $(, $then)?),
        }
    };
    (@ $connection:expr, $statement:expr, $values:ident, $method:ident $(, $then:ident)?) => {
        $values
            .iter()
            .fold($statement, |statement, value| match *value {
                Value::Integer(value) => statement.bind(value),
                Value::Text(value) => statement.bind(value),
                Value::Time(value) => statement.bind(value),
            })
            .$method($connection)
            .await?
            $(.$then())?
    };
}

impl Store {
    /// All rows of the answer to one statement, which sees the database as it is at one instant without a transaction.
    pub(super) async fn ask<T: Row>(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<T>> {
        Ok(match self {
            Store::Sqlite(pool) => run!(@ pool, sqlx::query_as(sql), values, fetch_all),
            Store::Postgres(pool) => run!(@ pool, sqlx::query_as(sql), values, fetch_all),
        })
    }
}

impl Transaction {
    /// Makes it happen.
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Transaction::Sqlite(transaction) => transaction.commit().await?,
            Transaction::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// All rows of the answer.
    pub(super) async fn all<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<T>> {
        Ok(run!(self, sqlx::query_as(sql), values, fetch_all))
    }

    /// The only row of the answer.
    pub(super) async fn one<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<T> {
        Ok(run!(self, sqlx::query_as(sql), values, fetch_one))
    }

    /// The row of the answer, if there is one.
    pub(super) async fn optional<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<T>> {
        Ok(run!(self, sqlx::query_as(sql), values, fetch_optional))
    }

    /// Nothing but the effect.
    pub(super) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<()> {
        run!(self, sqlx::query(sql), values, execute, rows_affected);
        Ok(())
    }

    /// The effect of several statements without parameters.
    pub(super) async fn script(&mut self, sql: &'static str) -> Result<()> {
        match self {
            Transaction::Sqlite(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await?.rows_affected(),
            Transaction::Postgres(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await?.rows_affected(),
        };
        Ok(())
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Integer(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Value::Text(value)
    }
}

impl From<DateTime<Utc>> for Value<'_> {
    fn from(value: DateTime<Utc>) -> Self {
        Value::Time(value)
    }
}
