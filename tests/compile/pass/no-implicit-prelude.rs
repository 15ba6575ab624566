#![no_implicit_prelude]

use ::etag_runtime::ETag;

#[derive(ETag)]
struct Author(#[etag(version)] ::std::string::String);

#[derive(::serde::Serialize)]
struct Label;

#[derive(ETag)]
struct Article<T> {
    #[etag(version)]
    version: ::core::primitive::i64,
    #[etag(timestamp)]
    updated_at: ::core::option::Option<::std::time::SystemTime>,
    #[etag(related)]
    author: Author,
    #[etag(related, guard = false)]
    others: ::std::vec::Vec<T>,
    #[etag(content)]
    label: Label,
    labels: ::std::vec::Vec<Label>,
}

fn main() {
    let article = Article::<Author> {
        version: 1,
        updated_at: ::core::option::Option::None,
        author: Author(::std::string::String::new()),
        others: ::std::vec::Vec::new(),
        label: Label,
        labels: ::std::vec::Vec::new(),
    };
    let _ = ETag::etag(&article);
}
