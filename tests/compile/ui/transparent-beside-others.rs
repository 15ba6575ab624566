use etag_runtime::ETag;

#[derive(ETag)]
#[etag(transparent, content, weak, salt = b"1")]
struct Article(#[etag(version)] i64);

fn main() {}
