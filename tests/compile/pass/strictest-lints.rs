//! The strictest lints have nothing to say about an expansion.
#![forbid(unsafe_code, unused_imports)]
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

use std::collections::{BTreeMap, HashMap, HashSet};
use std::marker::PhantomData;
use std::thread::ThreadId;
use std::time::SystemTime;

use etag_runtime::ETag;
use serde::Serializer;

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
    /// By hand.
    #[etag(content)]
    #[serde(serialize_with = "nothing")]
    pub foreign: ThreadId,
    /// Its buffer.
    #[serde(skip)]
    pub buffer: [u8; N],
}

/// Writes what cannot be serialized.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde gives")]
fn nothing<S: Serializer>(_: &ThreadId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_unit()
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

/// A post.
#[derive(Debug, ETag, serde::Serialize)]
#[etag(salt = SECRET)]
pub enum Post<T> {
    /// Not shown.
    Draft,
    /// Shown later.
    Scheduled {
        /// When.
        #[deprecated]
        #[etag(timestamp, precision = "seconds")]
        at: SystemTime,
        /// What.
        #[etag(version)]
        version: T,
    },
    /// Shown.
    #[deprecated]
    Published(#[etag(version, with = half)] u64, String),
}

/// The secret of the server.
const SECRET: &[u8] = b"secret";

/// A function, where a constant is a pattern.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "what a field gives")]
const fn half(number: &u64) -> u64 {
    *number / 2
}

/// A page.
#[derive(Debug, ETag)]
#[etag(transparent)]
pub struct Page<'a, T> {
    /// What is on it.
    pub thread: Thread<'a, T>,
    /// Nothing.
    marker: PhantomData<T>,
}

/// Sets and tuples.
#[derive(Debug, ETag)]
#[etag(weak)]
pub struct Shelf {
    /// The last time that something was put there or taken away.
    #[etag(timestamp)]
    pub arranged_at: SystemTime,
    /// By number.
    #[etag(related, guard = false, touch)]
    pub by_number: HashMap<u64, Author<'static>>,
    /// The first and the last.
    #[etag(related, recursive)]
    pub ends: (Author<'static>, Option<Box<Author<'static>>>),
    /// In any order.
    #[etag(content, with = etag_runtime::unordered)]
    pub names: HashSet<String>,
}

/// A label.
#[derive(Debug, ETag)]
#[etag(stamp(LabelStamp, derive(Clone, Debug, PartialEq, Eq, serde::Serialize)))]
pub struct Label<'a>(
    /// Its name.
    #[etag(version)]
    &'a str,
    /// How often.
    pub u64,
);

/// A book.
#[derive(Debug, ETag, serde::Serialize)]
#[etag(stamp(BookStamp, derive(Clone, Debug, PartialEq, Eq, serde::Serialize), alias = "b"))]
pub struct Book<T: Copy, U = u8> {
    /// Its version.
    #[deprecated]
    #[etag(version, column = "lock_version")]
    pub version: i64,
    /// Its date.
    #[etag(timestamp)]
    pub updated_at: SystemTime,
    /// Its title.
    #[etag(content, stamp(serde(rename = "heading")))]
    pub title: T,
    /// Its labels.
    #[etag(related, guard = false)]
    #[serde(skip)]
    pub labels: Option<Box<Vec<Label<'static>>>>,
    /// The next one.
    #[etag(related)]
    pub next: Option<Box<Self>>,
    /// Nothing.
    #[etag(skip)]
    pub cover: U,
}

/// What nobody uses.
#[derive(ETag)]
#[etag(stamp(LonelyStamp))]
struct Lonely {
    /// Its label.
    #[etag(related)]
    label: Label<'static>,
    /// Its version.
    #[etag(version)]
    version: i64,
}

/// Sums, of which the stamp has nothing else.
#[derive(Debug, ETag)]
#[etag(stamp(SumsStamp))]
pub struct Sums {
    /// Of the title.
    #[etag(content)]
    pub title_sum: u64,
    /// Of the body.
    #[etag(content)]
    pub body_sum: u64,
    /// Of the image.
    #[etag(content)]
    pub image_sum: u64,
    /// Of no concern.
    #[etag(skip)]
    pub views: u64,
}

/// A chapter.
#[derive(Debug, ETag)]
#[etag(stamp(ChapterStamp, derive(Debug)))]
pub enum Chapter<T> {
    /// Not written.
    Planned,
    /// Written.
    #[deprecated]
    Written(#[etag(version)] T, String),
    /// Part of a book.
    Printed {
        /// Which.
        #[etag(related)]
        label: Label<'static>,
    },
}

/// A cover.
#[derive(Debug, ETag)]
#[etag(transparent, stamp)]
pub struct Cover<T: Copy>(Book<T>);

fn main() {}
