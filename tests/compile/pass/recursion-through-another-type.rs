//! Two types that hold each other: one of the relations says so.

use std::time::SystemTime;

use etag_runtime::{ETag, Strength, StrongETag};

#[derive(Clone, ETag)]
struct Author {
    #[etag(version)]
    version: i64,
    #[etag(related, guard = false, recursive)]
    articles: Vec<Article>,
}

#[derive(Clone, ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related)]
    author: Option<Box<Author>>,
}

#[derive(ETag)]
struct Page<T> {
    #[etag(version)]
    version: T,
    #[etag(related, recursive)]
    links: Vec<Link<T>>,
}

#[derive(ETag)]
struct Link<T> {
    #[etag(related)]
    target: Option<Box<Page<T>>>,
}

#[derive(ETag)]
struct Folder {
    #[etag(timestamp)]
    changed_at: SystemTime,
    #[etag(related)]
    files: Vec<File>,
}

#[derive(ETag)]
#[etag(weak)]
struct File {
    #[etag(version)]
    version: i64,
    #[etag(related, recursive)]
    copies: Vec<Folder>,
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let article = |version| Article { version, author: None };
    let author = Author { version: 1, articles: vec![article(1)] };
    let other = Author { articles: vec![article(2)], ..author.clone() };
    permit(&author);
    permit(&article(1));
    assert_ne!(author.etag(), other.etag());
    let by = |author: &Author| Article { version: 1, author: Some(Box::new(author.clone())) };
    assert_ne!(by(&author).etag(), by(&other).etag());
    permit(&Page { version: 1, links: vec![Link { target: None }] });
    assert!(<Folder as ETag>::Strength::IS_WEAK && <File as ETag>::Strength::IS_WEAK);
}
