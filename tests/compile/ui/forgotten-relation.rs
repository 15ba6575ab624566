use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    author: Author,
}

fn main() {}
