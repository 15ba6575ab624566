//! What the impl asks of type parameters, only for fields whose type mentions one.
//!
//! The bound is on the field's type, not on the parameter: `#[etag(version)] revision: Counter<T>`
//! needs `Counter<T>: Version` and nothing of `T`. Types without a parameter need no bound; theirs
//! are checked where they are used, which puts the error on the field.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Generics, Type, WherePredicate, parse_quote, parse_quote_spanned};

use crate::attr::StrengthKey;
use crate::mention::{consists_of, is_plain, mentions};
use crate::model::{Field, Model, Role};

/// The generics of an impl.
pub(crate) struct Bounded {
    pub(crate) generics: Generics,
    /// The strengths of relations whose type is only known when the parameters are.
    pub(crate) strengths: Vec<TokenStream>,
    /// Whether nobody said what to ask for.
    is_inferred: bool,
    /// Whether somebody said that the tag is strong.
    is_declared_strong: bool,
}

impl Bounded {
    pub(crate) fn new(model: &Model<'_>) -> Self {
        let params = model.type_params();
        let mut bounded = Self {
            generics: model.generics.clone(),
            strengths: Vec::new(),
            is_inferred: model.bound.is_none(),
            is_declared_strong: model.is_strength_declared && model.strength == StrengthKey::Strong,
        };
        for predicate in model.bound.iter().flatten() {
            bounded.push(predicate.clone());
        }
        let mut seen = Vec::new();
        let strong = if bounded.asks_for_strength() { model.open_params() } else { Vec::new() };
        let is_open = |field: &&Field<'_>| {
            mentions(field.ty, &params) || matches!(field.role, Role::Related(_)) && mentions(field.ty, &strong)
        };
        for field in model.body.fields().filter(is_open) {
            let key = (field.role, field.ty.to_token_stream().to_string());
            if !seen.contains(&key) {
                bounded.require(field, model.is_reversible);
                seen.push(key);
            }
        }
        bounded
    }

    fn require(&mut self, field: &Field<'_>, is_reversible: bool) {
        let ty = field.ty;
        // An unsatisfied bound is reported at the field, where it comes from.
        let here = Span::call_site().located_at(ty.span());
        match field.role {
            // What the function asks for is its own affair.
            Role::Version | Role::Timestamp(_) | Role::Content if field.with.is_some() => {}
            Role::Content if field.serde.writer().is_some() => {}
            Role::Version if is_reversible => {
                self.infer(parse_quote_spanned! {here=> #ty: __etag::ReversibleVersion });
            }
            Role::Version => self.infer(parse_quote_spanned! {here=> #ty: __etag::Version }),
            Role::Timestamp(_) => self.infer(parse_quote_spanned! {here=> #ty: __etag::Timestamp }),
            Role::Content => self.infer(parse_quote_spanned! {here=> #ty: __etag::Serialize }),
            Role::Skip | Role::Unstated => {}
            // The impl itself provides it; asking for it here would never end.
            Role::Related(relation) if relation.is_recursive() => {}
            // Whoever fills in the parameter learns that nothing weak may stand there.
            Role::Related(_) if self.asks_for_strength() => {
                self.push(parse_quote_spanned! {here=> #ty: __etag::StrongETag });
            }
            Role::Related(_) if is_public(ty, &self.generics) => {
                self.infer(parse_quote_spanned! {here=> #ty: __etag::ETag });
                self.strengths.push(quote! { <#ty as __etag::ETag>::Strength });
            }
            Role::Related(_) => {
                // An associated type may not be written with a type more private than the trait,
                // but a where-clause may: there the strength gets a name of its own. Not always,
                // because two such names for one strength would contradict each other.
                let strength = format_ident!("__Strength{}", self.strengths.len());
                self.generics.params.push(parse_quote! { #strength });
                self.push(parse_quote_spanned! {here=> #ty: __etag::ETag<Strength = #strength> });
                self.push(parse_quote! { #strength: __etag::Strength });
                self.strengths.push(strength.to_token_stream());
            }
        }
    }

    /// Whether relations that are not known yet must turn out to be strong.
    fn asks_for_strength(&self) -> bool {
        self.is_declared_strong && self.is_inferred
    }

    fn infer(&mut self, predicate: WherePredicate) {
        if self.is_inferred {
            self.push(predicate);
        }
    }

    fn push(&mut self, predicate: WherePredicate) {
        self.generics.make_where_clause().predicates.push(predicate);
    }
}

/// Whether everyone can name `ty`: it is made of parameters, their associated types, and words
/// that are public for sure.
pub(crate) fn is_public(ty: &Type, generics: &Generics) -> bool {
    consists_of(ty, |name, is_qualified| {
        is_qualified
            || is_plain(name)
            || generics.type_params().any(|param| param.ident == *name)
            || generics.const_params().any(|param| param.ident == *name)
    })
}
