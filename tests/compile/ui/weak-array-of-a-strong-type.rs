use std::time::SystemTime;

use etag_runtime::ETag;

#[derive(ETag)]
struct Loose(#[etag(timestamp)] SystemTime);

#[derive(ETag)]
#[etag(strong)]
struct Page<const N: usize>(#[etag(version)] i64, #[etag(related)] [Loose; N]);

fn main() {
    let _ = ETag::etag(&Page(1, [Loose(SystemTime::now())]));
}
