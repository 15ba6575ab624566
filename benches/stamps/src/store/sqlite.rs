//! The queries on SQLite, in memory.

use std::io;
use std::time::Duration;

use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{AssertSqlSafe, SqlitePool, raw_sql};

use super::{
    ARTICLE, COMMENTS, COUNTED_STAMP, Children, Counter, NOTE, NOTE_STAMP, ROW, ROW_STAMP, STAMP_BY_ROWS, Store,
    article, common, fill, head, stamp_of_row, stamp_of_rows, stamps_of_array, stamps_of_json,
};
use crate::model::{
    self, Article, ArticleStamp, AuthorStamp, CommentStamp, Counted, CountedStamp, Note, NoteStamp, ThreadStamp,
};

const STAMP_BY_JSON: &str =
    head!("(SELECT json_group_array(json_array(id, version) ORDER BY id) FROM comments WHERE article_id = a.id)");
const STAMP_BY_NUMBERS: &str = head!(
    "(SELECT coalesce(group_concat(id, ' ') || ' ' || group_concat(version, ' '), '') FROM (SELECT id, version FROM comments WHERE article_id = a.id ORDER BY id))"
);

#[derive(Debug, Clone)]
pub(crate) struct Sqlite {
    pub(super) pool: SqlitePool,
    counter: Counter,
}

impl Sqlite {
    /// A new database, with one connection: it is gone when that is closed.
    pub(crate) async fn open() -> sqlx::Result<Sqlite> {
        Sqlite::open_with(SqlitePoolOptions::new()).await
    }

    /// One whose pool does not ask a connection whether it still answers before each use, as pools of sqlx do unless they are told.
    pub(crate) async fn open_untested() -> sqlx::Result<Sqlite> {
        Sqlite::open_with(SqlitePoolOptions::new().test_before_acquire(false)).await
    }

    async fn open_with(pool: SqlitePoolOptions) -> sqlx::Result<Sqlite> {
        let pool = pool.max_connections(1).idle_timeout(None).max_lifetime(None);
        Ok(Sqlite { pool: pool.connect("sqlite::memory:").await?, counter: Counter::default() })
    }
}

impl Store for Sqlite {
    const NAME: &'static str = "SQLite";
    const AGGREGATES: [Children; 2] = [Children::Json, Children::Numbers];

    common!();

    /// Nothing: SQLite works in this process.
    fn elsewhere(&self) -> io::Result<Duration> {
        Ok(Duration::ZERO)
    }

    async fn fill(&self, comments: &[usize]) -> sqlx::Result<()> {
        let script = fill::script("INTEGER", "TEXT", comments);
        raw_sql(AssertSqlSafe(script)).execute(&self.pool).await?;
        Ok(())
    }

    async fn stamp(&self, id: i64, children: Children) -> sqlx::Result<ArticleStamp> {
        match children {
            Children::Rows => stamp_of_rows(&self.counter.rows(sqlx::query(STAMP_BY_ROWS).bind(id), &self.pool).await?),
            Children::Numbers => {
                let row = self.counter.one(sqlx::query_as(STAMP_BY_NUMBERS).bind(id), &self.pool).await?;
                Ok(stamp_of_row(row, |numbers: String| stamps_of_numbers(&numbers)))
            }
            Children::Json | Children::Arrays => {
                let row = self.counter.one(sqlx::query_as(STAMP_BY_JSON).bind(id), &self.pool).await?;
                Ok(stamp_of_row(row, |json: String| stamps_of_json(&json)))
            }
        }
    }
}

/// The ids, and then as many versions.
fn stamps_of_numbers(numbers: &str) -> Vec<CommentStamp> {
    let numbers = numbers.split_ascii_whitespace().map(|number| number.parse().expect("the database has made it"));
    stamps_of_array(&numbers.collect::<Vec<_>>())
}
