use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp(ArticleStamp))]
struct Article {
    #[etag(related)]
    author: Author,
    #[etag(version)]
    version: i64,
}

fn main() {}
