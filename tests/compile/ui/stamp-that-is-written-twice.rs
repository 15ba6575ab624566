use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(ArticleStamp), stamp(Other))]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp(PageStamp, Other))]
struct Page(#[etag(version)] i64);

fn main() {}
