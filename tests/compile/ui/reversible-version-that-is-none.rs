use etag_runtime::ETag;

struct Revision(i64);

#[derive(ETag)]
#[etag(reversible)]
struct Article(#[etag(version)] Option<i64>);

#[derive(ETag)]
#[etag(reversible)]
pub struct Comment(#[etag(version)] Revision);

fn main() {}
