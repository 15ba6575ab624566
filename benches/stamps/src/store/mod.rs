//! The queries that are compared. All of them go through [`Counter`], so that statements and rows are counted where they are
//! made.

mod counter;
mod fill;
mod postgres;
mod sqlite;

use std::future::Future;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{ColumnIndex, Decode, Row, Type};

pub(crate) use self::counter::{Counter, Usage};
pub(crate) use self::fill::{ARTICLES, LONG};
pub(crate) use self::postgres::Postgres;
pub(crate) use self::sqlite::Sqlite;
use crate::model::{
    self, Article, ArticleStamp, Author, AuthorStamp, Comment, CommentStamp, Counted, CountedStamp, Note, NoteStamp,
};

/// How the stamps of the comments come out of the database, in one statement with the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Children {
    /// A row for each.
    Rows,
    /// One row, with a JSON text.
    Json,
    /// One row, with arrays: PostgreSQL only.
    Arrays,
    /// One row, with a text of numbers: SQLite only.
    Numbers,
}

/// A database with articles.
pub(crate) trait Store: Clone + Send + Sync + 'static {
    /// Of which database the figures are.
    const NAME: &'static str;

    /// How this database can aggregate comments.
    const AGGREGATES: [Children; 2];

    fn counter(&self) -> &Counter;

    /// How long processors have worked for this connection in other processes.
    fn elsewhere(&self) -> io::Result<Duration>;

    /// Makes the tables, with [`ARTICLES`] for each number of comments, and as many notes.
    fn fill(&self, comments: &[usize]) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Everything at one instant: two statements in a transaction.
    fn article(&self, id: i64) -> impl Future<Output = sqlx::Result<Article>> + Send;

    /// What decides its validators, in one statement.
    fn stamp(&self, id: i64, children: Children) -> impl Future<Output = sqlx::Result<ArticleStamp>> + Send;

    /// The same article, whose comments have a version together.
    fn counted(&self, id: i64) -> impl Future<Output = sqlx::Result<Counted>> + Send;

    /// What decides its validators: no comment is read.
    fn counted_stamp(&self, id: i64) -> impl Future<Output = sqlx::Result<CountedStamp>> + Send;

    fn row(&self, id: i64) -> impl Future<Output = sqlx::Result<model::Row>> + Send;

    fn row_stamp(&self, id: i64) -> impl Future<Output = sqlx::Result<model::RowStamp>> + Send;

    fn note(&self, id: i64) -> impl Future<Output = sqlx::Result<Note>> + Send;

    fn note_stamp(&self, id: i64) -> impl Future<Output = sqlx::Result<NoteStamp>> + Send;

    /// What a handler without the toolkit asks for.
    fn version(&self, id: i64) -> impl Future<Output = sqlx::Result<i64>> + Send;
}

const ARTICLE: &str = "SELECT a.id, a.title, a.body, a.version, a.updated_at, u.id, u.name, u.version \
                       FROM articles a JOIN authors u ON u.id = a.author_id WHERE a.id = $1";
const COMMENTS: &str = "SELECT id, text, version FROM comments WHERE article_id = $1 ORDER BY id";
const STAMP_BY_ROWS: &str = "SELECT a.id, a.version, a.updated_at, u.id, u.version, c.id, c.version \
                             FROM articles a JOIN authors u ON u.id = a.author_id \
                             LEFT JOIN comments c ON c.article_id = a.id WHERE a.id = $1 ORDER BY c.id";
const COUNTED_STAMP: &str = "SELECT a.id, a.version, a.updated_at, u.id, u.version, a.comment_changes \
                             FROM articles a JOIN authors u ON u.id = a.author_id WHERE a.id = $1";
const ROW: &str = "SELECT * FROM articles WHERE id = $1";
const ROW_STAMP: &str = "SELECT version, updated_at FROM articles WHERE id = $1";
const NOTE: &str = "SELECT body, version FROM notes WHERE id = $1";
const NOTE_STAMP: &str = "SELECT version FROM notes WHERE id = $1";

type ArticleRow = (i64, String, String, i64, DateTime<Utc>, i64, String, i64);

fn article(row: ArticleRow, comments: Vec<Comment>) -> Article {
    let (id, title, body, version, updated_at, author_id, name, author_version) = row;
    let author = Author { id: author_id, name, version: author_version };
    Article { id, title, body, version, updated_at, author, comments }
}

