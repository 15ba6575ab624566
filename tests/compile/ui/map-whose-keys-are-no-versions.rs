use std::collections::BTreeMap;

use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

struct AuthorId(i32);

#[derive(ETag)]
struct Article(#[etag(related)] BTreeMap<AuthorId, Author>);

fn main() {
    let _ = Article(BTreeMap::new()).etag();
}
