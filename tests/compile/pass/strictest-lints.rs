//! The strictest lints have nothing to say about an expansion.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    deprecated,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    single_use_lifetimes,
    trivial_casts,
    unreachable_pub,
    unused,
    unused_lifetimes,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::absolute_paths,
    clippy::missing_inline_in_public_items,
    clippy::missing_docs_in_private_items,
    clippy::shadow_unrelated,
    clippy::panic,
    clippy::unreachable
)]

use std::collections::BTreeMap;
use std::time::SystemTime;

use etag_runtime::ETag;

/// An author.
#[derive(Debug, ETag)]
pub struct Author<'a>(#[etag(version)] &'a str);

/// Whatever it was.
#[deprecated]
#[derive(Debug, ETag)]
pub struct Ancient {
    /// Its version.
    #[deprecated]
    #[etag(version)]
    pub version: i64,
}

/// An article.
#[derive(Debug, ETag, serde::Serialize)]
#[etag(strong)]
pub struct Article<T: Copy, const N: usize> {
    /// Its version.
    #[deprecated]
    #[etag(version)]
    pub version: i64,
    /// Its date.
    #[etag(timestamp)]
    pub updated_at: SystemTime,
    /// Its title.
    #[etag(content)]
    pub title: T,
    /// Its labels.
    pub labels: BTreeMap<String, i64>,
    /// Its buffer.
    #[serde(skip)]
    pub buffer: [u8; N],
}

/// A thread.
#[derive(Debug, ETag)]
pub struct Thread<'a, T> {
    /// Its authors.
    #[etag(related, guard = false)]
    pub authors: Vec<Author<'a>>,
    /// Its starter.
    #[etag(related)]
    pub starter: Author<'a>,
    /// Its contents.
    #[etag(related)]
    pub contents: T,
}

fn main() {}
