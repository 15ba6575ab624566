use std::time::SystemTime;

use etag_runtime::ETag;

#[derive(ETag)]
struct Page(#[etag(timestamp(precision = "seconds"))] SystemTime);

fn main() {
    let _ = Page(SystemTime::now()).etag();
}
