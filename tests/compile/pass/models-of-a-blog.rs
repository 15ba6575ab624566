//! A site for articles: rows joined into views, some of which differ by reader.

use chrono::{DateTime, Utc};
use etag_runtime::{ETag, Strength, StrongETag};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A row that has no version, and whose date may stand still between two changes: what it shows decides.
#[derive(Clone, Debug, Serialize, Deserialize, ETag)]
#[etag(content)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[serde(skip)]
    pub user_id: Uuid,
    pub username: String,
    pub bio: Option<String>,
    pub image: Option<String>,
    #[etag(timestamp, precision = "seconds")]
    #[serde(skip_serializing)]
    pub changed_at: DateTime<Utc>,
    /// Of the reader, not of the profile.
    pub following: bool,
}

#[derive(Clone, Debug, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub body: String,
    pub tag_list: Vec<String>,
    pub created_at: DateTime<Utc>,
    #[etag(timestamp)]
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    #[etag(version)]
    pub revision: i32,
    #[etag(skip)]
    pub views: i64,
    #[etag(content)]
    pub favorited: bool,
    #[etag(content)]
    pub favorites_count: i64,
    #[etag(related, guard = false)]
    pub author: Profile,
}

#[derive(Clone, Debug, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    #[etag(version)]
    pub id: i64,
    #[etag(timestamp)]
    pub updated_at: DateTime<Utc>,
    pub body: String,
    #[etag(related, guard = false)]
    pub author: Profile,
}

/// What a list shows.
#[derive(Debug, Serialize, ETag)]
#[serde(rename_all = "camelCase")]
pub struct Articles {
    #[etag(related)]
    pub articles: Vec<Article>,
    #[etag(content)]
    pub articles_count: usize,
}

/// Every answer has its payload under a name.
#[derive(Debug, Serialize, ETag)]
#[etag(transparent)]
pub struct Body<T> {
    #[serde(rename = "data")]
    pub data: T,
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let profile = Profile {
        user_id: Uuid::nil(),
        username: "ada".to_owned(),
        bio: None,
        image: None,
        changed_at: DateTime::UNIX_EPOCH,
        following: false,
    };
    // Its own content counts, so that the date alone does not decide.
    permit(&profile);
    let article = Article {
        slug: "tags".to_owned(),
        title: "Tags".to_owned(),
        description: String::new(),
        body: String::new(),
        tag_list: Vec::new(),
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        revision: 1,
        views: 0,
        favorited: false,
        favorites_count: 0,
        author: profile.clone(),
    };
    permit(&article);
    assert_eq!(Article { views: 7, ..article.clone() }.etag(), article.etag());
    assert_ne!(Article { author: Profile { following: true, ..profile.clone() }, ..article.clone() }.etag(), article.etag());
    assert!(article.validators().last_modified().is_some());
    let comment = Comment { id: 1, updated_at: DateTime::UNIX_EPOCH, body: String::new(), author: profile };
    let body = Body { data: Articles { articles: vec![article], articles_count: 1 } };
    permit(&body);
    assert_eq!(body.etag(), body.data.etag());
    assert!(!<Body<Vec<Comment>> as ETag>::Strength::IS_WEAK);
    let _ = Body { data: vec![comment] }.etag();
}
