use etag_runtime::ETag;

#[derive(ETag)]
#[repr(C, packed(2))]
struct Header {
    kind: u8,
    #[etag(version)]
    version: u64,
}

fn main() {
    let tag = Header { kind: 1, version: 2 }.etag();
    assert_eq!(Header { kind: 2, version: 2 }.etag(), tag);
    assert_ne!(Header { kind: 1, version: 3 }.etag(), tag);
}
