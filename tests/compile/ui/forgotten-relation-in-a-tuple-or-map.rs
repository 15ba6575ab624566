use std::collections::{BTreeMap, HashMap};

use etag_runtime::ETag;

#[derive(ETag, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    authors: Vec<(String, Author)>,
    by_share: BTreeMap<(u8, u8), Option<Author>>,
}

#[derive(ETag, serde::Serialize)]
struct Index(#[etag(version)] i64, Vec<(u8, HashMap<u8, u8>)>);

fn main() {}
