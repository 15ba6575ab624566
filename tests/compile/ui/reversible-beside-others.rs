use etag_runtime::ETag;

#[derive(ETag)]
#[etag(reversible, weak, content, salt = "pepper")]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(transparent, reversible)]
struct Shared(Box<Article>);

fn main() {}
