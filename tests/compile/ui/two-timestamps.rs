use etag_runtime::ETag;
use std::time::SystemTime;

#[derive(ETag)]
struct Article {
    #[etag(timestamp)]
    created_at: SystemTime,
    #[etag(timestamp)]
    updated_at: SystemTime,
}

fn main() {}
