//! The fields that the stamp keeps: all that have a part in the tag.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{ExprPath, GenericArgument, Generics, Member, PathArguments, Type};

use super::own::Own;
use crate::attr::serde::SerdeAttrs;
use crate::model::{Body, Field, Group, Model, NamedStamp, OnStamp, Role, Shape, Variant};

/// The fields of a struct or variant that are kept.
pub(super) struct KeptGroup<'m, 'a> {
    pub(super) shape: Shape,
    pub(super) fields: Vec<Kept<'m, 'a>>,
    /// The name of the variant.
    pub(super) variant: Option<&'a Ident>,
}

/// A field that is kept.
pub(super) struct Kept<'m, 'a> {
    pub(super) field: &'m Field<'a>,
    /// Where it stands in the model, for a name.
    index: usize,
    /// As the stamp calls it: in a tuple, those that are not kept leave no gap.
    pub(super) member: Member,
    /// The type of the field of the model, by names that mean the same in the stamp.
    pub(super) ty: Type,
    /// The type that the stamp declares.
    pub(super) declared: Type,
    /// The type that the digest of the stamp is told.
    digested: Type,
    with: Option<ExprPath>,
}

/// What is kept of a struct, or of each variant.
pub(super) fn kept<'m, 'a>(model: &'m Model<'a>, own: &Own) -> Vec<KeptGroup<'m, 'a>> {
    match &model.body {
        Body::Struct(group) | Body::Transparent(group) => vec![KeptGroup::new(model, own, group, None)],
        Body::Enum(variants) => {
            variants.iter().map(|variant| KeptGroup::new(model, own, &variant.group, Some(variant.name))).collect()
        }
    }
}

impl<'m, 'a> KeptGroup<'m, 'a> {
    fn new(model: &Model<'a>, own: &Own, group: &'m Group<'a>, variant: Option<&'a Ident>) -> Self {
        let with_part = group.fields.iter().enumerate().filter(|(_, field)| !field.role.is_idle());
        let fields: Vec<_> = with_part
            .enumerate()
            .map(|(position, (index, field))| {
                let member = match &field.member {
                    Member::Named(name) => Member::Named(name.clone()),
                    Member::Unnamed(_) => Member::from(position),
                };
                Kept::new(model, own, field, index, member)
            })
            .collect();
        let shape = if fields.is_empty() { Shape::Unit } else { group.shape };
        Self { shape, fields, variant }
    }

