use etag_runtime::ETag;

type Revision = f64;

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: Revision,
}

fn main() {}
