use etag_runtime::ETag;

#[derive(ETag)]
struct Person(#[etag(version)] i64, #[etag(related)] Option<Box<House>>);

#[derive(ETag)]
struct House(#[etag(version)] i64, #[etag(related)] Vec<Person>);

fn main() {
    let _ = (Person(1, None).etag(), House(1, Vec::new()).etag());
}
