use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(ArticleStamp, derives(Clone), table = "articles"))]
struct Article {
    #[etag(version)]
    version: i64,
}

fn main() {}
