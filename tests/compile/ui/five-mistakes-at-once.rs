use etag_runtime::ETag;

#[derive(ETag)]
#[etag(strnog, content = true)]
struct Article {
    #[etag(version, skip)]
    version: i64,
    #[etag(relatd)]
    author: String,
    #[etag(touch)]
    title: String,
}

fn main() {}
