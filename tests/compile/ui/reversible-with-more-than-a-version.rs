use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
#[etag(reversible)]
struct Article {
    #[etag(content)]
    slug: String,
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: std::time::SystemTime,
    #[etag(related)]
    author: Author,
    #[etag(related, guard = false)]
    reviewers: Vec<Author>,
}

fn main() {}
