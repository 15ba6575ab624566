//! `impl ETag`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, Type};

use super::closed::Closed;
use super::{parts, reversible, schema};
use crate::attr::StrengthKey;
use crate::bounds::Bounded;
use crate::mention::mentions;
use crate::model::{Body, Group, Model, Relation};

/// Expands to:
///
/// ```text
/// impl __etag::ETag for Article {
///     type Strength = __etag::WeakIf<{ __etag::Probe::<Author>::IS_WEAK_UNLESS_RECURSIVE }>;
///     const COMPOSITION: __etag::Composition = __etag::Composition::of_state(0x…).with(__etag::Probe::<Author>::COMPOSITION);
///     fn etag(&self) -> __etag::EntityTag { __etag::Digest::etag_of(self) }
///     fn digest(&self, __digest: &mut __etag::Digest) { … }
/// }
/// ```
///
/// Constants of relations are asked for through `Probe`, which answers for any type: that `Author`
/// is no entity is then one error, at the field, and not one for each constant.
pub(crate) fn implementation(model: &Model<'_>, generics: &Generics, constants: &Constants) -> TokenStream {
    let name = model.name;
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = model.generics.split_for_impl();
    let Constants { strength, composition } = constants;
    let methods = match (&model.body, reversible::version(model)) {
        (Body::Transparent(group), _) => delegation(model, group),
        (Body::Struct(_) | Body::Enum(_), None) => digestion(model),
        (Body::Struct(_) | Body::Enum(_), Some(version)) => reversible::methods(model, version),
    };
    let reversible = match &model.body {
        Body::Transparent(group) => reversible::delegation(model, group, generics),
        Body::Struct(_) | Body::Enum(_) => reversible::implementation(model, generics),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics __etag::ETag for #name #type_generics #where_clause {
            type Strength = #strength;
            const COMPOSITION: __etag::Composition = #composition;
            #methods
        }
        #reversible
    }
}

/// What is known of a type before there is a value of it.
pub(crate) struct Constants {
    strength: TokenStream,
    composition: TokenStream,
}

impl Constants {
    pub(crate) fn new(model: &Model<'_>, closed: &Closed<'_>, bounded: &Bounded) -> Self {
        Self { strength: strength(model, closed, bounded), composition: composition(model) }
    }
}

/// What a type of parts does.
fn digestion(model: &Model<'_>) -> TokenStream {
    let parts = parts::parts(model);
    quote! {
        fn etag(&self) -> __etag::EntityTag {
            __etag::Digest::etag_of(self)
        }
        fn digest(&self, __digest: &mut __etag::Digest) {
            #parts
        }
    }
}

/// What a transparent type does: whatever its field does, in every method.
fn delegation(model: &Model<'_>, group: &Group<'_>) -> TokenStream {
    let inner = group.relation().map(|field| (field.ty, parts::value(model, field)));
    let methods = inner.map(|(ty, value)| {
        quote! {
            fn etag(&self) -> __etag::EntityTag {
                <#ty as __etag::ETag>::etag(#value)
            }
            fn validators(&self) -> __etag::Validators {
                <#ty as __etag::ETag>::validators(#value)
            }
            fn digest(&self, __digest: &mut __etag::Digest) {
                <#ty as __etag::ETag>::digest(#value, __digest);
            }
            fn relate(&self, __digest: &mut __etag::Digest) {
                <#ty as __etag::ETag>::relate(#value, __digest);
            }
        }
    });
    quote! { #methods }
}

/// The type's own strength, weakened by every relation to something weak.
///
/// A relation whose type is open must be combined as a type.
fn strength(model: &Model<'_>, closed: &Closed<'_>, bounded: &Bounded) -> TokenStream {
    if model.strength == StrengthKey::Weak {
        return quote! { __etag::Weak };
    }
    let params = model.type_params();
    let mut strengths = bounded.strengths.clone();
    for ty in acyclic_relations(model).filter(|ty| !mentions(ty, &params)) {
        let strength = if let Some(closed) = closed.ty(ty) {
            // Where relations lead in a circle, the compiler shows these constants: at the fields, and each under
            // a name that says what to write.
            let here = Span::call_site().located_at(ty.span());
            let is_weak = quote_spanned! {here=> { __etag::Probe::<#closed>::IS_WEAK_UNLESS_RECURSIVE } };
            quote! { __etag::WeakIf<#is_weak> }
        } else {
            // A const parameter: that it is an entity does not depend on it, so that no bound is needed.
            quote! { <#ty as __etag::ETag>::Strength }
        };
        strengths.push(strength);
    }
    // From the innermost out, so that relations read in declaration order.
    let last = strengths.pop().unwrap_or_else(|| quote! { __etag::Strong });
    strengths.into_iter().rfold(last, |rest, strength| {
        quote! { <#strength as __etag::Strength>::And<#rest> }
    })
}

/// The shape of the type's own JSON, chained with that of every relation, and whether anything but the state and that shape
/// makes representations differ.
fn composition(model: &Model<'_>) -> TokenStream {
    let mut related = acyclic_relations(model);
    if let Body::Transparent(_) = model.body {
        return related.next().map(|ty| quote! { __etag::Probe::<#ty>::COMPOSITION }).unwrap_or_default();
    }
    let is_represented = |(_, relation): (_, Relation)| !relation.is_guarded || relation.is_recursive();
    let is_in_both = model.salt.is_some() || model.relations().any(is_represented);
    let of = Ident::new(if is_in_both { "of_both" } else { "of_state" }, Span::call_site());
    let own = schema::fingerprint(model);
    quote! { __etag::Composition::#of(#own) #(.with(__etag::Probe::<#related>::COMPOSITION))* }
}

/// The types of relations whose constants can be asked for without asking for this type's own.
fn acyclic_relations<'m>(model: &'m Model<'_>) -> impl Iterator<Item = &'m Type> {
    model.relations().filter(|(_, relation)| !relation.is_recursive()).map(|(field, _)| field.ty)
}
