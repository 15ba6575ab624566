//! A secret of the server in every tag.

use std::sync::OnceLock;

use etag_runtime::{ETag, StrongETag};

static SECRET: OnceLock<Vec<u8>> = OnceLock::new();

fn secret() -> &'static [u8] {
    SECRET.get_or_init(|| b"at run time".to_vec())
}

#[derive(ETag)]
#[etag(content, salt = secret())]
struct Salted(i64);

#[derive(ETag)]
#[etag(content)]
struct Plain(i64);

#[derive(ETag)]
#[etag(salt = "of" .to_owned() + "text")]
enum Text<T> {
    A(#[etag(version)] T),
}

#[derive(ETag)]
struct Holder<T>(#[etag(related)] T);

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    permit(&Salted(1));
    let halves = |tag: etag_runtime::EntityTag| {
        let text = tag.to_string();
        let (state, representation) = text.split_once('.').unwrap();
        (state.to_owned(), representation.to_owned())
    };
    let (salted, plain) = (halves(Salted(1).etag()), halves(Plain(1).etag()));
    assert_ne!(salted.0, plain.0);
    assert_ne!(salted.1, plain.1);
    assert_eq!(halves(Salted(2).etag()).1, salted.1, "the salt alone is in this half");
    assert_ne!(Holder(Salted(1)).etag(), Holder(Salted(2)).etag());
    assert_ne!(Text::A(1).etag(), Text::A(2).etag());
}
