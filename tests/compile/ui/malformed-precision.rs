use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(timestamp, precision = "milis")]
    updated_at: std::time::SystemTime,
}

#[derive(ETag)]
struct Author {
    #[etag(timestamp, precision = seconds)]
    updated_at: std::time::SystemTime,
    #[etag(related, precision)]
    article: Article,
}

fn main() {}
