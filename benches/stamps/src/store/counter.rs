//! Counts what a request asks of the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::database::Database;
use sqlx::query::{Query, QueryAs};
use sqlx::{Executor, FromRow, IntoArguments};

/// Statements and rows, since the last time that somebody asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter(Arc<[AtomicU64; 2]>);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Usage {
    pub(crate) statements: u64,
    pub(crate) rows: u64,
}

impl Counter {
    pub(crate) fn take(&self) -> Usage {
        let [statements, rows] = &*self.0;
        Usage { statements: statements.swap(0, Ordering::Relaxed), rows: rows.swap(0, Ordering::Relaxed) }
    }

    /// The statements that begin a transaction and end it.
    pub(crate) fn add_boundaries(&self) {
        self.0[0].fetch_add(2, Ordering::Relaxed);
    }

    fn add(&self, rows: usize) {
        self.0[0].fetch_add(1, Ordering::Relaxed);
        self.0[1].fetch_add(rows as u64, Ordering::Relaxed);
    }

    pub(crate) async fn one<'q, D, T, A>(
        &self,
        query: QueryAs<'q, D, T, A>,
        executor: impl Executor<'q, Database = D>,
    ) -> sqlx::Result<T>
    where
        D: Database,
        T: Send + Unpin + for<'r> FromRow<'r, D::Row> + 'q,
        A: IntoArguments<D> + 'q,
    {
        let row = query.fetch_one(executor).await?;
        self.add(1);
        Ok(row)
    }

    pub(crate) async fn rows<'q, D: Database>(
        &self,
        query: Query<'q, D, D::Arguments>,
        executor: impl Executor<'q, Database = D>,
    ) -> sqlx::Result<Vec<D::Row>>
    where
        D::Arguments: IntoArguments<D>,
    {
        let rows = query.fetch_all(executor).await?;
        self.add(rows.len());
        Ok(rows)
    }

    pub(crate) async fn all<'q, D, T, A>(
        &self,
        query: QueryAs<'q, D, T, A>,
        executor: impl Executor<'q, Database = D>,
    ) -> sqlx::Result<Vec<T>>
    where
        D: Database,
        T: Send + Unpin + for<'r> FromRow<'r, D::Row> + 'q,
        A: IntoArguments<D> + 'q,
    {
        let rows = query.fetch_all(executor).await?;
        self.add(rows.len());
        Ok(rows)
    }
}
