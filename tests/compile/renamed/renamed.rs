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

#[derive(ETag)]
#[etag(crate = ::tags, salt = "salt")]
enum Post<T> {
    Draft,
    Scheduled {
        #[etag(timestamp, precision = "millis", with = ::core::clone::Clone::clone)]
        at: ::std::time::SystemTime,
    },
    Published(
        #[etag(version)] T,
        #[etag(related, guard = false, recursive)] ::core::option::Option<::std::boxed::Box<Feed<T>>>,
    ),
}

#[derive(ETag)]
#[etag(crate = ::tags, transparent, bound = "T: ::tags::Version")]
struct Feed<T>(::std::vec::Vec<Post<T>>, ::core::marker::PhantomData<T>);

#[derive(ETag)]
#[etag(crate = ::tags, stamp(PageStamp, derive(::core::clone::Clone), alias = "p"))]
struct Page<T> {
    #[etag(version)]
    version: ::core::primitive::i64,
    #[etag(related)]
    parent: ::core::option::Option<::std::boxed::Box<Self>>,
    #[etag(related)]
    children: ::std::vec::Vec<Leaf<T>>,
    _marker: ::core::marker::PhantomData<T>,
}

#[derive(ETag)]
#[etag(crate = ::tags, stamp(LeafStamp, derive(::core::clone::Clone)))]
enum Leaf<T> {
    Bud,
    Open(#[etag(version)] T),
}

#[::core::prelude::v1::test]
fn a_stamp() {
    use ::tags::Stamped;

    let page = |parent| Page {
        version: 1,
        parent,
        children: ::std::vec![Leaf::Bud, Leaf::Open(1)],
        _marker: ::core::marker::PhantomData,
    };
    let page = page(::core::option::Option::Some(::std::boxed::Box::new(page(::core::option::Option::None))));
    ::std::assert_eq!(page.etag(), page.stamp().etag());
    ::std::assert_eq!(PageStamp::<::core::primitive::i32>::COLUMNS, "p.version");
}

#[::core::prelude::v1::test]
fn in_every_shape() {
    let feed = |post| Feed(::std::vec![post], ::core::marker::PhantomData);
    let published = |version| feed(Post::Published(version, ::core::option::Option::None));
    let at = ::std::time::SystemTime::UNIX_EPOCH;
    ::std::assert_ne!(published(1).etag(), published(2).etag());
    ::std::assert_ne!(published(1).etag(), feed(Post::Draft).etag());
    ::std::assert_ne!(published(1).etag(), feed(Post::Scheduled { at }).etag());
}

#[::core::prelude::v1::test]
fn a_path_is_enough() {
    let article =
        |version| Article { author: Author(1), editor: Author(version), labels: ::std::collections::BTreeMap::new() };
    ::std::assert_eq!(article(1).etag(), article(1).etag());
    ::std::assert_ne!(article(1).etag(), article(2).etag());
    ::std::assert!(article(1).labels.is_empty());
}
