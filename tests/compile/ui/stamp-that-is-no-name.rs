use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp = "ArticleStamp")]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp("PageStamp"))]
struct Page(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp(pub AuthorStamp))]
struct Author(#[etag(version)] i64);

fn main() {}
