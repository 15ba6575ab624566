use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag]
    version: i64,
    #[etag()]
    title: String,
}

fn main() {}
