//! The fingerprint follows the JSON's shape, through relations, and the state half never does.

use etag_runtime::EntityTag;

/// A module for each edit of one model, with the tag of the same value.
macro_rules! edits {
    ($($name:ident { $($item:item)* } $value:expr;)*) => {
        $(mod $name {
            $(#[derive(serde::Serialize, etag_runtime::ETag)] $item)*

            pub(crate) fn tag() -> etag_runtime::EntityTag {
                use etag_runtime::ETag as _;
                $value.etag()
            }
        })*

        const EDITS: &[(&str, fn() -> EntityTag)] = &[$((stringify!($name), $name::tag)),*];
    };
}

edits! {
    base {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, #[etag(skip)] title: String }
    } Article { version: 1, author: Some(Author(2)), title: String::new() };

    // What does not show in the JSON.
    same_documented {
        /// An author.
        pub struct Author(#[etag(version)] i64);
        #[serde(deny_unknown_fields)]
        pub(super) struct Article {
            #[doc(hidden)]
            #[etag(version)]
            pub version: i64,
            #[serde(default)]
            #[etag(related)]
            pub(super) author: Option<Author>,
            title: String,
            #[serde(skip)]
            cache: u8,
            #[serde(skip_serializing)]
            secret: u8,
        }
    } Article { version: 1, author: Some(Author(2)), title: String::new(), cache: 1, secret: 2 };
    same_with_another_name {
        pub struct Author(#[etag(version)] i64);
        pub struct Post { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, title: String }
    } Post { version: 1, author: Some(Author(2)), title: String::new() };

    // What does.
    added {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, title: String, more: u8 }
    } Article { version: 1, author: Some(Author(2)), title: String::new(), more: 0 };
    removed {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author> }
    } Article { version: 1, author: Some(Author(2)) };
    renamed {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, heading: String }
    } Article { version: 1, author: Some(Author(2)), heading: String::new() };
    retyped {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, title: Option<String> }
    } Article { version: 1, author: Some(Author(2)), title: None };
    reordered {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { title: String, #[etag(version)] version: i64, #[etag(related)] author: Option<Author> }
    } Article { version: 1, author: Some(Author(2)), title: String::new() };
    renamed_in_the_json {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, #[serde(rename = "heading")] title: String }
    } Article { version: 1, author: Some(Author(2)), title: String::new() };
    all_renamed_in_the_json {
        pub struct Author(#[etag(version)] i64);
        #[serde(rename_all = "UPPERCASE")]
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, title: String }
    } Article { version: 1, author: Some(Author(2)), title: String::new() };
    left_out_of_the_json {
        pub struct Author(#[etag(version)] i64);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, #[serde(skip_serializing)] #[allow(dead_code)] title: String }
    } Article { version: 1, author: Some(Author(2)), title: String::new() };
    changed_in_a_relation {
        pub struct Author(#[etag(version)] i64, String);
        pub struct Article { #[etag(version)] version: i64, #[etag(related)] author: Option<Author>, #[etag(skip)] title: String }
    } Article { version: 1, author: Some(Author(2, String::new())), title: String::new() };
}

mod variants {
    use etag_runtime::{ETag, Schema};

    macro_rules! schemas {
        ($($variants:tt)*) => { [$({
            #[derive(serde::Serialize, ETag)]
            #[allow(dead_code)]
            enum Post $variants
            Post::SCHEMA
        }),*] };
    }

    pub(crate) fn all_differ() {
        let schemas: [Schema; 6] = schemas! {
            { Draft, Final(#[etag(version)] i64) }
            { Draft }
            { Draft, Final(#[etag(version)] u64) }
            { Draft, Final { #[etag(version)] version: i64 } }
            { Draft, Last(#[etag(version)] i64) }
            { Draft, #[serde(rename = "Last")] Final(#[etag(version)] i64) }
        };
        for (i, left) in schemas.iter().enumerate() {
            assert!(schemas[..i].iter().all(|right| left != right), "variants number {i}");
        }
        let [with, without] = schemas! { { Draft } { Draft, #[serde(skip)] Never(#[etag(version)] i64) } };
        assert_eq!(with, without);
    }
}

fn main() {
    let halves = |tag: &EntityTag| {
        let (state, representation) = tag.to_string().split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        (state, representation)
    };
    let (state, representation) = halves(&base::tag());
    for (name, tag) in EDITS {
        let (edited_state, edited_representation) = halves(&tag());
        assert_eq!(edited_state, state, "{name}");
        let is_same = *name == "base" || name.starts_with("same");
        assert_eq!(edited_representation == representation, is_same, "{name}");
    }
    variants::all_differ();
}
