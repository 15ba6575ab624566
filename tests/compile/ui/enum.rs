use etag_runtime::ETag;

#[derive(ETag)]
enum Status {
    Draft,
    Published(#[etag(version)] i64),
}

fn main() {}
