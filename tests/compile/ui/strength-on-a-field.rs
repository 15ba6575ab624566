use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, strong)]
    version: i64,
}

fn main() {}
