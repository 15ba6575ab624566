//! Articles, each with its author and its comments.
//!
//! The state of an article is its row and that of its author, so a write compares both, and keeps still the one that it
//! does not change.

use chrono::{DateTime, Utc};
use etag_runtime::{ETag as _, Guarded, Tagged, Vacant};

use super::transaction::{Transaction, retried, values};
use super::{Error, Result, Store, comments, now};
use crate::input::{Draft, Part};
use crate::model::{Article, Author, Comment, Page};

/// A query for articles with their authors; the argument is what follows the tables.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT articles.id, articles.title, articles.body, articles.version, articles.updated_at, ",
            "authors.id AS author_id, authors.name AS author_name, authors.version AS author_version, ",
            "authors.updated_at AS author_updated_at ",
            "FROM articles JOIN authors ON authors.id = articles.author_id ",
            $tail
        )
    };
}

impl Store {
    /// The article with this id.
    pub(crate) async fn article(&self, id: i64) -> Result<Option<Article>> {
        find(&mut self.read().await?, id).await
    }

    /// One page of the articles.
    pub(crate) async fn page(&self, part: Part) -> Result<Page> {
        find_page(&mut self.read().await?, part).await
    }

    /// A new article with an id of the database's choice.
    pub(crate) async fn create(&self, _: &Vacant<Article>, draft: &Draft) -> Result<Article> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            let mut created = insert(&mut transaction, draft).await?;
            if created.is_none() {
                // Nothing was written, but the next lock is for a transaction that has not tried to.
                transaction.commit().await?;
                transaction = self.write().await?;
                created = insert_beyond_all(&mut transaction, draft).await?;
            }
            transaction.commit().await?;
            created.ok_or(Error::Crowded)
        })
        .await
    }

    /// The same, unless the page is not `expected` any more: `None`.
    ///
    /// No row stands for a page, so it is read again while nobody else can change it.
    pub(crate) async fn append(&self, expected: &Guarded<Page>, draft: &Draft) -> Result<Option<Article>> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            transaction.hold_list().await?;
            let current = find_page(&mut transaction, expected.part()).await?;
            if current.etag() != expected.etag() {
                return Ok(None);
            }
            let mut created = insert(&mut transaction, draft).await?;
            if created.is_none() {
                created = insert_beyond_all(&mut transaction, draft).await?;
            }
            transaction.commit().await?;
            Ok(Some(created.ok_or(Error::Crowded)?))
        })
        .await
    }

    /// A new article with this id, unless there is one by now: `None`.
    pub(crate) async fn create_at(&self, _: &Vacant<Article>, id: i64, draft: &Draft) -> Result<Option<Article>> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            transaction.raise_ids(id).await?;
            let inserted = transaction
                .optional(
                    "INSERT INTO articles (id, title, body, author_id, version, updated_at) \
                     VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT DO NOTHING RETURNING id",
                    values![id, &draft.title, &draft.body, draft.author_id, now()],
                )
                .await?;
            let Some((id,)) = inserted else { return Ok(None) };
            let created = find(&mut transaction, id).await?;
            transaction.commit().await?;
            Ok(created)
        })
        .await
    }

    /// Writes the article, unless somebody has changed or deleted `expected` in the meantime: `None`.
    pub(crate) async fn replace(&self, expected: &Guarded<Article>, draft: &Draft) -> Result<Option<Article>> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            transaction.hold_author_of(expected).await?;
            let matched = transaction
                .optional(
                    "UPDATE articles SET title = $1, body = $2, author_id = $3, version = version + 1, updated_at = $4 \
                     WHERE id = $5 AND version = $6 AND updated_at = $7 AND author_id = $8 \
                     AND EXISTS (SELECT 1 FROM authors WHERE id = $8 AND version = $9 AND updated_at = $10) \
                     RETURNING id",
                    values![
                        &draft.title,
                        &draft.body,
                        draft.author_id,
                        now(),
                        expected.id,
                        expected.version,
                        expected.updated_at,
                        expected.author.id,
                        expected.author.version,
                        expected.author.updated_at,
                    ],
                )
                .await?;
            let Some((id,)) = matched else { return Ok(None) };
            let saved = find(&mut transaction, id).await?;
            transaction.commit().await?;
            Ok(saved)
        })
        .await
    }

    /// Deletes the article and its comments, unless somebody has changed or deleted `expected` in the meantime: `false`.
    pub(crate) async fn delete(&self, expected: &Guarded<Article>) -> Result<bool> {
        retried(|| async move {
            let mut transaction = self.write().await?;
            transaction.hold_author_of(expected).await?;
            let matched: Option<(i64,)> = transaction
                .optional(
                    "DELETE FROM articles WHERE id = $1 AND version = $2 AND updated_at = $3 AND author_id = $4 \
                     AND EXISTS (SELECT 1 FROM authors WHERE id = $4 AND version = $5 AND updated_at = $6) \
                     RETURNING id",
                    values![
                        expected.id,
                        expected.version,
                        expected.updated_at,
                        expected.author.id,
                        expected.author.version,
                        expected.author.updated_at,
                    ],
                )
                .await?;
            transaction.commit().await?;
            Ok(matched.is_some())
        })
        .await
    }
}

