use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
enum Post {
    #[etag(skip)]
    Draft,
    Scheduled(#[etag(version)] i64, #[etag(version)] i64),
    Published(#[etag(versoin)] i64, #[etag(guard = false)] Author),
}

fn main() {
    let _ = Post::Draft.etag();
}
