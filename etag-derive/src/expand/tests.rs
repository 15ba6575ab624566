//! Expansions to read. Few, because every change of the expansion shows in each of them.

use quote::ToTokens;
use syn::{DeriveInput, parse_quote};

use super::derive;

/// Compares with a file in `snapshots/`.
fn assert_expansion(name: &str, input: &DeriveInput) {
    let file = syn::parse2(derive(input)).unwrap();
    let expansion = prettyplease::unparse(&file);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, expansion);
    });
}

#[test]
fn versioned_with_relations() {
    assert_expansion(
        "versioned_with_relations",
        &parse_quote! {
            struct Article {
                id: i64,
                #[etag(version)]
                version: i64,
                #[etag(timestamp)]
                updated_at: SystemTime,
                #[etag(related)]
                author: Author,
                #[etag(related, guard = false, touch)]
                comments: Vec<Comment>,
                labels: Labels,
                #[etag(skip)]
                views: u64,
            }
        },
    );
}

/// What most types look like: the size of this file is what a derive costs the compiler.
#[test]
fn plain() {
    let input = parse_quote! {
        #[derive(Serialize)]
        struct Article {
            id: i64,
            title: String,
            body: String,
            tags: Vec<String>,
            #[etag(version)]
            version: i64,
        }
    };
    assert_expansion("plain", &input);
    let lines = prettyplease::unparse(&syn::parse2(derive(&input)).unwrap()).lines().count();
    assert!(lines < 60, "{lines} lines");
}

/// The tag shows the version; as a part of another entity, it is a part as ever.
#[test]
fn reversible() {
    assert_expansion(
        "reversible",
        &parse_quote! {
            #[etag(reversible)]
            struct Article {
                title: String,
                #[etag(version)]
                version: i64,
            }
        },
    );
}

