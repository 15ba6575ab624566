use etag_runtime::ETag;

struct Title(String);

#[derive(ETag)]
struct Article {
    #[etag(content)]
    title: Option<Title>,
}

fn main() {}
