use etag_runtime::ETag;

trait Key {}

#[derive(ETag)]
#[etag(bound = "K: Key")]
struct Article<K>(#[etag(version)] K);

fn main() {}
