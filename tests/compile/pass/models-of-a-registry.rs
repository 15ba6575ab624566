//! A registry of packages: typed keys, enums as columns, JSON as a column, several rows in one answer.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;

use chrono::{DateTime, NaiveDateTime, Utc};
use etag_runtime::{ETag, StrongETag, Version, VersionValue};
use serde::{Deserialize, Serialize, Serializer};

/// A key that cannot be taken for that of another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackageId(pub i32);

impl Version for PackageId {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

/// A number of a release; from a crate that knows nothing of tags.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Semver(u64, u64, u64);

impl std::fmt::Display for Semver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

fn display<S: Serializer, T: std::fmt::Display>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

#[derive(Debug, Serialize, ETag)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    User {
        #[etag(version)]
        id: i64,
        #[etag(content)]
        login: String,
    },
    Team(#[etag(version)] i64, #[etag(content)] Option<String>),
}

/// One row of a table that only grows, except for one column.
#[derive(Debug, Serialize, ETag)]
pub struct Release<'a> {
    #[etag(version)]
    pub id: i64,
    #[etag(content)]
    #[serde(serialize_with = "display")]
    pub num: Semver,
    #[etag(content)]
    pub yanked: bool,
    pub features: BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>,
    pub license: Option<&'a str>,
    pub rust_version: Option<NonZeroU32>,
    pub created_at: NaiveDateTime,
    #[etag(skip)]
    pub downloads: i64,
    #[etag(related)]
    pub published_by: Option<Owner>,
}

#[derive(Debug, Serialize, ETag)]
#[etag(strong)]
pub struct Package<'a> {
    pub id: PackageId,
    pub name: Cow<'a, str>,
    #[etag(timestamp)]
    pub updated_at: DateTime<Utc>,
    pub keywords: Vec<String>,
    #[etag(related)]
    pub releases: Vec<Release<'a>>,
    #[etag(related, guard = false)]
    pub owners: BTreeMap<i32, Owner>,
}

/// What is looked up in memory, and never sent as it is.
#[derive(Debug, ETag)]
pub struct Index<'a> {
    #[etag(related)]
    pub packages: HashMap<PackageId, Package<'a>>,
    #[etag(version)]
    pub generation: u64,
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let release = |num, yanked| Release {
        id: 1,
        num,
        yanked,
        features: BTreeMap::new(),
        license: None,
        rust_version: None,
        created_at: DateTime::UNIX_EPOCH.naive_utc(),
        downloads: 0,
        published_by: Some(Owner::Team(1, None)),
    };
    let package = |releases| Package {
        id: PackageId(1),
        name: "tag".into(),
        updated_at: DateTime::UNIX_EPOCH,
        keywords: Vec::new(),
        releases,
        owners: BTreeMap::from([(1, Owner::User { id: 1, login: "ada".to_owned() })]),
    };
    let tag = package(vec![release(Semver(1, 0, 0), false)]).etag();
    assert_ne!(package(vec![release(Semver(1, 0, 1), false)]).etag(), tag);
    assert_ne!(package(vec![release(Semver(1, 0, 0), true)]).etag(), tag);
    assert_ne!(package(Vec::new()).etag(), tag);
    let index = Index { packages: HashMap::from([(PackageId(1), package(Vec::new()))]), generation: 1 };
    permit(&index);
    let _ = index.etag();
}
