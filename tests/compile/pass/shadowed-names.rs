//! Nothing that the surroundings may call their own means anything to the expansion.
#![allow(dead_code, non_camel_case_types, unused_macros)]

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

fn main() {
    use etag_runtime::ETag;
    let _ = Article { version: 1, author: Author(1), owner: Author(1), unrelated: Schema }.etag();
}
