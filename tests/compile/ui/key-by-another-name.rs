use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(revision)] i64, #[etag(ignore)] u8);

#[derive(ETag)]
#[etag(hash)]
struct Article(#[etag(related, unguarded)] Author, #[etag(last_modified, unit = "ms")] std::time::SystemTime);

#[derive(ETag)]
struct Page(#[etag(timestamp, precision = "ms")] std::time::SystemTime);

fn main() {
    let _ = Article(Author(1, 2), std::time::SystemTime::now()).etag();
}
