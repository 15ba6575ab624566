use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(version, column = "lock_version")]
    version: i64,
    #[etag(content, stamp(serde(rename = "heading")))]
    title: String,
}

#[derive(ETag)]
#[etag(transparent, stamp)]
struct Page(#[etag(related, stamp(serde(flatten)))] Article);

fn main() {}
