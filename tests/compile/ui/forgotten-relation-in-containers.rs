use etag_runtime::ETag;

#[derive(ETag)]
struct Comment<'a>(#[etag(version)] &'a str);

type Comments<'a> = Option<Vec<Comment<'a>>>;

#[derive(ETag)]
struct Article<'a>(#[etag(version)] i64, Comments<'a>);

fn main() {}
