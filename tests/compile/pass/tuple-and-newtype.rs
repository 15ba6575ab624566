use etag_runtime::ETag;

#[derive(ETag)]
struct Revision(#[etag(version)] u32);

#[derive(ETag)]
struct Pair(#[etag(version)] String, u8, #[etag(related)] Revision);

#[derive(ETag)]
#[etag(content)]
struct Nothing;

#[derive(ETag)]
#[etag(content)]
struct Empty {}

fn main() {
    assert_ne!(Revision(1).etag(), Revision(2).etag());
    let tag = Pair("a".to_owned(), 1, Revision(1)).etag();
    assert_eq!(Pair("a".to_owned(), 2, Revision(1)).etag(), tag);
    assert_ne!(Pair("a".to_owned(), 1, Revision(2)).etag(), tag);
    assert_ne!(Nothing.etag(), Empty {}.etag(), "`null` is not `{{}}`");
}
