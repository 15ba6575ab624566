//! Which parameters the stamp has, and what is asked of them: only those that a kept field mentions.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{ConstParam, GenericParam, Generics, Path, Type, TypeParam, WherePredicate, parse_quote};

use super::fields::{Kept, KeptGroup};
use crate::mention::{mentions, mentions_lifetime};
use crate::model::{Field, Model, NamedStamp, Role};

/// The parameters of a model and of its stamp.
pub(super) struct Scope<'s> {
    /// As the model declares them, and as its impls do.
    of_declaration: &'s Generics,
    of_impls: &'s Generics,
    /// Those that the stamp does not have.
    dropped: Vec<&'s Ident>,
    dropped_lifetimes: Vec<&'s Ident>,
    /// That what is related has a stamp, and that the rest can be cloned, where that depends on a parameter.
    stamped: Vec<WherePredicate>,
    cloned: Vec<WherePredicate>,
    /// That the stamp of what is related has what is derived for this one, where that depends on a parameter: a derive asks
    /// for what it sees of a type, and sees no parameter in that of a relation.
    derived: Vec<WherePredicate>,
    /// Whether a field has the stamp of the model itself, which exists only where that of its fields do.
    is_recursive: bool,
    private: TokenStream,
}

impl<'s> Scope<'s> {
    pub(super) fn new(
        model: &'s Model<'_>,
        stamp: &NamedStamp,
        of_impls: &'s Generics,
        groups: &[KeptGroup<'_, '_>],
    ) -> Self {
        let kept: Vec<_> = groups.iter().flat_map(|group| &group.fields).collect();
        let (mut dropped, mut dropped_lifetimes) = (Vec::new(), Vec::new());
        for param in &model.generics.params {
            match param {
                GenericParam::Lifetime(param) => {
                    let name = &param.lifetime.ident;
                    if !kept.iter().any(|kept| mentions_lifetime(kept.ty.to_token_stream(), &[name])) {
                        dropped_lifetimes.push(name);
                    }
                }
                GenericParam::Type(TypeParam { ident: name, .. })
                | GenericParam::Const(ConstParam { ident: name, .. }) => {
                    if !kept.iter().any(|kept| mentions(&kept.ty, &[name])) {
                        dropped.push(name);
                    }
                }
            }
        }
        let params = model.type_params();
        let is_recursive = |kept: &&&Kept<'_, '_>| {
            matches!(kept.field.role, Role::Related(relation) if relation.is_recursive()) && mentions(&kept.ty, &params)
        };
        let runtime = &model.runtime;
        Self {
            of_declaration: model.generics,
            of_impls,
            dropped,
            dropped_lifetimes,
            stamped: stamped(model, kept.iter().map(|kept| (&kept.ty, kept.field))),
            cloned: cloned(model, kept.iter().map(|kept| (&kept.ty, kept.field))),
            derived: derived(model, stamp, kept.iter().map(|kept| (&kept.ty, kept.field))),
            is_recursive: kept.iter().any(|kept| is_recursive(&kept)),
            private: quote! { #runtime::__private },
        }
    }

    /// Those that the stamp declares.
    pub(super) fn declared(&self) -> Generics {
        let mut generics = self.restricted(self.of_declaration);
        add(&mut generics, self.outside(&self.stamped));
        add(&mut generics, self.outside(&self.derived));
        if self.is_recursive {
            let of_impls = self.restricted(self.of_impls).where_clause.map(|clause| clause.predicates);
            let of_impls: Vec<_> = of_impls.into_iter().flatten().filter(|asked| !names_strength(asked)).collect();
            add(&mut generics, self.outside(&of_impls));
            add(&mut generics, self.outside(&self.cloned));
        }
        generics
    }

    /// Those of the impls of the stamp.
    pub(super) fn of_stamp(&self) -> Generics {
        let mut generics = self.restricted(self.of_impls);
        add(&mut generics, self.stamped.iter().chain(&self.derived).cloned());
        if self.is_recursive {
            add(&mut generics, self.cloned.iter().cloned());
        }
        generics
    }

    /// Those of the impls that lead from the model to the stamp.
    pub(super) fn of_model(&self) -> Generics {
        let mut generics = self.of_impls.clone();
        add(&mut generics, self.stamped.iter().chain(&self.derived).chain(&self.cloned).cloned());
        generics
    }

    /// Without the parameters that are dropped, and without what mentions one of them.
    fn restricted(&self, generics: &Generics) -> Generics {
        let mut generics = generics.clone();
        generics.params =
            std::mem::take(&mut generics.params).into_iter().filter_map(|param| self.param(param)).collect();
        if let Some(clause) = &mut generics.where_clause {
            clause.predicates = self.without_dropped(std::mem::take(&mut clause.predicates));
        }
        generics
    }

    fn param(&self, mut param: GenericParam) -> Option<GenericParam> {
        match &mut param {
            GenericParam::Lifetime(param) => {
                if self.dropped_lifetimes.contains(&&param.lifetime.ident) {
                    return None;
                }
                param.bounds = self.without_dropped(std::mem::take(&mut param.bounds));
            }
            GenericParam::Type(param) => {
                if self.dropped.contains(&&param.ident) {
                    return None;
                }
                param.bounds = self.without_dropped(std::mem::take(&mut param.bounds));
                if param.default.as_ref().is_some_and(|(_, default)| self.is_dropped(default)) {
                    param.default = None;
                }
            }
            GenericParam::Const(param) => {
                if self.dropped.contains(&&param.ident) {
                    return None;
                }
            }
        }
        Some(param)
    }

    fn without_dropped<T: ToTokens, P: Default>(&self, list: Punctuated<T, P>) -> Punctuated<T, P> {
        list.into_iter().filter(|item| !self.is_dropped(item)).collect()
    }

    fn is_dropped(&self, syntax: &impl ToTokens) -> bool {
        mentions(syntax, &self.dropped) || mentions_lifetime(syntax.to_token_stream(), &self.dropped_lifetimes)
    }

    /// Predicates as they are written where the private parts of the runtime have no short name.
    fn outside(&self, predicates: &[WherePredicate]) -> Vec<WherePredicate> {
        let outside = |predicate: &WherePredicate| syn::parse2(self.unabbreviated(predicate.to_token_stream())).ok();
        predicates.iter().filter_map(outside).collect()
    }

    fn unabbreviated(&self, tokens: TokenStream) -> TokenStream {
        let replaced = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(name) if name == "__etag" => self.private.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), self.unabbreviated(group.stream()));
                inner.set_span(group.span());
                TokenTree::from(inner).into()
            }
            token => token.into(),
        });
        replaced.collect()
    }
}

