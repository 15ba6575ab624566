use etag_runtime::ETag;

#[derive(ETag)]
struct Page {
    #[etag(content)]
    title: String,
    body: String,
}

fn main() {}
