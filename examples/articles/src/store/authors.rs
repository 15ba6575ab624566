//! Authors.

use super::{Result, Store, now};
use crate::model::Author;

impl Store {
    /// The author with this id.
    pub(crate) async fn author(&self, id: i64) -> Result<Option<Author>> {
        Ok(sqlx::query_as("SELECT id, name, version, updated_at FROM authors WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Gives the author another name, unless somebody has changed `expected` in the meantime: `None`.
    pub(crate) async fn rename(&self, expected: &Author, name: &str) -> Result<Option<Author>> {
        Ok(sqlx::query_as(
            "UPDATE authors SET name = $1, version = version + 1, updated_at = $2 \
             WHERE id = $3 AND version = $4 AND updated_at = $5 \
             RETURNING id, name, version, updated_at",
        )
        .bind(name)
        .bind(now())
        .bind(expected.id)
        .bind(expected.version)
        .bind(expected.updated_at)
        .fetch_optional(&self.pool)
        .await?)
    }
}
