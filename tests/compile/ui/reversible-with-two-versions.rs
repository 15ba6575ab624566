use etag_runtime::ETag;

#[derive(ETag)]
#[etag(reversible)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(version)]
    body_version: i64,
}

fn main() {}
