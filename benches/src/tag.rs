//! From a model to its entity tag.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use etag_runtime::ETag;

use crate::harness::{Group, other, ours};
use crate::{by_hand, stream};

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
    author: Dated,
}

#[derive(ETag)]
struct Shelf {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
    #[etag(related)]
    articles: Vec<Versioned>,
}

#[derive(ETag)]
struct Discussed {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: SystemTime,
    #[etag(related, guard = false)]
    comments: Vec<Versioned>,
}

#[derive(ETag)]
struct Text {
    #[etag(content)]
    text: String,
}

const VERSION: i64 = 42;
const MICROSECONDS: i64 = 1_790_000_000_123_456;

pub(crate) fn groups() -> Vec<Group> {
    let mut groups = vec![models()];
    groups.extend([0, 1, 10, 100, 1000].map(relations));
    groups.extend([("2 KB", 2_000), ("64 KB", 64_000)].map(|(size, octets)| content(size, octets)));
    groups
}

fn updated_at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(MICROSECONDS.cast_unsigned())
}

fn related(count: i64) -> Vec<Versioned> {
    (0..count).map(|version| Versioned { version }).collect()
}

fn models() -> Group {
    let versioned = Versioned { version: VERSION };
    let dated = || Dated { version: VERSION, updated_at: updated_at() };
    let article = || Article { version: VERSION, updated_at: updated_at(), author: dated() };
    let discussed = Discussed { version: VERSION, updated_at: updated_at(), comments: related(100) };
    let (only_dated, one, same, value) = (dated(), article(), article(), article());
    Group {
        key: "tag".into(),
        title: "Tag of a model".into(),
        contenders: vec![
            ours("version", "version", move || black_box(&versioned).etag()),
            ours("dated", "version, timestamp", move || black_box(&only_dated).etag()),
            ours("one", "version, timestamp, one relation", move || black_box(&one).etag()),
            ours("validators", "the same, as validators", move || black_box(&same).validators()),
            ours("value", "the same, as a header value", move || http::HeaderValue::from(black_box(&value).etag())),
            ours("unguarded", "version, timestamp, 100 relations without guard", move || black_box(&discussed).etag()),
        ],
    }
}

fn relations(count: i64) -> Group {
    let shelf = Shelf { version: VERSION, updated_at: updated_at(), articles: related(count) };
    let octets = stream::of_list(VERSION, MICROSECONDS, count);
    stream::assert_names(&octets, &shelf.etag());
    let versions: Vec<i64> = (0..count).collect();
    Group {
        key: format!("relations-{count}"),
        title: format!("Version, timestamp and a list of {count} relations"),
        contenders: vec![
            other("sha256", "SHA-256 of the same octets", move || stream::sha256(black_box(&octets))),
            other("by-hand", "the same octets, written by hand and hashed", move || {
                by_hand::sha256_of_list(VERSION, MICROSECONDS, black_box(&versions))
            }),
            ours("tag", "the tag", move || black_box(&shelf).etag()),
        ],
    }
}

fn content(size: &str, octets: usize) -> Group {
    let text: String = ('a'..='z').cycle().take(octets).collect();
    let stream = stream::of_text(&text);
    let text = Text { text };
    stream::assert_names(&stream, &text.etag());
    Group {
        key: format!("content-{octets}"),
        title: format!("Content of {size}"),
        contenders: vec![
            other("sha256", "SHA-256 of the same octets", move || stream::sha256(black_box(&stream))),
            ours("tag", "the tag", move || black_box(&text).etag()),
        ],
    }
}
