use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    id: i64,
    title: String,
}

fn main() {}
