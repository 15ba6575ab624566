use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(guard = false)]
    title: String,
}

fn main() {}
