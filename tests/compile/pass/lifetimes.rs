use std::borrow::Cow;

use etag_runtime::ETag;

#[derive(ETag)]
struct Author<'a> {
    #[etag(version)]
    revision: &'a str,
    name: Cow<'a, str>,
    on_change: for<'b> fn(&'b str) -> &'b str,
}

#[derive(ETag)]
struct Article<'a, 'b: 'a> {
    #[etag(related)]
    author: &'a Author<'b>,
    #[etag(skip)]
    editor: Option<&'a Author<'b>>,
    #[etag(version)]
    version: &'static [u8],
}

fn main() {
    let revision = String::from("1");
    let author = Author { revision: &revision, name: "Ada".into(), on_change: |name| name };
    let article = Article { author: &author, editor: None, version: b"1" };
    assert_eq!(article.etag(), Article { editor: Some(&author), ..article }.etag());
    assert_eq!((author.on_change)(&author.name), "Ada");
}
