//! From a model to its entity tag.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use etag_runtime::ETag;

use crate::harness::{compare, contender};

#[derive(ETag)]
struct Author {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
}

#[derive(ETag)]
struct Versioned {
    #[etag(version)]
    version: i64,
}

#[derive(ETag)]
struct Dated {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
}

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
    #[etag(related)]
    author: Author,
}

#[derive(ETag)]
struct Discussed {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
    #[etag(related)]
    author: Author,
    #[etag(related, guard = false)]
    comments: Vec<Versioned>,
}

pub(crate) fn run() {
    let updated_at = SystemTime::UNIX_EPOCH + Duration::from_micros(1_790_000_000_123_456);
    let author = || Author { version: 7, updated_at };
    let versioned = Versioned { version: 42 };
    let dated = Dated { version: 42, updated_at };
    let article = Article { version: 42, updated_at, author: author() };
    let comments = |count| (0..count).map(|version| Versioned { version }).collect();
    let discussed = |count| Discussed { version: 42, updated_at, author: author(), comments: comments(count) };
    let (ten, hundred) = (discussed(10), discussed(100));

    compare(
        "Tag of a model",
        vec![
            contender("version", || black_box(&versioned).etag()),
            contender("version, timestamp", || black_box(&dated).etag()),
            contender("version, timestamp, one relation", || black_box(&article).etag()),
            contender("the same, as validators", || black_box(&article).validators()),
            contender("the same, as a header value", || http::HeaderValue::from(black_box(&article).etag())),
            contender("version, timestamp, one relation, 10 unguarded", || black_box(&ten).etag()),
            contender("version, timestamp, one relation, 100 unguarded", || black_box(&hundred).etag()),
        ],
    );
}
