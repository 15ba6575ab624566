//! What `reversible` changes: the tag shows the version, and says of which type it is.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Generics, Type, WherePredicate, parse_quote};

use super::parts;
use crate::bounds::is_public;
use crate::model::{Field, Group, Model, Role};

/// The field that is the whole state.
pub(crate) fn version<'m, 'a>(model: &'m Model<'a>) -> Option<&'m Field<'a>> {
    let version = model.body.fields().find(|field| field.role == Role::Version);
    version.filter(|_| model.is_reversible)
}

/// The digest is still that of a type of parts: to an entity that this one is related to, the version is one part.
pub(crate) fn methods(model: &Model<'_>, version: &Field<'_>) -> TokenStream {
    let value = value(model, version);
    let parts = parts::parts(model);
    quote! {
        fn etag(&self) -> __etag::EntityTag {
            __etag::Digest::reversible_etag_of(self, #value)
        }
        fn validators(&self) -> __etag::Validators {
            __etag::Digest::reversible_validators_of(self, #value)
        }
        fn digest(&self, __digest: &mut __etag::Digest) {
            #parts
        }
    }
}

/// The value of the version: `__etag::version_of::<Self>(&self.version)`.
///
/// Whether the version can be read back is asked once, for a type that cannot to be one error: by the `Version` of the other
/// impl, or where that is a mere name, in three methods with the same words, which the compiler shows once.
pub(crate) fn value(model: &Model<'_>, version: &Field<'_>) -> TokenStream {
    let ty = version.ty;
    let value = parts::value(model, version);
    if is_public(ty, model.generics) {
        quote! { __etag::version_of::<Self>(#value) }
    } else {
        quote! { __etag::value_of::<#ty>(#value) }
    }
}

/// Expands to:
///
/// ```text
/// impl __etag::Reversible for Article {
///     type Version = i64;
/// }
/// ```
///
/// or, because an associated type may not be more private than the trait, while a where-clause may:
///
/// ```text
/// impl<__Version> __etag::Reversible for Article
/// where
///     __Version: __etag::ReversibleVersion,
///     Revision: __etag::Itself<Itself = __Version>,
/// {
///     type Version = __Version;
/// }
/// ```
pub(crate) fn implementation(model: &Model<'_>, generics: &Generics) -> Option<TokenStream> {
    let ty = version(model)?.ty;
    Some(if is_public(ty, model.generics) {
        write(model, generics, &ty.to_token_stream())
    } else {
        write_named(model, generics, parse_quote! { #ty: __etag::Itself<Itself = __Version> })
    })
}

/// What a transparent type is if its field is. Expands to:
///
/// ```text
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
pub(crate) fn delegation(model: &Model<'_>, group: &Group<'_>, generics: &Generics) -> Option<TokenStream> {
    // Behind a reference a sum of traits stands in parentheses: `&(dyn Entity + Send)`.
    let ty = match group.relation()?.ty {
        Type::TraitObject(sum) if sum.bounds.len() > 1 => quote! { (#sum) },
        ty => ty.to_token_stream(),
    };
    let predicate = parse_quote! { for<'__any> &'__any #ty: __etag::Reversible<Version = __Version> };
    // No `#[diagnostic::do_not_recommend]`: that name is part of the prelude, which a crate may be without.
    Some(write_named(model, generics, predicate))
}

/// The impl whose version is what `predicate` says that `__Version` is.
fn write_named(model: &Model<'_>, generics: &Generics, predicate: WherePredicate) -> TokenStream {
    let mut generics = generics.clone();
    generics.params.push(parse_quote! { __Version });
    let predicates = &mut generics.make_where_clause().predicates;
    predicates.push(parse_quote! { __Version: __etag::ReversibleVersion });
    predicates.push(predicate);
    write(model, &generics, &quote! { __Version })
}

fn write(model: &Model<'_>, generics: &Generics, version: &TokenStream) -> TokenStream {
    let name = model.name;
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = model.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __etag::Reversible for #name #type_generics #where_clause {
            type Version = #version;
        }
    }
}
