use etag_runtime::{ETag, Preconditions};

#[derive(ETag)]
struct Article(#[etag(version)] i64);

#[derive(ETag)]
#[etag(transparent)]
struct Shared(Box<Article>);

fn write(preconditions: &Preconditions) {
    let _ = preconditions.require().guard_unread::<Article>();
    let _ = preconditions.require().guard_unread::<Shared>();
}

fn main() {}
