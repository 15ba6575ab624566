//! Refusals that depend on what a type turns out to be, made by the compiler itself.
//!
//! `Probe` sees through aliases and containers. It cannot answer for a type that mentions a type or
//! const parameter: such a field is not checked.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::closed::Closed;
use super::within::within;
use crate::attr::StrengthKey;
use crate::mention::{self, consists_of};
use crate::model::{Field, Model, Recursion, Role};

/// One constant for each field that may be a mistake:
///
/// ```text
/// const _: () = {
///     __etag::refuse(__etag::Probe::<Vec<Comment>>::IS_ENTITY, "…");
///     __etag::refuse(__etag::PartProbe::<Vec<Comment>, Article>::IS_UNORDERED, "…");
/// };
/// ```
///
/// A call, because `assert!` would be one more macro to expand and a message to format, for each.
pub(crate) fn refusals(model: &Model<'_>, closed: &Closed<'_>) -> TokenStream {
    let refusals = model.body.fields().filter_map(|field| {
        if field.written.is_plain || field.is_phantom() {
            return None;
        }
        let ty = Asked::new(field.ty, closed)?;
        let forgotten = may_be_forgotten(field).then(|| forgotten_relation(field, &ty));
        let shuffled = (field.role == Role::Content && field.with.is_none() && !field.serde.is_written_by_hand())
            .then(|| shuffled(field, &ty));
        let unordered = may_be_unordered(model, field).then(|| unordered(model, closed, field, &ty));
        let weakening = may_weaken(model, field).then(|| weakening(model, field, &ty));
        let refusals: TokenStream = [forgotten, shuffled, unordered, weakening].into_iter().flatten().collect();
        (!refusals.is_empty()).then(|| quote! { const _: () = { #refusals }; })
    });
    refusals.collect()
}

/// The types that are asked for a field.
struct Asked {
    whole: TokenStream,
    within: Vec<TokenStream>,
}

impl Asked {
    /// `None` if nothing can be said of the type.
    fn new(ty: &Type, closed: &Closed<'_>) -> Option<Self> {
        let within = within(ty).into_iter().filter(|ty| !is_plain(ty)).filter_map(|ty| closed.ty(ty)).collect();
        Some(Self { whole: closed.ty(ty)?, within })
    }

    /// Whether one of them is so.
    fn any(&self, question: &str) -> TokenStream {
        let question = Ident::new(question, Span::call_site());
        let (whole, within) = (&self.whole, &self.within);
        quote! { __etag::Probe::<#whole>::#question #(|| __etag::Probe::<#within>::#question)* }
    }

    /// Whether the order of one of them shows where `own` promises that it does not.
    fn any_unordered_in(&self, own: &TokenStream) -> TokenStream {
        let (whole, within) = (&self.whole, &self.within);
        quote! {
            __etag::PartProbe::<#whole, #own>::IS_UNORDERED #(|| __etag::PartProbe::<#within, #own>::IS_UNORDERED)*
        }
    }
}

fn is_plain(ty: &Type) -> bool {
    consists_of(ty, |name, _| mention::is_plain(name))
}

/// Whether the field is in the JSON and nobody said what that means for the tag.
fn may_be_forgotten(field: &Field<'_>) -> bool {
    field.role == Role::Unstated && !field.serde.is_skipped()
}

/// An entity that neither is part of the tag nor was said not to be.
fn forgotten_relation(field: &Field<'_>, ty: &Asked) -> TokenStream {
    let name = field.name();
    let (is, or) = if ty.within.is_empty() { ("is", "") } else { ("holds", " or `#[etag(content)]`") };
    let message = format!(
        "field `{name}` {is} an entity, but no part of this tag: when it changes, clients keep a \
         stale copy\n\
         help: write `#[etag(related)]`{or} above it, or `#[etag(skip)]` if it does not matter"
    );
    refusal(field.ty, &ty.any("IS_ENTITY"), &message)
}

/// A set without order, hashed element by element.
fn shuffled(field: &Field<'_>, ty: &Asked) -> TokenStream {
    let name = field.name();
    let message = format!(
        "field `{name}` is hashed in random order, so that equal values have different tags\n\
         help: use `BTreeSet`, or write `#[etag(content, with = etag_runtime::unordered)]` above the \
         field, or `#[etag(skip)]`"
    );
    refusal(field.ty, &ty.any("IS_SHUFFLED"), &message)
}

/// Whether the order of the field shows in octets that the type promises to repeat.
fn may_be_unordered(model: &Model<'_>, field: &Field<'_>) -> bool {
    model.strength == StrengthKey::Strong
        && !matches!(field.role, Role::Version | Role::Timestamp(_) | Role::Skip)
        && !field.serde.is_skipped()
        && !field.serde.is_written_by_hand()
        && !model.serde.is_written_by_hand()
}

/// A map or set without order in the JSON of a strong type.
fn unordered(model: &Model<'_>, closed: &Closed<'_>, field: &Field<'_>, ty: &Asked) -> TokenStream {
    let (name, owner, keyword) = (field.name(), model.name, model.body.keyword());
    // What is in the tag would leave it with `skip`.
    let skip_or = match field.role {
        Role::Unstated => "`#[etag(skip)]` above the field if its order does not matter, or ",
        _ => "",
    };
    let exception = match &closed.own {
        Some(_) => String::new(),
        None => format!(
            "; `{owner}` is generic, so that nobody can know here whether it is serialized at all: if it never is, put \
             this into a struct without parameters"
        ),
    };
    let message = format!(
        "field `{name}` is serialized in random order, but `{owner}` has a strong tag, which promises the same octets\n\
         help: use `BTreeMap` or `BTreeSet`, sort it in a function of `#[serde(serialize_with = \"…\")]`, or write \
         {skip_or}`#[etag(weak)]` above the `{keyword}`{exception}"
    );
    let is_mistake = match &closed.own {
        // Relations may have made it weak after all, and it may not be serialized at all.
        Some(own) => ty.any_unordered_in(own),
        None => ty.any("IS_UNORDERED"),
    };
    refusal(field.ty, &is_mistake, &message)
}

/// Whether the type cannot follow the field into weakness: it said that it is strong, or it cannot ask.
fn may_weaken(model: &Model<'_>, field: &Field<'_>) -> bool {
    let Role::Related(relation) = field.role else { return false };
    let is_declared = model.is_strength_declared && relation.recursion == Recursion::None;
    model.strength == StrengthKey::Strong && (is_declared || relation.recursion == Recursion::Declared)
}

/// A weak entity in a type that would have to be weak because of it.
fn weakening(model: &Model<'_>, field: &Field<'_>, ty: &Asked) -> TokenStream {
    let (field_name, name) = (field.name(), model.name);
    let message = if model.is_strength_declared {
        format!(
            "field `{field_name}` has a weak tag, but `{name}` is declared strong: a tag is no stronger than what it \
             is made of\n\
             help: make the related type strong, or remove `strong` from `{name}`, which is weak then"
        )
    } else {
        format!(
            "field `{field_name}` has a weak tag, which a recursive relation cannot pass on to `{name}`\n\
             help: make the related type strong, or write `#[etag(weak)]` above `{name}`"
        )
    };
    let ty = &ty.whole;
    refusal(field.ty, &quote! { __etag::Probe::<#ty>::IS_WEAK }, &message)
}

/// A call that fails at the type of a field.
///
/// Joining spans is not stable, but the compiler does so itself: a call reaches from its first
/// token to its last.
fn refusal(ty: &Type, is_mistake: &TokenStream, message: &str) -> TokenStream {
    let mut spans = ty.to_token_stream().into_iter().map(|token: TokenTree| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    let last = spans.last().unwrap_or(first);
    let mut arguments = Group::new(Delimiter::Parenthesis, quote! { #is_mistake, #message });
    arguments.set_span(last);
    quote_spanned! {first=> __etag::refuse #arguments; }
}