pub(super) fn add(generics: &mut Generics, predicates: impl IntoIterator<Item = WherePredicate>) {
    let mut predicates = predicates.into_iter().peekable();
    if predicates.peek().is_some() {
        generics.make_where_clause().predicates.extend(predicates);
    }
}

/// That what is related has a stamp, of types that mention a parameter.
pub(super) fn stamped<'t, 'f: 't>(
    model: &Model<'_>,
    fields: impl Iterator<Item = (&'t Type, &'t Field<'f>)>,
) -> Vec<WherePredicate> {
    each_open(model, fields.filter(|(_, field)| is_acyclic(field)), |ty| quote! { #ty: __etag::Stamped })
}

fn cloned<'t, 'f: 't>(
    model: &Model<'_>,
    fields: impl Iterator<Item = (&'t Type, &'t Field<'f>)>,
) -> Vec<WherePredicate> {
    let others = fields.filter(|(_, field)| !matches!(field.role, Role::Related(_)));
    each_open(model, others, |ty| quote! { #ty: ::core::clone::Clone })
}

fn derived<'t, 'f: 't>(
    model: &Model<'_>,
    stamp: &NamedStamp,
    fields: impl Iterator<Item = (&'t Type, &'t Field<'f>)>,
) -> Vec<WherePredicate> {
    // Derives of a trait without arguments, which has the path of the derive.
    const TRAITS: [&str; 10] =
        ["Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Serialize"];
    let is_known =
        |path: &&Path| path.segments.last().is_some_and(|last| TRAITS.iter().any(|known| last.ident == known));
    let traits: Vec<_> = stamp.derives.iter().filter(is_known).collect();
    if traits.is_empty() {
        return Vec::new();
    }
    each_open(model, fields.filter(|(_, field)| is_acyclic(field)), |ty| {
        quote! { <#ty as __etag::Stamped>::Stamp: #(#traits)+* }
    })
}

/// Whether it is a relation of which something can be asked: the impl itself provides what is true of the type itself, and
/// asking for it would never end.
fn is_acyclic(field: &Field<'_>) -> bool {
    matches!(field.role, Role::Related(relation) if !relation.is_recursive())
}

/// A predicate of each type that mentions a parameter, once.
fn each_open<'t, 'f: 't>(
    model: &Model<'_>,
    fields: impl Iterator<Item = (&'t Type, &'t Field<'f>)>,
    predicate: impl Fn(&Type) -> TokenStream,
) -> Vec<WherePredicate> {
    let params = model.type_params();
    let mut seen = Vec::new();
    let mut predicates = Vec::new();
    for (ty, _) in fields.filter(|(ty, _)| mentions(ty, &params)) {
        let written = ty.to_token_stream().to_string();
        if !seen.contains(&written) {
            seen.push(written);
            let predicate = predicate(ty);
            predicates.push(parse_quote! { #predicate });
        }
    }
    predicates
}

/// Whether a predicate is about a parameter of the impls alone.
fn names_strength(predicate: &WherePredicate) -> bool {
    predicate.to_token_stream().to_string().contains("__Strength")
}
