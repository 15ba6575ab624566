use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(BitsStamp))]
union Bits {
    number: u32,
}

#[derive(ETag)]
#[etag(stamp(PostStamp))]
enum Post {
    #[etag(stamp(DraftStamp))]
    Draft,
}

fn main() {}
