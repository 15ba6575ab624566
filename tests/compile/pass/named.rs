//! Every role, on a struct with named fields.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use etag_runtime::{ETag, Strength, StrongETag};
use uuid::Uuid;

#[derive(Clone, ETag)]
struct Author {
    #[etag(version)]
    revision: Uuid,
}

#[derive(Clone, ETag)]
struct Comment {
    #[etag(timestamp)]
    written_at: SystemTime,
}

#[derive(Clone, ETag)]
struct Article {
    id: i64,
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: DateTime<Utc>,
    #[etag(related)]
    author: Option<Author>,
    #[etag(content)]
    title: String,
    #[etag(skip)]
    views: u64,
}

#[derive(ETag)]
struct Thread {
    #[etag(related)]
    article: Article,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
    #[etag(timestamp)]
    answered_at: SystemTime,
    #[etag(related, guard = false, touch)]
    answers: Vec<Comment>,
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let author = Author { revision: Uuid::nil() };
    let article = Article {
        id: 1,
        version: 1,
        updated_at: DateTime::UNIX_EPOCH,
        author: Some(author),
        title: "Tags".to_owned(),
        views: 0,
    };
    permit(&article);
    let tag = article.etag();

    // What has no role, and what is skipped, leaves the tag alone; everything else moves it.
    assert_eq!(Article { id: 2, views: 9, ..article.clone() }.etag(), tag);
    assert_ne!(Article { version: 2, ..article.clone() }.etag(), tag);
    assert_ne!(Article { updated_at: DateTime::<Utc>::MAX_UTC, ..article.clone() }.etag(), tag);
    assert_ne!(Article { author: None, ..article.clone() }.etag(), tag);
    assert_ne!(Article { title: "Dates".to_owned(), ..article.clone() }.etag(), tag);
    assert!(article.validators().last_modified().is_none(), "the author has no timestamp");

    let mut thread = Thread { article, comments: Vec::new(), answered_at: SystemTime::UNIX_EPOCH, answers: Vec::new() };
    let tag = thread.etag();
    thread.comments.push(Comment { written_at: SystemTime::UNIX_EPOCH });
    assert_ne!(thread.etag(), tag);
    assert!(tag.is_weak(), "a comment is weak, so what shows it is");
    assert!(<Thread as ETag>::Strength::IS_WEAK && !<Article as ETag>::Strength::IS_WEAK);
}
