use etag_runtime::ETag;

#[derive(ETag)]
#[etag(strong)]
struct Article {
    id: i64,
    #[etag(skip)]
    views: u64,
    updated_at: std::time::SystemTime,
}

fn main() {}
