//! The comments of articles.

use etag_runtime::Guarded;

use super::transaction::{Transaction, retried, values};
use super::{Result, Store};
use crate::model::{Article, Comment};

impl Store {
    /// Adds a comment to the article, unless somebody has changed or deleted `expected` in the meantime: `None`.
    pub(crate) async fn comment(&self, expected: &Guarded<Article>, text: &str) -> Result<Option<Comment>> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            transaction.hold(expected).await?;
            let inserted = transaction
                .optional(
                    "INSERT INTO comments (article_id, text, version) \
                     SELECT articles.id, $1, 1 \
                     FROM articles JOIN authors ON authors.id = articles.author_id \
                     WHERE articles.id = $2 AND articles.version = $3 AND articles.updated_at = $4 \
                     AND authors.id = $5 AND authors.version = $6 AND authors.updated_at = $7 \
                     RETURNING id",
                    values![
                        text,
                        expected.id,
                        expected.version,
                        expected.updated_at,
                        expected.author.id,
                        expected.author.version,
                        expected.author.updated_at,
                    ],
                )
                .await?;
            let Some((id,)) = inserted else { return Ok(None) };
            let saved = find(&mut transaction, id).await?;
            transaction.commit().await?;
            Ok(saved)
        })
        .await
    }
}

async fn find(transaction: &mut Transaction, id: i64) -> Result<Option<Comment>> {
    transaction.optional("SELECT id, text, version FROM comments WHERE id = $1", values![id]).await
}

/// The comments of one article, the oldest first.
pub(super) async fn of_article(transaction: &mut Transaction, article_id: i64) -> Result<Vec<Comment>> {
    let sql = "SELECT id, text, version FROM comments WHERE article_id = $1 ORDER BY id";
    transaction.all(sql, values![article_id]).await
}

/// A comment and the article it belongs to.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) article_id: i64,
    #[sqlx(flatten)]
    pub(super) comment: Comment,
}

/// The comments of all articles between two ids, article by article.
pub(super) async fn of_articles(transaction: &mut Transaction, first: i64, last: i64) -> Result<Vec<Row>> {
    let sql = "SELECT article_id, id, text, version FROM comments \
               WHERE article_id BETWEEN $1 AND $2 ORDER BY article_id, id";
    transaction.all(sql, values![first, last]).await
}
