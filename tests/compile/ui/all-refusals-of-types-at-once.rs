use etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] i64);

#[derive(ETag)]
struct Article(
    #[etag(version)] Option<f32>,
    #[etag(timestamp)] u8,
    #[etag(related)] String,
    Author,
    Vec<Author>,
);

fn main() {}
