use etag_runtime::ETag;

#[derive(ETag)]
#[etag(contents)]
struct Article {
    title: String,
}

fn main() {}
