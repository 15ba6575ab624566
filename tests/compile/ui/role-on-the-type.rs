use etag_runtime::ETag;

#[derive(ETag)]
#[etag(version)]
struct Article {
    version: i64,
}

fn main() {}
