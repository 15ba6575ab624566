use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(timestamp)] std::time::SystemTime);

#[derive(ETag)]
#[etag(strong)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related)]
    authors: Vec<Author>,
}

fn main() {}
