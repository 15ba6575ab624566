use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
enum Post {
    Draft,
    Published(#[etag(version)] i64, Option<Author>),
}

fn main() {}
