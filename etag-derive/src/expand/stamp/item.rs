//! The type itself.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Generics, Member, Visibility};

use super::fields::{Kept, KeptGroup};
use crate::model::{Body, Model, NamedStamp, Shape};

/// Expands to:
///
/// ```text
/// #[doc = "…"]
/// #[derive(Clone, sqlx::FromRow)]
/// pub(crate) struct ArticleStamp {
///     #[doc = "…"]
///     pub(crate) version: i64,
///     #[doc = "…"]
///     #[sqlx(json)]
///     pub(crate) comments: <Vec<Comment> as ::etag_runtime::__private::Stamped>::Stamp,
/// }
/// ```
///
/// It and its fields are as visible as the model: whoever can name it can fill it.
pub(super) fn item(
    model: &Model<'_>,
    stamp: &NamedStamp,
    groups: &[KeptGroup<'_, '_>],
    generics: &Generics,
) -> TokenStream {
    let (visibility, owner, name) = (model.visibility, &model.name.unraw(), &stamp.name);
    let (_, _, where_clause) = generics.split_for_impl();
    let params = params(generics);
    let definition = match (&model.body, groups) {
        (Body::Enum(_), groups) => {
            let variants = groups.iter().map(|group| {
                let (variant, fields) = (group.variant, fields(group, None, owner));
                let doc = format!("The stamp of this variant of [`{owner}`].");
                quote! {
                    #[doc = #doc]
                    #variant #fields,
                }
            });
            quote! { #visibility enum #name #params #where_clause { #(#variants)* } }
        }
        (Body::Struct(_) | Body::Transparent(_), groups) => {
            let fields = groups.iter().map(|group| (group.shape, fields(group, Some(visibility), owner)));
            let fields = fields.map(|(shape, fields)| match shape {
                Shape::Named => quote! { #where_clause #fields },
                Shape::Tuple | Shape::Unit => quote! { #fields #where_clause; },
            });
            quote! { #visibility struct #name #params #(#fields)* }
        }
    };
    let doc = format!("What decides the validators of an [`{owner}`], which are those of its stamp.");
    let (derives, attributes) = (&stamp.derives, &stamp.attributes);
    let derives = (!derives.is_empty()).then(|| quote! { #[derive(#(#derives),*)] });
    quote! {
        #[doc = #doc]
        #derives
        #(#[#attributes])*
        #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub, unused_qualifications)]
        #[allow(clippy::absolute_paths, clippy::type_complexity)]
        #definition
    }
}

/// The parameters with their defaults, which an impl leaves out.
fn params(generics: &Generics) -> Option<TokenStream> {
    let params = &generics.params;
    (!params.is_empty()).then(|| quote! { <#params> })
}

fn fields(group: &KeptGroup<'_, '_>, visibility: Option<&Visibility>, owner: &Ident) -> TokenStream {
    let fields = group.fields.iter().map(|kept| field(kept, visibility, owner));
    match group.shape {
        Shape::Named => quote! { { #(#fields),* } },
        Shape::Tuple => quote! { ( #(#fields),* ) },
        Shape::Unit => TokenStream::new(),
    }
}

fn field(kept: &Kept<'_, '_>, visibility: Option<&Visibility>, owner: &Ident) -> TokenStream {
    let doc = format!("The field `{}` of [`{owner}`], as far as its validators need it.", kept.name());
    let attributes = kept.field.on_stamp.attributes.iter().flat_map(|attributes| &attributes.value);
    let ty = &kept.declared;
    let name = match &kept.member {
        Member::Named(name) => Some(quote! { #name: }),
        Member::Unnamed(_) => None,
    };
    quote! {
        #[doc = #doc]
        #(#[#attributes])*
        #visibility #name #ty
    }
}
