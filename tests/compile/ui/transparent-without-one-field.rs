use etag_runtime::ETag;

#[derive(ETag)]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(transparent)]
struct Two(Article, Article);

#[derive(ETag)]
#[etag(transparent)]
struct None;

#[derive(ETag)]
#[etag(transparent)]
enum Either {
    Left(Article),
}

fn main() {}
