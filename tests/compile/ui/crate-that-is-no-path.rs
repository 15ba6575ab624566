use etag_runtime::ETag;

#[derive(ETag)]
#[etag(crate)]
struct Article {
    #[etag(version)]
    version: i64,
}

fn main() {}
