use etag_runtime::ETag;

#[derive(ETag)]
struct Article<V>(#[etag(version)] V);

fn main() {
    let _ = Article(1).etag();
    let _ = Article(1.0).etag();
}
