//! Rows as diesel reads them: a registry of packages, and a forum whose crates of models are built with and without
//! a database.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    clippy::pedantic,
    reason = "written as applications write it"
)]

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use etag_runtime::{ETag, StrongETag, Version, VersionValue};
use serde::{Deserialize, Serialize};

mod schema {
    diesel::table! {
        packages (id) {
            id -> Integer,
            name -> Text,
            updated_at -> Timestamp,
            revision -> Integer,
            max_features -> Nullable<SmallInt>,
        }
    }
    diesel::table! {
        releases (id) {
            id -> Integer,
            package_id -> Integer,
            num -> Text,
            yanked -> Bool,
            checksum -> Binary,
            license -> Nullable<Text>,
            created_at -> Timestamp,
        }
    }
    diesel::table! {
        owners (package_id, owner_id, kind) {
            package_id -> Integer,
            owner_id -> Integer,
            kind -> Integer,
            notify -> Bool,
        }
    }
    diesel::joinable!(releases -> packages (package_id));
    diesel::allow_tables_to_appear_in_same_query!(packages, releases);
}

use schema::{owners, packages, releases};

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Identifiable, AsChangeset, ETag)]
#[diesel(table_name = packages)]
pub struct Package {
    pub id: i32,
    pub name: String,
    #[etag(timestamp)]
    pub updated_at: NaiveDateTime,
    #[etag(version)]
    pub revision: i32,
    #[diesel(column_name = max_features)]
    pub feature_limit: Option<i16>,
}

#[derive(Clone, Debug, Queryable, Selectable, Identifiable, Associations, Serialize, ETag)]
#[diesel(belongs_to(Package))]
#[etag(content)]
pub struct Release {
    pub id: i32,
    pub package_id: i32,
    pub num: String,
    pub yanked: bool,
    #[serde(with = "hex")]
    pub checksum: Vec<u8>,
    pub license: Option<String>,
    pub created_at: NaiveDateTime,
}

mod hex {
    use serde::Serializer;

    pub fn serialize<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>())
    }
}

/// A key of three columns; a row that is there or not.
#[derive(Clone, Copy, Debug, Insertable, Queryable, Identifiable, Associations, Serialize, ETag)]
#[diesel(table_name = owners, primary_key(package_id, owner_id, kind), belongs_to(Package))]
#[etag(content)]
pub struct PackageOwner {
    pub package_id: i32,
    pub owner_id: i32,
    pub kind: i32,
    pub notify: bool,
}

/// What is written, and never sent.
#[derive(Insertable)]
#[diesel(table_name = packages)]
pub struct NewPackage<'a> {
    pub name: &'a str,
    pub updated_at: Option<NaiveDateTime>,
}

/// A row that is one of two.
#[derive(Debug, Serialize, ETag)]
#[serde(untagged)]
pub enum Owner {
    User(#[etag(related)] Box<User>),
    Team(#[etag(related)] Team),
}

#[derive(Debug, Serialize, ETag)]
#[etag(content)]
pub struct Team {
    pub id: i32,
    pub login: String,
}

/// Keys of the forum. A macro makes them, as one does where there are fifty.
macro_rules! keys {
    ($($key:ident)*) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $key(pub i32);

        impl Version for $key {
            fn value(&self) -> VersionValue<'_> {
                self.0.value()
            }
        }
    )*};
}

keys! { UserId CommunityId }

/// Behind `cfg_attr`, as where the client of an API shares the models of its server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ETag))]
#[cfg_attr(test, etag(strong))]
pub struct User {
    pub id: UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    pub published: DateTime<Utc>,
    /// Unset until the first change.
    #[cfg_attr(test, etag(timestamp))]
    pub updated: Option<DateTime<Utc>>,
    #[serde(skip)]
    pub password: Option<String>,
    #[serde(default, flatten)]
    pub settings: Settings,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub theme: String,
    pub languages: Vec<String>,
}

/// Counts that belong to a row, in a table of their own.
#[derive(Clone, Debug, PartialEq, Serialize, ETag)]
#[etag(content)]
pub struct Counts {
    pub community_id: CommunityId,
    pub subscribers: i64,
    pub hot_rank: f64,
}

/// A row with everything around it, part of which is of the reader.
#[derive(Debug, Serialize, ETag)]
pub struct CommunityView {
    #[etag(related)]
    pub creator: User,
    #[etag(related, guard = false)]
    pub counts: Counts,
    #[etag(content)]
    pub subscribed: Subscribed,
    #[etag(content)]
    pub blocked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Subscribed {
    Subscribed,
    NotSubscribed,
    Pending,
}

fn permit<T: StrongETag>(_: &T) {}

fn package(revision: i32) -> Package {
    let updated_at = DateTime::UNIX_EPOCH.naive_utc();
    Package { id: 1, name: "tag".to_owned(), updated_at, revision, feature_limit: None }
}

fn release(checksum: &[u8]) -> Release {
    Release {
        id: 1,
        package_id: 1,
        num: "1.0.0".to_owned(),
        yanked: false,
        checksum: checksum.to_owned(),
        license: None,
        created_at: DateTime::UNIX_EPOCH.naive_utc(),
    }
}

fn user() -> User {
    User {
        id: UserId(1),
        display_name: None,
        published: DateTime::UNIX_EPOCH,
        updated: None,
        password: None,
        settings: Settings::default(),
    }
}

#[test]
fn a_row_has_the_tag_of_its_revision() {
    permit(&package(1));
    assert_ne!(package(1).etag(), package(2).etag());
    assert_eq!(Package { feature_limit: Some(1), ..package(1) }.etag(), package(1).etag());
}

#[test]
fn a_row_without_a_revision_is_content() {
    permit(&release(b"a"));
    assert_ne!(release(b"a").etag(), release(b"b").etag());
    let owner = |notify| PackageOwner { package_id: 1, owner_id: 1, kind: 0, notify };
    assert_ne!(owner(true).etag(), owner(false).etag());
    // Associations of diesel are not relations of the tag: only what a value holds can be in it.
    let _ = (Release::belonging_to(&package(1)), NewPackage { name: "", updated_at: None }.name);
}

#[test]
fn a_view_has_the_tag_of_its_parts() {
    permit(&Owner::User(Box::new(user())));
    assert_ne!(Owner::User(Box::new(user())).etag(), Owner::Team(Team { id: 1, login: String::new() }).etag());
    let view = |subscribers, subscribed| CommunityView {
        creator: user(),
        counts: Counts { community_id: CommunityId(1), subscribers, hot_rank: 0.5 },
        subscribed,
        blocked: false,
    };
    permit(&view(0, Subscribed::Pending));
    assert_ne!(view(0, Subscribed::Pending).etag(), view(1, Subscribed::Pending).etag());
    assert_ne!(view(0, Subscribed::Subscribed).etag(), view(0, Subscribed::NotSubscribed).etag());
}
