use etag_runtime::ETag;

#[derive(ETag)]
#[etag(reversible)]
enum Article {
    Draft(#[etag(version)] i64),
    Published(#[etag(version)] i64),
}

fn main() {}
