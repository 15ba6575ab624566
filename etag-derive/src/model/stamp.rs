//! What is said of the stamp, and what contradicts it: a stamp that saves nothing, and what is said of a field that it
//! does not have.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Meta, Path};

use super::body::{Body, Shape};
use super::field::{Field, Role};
use crate::attr::stamp::StampAttrs;
use crate::attr::{ContainerAttrs, Key};
use crate::errors::Errors;
use crate::mention::mentions;

/// What stands for a value where only its validators are asked for.
pub(crate) enum Stamp {
    /// A type of its own, which is to be written.
    Named(NamedStamp),
    /// The type itself: all of it decides.
    Itself,
    /// The stamp of the only field.
    OfField,
}

/// A type that is to be written.
pub(crate) struct NamedStamp {
    pub(crate) name: Ident,
    pub(crate) derives: Vec<Path>,
    pub(crate) attributes: Vec<Meta>,
    /// What the table is called in a query.
    pub(crate) alias: Option<String>,
}

/// What is said of the field of the stamp that is this field.
#[derive(Default)]
pub(crate) struct OnStamp {
    /// What the column of a query is called, if not as the field.
    pub(crate) column: Option<Key<String>>,
    pub(crate) attributes: Option<Key<Vec<Meta>>>,
}

impl Stamp {
    /// The stamp of a type with these attributes.
    ///
    /// Where it cannot be had, it is what was probably meant, so that one mistake is one complaint.
    pub(super) fn new(
        container: &mut ContainerAttrs,
        body: &Body<'_>,
        owner: &Ident,
        errors: &mut Errors,
    ) -> Option<Self> {
        let stamp = container.stamp.take().map(|key| Self::from_key(key, container, body, owner, errors));
        for field in body.fields() {
            field.must_be_in_stamp(stamp.as_ref(), body, owner, errors);
        }
        stamp
    }

    fn from_key(
        Key { name: key, value: attrs }: Key<StampAttrs>,
        container: &ContainerAttrs,
        body: &Body<'_>,
        owner: &Ident,
        errors: &mut Errors,
    ) -> Self {
        let suggested = format!("{}Stamp", owner.unraw());
        let without_name = if container.transparent.is_some() {
            Some((Self::OfField, "the stamp of a transparent type is that of its field"))
        } else if container.content.is_some() {
            Some((
                Self::Itself,
                "all of a type that is content decides its tag, so that a stamp of it would save nothing",
            ))
        } else {
            None
        };
        if let Some((stamp, why)) = without_name {
            if let Some(said) = attrs.name.as_ref().or_else(|| attrs.said().next()) {
                errors.push(said, why, format_args!("write `{key}` alone"));
            }
            return stamp;
        }
        match &attrs.name {
            None if !attrs.is_broken => errors.push(
                &key,
                format_args!("`{key}` writes a type, which needs a name"),
                format_args!("write `{key}({suggested})`"),
            ),
            Some(name) if name == owner => errors.push(
                name,
                format_args!("`{name}` is the model, and its stamp is another type"),
                format_args!("write `{key}({suggested})`"),
            ),
            None | Some(_) => {}
        }
        if let Some(alias) = attrs.alias.as_ref().filter(|_| !body.is_table()) {
            refuse_columns(&alias.name, errors);
        }
        Self::Named(NamedStamp {
            name: attrs.name.unwrap_or_else(|| owner.clone()),
            derives: attrs.derives.map(|derives| derives.value).unwrap_or_default(),
            attributes: attrs.attributes.map(|attributes| attributes.value).unwrap_or_default(),
            alias: attrs.alias.map(|alias| alias.value),
        })
    }
}

/// A complaint about each function or constant of a generic model that the stamp would have to name as well: it may have
/// fewer parameters.
pub(super) fn refuse_generic_self(container: &ContainerAttrs, body: &Body<'_>, errors: &mut Errors) {
    let salt = container.salt.iter().map(|salt| salt.value.to_token_stream());
    let with = body.fields().filter_map(|field| field.with.as_ref()).map(ToTokens::to_token_stream);
    for named in salt.chain(with) {
        if mentions(&named, &[&Ident::new("Self", Span::call_site())]) {
            errors.push(
                named,
                "the stamp of a generic type may have fewer parameters, so that it cannot name this",
                "write the path of a function or constant that is outside of the `impl`",
            );
        }
    }
}

impl StampAttrs {
    /// The keys beside the name.
    fn said(&self) -> impl Iterator<Item = &Ident> {
        let derives = self.derives.iter().map(|key| &key.name);
        let attributes = self.attributes.iter().map(|key| &key.name);
        derives.chain(attributes).chain(self.alias.iter().map(|key| &key.name))
    }
}

impl Body<'_> {
    /// Whether the stamp has columns that can be named.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self, Self::Struct(group) if matches!(group.shape, Shape::Named))
    }
}

impl Field<'_> {
    /// A complaint about what is said of a field of a stamp that is not there.
    fn must_be_in_stamp(&self, stamp: Option<&Stamp>, body: &Body<'_>, owner: &Ident, errors: &mut Errors) {
        let OnStamp { column, attributes } = &self.on_stamp;
        let keys = column.iter().map(|key| &key.name).chain(attributes.iter().map(|key| &key.name));
        for key in keys {
            match stamp {
                None => errors.push(
                    key,
                    format_args!("`{key}` is said of a field of the stamp, and `{owner}` has none"),
                    format_args!(
                        "write `#[etag(stamp({owner}Stamp))]` above the `{}`, or remove `{key}`",
                        body.keyword()
                    ),
                ),
                Some(Stamp::Itself | Stamp::OfField) => errors.push(
                    key,
                    format_args!("`{key}` is said of a field of a stamp that is written, and that of `{owner}` is not"),
                    format_args!("remove `{key}`"),
                ),
                Some(Stamp::Named(_)) if self.role.is_idle() => errors.push(
                    key,
                    format_args!("field `{}` is no part of the tag, and so not in the stamp", self.name()),
                    format_args!("give the field a role, or remove `{key}`"),
                ),
                Some(Stamp::Named(_)) => {}
            }
        }
        let (Some(Key { name: key, .. }), Some(Stamp::Named(_))) = (column, stamp) else { return };
        if matches!(self.role, Role::Related(_)) {
            errors.push(
                key,
                format_args!("`{key}` is said of a relation, which is no column of the table of `{owner}`"),
                format_args!("select it beside `COLUMNS`, and remove `{key}`"),
            );
        } else if !body.is_table() && !self.role.is_idle() {
            refuse_columns(key, errors);
        }
    }
}

fn refuse_columns(key: &Ident, errors: &mut Errors) {
    errors.push(
        key,
        format_args!("`{key}` shows in `COLUMNS`, which only the stamp of a struct with named fields has"),
        format_args!("remove `{key}`"),
    );
}
