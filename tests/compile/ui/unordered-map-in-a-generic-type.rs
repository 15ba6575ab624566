use std::collections::HashMap;

use etag_runtime::ETag;

#[derive(ETag)]
struct Cached<T> {
    #[etag(version)]
    version: i64,
    #[etag(content)]
    labels: HashMap<String, String>,
    value: T,
}

fn main() {
    let _ = Cached { version: 1, labels: HashMap::new(), value: 1 }.etag();
}
