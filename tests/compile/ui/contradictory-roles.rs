use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, skip)]
    version: i64,
}

fn main() {}
