//! The stamp: the fields that decide the validators, as a type of their own.
//!
//! Its `impl ETag` is written by what writes that of the model, from the same roles and with the same constants, so that the
//! two cannot differ.

mod columns;
mod fields;
mod item;
mod own;
mod scope;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;

use self::fields::{KeptGroup, kept};
use self::own::Own;
use self::scope::Scope;
use super::etag::Constants;
use super::{etag, parts};
use crate::model::{Body, Group, Model, NamedStamp, Stamp};

/// What stands beside the expansion of the model, and what stands in it; `generics` are those of the impls of the model.
pub(crate) fn stamp(
    model: &Model<'_>,
    generics: &Generics,
    constants: &Constants,
) -> Option<(TokenStream, TokenStream)> {
    match (model.stamp.as_ref()?, &model.body) {
        (Stamp::Named(stamp), _) => Some(named(model, stamp, generics, constants)),
        (Stamp::OfField, Body::Transparent(group)) => Some((TokenStream::new(), of_field(model, group, generics))),
        (Stamp::Itself | Stamp::OfField, _) => Some((TokenStream::new(), itself(model, generics))),
    }
}

/// Expands to, beside `struct ArticleStamp { … }`:
///
/// ```text
/// impl __etag::ETag for ArticleStamp { … }
/// impl ArticleStamp { pub const COLUMNS: &'static str = "…"; }
/// impl __etag::Stamped for Article { type Stamp = ArticleStamp; … }
/// impl From<&Article> for ArticleStamp { … }
/// ```
fn named(
    model: &Model<'_>,
    stamp: &NamedStamp,
    generics: &Generics,
    constants: &Constants,
) -> (TokenStream, TokenStream) {
    let own = Own::new(model);
    let groups = kept(model, &own);
    let scope = Scope::new(model, stamp, generics, &groups);
    let declared = scope.declared();
    let item = item::item(model, stamp, &groups, &declared);
    let columns = columns::columns(model, stamp, &groups, &declared);
    let projection = fields::projection(model, stamp, &own, &groups, &declared);
    let implementation = etag::implementation(&projection, &scope.of_stamp(), constants);
    let conversions = conversions(model, stamp, &groups, &declared, &scope.of_model());
    (item, quote! { #implementation #columns #conversions })
}

/// From the model to its stamp.
fn conversions(
    model: &Model<'_>,
    stamp: &NamedStamp,
    groups: &[KeptGroup<'_, '_>],
    declared: &Generics,
    generics: &Generics,
) -> TokenStream {
    let (model_name, name) = (model.name, &stamp.name);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, model_generics, _) = model.generics.split_for_impl();
    let (_, stamp_generics, _) = declared.split_for_impl();
    let body = match (&model.body, groups) {
        (Body::Enum(_), groups) => {
            let arms = groups.iter().map(|group| group.arm(name));
            quote! { match *self { #(#arms)* } }
        }
        (Body::Struct(_) | Body::Transparent(_), groups) => {
            let values = groups.iter().flat_map(|group| &group.fields).map(|kept| {
                let (member, value) = (&kept.member, kept.value(&parts::value(model, kept.field)));
                quote! { #member: #value }
            });
            quote! { #name { #(#values),* } }
        }
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics __etag::Stamped for #model_name #model_generics #where_clause {
            type Stamp = #name #stamp_generics;
            fn stamp(&self) -> #name #stamp_generics {
                #body
            }
        }
        #[automatically_derived]
        impl #impl_generics ::core::convert::From<&#model_name #model_generics> for #name #stamp_generics #where_clause {
            fn from(__model: &#model_name #model_generics) -> Self {
                __etag::Stamped::stamp(__model)
            }
        }
    }
}

/// The stamp of a transparent type is that of its field.
fn of_field(model: &Model<'_>, group: &Group<'_>, generics: &Generics) -> TokenStream {
    let Some(field) = group.relation() else { return TokenStream::new() };
    let (name, ty, value) = (model.name, field.ty, parts::value(model, field));
    let mut generics = generics.clone();
    scope::add(&mut generics, scope::stamped(model, std::iter::once((ty, field))));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = model.generics.split_for_impl();
    let projection = fields::projection_of(ty, &quote! { __etag });
    let function = fields::function_of(ty);
    quote! {
        #[automatically_derived]
        impl #impl_generics __etag::Stamped for #name #type_generics #where_clause {
            type Stamp = #projection;
            fn stamp(&self) -> #projection {
                #function(#value)
            }
        }
    }
}

/// A type of which everything decides is its own stamp.
fn itself(model: &Model<'_>, generics: &Generics) -> TokenStream {
    let name = model.name;
    let mut generics = generics.clone();
    let (_, type_generics, _) = model.generics.split_for_impl();
    // A bound that does not hold is an error where it is written, unless it depends on something.
    let here = Span::call_site().located_at(name.span());
    if !model.open_params().is_empty() {
        scope::add(&mut generics, [syn::parse_quote! { Self: ::core::clone::Clone }]);
    }
    let clone = quote_spanned! {here=> <Self as ::core::clone::Clone>::clone };
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __etag::Stamped for #name #type_generics #where_clause {
            type Stamp = Self;
            fn stamp(&self) -> Self {
                #clone(self)
            }
        }
    }
}
