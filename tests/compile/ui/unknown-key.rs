use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(versoin)]
    version: i64,
}

fn main() {}
