//! What the API speaks of. The attributes decide every tag; nothing else in this program computes one.
//!
//! Each model has a stamp: its part that decides the tag, which the store can read without the rest.

use chrono::{DateTime, Utc};
use etag_runtime::{ETag, Tagged};
use serde::Serialize;
use utoipa::ToSchema;

use crate::input::Part;

/// An article with everything that its representation shows.
#[derive(Debug, Clone, PartialEq, Serialize, ETag, ToSchema)]
#[etag(stamp(ArticleStamp, derive(Debug)))]
pub(crate) struct Article {
    // In the tag, here and below, so that another one of the same version does not pass for this one.
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
    // In the tag, because an article that is deleted and made anew starts again at version 1.
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
    /// An editor who has seen another name has seen another article: a change of it blocks a write.
    #[etag(related)]
    pub(crate) author: Author,
    /// A new comment is no reason to refuse an edit of the article, but is one to send it again.
    #[etag(related, guard = false)]
    pub(crate) comments: Vec<Comment>,
}

/// Who wrote an article.
#[derive(Debug, Clone, PartialEq, Serialize, sqlx::FromRow, ETag, ToSchema)]
#[etag(stamp(AuthorStamp, derive(Debug)))]
pub(crate) struct Author {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) name: String,
    #[etag(version)]
    pub(crate) version: i64,
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
}

/// What a reader said about an article.
#[derive(Debug, Clone, PartialEq, Serialize, sqlx::FromRow, ETag, ToSchema)]
#[etag(stamp(CommentStamp, derive(Debug)))]
pub(crate) struct Comment {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) text: String,
    #[etag(version)]
    pub(crate) version: i64,
}

/// A part of the list of all articles, in the order of their ids.
///
/// Its tag covers the parameters, so that no page passes for another; the total, which every page shows; and the
/// articles in their order, so that one that leaves and one that comes in its place do not cancel out.
#[derive(Debug, Serialize, ETag, ToSchema)]
#[etag(stamp(PageStamp, derive(Debug)))]
#[expect(clippy::struct_field_names, reason = "these are the names of the parameters")]
pub(crate) struct Page {
    /// With their tags, so that a client may change an article without fetching it first.
    #[etag(related)]
    pub(crate) items: Vec<Tagged<Article>>,
    #[etag(content)]
    pub(crate) page: u32,
    #[etag(content)]
    pub(crate) per_page: u32,
    #[etag(content)]
    pub(crate) total: i64,
}

impl Page {
    /// Which part of the list it is.
    pub(crate) fn part(&self) -> Part {
        Part { page: self.page, per_page: self.per_page }
    }
}
