use std::time::SystemTime;

use etag_runtime::ETag;

#[derive(ETag)]
struct Loose(#[etag(timestamp)] SystemTime);

#[derive(ETag)]
#[etag(strong)]
struct Page<T>(#[etag(version)] i64, #[etag(related)] Vec<T>);

fn main() {
    let _ = ETag::etag(&Page(1, vec![Loose(SystemTime::now())]));
}
