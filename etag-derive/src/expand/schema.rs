//! The fingerprint of the JSON's shape.
//!
//! The first 64 bits, big-endian, of SHA-256 over a text that says what decides the shape, one
//! statement a line:
//!
//! ```text
//! struct named
//! serde rename_all = "camelCase"
//! field title : Option < String >
//! serde rename = "heading"
//! ```
//!
//! An enum is the line `enum`, and for each variant what would be said of a struct, with its name:
//! `variant Draft named`.
//!
//! What decides it: how the fields are written, the variants, the name and the type of each that serde writes,
//! and the serde attributes that concern writing, sorted. Doc comments, visibility, formatting,
//! the name of the type and `#[etag(…)]` do not. A type is its tokens as written with one space
//! between two, without a comma before the end: what a related type's JSON looks like is chained at compile time, what any other
//! type's looks like is not seen.

use proc_macro2::Literal;
use sha2::{Digest, Sha256};
use syn::Member;
use syn::ext::IdentExt;

use crate::attr::serde::SerdeAttrs;
use crate::model::{Body, Group, Model, Shape};
use crate::written::Written;

/// The fingerprint of the type itself, as a literal.
pub(crate) fn fingerprint(model: &Model<'_>) -> Literal {
    let digest = Sha256::digest(text(model));
    let fingerprint = digest.iter().take(8).fold(0, |bits: u64, byte| bits << 8 | u64::from(*byte));
    let [a, b, c, d] = [48, 32, 16, 0].map(|shift| fingerprint >> shift & 0xffff);
    let literal = format!("0x{a:04x}_{b:04x}_{c:04x}_{d:04x}");
    literal.parse().unwrap_or_else(|_| Literal::u64_unsuffixed(fingerprint))
}

fn text(model: &Model<'_>) -> String {
    let mut text = String::new();
    match &model.body {
        Body::Struct(group) | Body::Transparent(group) => {
            text.push_str(match group.shape {
                Shape::Named => "struct named\n",
                Shape::Tuple => "struct tuple\n",
                Shape::Unit => "struct unit\n",
            });
            serde(&model.serde, &mut text);
            fields(group, &mut text);
        }
        Body::Enum(variants) => {
            text.push_str("enum\n");
            serde(&model.serde, &mut text);
            for variant in variants.iter().filter(|variant| !variant.serde.is_skipped()) {
                text.push_str("variant ");
                text.push_str(&variant.name.unraw().to_string());
                text.push_str(match variant.group.shape {
                    Shape::Named => " named\n",
                    Shape::Tuple => " tuple\n",
                    Shape::Unit => " unit\n",
                });
                serde(&variant.serde, &mut text);
                fields(&variant.group, &mut text);
            }
        }
    }
    text
}

