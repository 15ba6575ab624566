//! Nothing that the surroundings may call their own means anything to the expansion.
#![allow(dead_code, non_camel_case_types, non_snake_case, unused_macros)]

mod core {}
mod std {}
mod serde {}
struct Option;
struct Result;
struct Some;
struct Vec;
struct Strong;
struct Weak;
struct Digest;
struct Schema;
struct Probe;
struct Serialize;
struct bool;
struct u64;
trait Strength {}
trait Version {}
trait Otherwise {}
macro_rules! assert {
    () => {
        compile_error!("shadowed")
    };
}
macro_rules! panic {
    () => {
        compile_error!("shadowed")
    };
}

/// A method on everything, under the names that the expansion calls.
trait Everywhere {
    fn version(self) -> bool
    where
        Self: Sized,
    {
        bool
    }
    fn digest(self) -> bool
    where
        Self: Sized,
    {
        bool
    }
}
impl<T> Everywhere for T {}

#[derive(etag_runtime::ETag)]
struct Author(#[etag(version)] i64);

#[derive(::serde::Serialize, etag_runtime::ETag)]
struct Label {
    #[etag(content)]
    text: &'static str,
    #[etag(content)]
    language: ::std::option::Option<::std::collections::BTreeMap<i64, i64>>,
}

#[derive(etag_runtime::ETag)]
struct Article<__add, __digest> {
    #[etag(version)]
    version: __add,
    #[etag(related)]
    author: __digest,
    #[etag(related)]
    owner: Author,
    unrelated: Schema,
}

#[derive(etag_runtime::ETag)]
#[etag(salt = "salt")]
enum Post {
    None,
    Some {
        #[etag(timestamp, precision = "seconds", with = now)]
        Ok: Result,
        __field0: u8,
    },
    Err(#[etag(version)] i64, #[etag(related, recursive)] ::std::option::Option<::std::boxed::Box<Article<i64, Page>>>),
}

fn now(_: &Result) -> ::std::time::SystemTime {
    ::std::time::SystemTime::UNIX_EPOCH
}

#[derive(etag_runtime::ETag)]
#[etag(transparent)]
struct Page(Author);

fn main() {
    use etag_runtime::ETag;
    let _ = Post::Some { Ok: Result, __field0: 1 }.etag();
    let _ = Article { version: 1, author: Author(1), owner: Author(1), unrelated: Schema }.etag();
}
