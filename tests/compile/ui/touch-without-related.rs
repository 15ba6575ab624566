use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, touch)]
    version: i64,
}

fn main() {}