    /// Expands to `Self::Published { 0: ref __field0, .. } => PostStamp::Published { 0: … },`.
    pub(super) fn arm(&self, stamp: &Ident) -> TokenStream {
        let variant = self.variant;
        let bindings = self.fields.iter().map(|kept| {
            let (member, binding) = (&kept.field.member, kept.binding());
            quote! { #member: ref #binding, }
        });
        let values = self.fields.iter().map(|kept| {
            let (member, value) = (&kept.member, kept.value(&kept.binding()));
            quote! { #member: #value }
        });
        quote! { Self::#variant { #(#bindings)* .. } => #stamp::#variant { #(#values),* }, }
    }

    /// The fields as those of a model.
    fn group(&self) -> Group<'_> {
        let fields = self.fields.iter().map(|kept| Field {
            member: kept.member.clone(),
            ty: &kept.digested,
            written: kept.field.written.clone(),
            role: kept.field.role,
            with: kept.with.clone(),
            serde: kept.field.serde.clone(),
            on_stamp: OnStamp::default(),
        });
        Group { shape: self.shape, fields: fields.collect() }
    }
}

impl<'m, 'a> Kept<'m, 'a> {
    fn new(model: &Model<'a>, own: &Own, field: &'m Field<'a>, index: usize, member: Member) -> Self {
        let ty = own.named(field.ty);
        let (declared, digested) = match field.role {
            Role::Related(relation) => {
                let runtime = &model.runtime;
                let private = quote! { #runtime::__private };
                let projection = projection_of(&ty, &private);
                // Pointers are left out of a stamp, which could then hold itself.
                let is_boxed = relation.is_recursive() && !is_on_heap(&ty);
                let projection = if is_boxed {
                    quote! { #private::Box<#projection> }
                } else {
                    projection
                };
                // What it is has been said where the field is declared; if it is nothing, so has that.
                let here = Span::call_site().located_at(ty.span());
                (Type::Verbatim(projection), Type::Verbatim(quote_spanned! {here=> _ }))
            }
            _ => (ty.clone(), ty.clone()),
        };
        let with = field.with.as_ref().map(|with| own.named(with));
        Self { field, index, member, ty, declared, digested, with }
    }

    /// As the field of the model is called in prose and in a query.
    pub(super) fn name(&self) -> String {
        match &self.field.member {
            Member::Named(name) => name.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }

    fn binding(&self) -> Ident {
        format_ident!("__field{}", self.index)
    }

    /// What the field of the stamp is, of a reference to that of the model.
    pub(super) fn value(&self, value: &impl ToTokens) -> TokenStream {
        let ty = self.field.ty;
        let Role::Related(relation) = self.field.role else {
            let here = Span::call_site().located_at(ty.span());
            let clone = quote_spanned! {here=> <#ty as ::core::clone::Clone>::clone };
            return quote! { #clone(#value) };
        };
        let stamp = function_of(ty);
        if relation.is_recursive() && !is_on_heap(ty) {
            quote! { __etag::Box::new(#stamp(#value)) }
        } else {
            quote! { #stamp(#value) }
        }
    }
}

/// The stamp as a model, of which the parts are written.
pub(super) fn projection<'s>(
    model: &'s Model<'_>,
    stamp: &'s NamedStamp,
    own: &Own,
    groups: &'s [KeptGroup<'_, '_>],
    generics: &'s Generics,
) -> Model<'s> {
    let variant = |group: &'s KeptGroup<'_, '_>| {
        group.variant.map(|name| Variant { name, group: group.group(), serde: SerdeAttrs::default() })
    };
    let body = match (&model.body, groups) {
        (Body::Struct(_) | Body::Transparent(_), [group]) => Body::Struct(group.group()),
        _ => Body::Enum(groups.iter().filter_map(variant).collect()),
    };
    Model {
        visibility: model.visibility,
        name: &stamp.name,
        generics,
        runtime: model.runtime.clone(),
        strength: model.strength,
        is_strength_declared: model.is_strength_declared,
        body,
        is_reversible: model.is_reversible,
        salt: model.salt.as_ref().map(|salt| own.named(salt)),
        stamp: None,
        bound: None,
        serde: SerdeAttrs::default(),
        is_packed: false,
    }
}

/// The stamp of a type, by the path of the private parts of the runtime.
pub(super) fn projection_of(ty: &Type, private: &TokenStream) -> TokenStream {
    as_stamped(ty, private, "Stamp")
}

/// What makes it of a value.
pub(super) fn function_of(ty: &Type) -> TokenStream {
    as_stamped(ty, &quote! { __etag }, "stamp")
}

/// An item of `Stamped` for `ty`. That there is none is an error at the type.
fn as_stamped(ty: &Type, private: &TokenStream, item: &str) -> TokenStream {
    let mut spans = ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    let last = spans.last().unwrap_or(first);
    // All of it as if it was written there: of tokens from several places the compiler shows the derive. Only `$crate` means
    // what it does where it was written.
    let private = private.clone().into_iter().map(|mut token| {
        let is_elsewhere = matches!(&token, TokenTree::Ident(name) if name == "$crate");
        token.set_span(if is_elsewhere { token.span().located_at(first) } else { first });
        token
    });
    let of = quote_spanned! {first=> < };
    let stamped = quote_spanned! {first=> as #(#private)*::Stamped> };
    let item = Ident::new(item, last);
    let item = quote_spanned! {last=> ::#item };
    quote! { #of #ty #stamped #item }
}

/// Whether the stamp of `ty` has a place on the heap, however many it holds.
fn is_on_heap(ty: &Type) -> bool {
    const LISTS: [&str; 7] = ["Vec", "VecDeque", "LinkedList", "BTreeMap", "HashMap", "BTreeSet", "HashSet"];
    match ty {
        Type::Paren(paren) => is_on_heap(&paren.elem),
        Type::Group(group) => is_on_heap(&group.elem),
        Type::Reference(reference) => is_on_heap(&reference.elem),
        Type::Slice(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            LISTS.iter().any(|list| last.ident == list)
                || matches!(&last.arguments, PathArguments::AngleBracketed(arguments)
                    if ["Option", "Box", "Rc", "Arc"].iter().any(|holder| last.ident == holder)
                        && matches!(arguments.args.first(), Some(GenericArgument::Type(inner)) if is_on_heap(inner)))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group};
    use quote::{ToTokens, quote};
    use syn::{Type, parse_quote};

    use super::is_on_heap;

    #[test]
    fn lists_are_on_the_heap() {
        // What a `macro_rules!` fragment is wrapped in.
        let fragment = Group::new(Delimiter::None, quote!(Vec<Self>));
        let table: [(Type, bool); 9] = [
            (parse_quote!(Vec<Self>), true),
            (parse_quote!(Option<Box<[Self]>>), true),
            (parse_quote!(std::collections::HashMap<i64, Self>), true),
            (parse_quote!(&'a [Self]), true),
            (parse_quote!((Vec<Self>)), true),
            (parse_quote!(#fragment), true),
            (parse_quote!(Option<Box<Self>>), false),
            (parse_quote!(Page<Vec<Self>>), false),
            (parse_quote!((Vec<Self>, Box<Self>)), false),
        ];
        for (ty, expected) in table {
            assert_eq!(is_on_heap(&ty), expected, "{}", ty.to_token_stream());
        }
    }
}
