use etag_runtime::ETag;

#[derive(ETag)]
#[etag(content, strong, content)]
struct Article {
    title: String,
}

fn main() {}
