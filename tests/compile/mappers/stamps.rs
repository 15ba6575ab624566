//! Stamps as sqlx and diesel fill them: from less of the row than the model has.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    reason = "written as applications write it"
)]

use diesel::prelude::*;
use etag_runtime::{ETag, Stamped};
use sqlx::sqlite::SqliteRow;
use sqlx::types::chrono::{DateTime, NaiveDateTime, Utc};

#[derive(sqlx::FromRow, serde::Serialize, ETag)]
#[etag(stamp(ArticleStamp, derive(Clone, Debug, sqlx::FromRow), alias = "a"))]
pub struct Article {
    #[etag(content)]
    pub id: i64,
    pub title: String,
    #[etag(version)]
    pub version: i64,
    #[etag(timestamp, column = "modified")]
    pub updated_at: DateTime<Utc>,
    #[sqlx(flatten)]
    #[etag(related, stamp(sqlx(flatten)))]
    pub author: Author,
    #[sqlx(json)]
    #[etag(related, guard = false, stamp(sqlx(json)))]
    pub comments: Vec<Comment>,
    #[sqlx(json(nullable))]
    #[etag(related, guard = false, stamp(sqlx(json(nullable))))]
    pub readers: Option<std::collections::BTreeSet<Comment>>,
}

#[derive(sqlx::FromRow, serde::Serialize, ETag)]
#[etag(stamp(AuthorStamp, derive(Clone, Debug, sqlx::FromRow)))]
pub struct Author {
    pub name: String,
    #[sqlx(rename = "author_version")]
    #[etag(version, stamp(sqlx(rename = "author_version")))]
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, ETag)]
#[etag(stamp(CommentStamp, derive(Clone, Debug, serde::Serialize, serde::Deserialize)))]
pub struct Comment {
    pub text: String,
    #[etag(version)]
    pub version: i64,
}

diesel::table! {
    packages (id) {
        id -> Int4,
        name -> Text,
        modified -> Timestamp,
        revision -> Int4,
    }
}

#[derive(Queryable, Selectable, ETag)]
#[diesel(table_name = packages)]
#[etag(stamp(PackageStamp, derive(Clone, Queryable, Selectable), attributes(diesel(table_name = packages))))]
pub struct Package {
    pub id: i32,
    pub name: String,
    #[diesel(column_name = modified)]
    #[etag(timestamp, stamp(diesel(column_name = modified)))]
    pub updated_at: NaiveDateTime,
    #[etag(version)]
    pub revision: i32,
}

fn is_read_from_a_row<T: for<'r> sqlx::FromRow<'r, SqliteRow>>(_: &T) {}

/// Whatever the backend is.
#[allow(dead_code, reason = "there is no backend here to call it with")]
fn are_selected<DB: diesel::backend::Backend>() {
    let _ = <Package as Selectable<DB>>::construct_selection();
    let _ = <PackageStamp as Selectable<DB>>::construct_selection();
}

#[test]
fn of_sqlx() {
    let article = Article {
        id: 1,
        title: "Tags".into(),
        version: 7,
        updated_at: DateTime::UNIX_EPOCH,
        author: Author { name: "Ada".into(), version: 1 },
        comments: vec![Comment { text: "Hm".into(), version: 1 }],
        readers: None,
    };
    let stamp = article.stamp();
    is_read_from_a_row(&article);
    is_read_from_a_row(&stamp);
    assert_eq!(stamp.validators(), article.validators());
    assert_eq!(ArticleStamp::COLUMNS, r#"a.id, a.version, a.modified AS "updated_at""#);
}

#[test]
fn of_diesel() {
    let package = Package { id: 1, name: "etag".into(), updated_at: NaiveDateTime::MIN, revision: 1 };
    assert_eq!(package.stamp().etag(), package.etag());
}
