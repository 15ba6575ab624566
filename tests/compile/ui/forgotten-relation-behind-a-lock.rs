use std::sync::{Arc, Mutex};

use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    author: Arc<Mutex<Author>>,
}

fn main() {
    let _ = Article { version: 1, author: Arc::new(Mutex::new(Author(1))) }.etag();
}
