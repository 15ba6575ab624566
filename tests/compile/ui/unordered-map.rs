use etag_runtime::ETag;
use std::collections::HashMap;

#[derive(serde::Serialize, ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    labels: HashMap<String, String>,
}

fn main() {}
