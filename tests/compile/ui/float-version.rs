use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: f64,
}

fn main() {}
