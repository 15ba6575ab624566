use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp)]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp())]
struct Page(#[etag(version)] i64);

#[derive(ETag)]
#[etag(stamp(derive(Clone)))]
struct Author(#[etag(version)] i64);

fn main() {}
