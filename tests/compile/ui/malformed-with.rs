use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, with = "half")]
    version: f64,
    #[etag(content, with)]
    title: String,
    #[etag(related, with = half)]
    author: String,
    #[etag(content, with(half))]
    weight: f64,
}

fn main() {}
