use etag_runtime::ETag;

#[derive(ETag)]
#[etag(crate = "my::runtime")]
struct Article {
    #[etag(version)]
    version: i64,
}

fn main() {}
