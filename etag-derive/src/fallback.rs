//! What a type with mistakes in its attributes expands to.
//!
//! The trait is implemented anyway: the user should see the mistakes, not the cascade of missing
//! impls and unsatisfied bounds that they would cause wherever the type is used.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, DeriveInput, Generics, Ident, Token, Visibility};

use crate::model::{Outline, Runtime};

/// The start of a type, which is all that a stub needs.
pub(crate) struct Header {
    attrs: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    generics: Generics,
}

impl Header {
    pub(crate) fn new(input: &DeriveInput) -> Self {
        let DeriveInput { attrs, vis, ident, generics, .. } = input.clone();
        Self { attrs, visibility: vis, name: ident, generics }
    }
}

impl Parse for Header {
    /// Whatever follows is ignored: it is still being typed.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        if input.parse::<Option<Token![struct]>>()?.is_none() {
            input.parse::<Token![enum]>()?;
        }
        let name = input.parse()?;
        let mut generics = input.parse::<Generics>().unwrap_or_default();
        generics.where_clause = input.parse().unwrap_or_default();
        input.parse::<TokenStream>()?;
        Ok(Self { attrs, visibility, name, generics })
    }
}

/// The errors, and an impl that is never called because nothing compiles.
pub(crate) fn derive(header: &Header, error: &syn::Error) -> TokenStream {
    let errors = error.to_compile_error();
    // Without a path to the runtime the impl would be one more error.
    let stub = Outline::of(&header.attrs).map(|outline| stub(header, &outline));
    quote! {
        #errors
        #stub
    }
}

fn stub(header: &Header, Outline { runtime, stamp }: &Outline) -> TokenStream {
    let name = &header.name;
    let stamp = stamp.as_ref().map(|stamp| stub_of_stamp(header, runtime, stamp.name.as_ref()));
    let (impl_generics, type_generics, where_clause) = header.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::__private::ETag for #name #type_generics #where_clause {
            // Strong, and below reversible, so that asking for a permit adds no error.
            type Strength = #runtime::__private::Strong;

            fn etag(&self) -> #runtime::__private::EntityTag {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl #impl_generics #runtime::__private::Reversible for #name #type_generics #where_clause {
            type Version = ::core::primitive::i64;
        }

        #stamp
    }
}

/// The model itself, which has every field that its stamp would have had.
fn stub_of_stamp(header: &Header, runtime: &Runtime, stamp: Option<&Ident>) -> TokenStream {
    let Header { visibility, name, generics, .. } = header;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    // Which parameters the stamp would have had is not known.
    let alias = stamp.filter(|stamp| *stamp != name && generics.params.is_empty()).map(|stamp| {
        quote! {
            #[allow(dead_code, missing_docs)]
            #visibility type #stamp = #name;
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::__private::Stamped for #name #type_generics #where_clause {
            type Stamp = Self;

            fn stamp(&self) -> Self {
                ::core::unreachable!()
            }
        }

        #alias
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Group, TokenStream, TokenTree};
    use quote::quote;
    use syn::{DeriveInput, parse_quote};

    use crate::expand::{self, derive};

    fn implements(input: &DeriveInput) -> bool {
        derive(input).to_string().contains("impl")
    }

    #[test]
    fn mistakes_leave_an_impl_unless_the_runtime_is_unknown() {
        assert!(implements(&parse_quote! { struct A(#[etag(versoin)] i64); }));
        assert!(implements(&parse_quote! { #[etag(crate = a, b)] struct A(#[etag(version)] i64); }));
        assert!(implements(&parse_quote! { union A { a: i64 } }));
        assert!(!implements(&parse_quote! { #[etag(crate = "a")] struct A(#[etag(version)] i64); }));
    }

    /// A name that is used elsewhere would be a second mistake, and so would a relation without a stamp.
    #[test]
    fn mistakes_leave_a_stamp() {
        let expansion = |input: &DeriveInput| derive(input).to_string();
        let mistaken = expansion(&parse_quote! { #[etag(stamp(Small))] pub struct A(#[etag(versoin)] i64); });
        assert!(mistaken.contains("pub type Small = A ;") && mistaken.contains("Stamped for A"), "{mistaken}");
        let generic = expansion(&parse_quote! { #[etag(stamp(Small))] struct A<T>(#[etag(versoin)] T); });
        assert!(!generic.contains("type Small") && generic.contains("Stamped for A < T >"), "{generic}");
        let without = expansion(&parse_quote! { struct A(#[etag(versoin)] i64); });
        assert!(!without.contains("Stamped"), "{without}");
    }

    /// Everything that is there when the last token was not typed yet, the closing delimiters aside.
    fn without_last(tokens: TokenStream) -> TokenStream {
        let mut trees: Vec<_> = tokens.into_iter().collect();
        match trees.pop() {
            Some(TokenTree::Group(group)) if !group.stream().is_empty() => {
                trees.push(Group::new(group.delimiter(), without_last(group.stream())).into());
            }
            _ => {}
        }
        trees.into_iter().collect()
    }

    /// From the moment on when a type has a name, it is an entity.
    #[test]
    fn a_type_that_is_being_typed_is_implemented() {
        let whole = [
            quote! { #[etag(weak)] pub struct Article<'a, T> where T: Clone { #[etag(version)] pub version: Vec<&'a T>, title: [u8; 4], } },
            quote! { struct Pair(#[etag(version)] i64, #[etag(related, guard = false)] Option<Box<Author>>); },
            quote! { enum Post { Draft, Published { #[etag(version)] version: i64 } = 1 } },
        ];
        for mut tokens in whole {
            let mut names = 0;
            loop {
                let expansion = expand::derive_tokens(tokens.clone());
                assert!(syn::parse2::<syn::File>(expansion.clone()).is_ok(), "{tokens}");
                let has_name = ["Article", "Pair", "Post"].iter().any(|name| tokens.to_string().contains(name));
                assert_eq!(expansion.to_string().contains("impl"), has_name, "{tokens} expands to {expansion}");
                if !has_name {
                    break;
                }
                names += 1;
                tokens = without_last(tokens);
            }
            assert!(names > 10, "only {names} steps");
        }
    }
}
