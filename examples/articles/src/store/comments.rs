//! Comments: written one by one, read with their articles.

use sqlx::SqliteConnection;

use super::{Result, Store, now};
use crate::model::{Article, Comment};

impl Store {
    /// Adds a comment to the article, unless somebody has changed or deleted `expected` in the meantime: `None`.
    pub(crate) async fn comment(&self, expected: &Article, text: &str) -> Result<Option<Comment>> {
        Ok(sqlx::query_as(
            "INSERT INTO comments (article_id, text, version, updated_at) \
             SELECT articles.id, $1, 1, $2 \
             FROM articles JOIN authors ON authors.id = articles.author_id \
             WHERE articles.id = $3 AND articles.version = $4 AND articles.updated_at = $5 \
             AND authors.version = $6 AND authors.updated_at = $7 \
             RETURNING id, text, version, updated_at",
        )
        .bind(text)
        .bind(now())
        .bind(expected.id)
        .bind(expected.version)
        .bind(expected.updated_at)
        .bind(expected.author.version)
        .bind(expected.author.updated_at)
        .fetch_optional(&self.pool)
        .await?)
    }
}

/// The comments of one article, the oldest first.
pub(super) async fn of_article(connection: &mut SqliteConnection, article_id: i64) -> Result<Vec<Comment>> {
    Ok(sqlx::query_as("SELECT id, text, version, updated_at FROM comments WHERE article_id = $1 ORDER BY id")
        .bind(article_id)
        .fetch_all(connection)
        .await?)
}

/// A comment and the article it belongs to.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) article_id: i64,
    #[sqlx(flatten)]
    pub(super) comment: Comment,
}

/// The comments of all articles between two ids, article by article.
pub(super) async fn of_articles(connection: &mut SqliteConnection, first: i64, last: i64) -> Result<Vec<Row>> {
    Ok(sqlx::query_as(
        "SELECT article_id, id, text, version, updated_at FROM comments \
         WHERE article_id BETWEEN $1 AND $2 ORDER BY article_id, id",
    )
    .bind(first)
    .bind(last)
    .fetch_all(connection)
    .await?)
}
