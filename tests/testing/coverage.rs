//! What a body shows, and its tag does not see.

use std::collections::BTreeMap;

use etag_runtime::ETag;
use etag_runtime::testing::uncovered;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ETag)]
struct Author {
    name: String,
    #[etag(version)]
    version: u32,
}

#[derive(Serialize, Deserialize, ETag)]
struct Article {
    title: String,
    #[etag(version)]
    version: i64,
    #[etag(related)]
    author: Option<Author>,
    #[etag(content)]
    labels: Vec<String>,
    #[etag(skip)]
    views: Option<u64>,
    #[etag(skip)]
    #[serde(default)]
    ratings: BTreeMap<String, f64>,
}

fn article() -> Article {
    Article {
        title: "One".into(),
        version: -3,
        author: Some(Author { name: "Ada".into(), version: 1 }),
        labels: vec!["a".into(), "b".into()],
        views: None,
        ratings: BTreeMap::from([("a/b".into(), 0.5)]),
    }
}

#[test]
fn what_the_version_stands_for_is_listed_and_what_is_in_the_tag_is_not() {
    assert_eq!(uncovered(&article()), ["/author/name", "/ratings", "/ratings/a~1b", "/title", "/views"]);
}

/// A list that loses an item, or has it twice, is another list.
#[test]
fn content_is_covered_down_to_its_leaves() {
    #[derive(Serialize, Deserialize, ETag)]
    #[etag(content)]
    struct Whole {
        number: f64,
        large: u64,
        flag: bool,
        nothing: Option<u8>,
        at: String,
        list: Vec<Vec<u8>>,
    }
    let whole = Whole {
        number: 0.25,
        large: u64::MAX,
        flag: true,
        nothing: None,
        at: "2026-01-01T00:00:00Z".into(),
        list: vec![vec![1], vec![]],
    };
    assert_eq!(uncovered(&whole), Vec::<String>::new());
}