fn fields(group: &Group<'_>, text: &mut String) {
    for field in group.fields.iter().filter(|field| !field.serde.is_skipped()) {
        let name = match &field.member {
            Member::Named(name) => name.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        text.push_str("field ");
        text.push_str(&name);
        text.push_str(" :");
        text.push_str(&field.written.text);
        text.push('\n');
        serde(&field.serde, text);
    }
}

fn serde(attrs: &SerdeAttrs, text: &mut String) {
    let mut lines: Vec<_> = attrs
        .items()
        .map(|(key, argument)| {
            let mut line = format!("serde {key}");
            if let Some(tokens) = argument {
                line.push_str(" =");
                line.push_str(&Written::tokens(tokens.clone()).text);
            }
            line.push('\n');
            line
        })
        .collect();
    lines.sort();
    text.extend(lines);
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_quote};

    use super::{fingerprint, text};
    use crate::model::Model;

    fn text_of(input: &DeriveInput) -> String {
        text(&Model::from_input(input).ok().unwrap())
    }

    fn base() -> DeriveInput {
        parse_quote! {
            #[serde(rename_all = "camelCase")]
            struct Article { #[etag(version)] version: i64, title: Option<&'static str> }
        }
    }

    #[test]
    fn the_text_is_what_the_module_says() {
        let expected = "struct named\nserde rename_all = \"camelCase\"\nfield version : i64\n\
                        field title : Option < & ' static str >\n";
        assert_eq!(text_of(&base()), expected);
    }

    #[test]
    fn the_fingerprint_is_the_head_of_sha_256() {
        let model = base();
        let literal = fingerprint(&Model::from_input(&model).ok().unwrap());
        // From `sha256sum` over the text of the test above.
        assert_eq!(literal.to_string(), "0x04f4_f746_3fec_9d79");
    }

    #[test]
    fn what_does_not_show_in_the_json_does_not_count() {
        let same: DeriveInput = parse_quote! {
            /// A document.
            #[etag(weak)]
            #[serde(deny_unknown_fields, rename_all = "camelCase",)]
            pub(crate) struct Post {
                #[etag(version)] #[serde(default)] pub version: i64,
                /// Shown first.
                #[etag(content)] title: Option<&'static str>,
                #[serde(skip)] cache: u8,
            }
        };
        assert_eq!(text_of(&same), text_of(&base()));
    }

    #[test]
    fn what_shows_in_the_json_counts() {
        let others: [DeriveInput; 6] = [
            parse_quote! { struct A { #[etag(version)] version: i64, title: Option<&'static str> } },
            parse_quote! {
                #[serde(rename_all = "camelCase")]
                struct A { #[etag(version)] version: i64, heading: Option<&'static str> }
            },
            parse_quote! {
                #[serde(rename_all = "camelCase")]
                struct A { #[etag(version)] version: i64, title: &'static str }
            },
            parse_quote! {
                #[serde(rename_all = "camelCase")]
                struct A { #[etag(version)] version: i64, #[serde(flatten)] title: Option<&'static str> }
            },
            parse_quote! {
                #[serde(rename_all = "camelCase")]
                struct A { title: Option<&'static str>, #[etag(version)] version: i64 }
            },
            parse_quote! { struct A(#[etag(version)] i64, Option<&'static str>); },
        ];
        let texts: Vec<_> = others.iter().chain([&base()]).map(text_of).collect();
        for (i, left) in texts.iter().enumerate() {
            for right in &texts[..i] {
                assert_ne!(left, right);
            }
        }
    }

    /// A formatter that breaks a line adds a comma at its end.
    #[test]
    fn a_comma_before_the_end_does_not_count() {
        let types = |ty: syn::Type| text_of(&parse_quote! { struct A(#[etag(version)] i64, #ty); });
        let breaks = |ty: syn::Type, broken: syn::Type| assert_eq!(types(ty), types(broken));
        breaks(parse_quote!(Result<(A, B), Map<C, D>>), parse_quote!(Result<(A, B,), Map<C, D,>,>));
        breaks(parse_quote!((fn(A) -> B, C)), parse_quote!((fn(A) -> B, C,)));
        breaks(parse_quote!((Map<A, B>, C)), parse_quote!((Map<A, B>, C,)));
        assert!(types(parse_quote!(Map<A, &'static B>)).contains("A , & ' static B"));
        assert_ne!(types(parse_quote!((A,))), types(parse_quote!((A))));
        assert_ne!(types(parse_quote!((Map<A, B>,))), types(parse_quote!((Map<A, B>))));
        assert_ne!(types(parse_quote!((fn(A) -> B,))), types(parse_quote!((fn(A) -> B))));
    }

    #[test]
    fn variants_count() {
        let text: DeriveInput = parse_quote! {
            #[serde(tag = "kind")]
            enum State {
                #[serde(rename = "new")]
                Draft,
                r#Final(#[etag(version)] i64),
                Gone { #[etag(skip)] since: Instant },
                #[serde(skip)]
                Never,
            }
        };
        let expected = "enum\nserde tag = \"kind\"\nvariant Draft unit\nserde rename = \"new\"\n\
                        variant Final tuple\nfield 0 : i64\nvariant Gone named\nfield since : Instant\n";
        assert_eq!(text_of(&text), expected);
    }

    #[test]
    fn order_and_grouping_of_serde_attributes_do_not_count() {
        let one: DeriveInput = parse_quote! {
            struct A { #[etag(version)] #[serde(flatten, rename(serialize = "b"))] r#type: i64 }
        };
        let two: DeriveInput = parse_quote! {
            struct A { #[serde(rename(serialize = "b"))] #[serde(flatten)] #[etag(version)] r#type: i64 }
        };
        assert_eq!(text_of(&one), text_of(&two));
        assert!(text_of(&one).contains("field type :"));
    }
}
