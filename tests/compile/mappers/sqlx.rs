//! Rows as sqlx reads them, and the views that an API for articles makes of them.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    clippy::pedantic,
    reason = "written as applications write it"
)]

use std::collections::{BTreeMap, HashMap};

use etag_runtime::{ETag, Strength, StrongETag, Timestamp, Version, VersionValue};
use serde::{Deserialize, Serialize, Serializer};
use sqlx::types::Json;
use sqlx::types::chrono::{DateTime, Utc};
use time::OffsetDateTime;

/// An instant that is written in a format of the API's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(OffsetDateTime);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0.unix_timestamp())
    }
}

impl Timestamp for Instant {
    fn unix_micros(&self) -> Option<i64> {
        self.0.unix_micros()
    }
}

/// A column that is a number to the database and a revision to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type, Serialize)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Revision(i64);

impl Version for Revision {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type, Serialize, Deserialize)]
#[sqlx(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    Draft,
    InReview,
    Published,
}

#[derive(Clone, Debug, sqlx::FromRow, Serialize, ETag)]
#[etag(content)]
pub struct Author {
    #[sqlx(rename = "author_username")]
    pub username: String,
    #[sqlx(rename = "author_image")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[sqlx(default)]
    pub following: bool,
}

/// What a query with a join gives: columns of two tables in one row.
#[derive(Clone, Debug, sqlx::FromRow, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct ArticleRow {
    #[etag(version)]
    pub revision: Revision,
    pub slug: String,
    #[etag(timestamp)]
    pub updated_at: DateTime<Utc>,
    #[sqlx(try_from = "i64")]
    pub number: u32,
    pub state: State,
    pub tags: Json<Vec<String>>,
    #[sqlx(json)]
    pub settings: BTreeMap<String, serde_json::Value>,
    #[sqlx(json(nullable))]
    pub translations: Option<BTreeMap<String, String>>,
    #[sqlx(flatten)]
    #[serde(flatten)]
    #[etag(related, guard = false)]
    pub author: Author,
    #[sqlx(skip)]
    #[etag(skip)]
    pub score: f64,
}

/// A row without a version, of which a JSON column counts.
#[derive(Clone, Debug, sqlx::FromRow, Serialize, ETag)]
#[etag(content)]
pub struct Preferences {
    pub id: i64,
    pub data: Json<Choices>,
    pub raw: serde_json::Value,
    pub seen_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    pub per_page: u8,
    pub filters: BTreeMap<String, Vec<String>>,
}

/// A row of a generic table, as `query_as` reads it.
#[derive(Clone, Debug, sqlx::FromRow, ETag)]
pub struct Stored<T> {
    #[etag(version)]
    pub revision: i64,
    pub value: T,
}

/// What is sent.
#[derive(Clone, Debug, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    #[etag(version)]
    pub id: i64,
    pub created_at: Instant,
    /// Unset until the first change.
    #[etag(timestamp)]
    pub updated_at: Option<Instant>,
    pub body: String,
    #[etag(related, guard = false)]
    pub author: Author,
}

/// The payload of a request or an answer; a comment unless something else is said.
#[derive(Debug, Serialize, Deserialize, ETag)]
#[etag(transparent)]
pub struct Body<T = Comment> {
    pub data: T,
}

#[derive(Debug, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    #[etag(related)]
    articles: Vec<ArticleRow>,
    #[etag(content)]
    articles_count: usize,
}

/// Counts by name, in no order: equal values are sent in different octets.
#[derive(Debug, Serialize, ETag)]
#[etag(content, weak)]
pub struct Statistics {
    pub by_tag: HashMap<String, u64>,
}

/// Pages of anything that is serialized.
#[derive(Debug, Serialize, ETag)]
#[etag(content)]
pub struct Slice<'a, T: 'a> {
    #[serde(borrow)]
    pub items: &'a [T],
    pub next: Option<&'a str>,
}

fn permit<T: StrongETag>(_: &T) {}

fn author(following: bool) -> Author {
    Author { username: "ada".to_owned(), image: None, following }
}

fn article(revision: i64) -> ArticleRow {
    ArticleRow {
        revision: Revision(revision),
        slug: "tags".to_owned(),
        updated_at: DateTime::UNIX_EPOCH,
        number: 1,
        state: State::InReview,
        tags: Json(Vec::new()),
        settings: BTreeMap::new(),
        translations: None,
        author: author(false),
        score: 0.5,
    }
}

#[test]
fn a_row_has_the_tag_of_its_version_and_of_what_is_joined() {
    permit(&article(1));
    assert_ne!(article(1).etag(), article(2).etag());
    assert_ne!(article(1).etag(), ArticleRow { author: author(true), ..article(1) }.etag());
    assert_eq!(article(1).etag(), ArticleRow { score: 1.0, ..article(1) }.etag());
    permit(&Stored { revision: 1, value: "anything" });
}

#[test]
fn a_column_of_json_is_content() {
    let preferences = |per_page, raw| Preferences {
        id: 1,
        data: Json(Choices { per_page, filters: BTreeMap::new() }),
        raw,
        seen_at: None,
    };
    let tag = preferences(1, serde_json::json!({})).etag();
    assert_ne!(preferences(2, serde_json::json!({})).etag(), tag);
    assert_ne!(preferences(1, serde_json::json!([])).etag(), tag);
}

#[test]
fn what_is_sent_has_the_tag_of_what_it_holds() {
    let comment = |updated_at| Comment {
        id: 1,
        created_at: Instant(OffsetDateTime::UNIX_EPOCH),
        updated_at,
        body: String::new(),
        author: author(false),
    };
    let body: Body = Body { data: comment(None) };
    permit(&body);
    assert_eq!(body.etag(), comment(None).etag());
    assert_ne!(body.etag(), comment(Some(Instant(OffsetDateTime::UNIX_EPOCH))).etag());
    permit(&Body { data: Listing { articles: vec![article(1)], articles_count: 1 } });
    const { assert!(<Statistics as ETag>::Strength::IS_WEAK) };
    let statistics = |keys: [&str; 2]| Statistics { by_tag: keys.map(|key| (key.to_owned(), 1)).into() };
    assert_eq!(statistics(["a", "b"]).etag(), statistics(["b", "a"]).etag());
    assert_ne!(Slice { items: &[1], next: None }.etag(), Slice { items: &[2], next: None }.etag());
}
