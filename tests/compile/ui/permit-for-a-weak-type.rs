use etag_runtime::ETag;

#[derive(ETag)]
struct Article(#[etag(timestamp)] std::time::SystemTime);

fn permit<T: etag_runtime::StrongETag>(_: T) {}

fn main() {
    permit(Article(std::time::SystemTime::now()));
}
