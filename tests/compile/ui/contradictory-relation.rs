use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Article {
    #[etag(content, related, guard = false)]
    author: Author,
}

fn main() {}
