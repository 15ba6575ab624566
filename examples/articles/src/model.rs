//! What the API speaks of. The attributes decide every tag; nothing else in this program computes one.

use chrono::{DateTime, Utc};
use etag_runtime::{ETag, EntityTag};
use serde::Serialize;

use crate::input::Part;

/// An article with everything that its representation shows.
#[derive(Debug, Clone, PartialEq, Serialize, ETag)]
pub(crate) struct Article {
    /// In the tag, here and below, so that another one of the same version does not pass for this one.
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
    /// In the tag, because an article that is deleted and made anew starts again at version 1.
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
#[derive(Debug, Clone, PartialEq, Serialize, sqlx::FromRow, ETag)]
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
#[derive(Debug, Clone, PartialEq, Serialize, sqlx::FromRow, ETag)]
pub(crate) struct Comment {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) text: String,
    #[etag(version)]
    pub(crate) version: i64,
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
}

/// A part of the list of all articles, in the order of their ids.
///
/// Its tag covers the parameters, so that no page passes for another; the total, which every page shows; and the
/// articles in their order, so that one that leaves and one that comes in its place do not cancel out.
#[derive(Debug, Serialize, ETag)]
#[expect(clippy::struct_field_names, reason = "these are the names of the parameters")]
pub(crate) struct Page {
    #[etag(related)]
    pub(crate) items: Vec<Item>,
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

/// An article on a page.
#[derive(Debug, Serialize, ETag)]
pub(crate) struct Item {
    #[serde(flatten)]
    #[etag(related)]
    article: Article,
    /// The tag of the article at its own address: with it, a client may change the article without fetching it again.
    #[etag(skip)]
    etag: EntityTag,
}

impl From<Article> for Item {
    fn from(article: Article) -> Item {
        Item { etag: article.etag(), article }
    }
}
