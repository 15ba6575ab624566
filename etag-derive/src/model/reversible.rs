//! What contradicts `reversible`: a state that is more than a version.

use proc_macro2::Ident;

use super::body::Body;
use super::field::{Field, Role};
use crate::attr::{ContainerAttrs, StrengthKey};
use crate::errors::Errors;

/// A complaint about everything said of the same type that leaves no version to read; `key` is where `reversible` is.
pub(super) fn refuse_beside(key: &Ident, container: &ContainerAttrs, errors: &mut Errors) {
    if let Some(transparent) = &container.transparent {
        let transparent = &transparent.name;
        errors.push(
            key,
            format_args!("`{key}` contradicts `{transparent}`: a transparent type has the tag of its field"),
            format_args!("remove `{key}`: the type is reversible if its field is"),
        );
    }
    let mut refuse = |other: &Ident, why: &str| {
        errors.push(
            other,
            format_args!("`{other}` contradicts `{key}`: {why}"),
            format_args!("remove `{other}`, or remove `{key}` to hash the state"),
        );
    };
    if let Some(content) = &container.content {
        refuse(&content.name, "content cannot be read from a tag");
    }
    if let Some(salt) = &container.salt {
        refuse(&salt.name, "what a client may read needs no salt");
    }
    for strength in container.strengths.iter().filter(|strength| strength.value == StrengthKey::Weak) {
        refuse(&strength.name, "`If-Match`, which reads the version, never matches a weak tag");
    }
}

impl Body<'_> {
    /// A complaint about each field whose part in the state is not that of the version.
    pub(super) fn must_be_reversible(&self, owner: &Ident, key: &Ident, errors: &mut Errors) {
        let group = match self {
            Self::Struct(group) => group,
            Self::Transparent(_) => return,
            Self::Enum(_) => {
                errors.push(
                    key,
                    format_args!("`{key}` is said of a struct: the state of an enum is also which variant it is"),
                    format_args!("remove `{key}`, or put the version into a struct around `{owner}`"),
                );
                return;
            }
        };
        for field in &group.fields {
            field.must_be_reversible(key, errors);
        }
        if !group.fields.iter().any(|field| field.role == Role::Version) {
            errors.push(
                key,
                format_args!("`{key}` writes the version into the tag, and `{owner}` has none"),
                "write `#[etag(version)]` above a field that changes on every write",
            );
        }
    }
}

impl Field<'_> {
    fn must_be_reversible(&self, key: &Ident, errors: &mut Errors) {
        let (instead, when) = match self.role {
            Role::Version => {
                if let Some(with) = &self.with {
                    errors.push(
                        with,
                        "what a function has made of the version cannot be turned back",
                        format_args!(
                            "give the field a newtype that implements `Version` and `ReversibleVersion`, or remove `{key}`"
                        ),
                    );
                }
                return;
            }
            Role::Related(relation) if relation.is_guarded => {
                ("related, guard = false", "its change is no reason to refuse a write")
            }
            Role::Timestamp(_) | Role::Content => ("skip", "the version moves whenever it does"),
            Role::Related(_) | Role::Skip | Role::Unstated => return,
        };
        errors.push(
            self.ty,
            format_args!("field `{}` is part of the state, which `{key}` makes the version alone", self.name()),
            format_args!("write `#[etag({instead})]` above it if {when}, or remove `{key}`"),
        );
    }
}
