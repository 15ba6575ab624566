//! What the attributes mean: a container, and fields that play a part.
//!
//! Every illegal combination is gone once a [`Model`] exists.

mod body;
mod field;
mod reversible;
mod stamp;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, DeriveInput, Expr, Generics, Path, Visibility, WherePredicate};

pub(crate) use self::body::{Body, Group, Shape, Variant};
use self::field::Owner;
pub(crate) use self::field::{Field, Recursion, Relation, Role};
pub(crate) use self::stamp::{NamedStamp, OnStamp, Stamp};
use crate::attr::item::items;
use crate::attr::serde::SerdeAttrs;
use crate::attr::stamp::StampAttrs;
use crate::attr::{ContainerAttrs, Key, StrengthKey};
use crate::errors::Errors;

/// A type whose tag can be derived.
pub(crate) struct Model<'a> {
    pub(crate) visibility: &'a Visibility,
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) runtime: Runtime,
    /// Strength before relations weaken it.
    pub(crate) strength: StrengthKey,
    /// Whether somebody wrote that strength down.
    pub(crate) is_strength_declared: bool,
    pub(crate) body: Body<'a>,
    /// Whether the state is the version in plain text.
    pub(crate) is_reversible: bool,
    /// What is mixed into both halves.
    pub(crate) salt: Option<Expr>,
    /// What stands for it where only its validators are asked for.
    pub(crate) stamp: Option<Stamp>,
    /// What is asked of parameters in place of what the fields need.
    pub(crate) bound: Option<Vec<WherePredicate>>,
    pub(crate) serde: SerdeAttrs,
    /// Fields of a packed struct may lie unaligned, so that no reference to them exists.
    pub(crate) is_packed: bool,
}

/// The path by which expansions reach the runtime.
#[derive(Clone)]
pub(crate) struct Runtime(Option<Path>);

impl<'a> Model<'a> {
    /// Interprets a type and all of its attributes.
    ///
    /// # Errors
    ///
    /// Every mistake in them, gathered.
    pub(crate) fn from_input(input: &'a DeriveInput) -> syn::Result<Self> {
        let mut errors = Errors::default();
        let mut container = ContainerAttrs::parse(&input.attrs, &mut errors);
        let is_content = container.content.is_some();
        let owner = Owner { name: &input.ident, is_content, is_reversible: container.reversible.is_some() };
        let mut body = Body::new(&input.data, owner, &mut errors);
        if let Some(transparent) = &container.transparent {
            refuse_beside_transparent(&container, &mut errors);
            body = body.transparent(&input.ident, &transparent.name, &mut errors);
        }
        if let Some(key) = &container.reversible {
            reversible::refuse_beside(&key.name, &container, &mut errors);
            body.must_be_reversible(&input.ident, &key.name, &mut errors);
        }
        let stamp = Stamp::new(&mut container, &body, &input.ident, &mut errors);
        if !input.generics.params.is_empty() && matches!(stamp, Some(Stamp::Named(_))) {
            stamp::refuse_generic_self(&container, &body, &mut errors);
        }
        let declared = declared_strength(&container.strengths, &mut errors);
        let strength = declared.unwrap_or_else(|| body.natural_strength(is_content));
        // A type that says that its content counts may have none: its tag is that of its shape.
        if errors.is_empty() && !is_content {
            body.must_be_annotated(&input.ident, &mut errors);
        }
        if errors.is_empty() {
            body.must_be_covered(&mut errors);
        }

        errors.finish()?;
        Ok(Self {
            visibility: &input.vis,
            name: &input.ident,
            generics: &input.generics,
            runtime: Runtime(container.runtime.map(|runtime| runtime.value)),
            strength,
            is_strength_declared: declared.is_some(),
            body,
            is_reversible: owner.is_reversible,
            salt: container.salt.map(|salt| salt.value),
            stamp,
            bound: container.bound.map(|bound| bound.value),
            serde: SerdeAttrs::parse(&input.attrs),
            is_packed: is_packed(&input.attrs),
        })
    }

    /// Type parameters: what a field's type may need a bound for.
    pub(crate) fn type_params(&self) -> Vec<&'a Ident> {
        self.generics.type_params().map(|param| &param.ident).collect()
    }

    /// Type and const parameters: a type that mentions one is not known until it is used.
    pub(crate) fn open_params(&self) -> Vec<&'a Ident> {
        let consts = self.generics.const_params().map(|param| &param.ident);
        self.type_params().into_iter().chain(consts).collect()
    }

    /// The fields that are part of the tag as entities of their own.
    pub(crate) fn relations(&self) -> impl Iterator<Item = (&Field<'a>, Relation)> {
        self.body.fields().filter_map(|field| match field.role {
            Role::Related(relation) => Some((field, relation)),
            Role::Version | Role::Timestamp(_) | Role::Content | Role::Skip | Role::Unstated => None,
        })
    }
}

/// What can be said of a type with mistakes.
pub(crate) struct Outline {
    pub(crate) runtime: Runtime,
    pub(crate) stamp: Option<StampAttrs>,
}

impl Outline {
    /// What its attributes say; nothing if the path to the runtime cannot be understood.
    pub(crate) fn of(attributes: &[Attribute]) -> Option<Self> {
        let mut errors = Errors::default();
        let container = ContainerAttrs::parse(attributes, &mut errors);
        // Somebody else reports them.
        let _ = errors.finish();
        (!container.runtime_is_unknown).then(|| Self {
            runtime: Runtime(container.runtime.map(|runtime| runtime.value)),
            stamp: container.stamp.map(|stamp| stamp.value),
        })
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            Some(path) => path.to_tokens(tokens),
            None => tokens.extend(quote! { ::etag_runtime }),
        }
    }
}

/// What a type with the validators of its field cannot say of them.
fn refuse_beside_transparent(container: &ContainerAttrs, errors: &mut Errors) {
    let content = container.content.as_ref().map(|key| &key.name);
    let salt = container.salt.as_ref().map(|key| &key.name);
    let strengths = container.strengths.iter().map(|key| &key.name);
    for key in content.into_iter().chain(salt).chain(strengths) {
        errors.push(
            key,
            format_args!("`{key}` contradicts `transparent`"),
            format_args!("a transparent type has the validators of its field: remove `{key}` or `transparent`"),
        );
    }
}

fn declared_strength(written: &[Key<StrengthKey>], errors: &mut Errors) -> Option<StrengthKey> {
    if let [first, second, ..] = written {
        let (first, second) = (&first.name, &second.name);
        errors.push(
            second,
            format_args!("`{second}` contradicts `{first}`"),
            format_args!("a tag is one or the other: keep `{first}` or `{second}`"),
        );
    }
    written.first().map(|declared| declared.value)
}

fn is_packed(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("repr"))
        .filter_map(items)
        .flatten()
        .flatten()
        .any(|item| item.key == "packed")
}
