use etag_runtime::ETag;

#[derive(ETag)]
enum Post {
    Draft,
    Scheduled { title: String },
    Published { version: i64, title: String },
}

fn main() {}
