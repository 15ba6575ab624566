use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(AuthorStamp, alias = "a"))]
struct Author(#[etag(version, column = "version")] i64);

#[derive(ETag)]
#[etag(stamp(ArticleStamp))]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(related, column = "author_id")]
    author: Author,
}

#[derive(ETag)]
#[etag(stamp(PostStamp))]
enum Post {
    Draft {
        #[etag(version, column = "lock_version")]
        version: i64,
    },
}

fn main() {}
