use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[cfg(any())]
    #[etag(version)]
    version: Nowhere,
    #[cfg(all())]
    #[etag(version)]
    version: i64,
    #[cfg_attr(all(), etag(content))]
    #[cfg_attr(any(), etag(nonsense))]
    title: &'static str,
}

fn main() {
    let article = Article { version: 1, title: "Tags" };
    assert_ne!(article.etag(), Article { title: "Dates", ..article }.etag());
}