/// Every row repeats the article and its author, which are read from the first.
fn stamp_of_rows<R>(rows: &[R]) -> sqlx::Result<ArticleStamp>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> DateTime<Utc>: Decode<'r, R::Database> + Type<R::Database>,
{
    let first = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    let author = AuthorStamp { id: first.try_get(3)?, version: first.try_get(4)? };
    let comment = |row: &R| Ok(CommentStamp { id: row.try_get(5)?, version: row.try_get(6)? });
    // Without a comment there is one row all the same.
    let has_comments = first.try_get::<Option<i64>, _>(5)?.is_some();
    let comments = if has_comments { rows.iter().map(comment).collect::<sqlx::Result<_>>()? } else { Vec::new() };
    Ok(ArticleStamp {
        id: first.try_get(0)?,
        version: first.try_get(1)?,
        updated_at: first.try_get(2)?,
        author,
        comments,
    })
}

/// What one row says of an article, beside its comments.
type HeadRow<C> = (i64, i64, DateTime<Utc>, i64, i64, C);

fn stamp_of_row<C>(row: HeadRow<C>, comments: impl FnOnce(C) -> Vec<CommentStamp>) -> ArticleStamp {
    let (id, version, updated_at, author_id, author_version, children) = row;
    let author = AuthorStamp { id: author_id, version: author_version };
    ArticleStamp { id, version, updated_at, author, comments: comments(children) }
}

fn stamps_of_json(json: &str) -> Vec<CommentStamp> {
    let pairs: Vec<(i64, i64)> = serde_json::from_str(json).expect("the database has made this JSON");
    pairs.into_iter().map(|(id, version)| CommentStamp { id, version }).collect()
}

/// The ids, and then as many versions.
fn stamps_of_array(numbers: &[i64]) -> Vec<CommentStamp> {
    let (ids, versions) = numbers.split_at(numbers.len() / 2);
    ids.iter().zip(versions).map(|(&id, &version)| CommentStamp { id, version }).collect()
}

/// The same five columns, and one that aggregates the comments.
macro_rules! head {
    ($aggregate:literal) => {
        concat!(
            "SELECT a.id, a.version, a.updated_at, u.id, u.version, ",
            $aggregate,
            " FROM articles a JOIN authors u ON u.id = a.author_id WHERE a.id = $1"
        )
    };
}
use head;

/// The queries that both databases answer alike.
macro_rules! common {
    () => {
        fn counter(&self) -> &Counter {
            &self.counter
        }

        async fn article(&self, id: i64) -> sqlx::Result<Article> {
            let mut transaction = self.pool.begin().await?;
            let row = self.counter.one(sqlx::query_as(ARTICLE).bind(id), &mut *transaction).await?;
            let comments = self.counter.all(sqlx::query_as(COMMENTS).bind(id), &mut *transaction).await?;
            transaction.rollback().await?;
            self.counter.add_boundaries();
            Ok(article(row, comments))
        }

        async fn counted(&self, id: i64) -> sqlx::Result<Counted> {
            let stamp = self.counted_stamp(id).await?;
            Ok(self.article(id).await?.counted(stamp.thread.changes))
        }

        async fn counted_stamp(&self, id: i64) -> sqlx::Result<CountedStamp> {
            let row = self.counter.one(sqlx::query_as(COUNTED_STAMP).bind(id), &self.pool).await?;
            let (id, version, updated_at, author_id, author_version, changes) = row;
            let author = AuthorStamp { id: author_id, version: author_version };
            Ok(CountedStamp { id, version, updated_at, author, thread: ThreadStamp { changes } })
        }

        async fn row(&self, id: i64) -> sqlx::Result<model::Row> {
            self.counter.one(sqlx::query_as(ROW).bind(id), &self.pool).await
        }

        async fn row_stamp(&self, id: i64) -> sqlx::Result<model::RowStamp> {
            self.counter.one(sqlx::query_as(ROW_STAMP).bind(id), &self.pool).await
        }

        async fn note(&self, id: i64) -> sqlx::Result<Note> {
            self.counter.one(sqlx::query_as(NOTE).bind(id), &self.pool).await
        }

        async fn note_stamp(&self, id: i64) -> sqlx::Result<NoteStamp> {
            self.counter.one(sqlx::query_as(NOTE_STAMP).bind(id), &self.pool).await
        }

        async fn version(&self, id: i64) -> sqlx::Result<i64> {
            let (version,) = self.counter.one(sqlx::query_as(NOTE_STAMP).bind(id), &self.pool).await?;
            Ok(version)
        }
    };
}
use common;
