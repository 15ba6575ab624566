use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(timestamp)] std::time::SystemTime, #[etag(related)] Vec<Article>);

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related, recursive)]
    author: Option<Box<Author>>,
}

fn main() {}
