use etag_runtime::ETag;

#[derive(ETag)]
#[etag(transparent)]
struct Article(String);

fn main() {
    let _ = Article(String::new()).etag();
}
