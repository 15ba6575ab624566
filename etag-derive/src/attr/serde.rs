//! `#[serde(…)]`, read for two questions only: is the field in the JSON, and what shapes it.
//!
//! Nothing is reported here. What serde does not accept, serde reports.

use proc_macro2::TokenStream;
use syn::{Attribute, ExprPath, LitStr};

use super::item::{Item, items};

/// Keys that concern reading only: adding one changes no byte of the JSON.
const READING: [&str; 11] = [
    "alias",
    "borrow",
    "bound",
    "crate",
    "default",
    "deny_unknown_fields",
    "deserialize_with",
    "expecting",
    "from",
    "skip_deserializing",
    "try_from",
];

/// The `#[serde(…)]` items of a type or field that concern writing.
#[derive(Clone, Default)]
pub(crate) struct SerdeAttrs(Vec<Item>);

impl SerdeAttrs {
    pub(crate) fn parse(attributes: &[Attribute]) -> Self {
        let written = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
            .filter_map(items)
            .flatten()
            .flatten()
            .filter(|item| !READING.contains(&item.key.to_string().as_str()))
            .collect();
        Self(written)
    }

    /// Whether the field never appears in the JSON.
    pub(crate) fn is_skipped(&self) -> bool {
        self.has("skip") || self.has("skip_serializing")
    }

    /// Whether the JSON comes from code that the type of the field says nothing about.
    pub(crate) fn is_written_by_hand(&self) -> bool {
        self.has("with") || self.has("serialize_with") || self.has("into")
    }

    /// The function that writes the field in place of its `Serialize`.
    pub(crate) fn writer(&self) -> Option<ExprPath> {
        let path = |key: &str, suffix: &str| {
            let item = self.0.iter().find(|item| item.key == key)?;
            let path: LitStr = syn::parse2(item.argument()?.clone()).ok()?;
            LitStr::new(&(path.value() + suffix), path.span()).parse().ok()
        };
        path("serialize_with", "").or_else(|| path("with", "::serialize"))
    }

    /// Each item's key and its tokens.
    pub(crate) fn items(&self) -> impl Iterator<Item = (String, Option<&TokenStream>)> {
        self.0.iter().map(|item| (item.key.to_string(), item.argument()))
    }

    fn has(&self, key: &str) -> bool {
        self.0.iter().any(|item| item.key == key)
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Attribute, parse_quote};

    use super::SerdeAttrs;

    fn keys(attributes: &[Attribute]) -> Vec<String> {
        SerdeAttrs::parse(attributes).items().map(|(key, _)| key).collect()
    }

    #[test]
    fn keys_of_reading_are_left_out() {
        let attributes = [
            parse_quote!(#[serde(rename = "a", default)]),
            parse_quote!(#[doc = "b"]),
            parse_quote!(#[serde(alias = "c", flatten)]),
        ];
        assert_eq!(keys(&attributes), ["rename", "flatten"]);
    }

    #[test]
    fn what_serde_would_refuse_is_ignored() {
        assert!(keys(&[parse_quote!(#[serde]), parse_quote!(#[serde("x", = 1)])]).is_empty());
    }

    #[test]
    fn the_function_that_writes_a_field() {
        let writer = |attribute: Attribute| {
            SerdeAttrs::parse(&[attribute]).writer().map(|path| path.to_token_stream().to_string())
        };
        assert_eq!(writer(parse_quote!(#[serde(serialize_with = "a::<T>::b")])).unwrap(), "a :: < T > :: b");
        assert_eq!(writer(parse_quote!(#[serde(with = "hex")])).unwrap(), "hex :: serialize");
        assert_eq!(writer(parse_quote!(#[serde(serialize_with = 1)])), None);
        assert_eq!(writer(parse_quote!(#[serde(deserialize_with = "a")])), None);
    }

    #[test]
    fn skipped_or_written_by_hand() {
        let parse = |attribute: Attribute| SerdeAttrs::parse(&[attribute]);
        assert!(parse(parse_quote!(#[serde(skip)])).is_skipped());
        assert!(parse(parse_quote!(#[serde(skip_serializing)])).is_skipped());
        assert!(!parse(parse_quote!(#[serde(skip_deserializing)])).is_skipped());
        assert!(!parse(parse_quote!(#[serde(skip_serializing_if = "f")])).is_skipped());
        assert!(parse(parse_quote!(#[serde(with = "m")])).is_written_by_hand());
        assert!(!parse(parse_quote!(#[serde(deserialize_with = "m")])).is_written_by_hand());
    }
}
