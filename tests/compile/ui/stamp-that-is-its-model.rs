use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(Article))]
struct Article(#[etag(version)] i64);

fn main() {}
