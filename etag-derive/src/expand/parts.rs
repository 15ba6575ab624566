//! The body of `digest`: what each field adds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Member, Token};

use super::reversible;
use crate::attr::Precision;
use crate::model::{Body, Field, Model, Role, Variant};

/// All parts of a struct, or those of the variant that a value is.
pub(crate) fn parts(model: &Model<'_>) -> TokenStream {
    let salt = model.salt.iter().map(|salt| quote! { __etag::Digest::salt(__digest, #salt); });
    match &model.body {
        Body::Struct(group) | Body::Transparent(group) => {
            let parts = group.fields.iter().filter_map(|field| part(model, field, &value(model, field)));
            salt.chain(parts).collect()
        }
        Body::Enum(variants) => {
            let arms = variants.iter().map(|variant| arm(model, variant));
            quote! {
                #(#salt)*
                match *self {
                    #(#arms)*
                }
            }
        }
    }
}

/// A reference to a field of a struct.
pub(crate) fn value<'m>(model: &Model<'_>, field: &'m Field<'_>) -> Value<'m> {
    Value { member: &field.member, is_packed: model.is_packed }
}

/// Expands to `&self.version`.
pub(crate) struct Value<'m> {
    member: &'m Member,
    is_packed: bool,
}

impl ToTokens for Value<'_> {
    /// Each token by itself, as to put one stream into another is dear.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let member = self.member;
        <Token![&]>::default().to_tokens(tokens);
        if self.is_packed {
            quote! { { self.#member } }.to_tokens(tokens);
        } else {
            <Token![self]>::default().to_tokens(tokens);
            <Token![.]>::default().to_tokens(tokens);
            member.to_tokens(tokens);
        }
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
        if let Some(part) = part(model, field, &binding) {
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
fn part(model: &Model<'_>, field: &Field<'_>, value: &impl ToTokens) -> Option<TokenStream> {
    let method = match field.role {
        Role::Version if model.is_reversible => {
            let version = reversible::value(model, field);
            return Some(quote! { __etag::Digest::version_value(__digest, #version); });
        }
        Role::Version => "version",
        Role::Timestamp(Precision::Micros) => "timestamp",
        Role::Timestamp(Precision::Millis) => "timestamp_in_millis",
        Role::Timestamp(Precision::Seconds) => "timestamp_in_seconds",
        Role::Content => "content",
        Role::Related(relation) => match (relation.is_guarded, relation.touches) {
            (true, false) => "related",
            (true, true) => "related_touching",
            (false, false) => "unguarded",
            (false, true) => "unguarded_touching",
        },
        Role::Skip | Role::Unstated => return None,
    };
    let method = Ident::new(method, Span::call_site());
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
