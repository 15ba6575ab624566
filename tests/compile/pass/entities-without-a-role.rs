//! An entity that is no relation, where somebody said so or nobody can know.

use etag_runtime::ETag;
use serde::Serialize;

#[derive(Serialize, ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Skipped(#[etag(version)] i64, #[etag(skip)] Author);

#[derive(ETag)]
struct AsContent(#[etag(content)] Author);

#[derive(ETag)]
#[etag(content)]
struct AllContent(Author, Vec<Author>);

#[derive(Serialize, ETag)]
struct NotShown(#[etag(version)] i64, #[serde(skip)] Option<Author>);

#[derive(ETag)]
struct Parameter<T, const N: usize>(#[etag(version)] i64, T, [Author; N]);

fn main() {
    let _ = Parameter(1, Author(1), [Author(2)]).etag();
}
