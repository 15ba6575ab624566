//! `#[etag(…)]` on types and fields, as written: keys keep their tokens, nothing is interpreted.
//!
//! What a single key may look like is decided here, and so is that it is written once. Which keys
//! go together is [`model`](crate::model)'s business.

pub(crate) mod item;
mod nearest;
pub(crate) mod serde;
pub(crate) mod stamp;
mod value;

use proc_macro2::Ident;
use syn::{Attribute, Expr, ExprPath, Meta, Path, WherePredicate};

use self::item::Item;
use self::nearest::meant;
use self::stamp::{StampAttrs, field_attributes, stamp, text};
use self::value::{bound, expression, flag, function, path, precision, word};
use crate::errors::Errors;

/// A key and what it stands for.
pub(crate) struct Key<T> {
    pub(crate) name: Ident,
    pub(crate) value: T,
}

/// The part a field plays in the tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleKey {
    Version,
    Timestamp,
    Related,
    Content,
    Skip,
}

/// Everything written on a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    /// In the order of writing; more than one is a contradiction that the model reports.
    pub(crate) roles: Vec<Key<RoleKey>>,
    pub(crate) guard: Option<Key<bool>>,
    pub(crate) touch: Option<Key<()>>,
    pub(crate) recursive: Option<Key<()>>,
    pub(crate) precision: Option<Key<Precision>>,
    pub(crate) with: Option<Key<ExprPath>>,
    /// What the field is called in a query for the stamp.
    pub(crate) column: Option<Key<String>>,
    /// Attributes for the field of the stamp.
    pub(crate) stamp: Option<Key<Vec<Meta>>>,
}

/// What an instant is rounded down to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precision {
    Micros,
    Millis,
    Seconds,
}

impl Precision {
    const ALL: [(&str, Self); 3] = [("micros", Self::Micros), ("millis", Self::Millis), ("seconds", Self::Seconds)];
    const LIST: &str = "`\"micros\"`, `\"millis\"` or `\"seconds\"`";
}

/// What a container says about the strength of its tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StrengthKey {
    Strong,
    Weak,
}

/// Everything written on a type.
#[derive(Default)]
pub(crate) struct ContainerAttrs {
    pub(crate) content: Option<Key<()>>,
    /// In the order of writing; more than one is a contradiction that the model reports.
    pub(crate) strengths: Vec<Key<StrengthKey>>,
    pub(crate) transparent: Option<Key<()>>,
    pub(crate) reversible: Option<Key<()>>,
    pub(crate) salt: Option<Key<Expr>>,
    pub(crate) bound: Option<Key<Vec<WherePredicate>>>,
    pub(crate) stamp: Option<Key<StampAttrs>>,
    pub(crate) runtime: Option<Key<Path>>,
    /// `crate = …` was written but cannot be used: no path to the runtime is known.
    pub(crate) runtime_is_unknown: bool,
}

#[rustfmt::skip]
const FIELD_KEYS: [&str; 12] = [
    "version", "timestamp", "precision", "related", "guard", "touch", "recursive", "content", "with", "skip", "column",
    "stamp",
];
const CONTAINER_KEYS: [&str; 9] =
    ["content", "transparent", "reversible", "strong", "weak", "salt", "bound", "stamp", "crate"];

impl FieldAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attrs = Self::default();
        for item in etag_items(attributes, &Place::FIELD, errors) {
            match item.key.to_string().as_str() {
                "version" => attrs.role(&item, RoleKey::Version, errors),
                "timestamp" => attrs.role(&item, RoleKey::Timestamp, errors),
                "related" => attrs.role(&item, RoleKey::Related, errors),
                "content" => attrs.role(&item, RoleKey::Content, errors),
                "skip" => attrs.role(&item, RoleKey::Skip, errors),
                "guard" => once(&mut attrs.guard, flag(item, errors), errors),
                "touch" => once(&mut attrs.touch, Some(word(&item, (), errors)), errors),
                "recursive" => once(&mut attrs.recursive, Some(word(&item, (), errors)), errors),
                "precision" => once(&mut attrs.precision, precision(item, errors), errors),
                "with" => once(&mut attrs.with, Some(function(&item, errors)), errors),
                "column" => once(&mut attrs.column, text(item, "modified", errors), errors),
                "stamp" => once(&mut attrs.stamp, field_attributes(item, errors), errors),
                _ => Place::FIELD.unknown(&item.key, errors),
            }
        }
        attrs
    }

    fn role(&mut self, item: &Item, role: RoleKey, errors: &mut Errors) {
        once_in(&mut self.roles, word(item, role, errors), errors);
    }
}

