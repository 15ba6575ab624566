//! What `reversible` changes: the tag shows the version, and says of which type it is.

use proc_macro2::TokenStream;
use quote::quote;

use super::parts;
use crate::bounds::Bounded;
use crate::model::{Field, Model, Role};

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
