use etag_runtime::ETag;

#[derive(ETag)]
union Either {
    #[etag(version)]
    signed: i64,
    unsigned: u64,
}

fn main() {}
