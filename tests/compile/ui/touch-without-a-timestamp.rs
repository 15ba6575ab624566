use etag_runtime::ETag;

#[derive(ETag)]
struct Comment(#[etag(version)] i64);

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related, touch)]
    comments: Vec<Comment>,
}

#[derive(ETag)]
#[etag(reversible)]
struct Page {
    #[etag(version)]
    version: i64,
    #[etag(related, guard = false, touch)]
    comments: Vec<Comment>,
}

fn main() {}
