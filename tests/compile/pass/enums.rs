//! Variants of every shape, with roles in them; which one it is is part of the state.

use std::marker::PhantomData;
use std::time::SystemTime;

use etag_runtime::{ETag, Strength, StrongETag};

#[derive(Clone, ETag)]
struct Author(#[etag(version)] i64);

#[derive(Clone, ETag, serde::Serialize)]
#[serde(tag = "state", content = "of")]
enum Post {
    Draft,
    Deleted {},
    Scheduled {
        #[etag(version)]
        version: i64,
        #[etag(timestamp, precision = "seconds")]
        at: SystemTime,
        #[etag(skip)]
        title: String,
    },
    #[serde(skip)]
    Published(#[etag(version)] i64, #[etag(related)] Author, #[etag(related, guard = false)] Vec<Author>),
    #[serde(skip)]
    r#Fn { #[etag(skip)] r#type: String, #[etag(content)] r#match: i64 },
    #[serde(skip)]
    Renamed(#[etag(skip)] String),
}

#[derive(ETag)]
enum Tree<'a, T, const N: usize> {
    Leaf(#[etag(version)] &'a T),
    Branch(#[etag(related)] [Box<Tree<'a, T, N>>; 2], #[etag(related)] Option<Box<Self>>),
    Fork { #[etag(content)] labels: [u8; 4], #[etag(related)] other: [Author; N], marker: PhantomData<T> },
}

#[derive(ETag)]
#[etag(content)]
enum Setting {
    Off,
    Theme(String),
    Size { width: u32, height: u32 },
}

#[derive(ETag)]
enum Weakest {
    #[allow(dead_code)]
    Dated(#[etag(timestamp)] SystemTime),
    #[allow(dead_code)]
    Versioned(#[etag(version)] i64),
}

#[derive(ETag)]
enum Never {}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let at = SystemTime::UNIX_EPOCH;
    let scheduled = |version, title: &str| Post::Scheduled { version, at, title: title.to_owned() };
    let published = |others: &[i64]| Post::Published(1, Author(1), others.iter().map(|&id| Author(id)).collect());
    let posts = [
        Post::Draft,
        Post::Deleted {},
        scheduled(1, "a"),
        scheduled(2, "a"),
        published(&[]),
        published(&[1]),
        Post::r#Fn { r#type: String::new(), r#match: 1 },
        Post::r#Fn { r#type: String::new(), r#match: 2 },
        Post::Renamed(String::new()),
    ];
    permit(&posts[0]);
    for (i, left) in posts.iter().enumerate() {
        for (j, right) in posts.iter().enumerate() {
            assert_eq!(left.etag() == right.etag(), i == j, "{i} and {j}");
        }
    }
    assert_eq!(scheduled(1, "a").etag(), scheduled(1, "b").etag());
    assert!(scheduled(1, "a").validators().last_modified().is_some());
    assert!(Post::Draft.validators().last_modified().is_none());

    let leaf = |value| Box::new(Tree::<_, 0>::Leaf(value));
    assert_ne!(Tree::Branch([leaf(&1), leaf(&2)], None).etag(), Tree::Branch([leaf(&2), leaf(&1)], None).etag());
    let fork = |labels| -> Tree<'static, i64, 0> { Tree::Fork { labels, other: [], marker: PhantomData } };
    assert_ne!(fork([0; 4]).etag(), fork([1; 4]).etag());

    let size = |width| Setting::Size { width, height: 1 };
    assert_ne!(size(1).etag(), size(2).etag());
    assert_ne!(Setting::Off.etag(), Setting::Theme(String::new()).etag());
    assert!(<Weakest as ETag>::Strength::IS_WEAK);
    let _ = |never: &Never| never.etag();
}
