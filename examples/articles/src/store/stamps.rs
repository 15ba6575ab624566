//! What decides the tags of articles, without their texts: one statement, and a row for each article.
//!
//! The comments of an article come as one text of numbers, which both databases aggregate by the same words: four times as
//! fast as a row for each comment on SQLite, as `cargo xtask bench stamps` shows. They are read from an index alone.

use chrono::{DateTime, Utc};
use etag_runtime::Tagged;

use super::transaction::values;
use super::{Result, Store};
use crate::input::Part;
use crate::model::{ArticleStamp, AuthorStamp, CommentStamp, PageStamp};

/// The stamps of articles; the argument is what follows the tables.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT articles.id, articles.version, articles.updated_at, authors.id AS author_id, ",
            "authors.version AS author_version, authors.updated_at AS author_updated_at, ",
            "(SELECT string_agg(CAST(id AS TEXT), ' ') || ' ' || string_agg(CAST(version AS TEXT), ' ') FROM ",
            "(SELECT id, version FROM comments WHERE article_id = articles.id ORDER BY id) AS ordered) AS comments ",
            "FROM articles JOIN authors ON authors.id = articles.author_id ",
            $tail
        )
    };
}

/// A page has a total, and also without any article it has a row.
const PAGE: &str = concat!(
    "SELECT total, stamps.* FROM (SELECT COUNT(*) AS total FROM articles) AS counted LEFT JOIN (",
    select!("ORDER BY articles.id LIMIT $1 OFFSET $2"),
    ") AS stamps ON TRUE ORDER BY stamps.id"
);

impl Store {
    /// The stamp of the article with this id.
    pub(crate) async fn article_stamp(&self, id: i64) -> Result<Option<ArticleStamp>> {
        let rows: Vec<Row> = self.ask(select!("WHERE articles.id = $1"), values![id]).await?;
        Ok(rows.into_iter().next().map(stamp).transpose()?)
    }

    /// The stamp of one page of the articles.
    pub(crate) async fn page_stamp(&self, part: Part) -> Result<PageStamp> {
        let Part { page, per_page } = part;
        let rows: Vec<PageRow> = self.ask(PAGE, values![i64::from(per_page), part.offset()]).await?;
        let total = rows.first().map_or(0, |row| row.0);
        let articles = rows.into_iter().filter_map(present);
        let items = articles.map(|row| stamp(row).map(Tagged)).collect::<sqlx::Result<_>>()?;
        Ok(PageStamp { items, page, per_page, total })
    }
}

/// An article, its author, and its comments; in the order of the columns.
type Row = (i64, i64, DateTime<Utc>, i64, i64, DateTime<Utc>, Option<String>);

/// The total, and an article, if there is one on the page.
type PageRow = (
    i64,
    Option<i64>,
    Option<i64>,
    Option<DateTime<Utc>>,
    Option<i64>,
    Option<i64>,
    Option<DateTime<Utc>>,
    Option<String>,
);

fn present(row: PageRow) -> Option<Row> {
    let (_, id, version, updated_at, author_id, author_version, author_updated_at, comments) = row;
    Some((id?, version?, updated_at?, author_id?, author_version?, author_updated_at?, comments))
}

fn stamp(row: Row) -> sqlx::Result<ArticleStamp> {
    let (id, version, updated_at, author_id, author_version, author_updated_at, comments) = row;
    let author = AuthorStamp { id: author_id, version: author_version, updated_at: author_updated_at };
    let comments = comment_stamps(comments.as_deref().unwrap_or_default())?;
    Ok(ArticleStamp { id, version, updated_at, author, comments })
}

/// Of ids, and then as many versions in the same order.
fn comment_stamps(numbers: &str) -> sqlx::Result<Vec<CommentStamp>> {
    let numbers = numbers.split_ascii_whitespace().map(str::parse).collect::<std::result::Result<Vec<i64>, _>>();
    let numbers = numbers.map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    let (ids, versions) = numbers.split_at(numbers.len() / 2);
    Ok(ids.iter().zip(versions).map(|(&id, &version)| CommentStamp { id, version }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let pairs = |numbers| {
            let stamps = comment_stamps(numbers).map_err(|error| error.to_string())?;
            Ok::<_, String>(stamps.into_iter().map(|stamp| (stamp.id, stamp.version)).collect::<Vec<_>>())
        };
        assert_eq!(pairs(""), Ok(vec![]));
        assert_eq!(pairs("7 12 1 -3"), Ok(vec![(7, 1), (12, -3)]));
        assert!(pairs("7 x").is_err());
        assert!(pairs("99999999999999999999 1").is_err());
    }
}
