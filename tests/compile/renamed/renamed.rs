//! The runtime goes by another name, and there is no prelude.
#![no_implicit_prelude]

use ::tags::ETag;

#[derive(ETag)]
#[etag(crate = ::tags)]
struct Author(#[etag(version)] ::core::primitive::i64);

#[derive(ETag)]
#[etag(crate = ::tags)]
struct Article<T> {
    #[etag(related)]
    author: Author,
    #[etag(related)]
    editor: T,
    #[etag(content)]
    labels: ::std::collections::BTreeMap<::core::primitive::u8, ::std::string::String>,
}

#[::core::prelude::v1::test]
fn a_path_is_enough() {
    let article =
        |version| Article { author: Author(1), editor: Author(version), labels: ::std::collections::BTreeMap::new() };
    ::std::assert_eq!(article(1).etag(), article(1).etag());
    ::std::assert_ne!(article(1).etag(), article(2).etag());
    ::std::assert!(article(1).labels.is_empty());
}
