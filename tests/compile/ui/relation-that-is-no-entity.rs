use etag_runtime::ETag;

struct Author;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related)]
    author: Vec<Author>,
}

fn main() {}
