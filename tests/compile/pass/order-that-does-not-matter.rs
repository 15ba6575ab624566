//! Maps and sets without order, where no octets are promised.

use std::collections::{BTreeMap, HashMap, HashSet};

use etag_runtime::ETag;
use serde::{Serialize, Serializer};

#[derive(Serialize, ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(skip)]
    labels: HashMap<String, String>,
    #[serde(skip)]
    index: HashMap<String, usize>,
    #[serde(serialize_with = "sorted")]
    readers: HashSet<i64>,
    ordered: BTreeMap<i64, BTreeMap<i64, i64>>,
}

fn sorted<S: Serializer>(readers: &HashSet<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut readers: Vec<_> = readers.iter().collect();
    readers.sort_unstable();
    readers.serialize(serializer)
}

#[derive(Serialize, ETag)]
#[etag(weak)]
struct Declared(#[etag(version)] i64, HashMap<i64, i64>);

#[derive(Serialize, ETag)]
struct TimestampOnly(#[etag(timestamp)] std::time::SystemTime, HashMap<i64, i64>);

#[derive(Serialize, ETag)]
struct MadeWeak(#[etag(related)] TimestampOnly, HashMap<i64, i64>, #[etag(version)] i64);

#[derive(ETag)]
struct NeverSerialized(#[etag(version)] i64, HashMap<i64, i64>);

fn main() {}