impl ContainerAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attrs = Self::default();
        for item in etag_items(attributes, &Place::CONTAINER, errors) {
            match item.key.to_string().as_str() {
                "content" => once(&mut attrs.content, Some(word(&item, (), errors)), errors),
                "strong" => attrs.strength(&item, StrengthKey::Strong, errors),
                "weak" => attrs.strength(&item, StrengthKey::Weak, errors),
                "transparent" => once(&mut attrs.transparent, Some(word(&item, (), errors)), errors),
                "reversible" => once(&mut attrs.reversible, Some(word(&item, (), errors)), errors),
                "salt" => once(&mut attrs.salt, expression(item, errors), errors),
                "bound" => once(&mut attrs.bound, bound(item, errors), errors),
                "stamp" => once(&mut attrs.stamp, Some(stamp(&item, errors)), errors),
                "crate" => {
                    let runtime = path(item, errors);
                    attrs.runtime_is_unknown |= runtime.is_none();
                    once(&mut attrs.runtime, runtime, errors);
                }
                _ => Place::CONTAINER.unknown(&item.key, errors),
            }
        }
        attrs
    }

    fn strength(&mut self, item: &Item, strength: StrengthKey, errors: &mut Errors) {
        once_in(&mut self.strengths, word(item, strength, errors), errors);
    }
}

/// A complaint about every `#[etag(…)]` on a variant: there is nothing to say of it but its name.
pub(crate) fn refuse_on_variant(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("etag")) {
        errors.push(
            &attribute.meta,
            "`#[etag(...)]` says nothing of a variant, whose name is part of the tag anyway",
            "write it above a field of the variant, or above the `enum`",
        );
    }
}

/// Where an attribute stands, and so which keys it accepts.
struct Place {
    name: &'static str,
    accepts: &'static [&'static str],
    elsewhere: &'static [&'static str],
    misplaced: &'static str,
    example: &'static str,
}

impl Place {
    const FIELD: Self = Self {
        name: "a field",
        accepts: &FIELD_KEYS,
        elsewhere: &CONTAINER_KEYS,
        misplaced: "is said of a type, not of a field\nhelp: write it above the type",
        example: "version",
    };
    const CONTAINER: Self = Self {
        name: "a type",
        accepts: &CONTAINER_KEYS,
        elsewhere: &FIELD_KEYS,
        misplaced: "is said of a field, not of a type\nhelp: write it above the field it is meant for",
        example: "content",
    };

    fn list(&self) -> String {
        let keys: Vec<_> = self.accepts.iter().map(|key| format!("`{key}`")).collect();
        format!("{} accepts {}", self.name, keys.join(", "))
    }

    fn unknown(&self, key: &Ident, errors: &mut Errors) {
        let written = key.to_string();
        if self.elsewhere.contains(&written.as_str()) {
            errors.note(key, format_args!("`{written}` {}", self.misplaced));
            return;
        }
        let wrong = format!("unknown key `{written}` in `#[etag(...)]`");
        match meant(&written, self.accepts) {
            Some(known) => {
                errors.push(key, wrong, format_args!("did you mean `{known}`? {}", self.list()));
            }
            None => errors.push(key, wrong, self.list()),
        }
    }
}

/// The well-formed items of all `#[etag(…)]` attributes at one place.
fn etag_items(attributes: &[Attribute], place: &Place, errors: &mut Errors) -> Vec<Item> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("etag")) {
        let items = item::items(attribute).unwrap_or_default();
        if items.is_empty() {
            let help = format!("write `#[etag({})]`; {}", place.example, place.list());
            errors.push(&attribute.meta, "`#[etag(...)]` without a key says nothing", help);
        }
        for item in items {
            match item {
                Ok(item) => found.push(item),
                Err(tokens) => errors.push(tokens, "this is no key of `#[etag(...)]`", place.list()),
            }
        }
    }
    found
}

fn once<T>(slot: &mut Option<Key<T>>, key: Option<Key<T>>, errors: &mut Errors) {
    match (&slot, key) {
        (_, None) => {}
        (None, key) => *slot = key,
        (Some(first), Some(second)) => duplicate(&first.name, &second.name, errors),
    }
}

fn once_in<T: PartialEq>(written: &mut Vec<Key<T>>, key: Key<T>, errors: &mut Errors) {
    match written.iter().find(|first| first.value == key.value) {
        Some(first) => duplicate(&first.name, &key.name, errors),
        None => written.push(key),
    }
}

fn duplicate(first: &Ident, second: &Ident, errors: &mut Errors) {
    errors.push(second, format_args!("`{second}` is written twice"), "remove one of the two");
    errors.note(first, format_args!("`{first}` is first written here"));
}

#[cfg(test)]
mod tests;
