use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(ArticleStamp))]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(skip, column = "seen")]
    views: u64,
    #[etag(stamp(serde(rename = "heading")))]
    title: String,
}

fn main() {}
