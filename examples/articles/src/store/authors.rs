//! Authors.

use etag_runtime::Guarded;

use super::transaction::{Transaction, retried, values};
use super::{Result, Store, now};
use crate::model::Author;

impl Store {
    /// The author with this id.
    pub(crate) async fn author(&self, id: i64) -> Result<Option<Author>> {
        find(&mut self.read().await?, id).await
    }

    /// Gives the author another name, unless somebody has changed `expected` in the meantime: `None`.
    pub(crate) async fn rename(&self, expected: &Guarded<Author>, name: &str) -> Result<Option<Author>> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            let matched = transaction
                .optional(
                    "UPDATE authors SET name = $1, version = version + 1, updated_at = $2 \
                     WHERE id = $3 AND version = $4 AND updated_at = $5 \
                     RETURNING id",
                    values![name, now(), expected.id, expected.version, expected.updated_at],
                )
                .await?;
            let Some((id,)) = matched else { return Ok(None) };
            let saved = find(&mut transaction, id).await?;
            transaction.commit().await?;
            Ok(saved)
        })
        .await
    }
}

async fn find(transaction: &mut Transaction, id: i64) -> Result<Option<Author>> {
    transaction.optional("SELECT id, name, version, updated_at FROM authors WHERE id = $1", values![id]).await
}
