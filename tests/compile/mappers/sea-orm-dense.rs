//! Entities in the dense format of sea-orm 2, in which a relation is a field: `HasOne` and `HasMany`, which are containers of
//! another crate.
//!
//! `#[sea_orm::model]` writes two types, and `ETag` is derived for both: the row, without its relations, and the row with
//! what was loaded of them.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    clippy::pedantic,
    reason = "written as applications write it"
)]

use etag_runtime::{ETag, StrongETag};
use sea_orm::entity::prelude::{HasMany, HasOne};

mod user {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, ETag)]
    #[sea_orm(table_name = "user")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[etag(content)]
        pub id: i32,
        pub name: String,
        #[etag(version)]
        pub version: i32,
        #[sea_orm(has_many)]
        #[etag(skip)]
        pub posts: HasMany<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod post {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, ETag)]
    #[sea_orm(table_name = "post")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[etag(content)]
        pub id: i32,
        pub user_id: i32,
        #[etag(version)]
        pub version: i32,
        #[sea_orm(belongs_to, from = "user_id", to = "id")]
        #[etag(content, with = super::author)]
        pub author: HasOne<super::user::Entity>,
        #[sea_orm(has_many)]
        #[etag(content, with = super::comments)]
        pub comments: HasMany<super::comment::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod comment {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, ETag)]
    #[sea_orm(table_name = "comment")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[etag(content)]
        pub id: i32,
        pub post_id: i32,
        #[etag(version)]
        pub version: i32,
        #[sea_orm(belongs_to, from = "post_id", to = "id")]
        #[etag(skip)]
        pub post: HasOne<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The tag of an author that was loaded.
fn author(author: &HasOne<user::Entity>) -> Option<String> {
    author.as_ref().map(|author| author.etag().to_string())
}

/// The tags of the comments that were loaded, in their order.
fn comments(comments: &HasMany<comment::Entity>) -> Vec<String> {
    comments.iter().map(|comment| comment.etag().to_string()).collect()
}

fn permit<T: StrongETag>(_: &T) {}

fn post(author: i32, comments: &[i32]) -> post::ModelEx {
    let author = user::ModelEx { id: 1, name: "Ada".to_owned(), version: author, posts: HasMany::Unloaded };
    let comment = |&version| comment::ModelEx { id: version, post_id: 1, version, post: HasOne::Unloaded };
    let comments = HasMany::Loaded(comments.iter().map(comment).collect());
    post::ModelEx { id: 1, user_id: 1, version: 1, author: HasOne::Loaded(Some(Box::new(author))), comments }
}

#[test]
fn what_was_loaded_is_part_of_the_tag() {
    permit(&post(1, &[]));
    let tag = post(1, &[1, 2]).etag();
    assert_eq!(post(1, &[1, 2]).etag(), tag);
    assert_ne!(post(2, &[1, 2]).etag(), tag);
    assert_ne!(post(1, &[1]).etag(), tag);
    assert_ne!(post(1, &[2, 1]).etag(), tag);
}

#[test]
fn a_row_alone_has_a_tag_too() {
    let row = |version| post::Model { id: 1, user_id: 1, version };
    permit(&row(1));
    assert_ne!(row(1).etag(), row(2).etag());
}