/// A new article, unless the id that the database has chosen is taken: `None`.
async fn insert(transaction: &mut Transaction, draft: &Draft) -> Result<Option<Article>> {
    let inserted = transaction
        .optional(
            "INSERT INTO articles (title, body, author_id, version, updated_at) VALUES ($1, $2, $3, 1, $4) \
             ON CONFLICT DO NOTHING RETURNING id",
            values![&draft.title, &draft.body, draft.author_id, now()],
        )
        .await?;
    match inserted {
        Some((id,)) => find(transaction, id).await,
        None => Ok(None),
    }
}

/// The same with an id that is not taken, after the database was made to choose one.
async fn insert_beyond_all(transaction: &mut Transaction, draft: &Draft) -> Result<Option<Article>> {
    transaction.raise_ids_beyond_all().await?;
    insert(transaction, draft).await
}

async fn find_page(transaction: &mut Transaction, part: Part) -> Result<Page> {
    let Part { page, per_page } = part;
    let (total,) = transaction.one("SELECT COUNT(*) FROM articles", values![]).await?;
    let rows: Vec<Row> = transaction
        .all(select!("ORDER BY articles.id LIMIT $1 OFFSET $2"), values![i64::from(per_page), part.offset()])
        .await?;
    let mut articles: Vec<Article> = rows.into_iter().map(|row| row.with(Vec::new())).collect();
    if let (Some(first), Some(last)) = (articles.first(), articles.last()) {
        let rows = comments::of_articles(transaction, first.id, last.id).await?;
        distribute(rows, &mut articles);
    }
    Ok(Page { items: articles.into_iter().map(Tagged).collect(), page, per_page, total })
}

/// The one way to read an article, after a write as for a GET: equal articles have equal tags.
async fn find(transaction: &mut Transaction, id: i64) -> Result<Option<Article>> {
    let row: Option<Row> = transaction.optional(select!("WHERE articles.id = $1"), values![id]).await?;
    match row {
        Some(row) => Ok(Some(row.with(comments::of_article(transaction, id).await?))),
        None => Ok(None),
    }
}

/// Gives every article its comments. Both are sorted by the id of the article.
fn distribute(rows: Vec<comments::Row>, articles: &mut [Article]) {
    let mut rows = rows.into_iter().peekable();
    for article in articles {
        while let Some(row) = rows.next_if(|row| row.article_id == article.id) {
            article.comments.push(row.comment);
        }
    }
}

/// An article and its author, side by side.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    title: String,
    body: String,
    version: i64,
    updated_at: DateTime<Utc>,
    author_id: i64,
    author_name: String,
    author_version: i64,
    author_updated_at: DateTime<Utc>,
}

impl Row {
    fn with(self, comments: Vec<Comment>) -> Article {
        Article {
            id: self.id,
            title: self.title,
            body: self.body,
            version: self.version,
            updated_at: self.updated_at,
            author: Author {
                id: self.author_id,
                name: self.author_name,
                version: self.author_version,
                updated_at: self.author_updated_at,
            },
            comments,
        }
    }
}
