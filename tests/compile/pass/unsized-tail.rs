use etag_runtime::ETag;

#[derive(ETag)]
struct Blob<T: ?Sized> {
    length: usize,
    #[etag(version)]
    bytes: T,
}

#[derive(ETag)]
struct Text {
    #[etag(version)]
    text: str,
}

fn main() {
    let blob: &Blob<[u8]> = &Blob { length: 2, bytes: [1, 2] };
    assert_ne!(blob.etag(), Blob { length: 2, bytes: [1, 3] }.etag());
    let _ = |text: &Text| text.etag();
}
