use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version = "revision")]
    version: i64,
}

fn main() {}
