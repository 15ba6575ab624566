//! The queries on PostgreSQL, over a Unix socket.

use std::time::Duration;
use std::{fs, io};

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool, raw_sql};

use super::{
    ARTICLE, COMMENTS, COUNTED_STAMP, Children, Counter, NOTE, NOTE_STAMP, ROW, ROW_STAMP, STAMP_BY_ROWS, Store,
    article, common, fill, head, stamp_of_row, stamp_of_rows, stamps_of_array, stamps_of_json,
};
use crate::model::{self, Article, ArticleStamp, AuthorStamp, Counted, CountedStamp, Note, NoteStamp, ThreadStamp};

const STAMP_BY_JSON: &str = head!(
    "(SELECT coalesce(json_agg(json_build_array(id, version) ORDER BY id), '[]')::text FROM comments WHERE article_id = a.id)"
);
/// The ids, and then the versions in the same order.
const STAMP_BY_ARRAYS: &str = head!(
    "(SELECT coalesce(array_agg(id) || array_agg(version), '{}') FROM (SELECT id, version FROM comments WHERE article_id = a.id ORDER BY id) AS c)"
);

#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pub(super) pool: PgPool,
    counter: Counter,
    process: i32,
}

impl Postgres {
    /// One connection to this database.
    pub(crate) async fn open(url: &str) -> sqlx::Result<Postgres> {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect(&format!("{url}&options=-c%20plan_cache_mode%3Dforce_generic_plan"))
            .await?;
        let (process,) = sqlx::query_as("SELECT pg_backend_pid()").fetch_one(&pool).await?;
        Ok(Postgres { pool, counter: Counter::default(), process })
    }
}

impl Store for Postgres {
    const NAME: &'static str = "PostgreSQL";
    const AGGREGATES: [Children; 2] = [Children::Json, Children::Arrays];

    common!();

    /// By the process that serves the connection.
    fn elsewhere(&self) -> io::Result<Duration> {
        let text = fs::read_to_string(format!("/proc/{}/schedstat", self.process))?;
        let nanoseconds = text.split_ascii_whitespace().next().and_then(|number| number.parse().ok());
        nanoseconds.map(Duration::from_nanos).ok_or_else(|| io::Error::other("no number in schedstat"))
    }

    async fn fill(&self, comments: &[usize]) -> sqlx::Result<()> {
        let script = fill::script("BIGINT", "TIMESTAMPTZ", comments);
        raw_sql(AssertSqlSafe(script)).execute(&self.pool).await?;
        raw_sql("VACUUM ANALYZE").execute(&self.pool).await?;
        Ok(())
    }

    async fn stamp(&self, id: i64, children: Children) -> sqlx::Result<ArticleStamp> {
        match children {
            Children::Rows => stamp_of_rows(&self.counter.rows(sqlx::query(STAMP_BY_ROWS).bind(id), &self.pool).await?),
            Children::Arrays => {
                let row = self.counter.one(sqlx::query_as(STAMP_BY_ARRAYS).bind(id), &self.pool).await?;
                Ok(stamp_of_row(row, |numbers: Vec<i64>| stamps_of_array(&numbers)))
            }
            Children::Json | Children::Numbers => {
                let row = self.counter.one(sqlx::query_as(STAMP_BY_JSON).bind(id), &self.pool).await?;
                Ok(stamp_of_row(row, |json: String| stamps_of_json(&json)))
            }
        }
    }
}
