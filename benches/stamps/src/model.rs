//! What is served: an article of 2 KB with its author and its comments, and a note that nothing is related to.

use chrono::{DateTime, Utc};
use etag_runtime::ETag;
use serde::Serialize;

#[derive(Debug, Serialize, ETag)]
#[etag(stamp(ArticleStamp, derive(Clone, Debug)))]
pub(crate) struct Article {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
    #[etag(related)]
    pub(crate) author: Author,
    #[etag(related, guard = false)]
    pub(crate) comments: Vec<Comment>,
}

#[derive(Debug, Serialize, ETag)]
#[etag(stamp(AuthorStamp, derive(Clone, Debug)))]
pub(crate) struct Author {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) name: String,
    #[etag(version)]
    pub(crate) version: i64,
}

#[derive(Debug, Serialize, sqlx::FromRow, ETag)]
#[etag(stamp(CommentStamp, derive(Clone, Debug, sqlx::FromRow)))]
pub(crate) struct Comment {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) text: String,
    #[etag(version)]
    pub(crate) version: i64,
}

/// The same article, where a trigger counts what happens to the comments.
#[derive(Debug, Serialize, ETag)]
#[etag(stamp(CountedStamp, derive(Clone, Debug)))]
pub(crate) struct Counted {
    #[etag(content)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
    #[etag(related)]
    pub(crate) author: Author,
    #[etag(related, guard = false)]
    pub(crate) thread: Thread,
}

/// All comments of an article, with one version.
#[derive(Debug, Serialize, ETag)]
#[etag(stamp(ThreadStamp, derive(Clone, Debug)))]
pub(crate) struct Thread {
    #[etag(version)]
    pub(crate) changes: i64,
    #[etag(skip)]
    pub(crate) comments: Vec<Comment>,
}

impl Article {
    pub(crate) fn counted(self, changes: i64) -> Counted {
        let Article { id, title, body, version, updated_at, author, comments } = self;
        Counted { id, title, body, version, updated_at, author, thread: Thread { changes, comments } }
    }
}

/// The row of an article, alone and with all its columns.
#[derive(Debug, Serialize, sqlx::FromRow, ETag)]
#[etag(stamp(RowStamp, derive(Clone, Debug, sqlx::FromRow)))]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
    #[etag(timestamp)]
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) author_id: i64,
    pub(crate) comment_changes: i64,
}

#[derive(Debug, Serialize, sqlx::FromRow, ETag)]
#[etag(stamp(NoteStamp, derive(Clone, Debug, sqlx::FromRow)))]
pub(crate) struct Note {
    pub(crate) body: String,
    #[etag(version)]
    pub(crate) version: i64,
}
