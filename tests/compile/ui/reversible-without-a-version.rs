use etag_runtime::ETag;

#[derive(ETag)]
#[etag(reversible)]
struct Article {
    #[etag(related, guard = false)]
    author: Option<Box<Article>>,
    version: i64,
}

fn main() {}
