use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(version)]
    revision: i64,
}

fn main() {}
