//! `Self` as the stamp has to write it: the model by its name.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parse;

use crate::model::Model;

/// The model, as others name it.
pub(super) struct Own {
    /// `Node<T>`.
    plain: TokenStream,
    /// `<Node<T>>`, for what stands before `::`.
    qualified: TokenStream,
}

impl Own {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let name = model.name;
        let (_, generics, _) = model.generics.split_for_impl();
        Self { plain: quote! { #name #generics }, qualified: quote! { <#name #generics> } }
    }

    /// `syntax` with the name of the model in place of `Self`.
    pub(super) fn named<T: ToTokens + Parse + Clone>(&self, syntax: &T) -> T {
        let mut found = false;
        let tokens = self.replace(syntax.to_token_stream(), &mut found);
        // What was a type or a path before is one after.
        if found { syn::parse2(tokens).unwrap_or_else(|_| syntax.clone()) } else { syntax.clone() }
    }

    fn replace(&self, tokens: TokenStream, found: &mut bool) -> TokenStream {
        let mut replaced = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) if name == "Self" => {
                    *found = true;
                    let is_start = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                    replaced.extend(if is_start { self.qualified.clone() } else { self.plain.clone() });
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.replace(group.stream(), found));
                    inner.set_span(group.span());
                    replaced.extend([TokenTree::from(inner)]);
                }
                token => replaced.extend([token]),
            }
        }
        replaced
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{DeriveInput, Expr, Type, parse_quote};

    use super::Own;
    use crate::model::Model;

    #[test]
    fn the_model_stands_for_self() {
        let input: DeriveInput = parse_quote! { struct Node<'a, T: Clone>(#[etag(version)] &'a T); };
        let own = Own::new(&Model::from_input(&input).ok().unwrap());
        let table: [(Type, &str); 4] = [
            (parse_quote!(Option<Box<Self>>), "Option < Box < Node < 'a , T > > >"),
            (parse_quote!([Self::Key; 2]), "[< Node < 'a , T > > :: Key ; 2]"),
            (parse_quote!(<Self as Keyed>::Key), "< Node < 'a , T > as Keyed > :: Key"),
            (parse_quote!(String), "String"),
        ];
        for (ty, expected) in table {
            assert_eq!(own.named(&ty).to_token_stream().to_string(), expected);
        }
        let salt: Expr = parse_quote!(salt::<Self>(Self::SECRET));
        let expected = "salt :: < Node < 'a , T > > (< Node < 'a , T > > :: SECRET)";
        assert_eq!(own.named(&salt).to_token_stream().to_string(), expected);
    }
}
