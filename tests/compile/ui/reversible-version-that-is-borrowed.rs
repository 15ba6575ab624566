use etag_runtime::ETag;

#[derive(ETag)]
#[etag(reversible)]
struct Article<'a> {
    #[etag(version)]
    version: &'a str,
}

#[derive(ETag)]
#[etag(reversible)]
struct Comment {
    #[etag(version, with = String::as_str)]
    version: String,
}

fn main() {}
