use etag_runtime::ETag;

#[derive(ETag)]
#[etag(strong)]
struct Article {
    id: i64,
    #[etag(skip)]
    views: u64,
    updated_at: std::time::SystemTime,
}

/// What moves on every write goes before what stands first.
#[derive(ETag)]
struct Comment {
    updated_at: std::time::SystemTime,
    lock_version: i32,
}

fn main() {}
