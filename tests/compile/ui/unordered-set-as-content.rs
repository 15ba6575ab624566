use etag_runtime::ETag;
use std::collections::HashSet;

#[derive(ETag)]
#[etag(weak)]
struct Article {
    #[etag(content)]
    labels: Option<HashSet<String>>,
}

fn main() {}
