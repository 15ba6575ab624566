use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(timestamp)]
    updated_at: String,
}

fn main() {}
