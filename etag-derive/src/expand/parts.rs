//! The body of `digest`: what each field adds.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::reversible;
use crate::attr::Precision;
use crate::model::{Body, Field, Model, Role, Variant};

/// All parts of a struct, or those of the variant that a value is.
pub(crate) fn parts(model: &Model<'_>) -> TokenStream {
    let salt = model.salt.as_ref().map(|salt| quote! { __etag::Digest::salt(__digest, #salt); });
    let parts = match &model.body {
        Body::Struct(group) | Body::Transparent(group) => {
            let parts = group.fields.iter().filter_map(|field| part(model, field, &value(model, field)));
            quote! { #(#parts)* }
        }
        Body::Enum(variants) => {
            let arms = variants.iter().map(|variant| arm(model, variant));
            quote! {
                match *self {
                    #(#arms)*
                }
            }
        }
    };
    quote! { #salt #parts }
}

/// A reference to a field of a struct.
pub(crate) fn value(model: &Model<'_>, field: &Field<'_>) -> TokenStream {
    let member = &field.member;
    if model.is_packed {
        quote! { &{ self.#member } }
    } else {
        quote! { &self.#member }
    }
}

/// Expands to:
///
/// ```text
/// Self::Published { version: ref __field0, .. } => {
///     __etag::Digest::variant(__digest, "Published");
///     …
/// }
/// ```
///
/// The pattern of a struct fits tuples and units as well.
fn arm(model: &Model<'_>, variant: &Variant<'_>) -> TokenStream {
    let name = variant.name;
    let text = name.unraw().to_string();
    let mut bindings = TokenStream::new();
    let mut parts = TokenStream::new();
    for (index, field) in variant.group.fields.iter().enumerate() {
        let (member, binding) = (&field.member, format_ident!("__field{index}"));
        if let Some(part) = part(model, field, &quote! { #binding }) {
            bindings.extend(quote! { #member: ref #binding, });
            parts.extend(part);
        }
    }
    quote! {
        Self::#name { #bindings .. } => {
            __etag::Digest::variant(__digest, #text);
            #parts
        }
    }
}

/// What a field adds to the digest:
///
/// ```text
/// __etag::Digest::version::<i64>(__digest, &self.version);
/// ```
///
/// With the type written, because the compiler reports a bound that it does not satisfy at the type in that path, which is
/// the field's.
fn part(model: &Model<'_>, field: &Field<'_>, value: &TokenStream) -> Option<TokenStream> {
    let method = match field.role {
        Role::Version if model.is_reversible => {
            let version = reversible::value(model, field);
            return Some(quote! { __etag::Digest::version_value(__digest, #version); });
        }
        Role::Version => quote! { version },
        Role::Timestamp(Precision::Micros) => quote! { timestamp },
        Role::Timestamp(Precision::Millis) => quote! { timestamp_in_millis },
        Role::Timestamp(Precision::Seconds) => quote! { timestamp_in_seconds },
        Role::Content => quote! { content },
        Role::Related(relation) => match (relation.is_guarded, relation.touches) {
            (true, false) => quote! { related },
            (true, true) => quote! { related_touching },
            (false, false) => quote! { unguarded },
            (false, true) => quote! { unguarded_touching },
        },
        Role::Skip | Role::Unstated => return None,
    };
    let ty = field.ty;
    Some(if let Some(with) = &field.with {
        let here = Span::call_site().located_at(with.span());
        // Bound to a name, so that a function that does not take a reference is underlined, and not the derive.
        quote_spanned! {here=>
            let __value = #value;
            let __add = __etag::Digest::#method::<_>;
            __add(__digest, &#with(__value));
        }
    } else if let (Role::Content, Some(writer)) = (field.role, field.serde.writer()) {
        quote! {
            __etag::Digest::content_with::<#ty>(__digest, #value, |__value, __serializer| {
                #writer(__value, __serializer)
            });
        }
    } else {
        quote! { __etag::Digest::#method::<#ty>(__digest, #value); }
    })
}
