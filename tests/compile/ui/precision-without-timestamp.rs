use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, precision = "seconds", recursive)]
    version: i64,
}

fn main() {}
