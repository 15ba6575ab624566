use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(ArticleStamp, derive("Clone"), attributes, alias = ""))]
struct Article {
    #[etag(version, column = "\0")]
    version: i64,
    #[etag(content, column = title)]
    title: String,
    #[etag(content, stamp)]
    body: String,
    #[etag(content, stamp(etag(skip)))]
    summary: String,
}

#[derive(ETag)]
#[etag(stamp(PageStamp, derive(Clone, etag_runtime::ETag), derive()))]
struct Page(#[etag(version)] i64);

fn main() {}
