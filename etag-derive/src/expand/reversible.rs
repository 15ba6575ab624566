//! What `reversible` changes: the tag shows the version, and says of which type it is.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::parts;
use crate::bounds::Bounded;
use crate::model::{Field, Group, Model, Role};

/// The field that is the whole state.
pub(crate) fn version<'m, 'a>(model: &'m Model<'a>) -> Option<&'m Field<'a>> {
    let version = model.body.fields().find(|field| field.role == Role::Version);
    version.filter(|_| model.is_reversible)
}

/// The digest is still that of a type of parts: to an entity that this one is related to, the version is one part.
pub(crate) fn methods(model: &Model<'_>, version: &Field<'_>) -> TokenStream {
    let ty = version.ty;
    let value = parts::value(model, version);
    let parts = parts::parts(model);
    quote! {
        fn etag(&self) -> __etag::EntityTag {
            let __tag = __etag::Digest::reversible_etag_of::<Self, #ty>;
            __tag(self, #value)
        }
        fn validators(&self) -> __etag::Validators {
            let __validators = __etag::Digest::reversible_validators_of::<Self, #ty>;
            __validators(self, #value)
        }
        fn digest(&self, __digest: &mut __etag::Digest) {
            #parts
        }
    }
}

/// Expands to:
///
/// ```text
/// impl __etag::Reversible for Article {
///     type Version = i64;
/// }
/// ```
pub(crate) fn implementation(model: &Model<'_>, bounded: &Bounded) -> Option<TokenStream> {
    let ty = version(model)?.ty;
    let name = model.name;
    let (impl_generics, _, where_clause) = bounded.generics.split_for_impl();
    let (_, type_generics, _) = model.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics __etag::Reversible for #name #type_generics #where_clause {
            type Version = #ty;
        }
    })
}

/// What a transparent type is if its field is. Expands to:
///
/// ```text
/// #[diagnostic::do_not_recommend]
/// impl<__Version> __etag::Reversible for Shared
/// where
///     __Version: __etag::ReversibleVersion,
///     for<'__any> &'__any Arc<Article>: __etag::Reversible<Version = __Version>,
/// {
///     type Version = __Version;
/// }
/// ```
///
/// A bound that does not hold is an error where it is written, unless it depends on something: hence the reference.
/// The version has a name because its type may be more private than the trait.
pub(crate) fn delegation(model: &Model<'_>, group: &Group<'_>, bounded: &Bounded) -> Option<TokenStream> {
    let ty = group.relation()?.ty;
    let name = model.name;
    let mut generics = bounded.generics.clone();
    generics.params.push(parse_quote! { __Version });
    let predicates = &mut generics.make_where_clause().predicates;
    predicates.push(parse_quote! { __Version: __etag::ReversibleVersion });
    predicates.push(parse_quote! { for<'__any> &'__any #ty: __etag::Reversible<Version = __Version> });
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = model.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics __etag::Reversible for #name #type_generics #where_clause {
            type Version = __Version;
        }
    })
}
