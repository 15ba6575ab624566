//! What PostgreSQL is told besides the statements, since its writers do not wait for each other as those of SQLite do:
//! there, a transaction that writes is the only one, and nothing in this file does anything.
//!
//! A write compares the rows that it changes with what the permit has checked, and PostgreSQL makes two writers of one
//! row wait for each other. But the state of an article is more than the row that is changed: without a lock, somebody
//! could give the author another name between the comparison and the commit, and both would succeed (a write skew). So
//! the rows that are compared and not changed are locked first, in a statement of its own: the next one sees what
//! whoever held them before has made of them.
//!
//! `FOR SHARE` waits for writers and makes them wait, but not those who share. `FOR KEY SHARE`, which a foreign key
//! takes, would only keep the row from being deleted. The author always comes before the article, so that nobody waits
//! in a circle.

use super::Result;
use super::transaction::{Transaction, Value, values};
use crate::model::Article;

impl Transaction {
    /// Until the end of the transaction, nobody changes the author.
    pub(super) async fn hold_author_of(&mut self, article: &Article) -> Result<()> {
        self.on_postgres("SELECT FROM authors WHERE id = $1 FOR SHARE", values![article.author.id]).await
    }

    /// Until the end of the transaction, nobody changes the article, although this transaction does not either.
    pub(super) async fn hold(&mut self, article: &Article) -> Result<()> {
        self.hold_author_of(article).await?;
        self.on_postgres("SELECT FROM articles WHERE id = $1 FOR SHARE", values![article.id]).await
    }

    /// Until the end of the transaction, no article and no author is added, changed or deleted by anybody else. Whoever
    /// only reads is not kept waiting.
    pub(super) async fn hold_list(&mut self) -> Result<()> {
        self.on_postgres("LOCK TABLE authors, articles IN SHARE ROW EXCLUSIVE MODE", values![]).await
    }

    /// Until the end of the transaction, no other server is in one that calls this: tables are created once.
    pub(super) async fn hold_everything(&mut self) -> Result<()> {
        // A number of this program's own, since such locks are of no table: "articles" in ASCII.
        self.on_postgres("SELECT pg_advisory_xact_lock(7021802765012460915)", values![]).await
    }

    /// Until the end of the transaction, no article is added, changed or deleted by anybody else, nor is an id taken for one.
    ///
    /// To be called before the transaction writes to articles: of two that do so afterwards, each waits for the other.
    pub(super) async fn hold_articles(&mut self) -> Result<()> {
        self.on_postgres("LOCK TABLE articles IN SHARE ROW EXCLUSIVE MODE", values![]).await
    }

    /// Makes the database choose ids beyond this one, which a client has chosen: it would not notice by itself.
    ///
    /// A sequence can be set, but not be told only to grow. So nobody else takes an id from it meanwhile, which would be
    /// taken back, and given to another article.
    pub(super) async fn raise_ids(&mut self, chosen: i64) -> Result<()> {
        let Transaction::Postgres(_) = self else { return Ok(()) };
        let (is_beyond,) = self.one("SELECT last_value < $1 FROM article_ids", values![chosen]).await?;
        if is_beyond {
            self.hold_articles().await?;
            let sql = "SELECT setval('article_ids', $1) FROM article_ids WHERE last_value < $1";
            self.execute(sql, values![chosen]).await?;
        }
        Ok(())
    }

    /// Makes the database choose ids beyond all that there are, also those that were inserted by hand.
    pub(super) async fn raise_ids_beyond_all(&mut self) -> Result<()> {
        let Transaction::Postgres(_) = self else { return Ok(()) };
        self.hold_articles().await?;
        let (largest,) = self.one("SELECT COALESCE(MAX(id), 0) FROM articles", values![]).await?;
        self.raise_ids(largest).await
    }

    async fn on_postgres(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<()> {
        match self {
            Transaction::Sqlite(_) => Ok(()),
            Transaction::Postgres(_) => self.execute(sql, values).await,
        }
    }
}
