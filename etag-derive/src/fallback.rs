//! What a type with mistakes in its attributes expands to.
//!
//! The trait is implemented anyway: the user should see the mistakes, not the cascade of missing
//! impls and unsatisfied bounds that they would cause wherever the type is used.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, Ident, Token, Visibility};

use crate::model::{Refusal, Runtime};

/// The start of a type, which is all that a stub needs.
pub(crate) struct Header {
    pub(crate) attrs: Vec<Attribute>,
    name: Ident,
    generics: Generics,
}

impl Header {
    pub(crate) fn new(name: &Ident, generics: &Generics) -> Self {
        Self { attrs: Vec::new(), name: name.clone(), generics: generics.clone() }
    }
}

impl Parse for Header {
    /// Whatever follows is ignored: it is still being typed.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        if input.parse::<Option<Token![struct]>>()?.is_none() {
            input.parse::<Token![enum]>()?;
        }
        let name = input.parse()?;
        let mut generics = input.parse::<Generics>().unwrap_or_default();
        generics.where_clause = input.parse().unwrap_or_default();
        input.parse::<TokenStream>()?;
        Ok(Self { attrs, name, generics })
    }
}

/// The errors, and an impl that is never called because nothing compiles.
pub(crate) fn derive(header: &Header, refusal: &Refusal) -> TokenStream {
    let errors = refusal.error.to_compile_error();
    // Without a path to the runtime the impl would be one more error.
    let stub = refusal.runtime.as_ref().map(|runtime| stub(header, runtime));
    quote! {
        #errors
        #stub
    }
}

fn stub(header: &Header, runtime: &Runtime) -> TokenStream {
    let name = &header.name;
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
