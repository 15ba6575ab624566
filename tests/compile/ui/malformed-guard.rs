use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related, guard = 1)]
    previous: Option<Box<Article>>,
}

fn main() {}
