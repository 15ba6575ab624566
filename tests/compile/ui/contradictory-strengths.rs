use etag_runtime::ETag;

#[derive(ETag)]
#[etag(strong, weak)]
struct Article {
    #[etag(version)]
    version: i64,
}

fn main() {}
