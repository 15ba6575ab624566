use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(timestamp)] std::time::SystemTime);

#[derive(ETag)]
struct Article(#[etag(version)] i64, #[etag(related)] Vec<Author>);

fn permit<T: etag_runtime::StrongETag>(_: T) {}

fn main() {
    permit(Article(1, Vec::new()));
}
