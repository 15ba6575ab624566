//! The fingerprint follows the JSON's shape, through relations.

use etag_runtime::{ETag, Schema};

mod before {
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Author(#[etag(version)] i64);
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Article {
        #[etag(related)]
        author: Option<Author>,
        #[etag(skip)]
        title: String,
    }
}

mod same {
    /// Documented since.
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Author(#[etag(version)] i64);
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Article {
        #[etag(related)]
        author: Option<Author>,
        #[etag(content)]
        pub title: String,
        #[serde(skip)]
        pub cache: u8,
    }
}

mod after {
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Author(#[etag(version)] i64, String);
    #[derive(serde::Serialize, etag_runtime::ETag)]
    pub struct Article {
        #[etag(related)]
        author: Option<Author>,
        #[etag(skip)]
        title: String,
    }
}

const fn schema<T: ETag>() -> Schema {
    T::SCHEMA
}

fn main() {
    assert_eq!(schema::<before::Article>(), schema::<same::Article>());
    assert_ne!(schema::<before::Article>(), schema::<after::Article>());
    assert_ne!(schema::<before::Article>(), Schema::UNSPECIFIED);
}
