use etag_runtime::ETag;

#[derive(ETag)]
#[etag(salt, bound = "T ETag")]
struct Article<T>(#[etag(version)] T);

#[derive(ETag)]
#[etag(salt = b"a", salt = b"b", bound = T)]
struct Author<T>(#[etag(version)] T);

fn main() {}