#[test]
fn variants() {
    assert_expansion(
        "variants",
        &parse_quote! {
            #[etag(salt = secret())]
            enum Post<T> {
                Draft,
                Scheduled {
                    #[etag(timestamp, precision = "millis", with = instant)]
                    at: Foreign,
                    title: String,
                },
                Published(#[etag(version)] T, #[etag(related, recursive)] Author),
            }
        },
    );
}

#[test]
fn transparent() {
    assert_expansion(
        "transparent",
        &parse_quote! {
            #[etag(transparent)]
            struct Page(Article, PhantomData<u8>);
        },
    );
}

/// The fields with a part in the tag, as a type of their own.
/// The compiler has it derived, and says what it thinks of it: a panic of the derive would be in front of that.
#[test]
fn a_sum_of_traits_is_a_type_too() {
    for sum in ["dyn Entity + Send", "Entity + Send", "dyn Entity + 'static"] {
        for attribute in ["transparent", "reversible", "weak"] {
            let source = format!("#[etag({attribute})] struct Page(#[etag(related)] {sum});");
            let expansion = derive(&syn::parse_str(&source).unwrap());
            assert!(syn::parse2::<syn::File>(expansion).is_ok(), "{source}");
        }
    }
}

#[test]
fn stamp() {
    assert_expansion(
        "stamp",
        &parse_quote! {
            #[etag(stamp(ArticleStamp, derive(Clone, sqlx::FromRow), alias = "a"))]
            pub(crate) struct Article<T> {
                #[etag(content)]
                id: i64,
                title: T,
                #[etag(version)]
                version: i64,
                #[etag(timestamp, column = "modified")]
                updated_at: SystemTime,
                #[etag(related)]
                author: Author,
                #[etag(related, guard = false, stamp(sqlx(json)))]
                comments: Vec<Comment>,
            }
        },
    );
}

/// The expansion as one line, each token after a space.
fn line(input: &DeriveInput) -> String {
    derive(input).to_string()
}

#[test]
fn a_column_is_renamed_only_if_the_field_has_another_name() {
    let same = line(&parse_quote! {
        #[etag(stamp(ArticleStamp))]
        struct Article {
            #[etag(version, column = "version")]
            version: i64,
            #[etag(timestamp, column = "modified")]
            updated_at: SystemTime,
        }
    });
    assert!(same.contains(r#"= "version, modified AS \"updated_at\"" ;"#), "{same}");
}

/// What another derive asks of a type is not known.
#[test]
fn only_known_derives_are_asked_of_a_related_stamp() {
    let expansion = line(&parse_quote! {
        #[etag(stamp(PageStamp, derive(Clone, sqlx::FromRow)))]
        struct Page<T> {
            #[etag(related)]
            item: T,
        }
    });
    assert!(expansion.contains(":: Stamp : Clone"), "{expansion}");
    assert!(!expansion.contains("Clone + sqlx"), "{expansion}");
}

/// Nor is there anything to derive for it.
#[test]
fn a_stamp_that_is_the_model_takes_no_keys() {
    let expansion = |keys: &str| {
        let source = format!("#[etag(content, stamp{keys})] struct Settings(u8);");
        line(&syn::parse_str(&source).unwrap())
    };
    for keys in ["(SettingsStamp)", "(derive(Clone))", "(attributes(serde(transparent)))", "(alias = \"a\")"] {
        assert!(expansion(keys).contains("write `stamp` alone"), "{keys}");
    }
    assert!(!expansion("").contains("compile_error"));
}

/// A parameter of an impl alone is none of the type that is declared.
#[test]
fn a_declared_stamp_asks_for_no_strength() {
    let expansion = derive(&parse_quote! {
        #[etag(stamp(PageStamp))]
        struct Page<T> {
            #[etag(related)]
            item: Private<T>,
            #[etag(related, recursive)]
            next: Option<Box<Page<T>>>,
        }
    });
    assert!(expansion.to_string().contains("__Strength0"), "{expansion}");
    let file: syn::File = syn::parse2(expansion).unwrap();
    let declared = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(stamp) => Some(stamp.to_token_stream().to_string()),
        _ => None,
    });
    let declared = declared.unwrap();
    assert!(declared.contains("where") && !declared.contains("__Strength"), "{declared}");
}

#[test]
fn generic() {
    assert_expansion(
        "generic",
        &parse_quote! {
            struct Page<'a, T: Clone, const N: usize>
            where
                T: 'a,
            {
                #[etag(related)]
                items: [&'a T; N],
                #[etag(related)]
                owner: Owner<T>,
                #[etag(related)]
                next: Option<Box<Self>>,
                #[etag(version)]
                cursor: &'a str,
            }
        },
    );
}

#[test]
fn content() {
    assert_expansion(
        "content",
        &parse_quote! {
            #[etag(content, crate = crate::conditional)]
            #[serde(rename_all = "camelCase")]
            struct Settings {
                theme: String,
                r#type: Option<Kind>,
                #[serde(skip)]
                parsed: Cache,
            }
        },
    );
}

#[test]
fn mistaken() {
    assert_expansion(
        "mistaken",
        &parse_quote! {
            struct Article<T>(#[etag(versoin)] T);
        },
    );
}

/// Whatever stands in the attributes, something that parses comes out.
#[test]
fn no_attribute_makes_it_panic() {
    const WORDS: [&str; 38] = [
        "stamp",
        "stamp(Small)",
        "stamp(Small, derive(a::b), alias = \"a\")",
        "stamp(skp = 1, \"a\")",
        "column = \"b\"",
        "precision",
        "recursive",
        "with",
        "transparent",
        "salt",
        "bound",
        "\"millis\"",
        "version",
        "timestamp",
        "related",
        "guard",
        "touch",
        "content",
        "skip",
        "strong",
        "weak",
        "crate",
        "r#version",
        "skp",
        "=",
        ",",
        "(",
        ")",
        "true",
        "1",
        "\"a\"",
        "\"\"",
        "::",
        "'a",
        "<",
        "#",
        "a::b",
        ",",
    ];
    let mut state = 1_u64;
    let mut soup = || {
        let mut text = String::new();
        for _ in 0..8 {
            // The constants of Knuth's MMIX; the low bits have a short period.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = usize::try_from(state >> 33).unwrap() % (WORDS.len() + 4);
            text.push_str(WORDS.get(word).copied().unwrap_or_default());
            text.push(' ');
        }
        text
    };
    let mut accepted = 0;
    let shapes = [("struct A<'a, T>(", ");"), ("enum A<'a, T> { B(", ") }")];
    for (before, after) in shapes.into_iter().cycle().take(20_000) {
        let source = format!(
            "#[etag({})] #[repr({})] {} #[etag({})] #[serde({})] Vec<T>, #[etag({})] &'a f64 {}",
            soup(),
            soup(),
            before,
            soup(),
            soup(),
            soup(),
            after,
        );
        // Unbalanced parentheses never reach a derive.
        let Ok(input) = syn::parse_str(&source) else { continue };
        accepted += 1;
        let expansion = derive(&input);
        assert!(syn::parse2::<syn::File>(expansion).is_ok(), "{source}");
    }
    assert!(accepted > 1_000, "only {accepted} inputs were balanced");
}
