//! Types as they are written outside the impl, where parameters mean nothing.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Type;

use crate::mention::mentions;
use crate::model::Model;

/// Closes types over the parameters of the model.
pub(crate) struct Closed<'a> {
    lifetimes: Vec<&'a Ident>,
    /// The parameters for which nothing can be written.
    open: Vec<&'a Ident>,
    /// The type being derived; `None` if it has such parameters.
    pub(crate) own: Option<TokenStream>,
}

impl<'a> Closed<'a> {
    pub(crate) fn new(model: &Model<'a>) -> Self {
        let lifetimes: Vec<_> = model.generics.lifetimes().map(|param| &param.lifetime.ident).collect();
        let open = model.open_params();
        let own = open.is_empty().then(|| {
            let name = model.name;
            let statics = lifetimes.iter().map(|_| quote! { 'static });
            if lifetimes.is_empty() {
                quote! { #name }
            } else {
                quote! { #name<#(#statics),*> }
            }
        });
        Self { lifetimes, open, own }
    }

    /// `ty` with `'static` for lifetimes and with the name of the type for `Self`.
    ///
    /// `None` if it mentions a type or const parameter: what it is depends on who asks.
    pub(crate) fn ty(&self, ty: &Type) -> Option<TokenStream> {
        if mentions(ty, &self.open) {
            return None;
        }
        self.close(ty.to_token_stream())
    }

    fn close(&self, tokens: TokenStream) -> Option<TokenStream> {
        let mut closed = TokenStream::new();
        let mut is_lifetime = false;
        for token in tokens {
            let follows_quote = std::mem::take(&mut is_lifetime);
            match token {
                TokenTree::Ident(name) if follows_quote && self.lifetimes.contains(&&name) => {
                    closed.extend([TokenTree::from(Ident::new("static", name.span()))]);
                }
                TokenTree::Ident(name) if !follows_quote && name == "Self" => {
                    closed.extend(self.own.clone()?);
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.close(group.stream())?);
                    inner.set_span(group.span());
                    closed.extend([TokenTree::from(inner)]);
                }
                token => {
                    is_lifetime = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
                    closed.extend([token]);
                }
            }
        }
        Some(closed)
    }
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, Type, parse_quote};

    use super::Closed;
    use crate::model::Model;

    fn close(input: &DeriveInput, ty: &Type) -> Option<String> {
        let model = Model::from_input(input).ok().unwrap();
        Closed::new(&model).ty(ty).map(|tokens| tokens.to_string())
    }

    #[test]
    fn lifetimes_and_self_are_replaced() {
        let input = parse_quote! { struct Node<'a>(#[etag(version)] &'a str); };
        let table: [(Type, &str); 4] = [
            (parse_quote!(Option<Box<Self>>), "Option < Box < Node < 'static > > >"),
            (parse_quote!([&'a str; 2]), "[& 'static str ; 2]"),
            (parse_quote!(for<'b> fn(&'b a)), "for < 'b > fn (& 'b a)"),
            (parse_quote!(String), "String"),
        ];
        for (ty, expected) in table {
            assert_eq!(close(&input, &ty).as_deref(), Some(expected));
        }
    }

    #[test]
    fn parameters_stay_open() {
        let input = parse_quote! { struct Node<T, const N: usize>(#[etag(version)] i64); };
        assert_eq!(close(&input, &parse_quote!(Vec<T>)), None);
        assert_eq!(close(&input, &parse_quote!([u8; N])), None);
        assert_eq!(close(&input, &parse_quote!(Option<(Box<Self>, u8)>)), None);
        assert!(close(&input, &parse_quote!(other::T)).is_some());
    }
}
