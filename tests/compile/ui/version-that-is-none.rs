use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    versions: Vec<Vec<i64>>,
}

fn main() {}
