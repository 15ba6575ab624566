use etag_runtime::{ETag, StrongETag};

#[derive(ETag)]
struct Article<'a, T>(#[etag(versoin)] &'a str, T);

#[derive(ETag)]
struct Page(#[etag(related)] Article<'static, u8>);

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let article = Article("1", 2);
    permit(&article);
    Page(article).etag();
}
