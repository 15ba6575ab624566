//! What a value consists of: the fields of a struct, or of one variant of an enum.

use proc_macro2::Ident;
use syn::{Data, DataEnum, Fields};

use super::field::{Field, Owner, Role};
use crate::attr::serde::SerdeAttrs;
use crate::attr::{StrengthKey, refuse_on_variant};
use crate::errors::Errors;

/// The fields of a type.
pub(crate) enum Body<'a> {
    Struct(Group<'a>),
    /// A struct that is what its only relation is.
    Transparent(Group<'a>),
    Enum(Vec<Variant<'a>>),
}

/// One of the shapes of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) group: Group<'a>,
    pub(crate) serde: SerdeAttrs,
}

/// Fields that exist together.
pub(crate) struct Group<'a> {
    pub(crate) shape: Shape,
    /// In declaration order, those without a part in the tag included.
    pub(crate) fields: Vec<Field<'a>>,
}

/// How the fields are written.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Named,
    Tuple,
    Unit,
}

impl<'a> Body<'a> {
    /// Interprets the attributes of every field; what cannot have a tag is a complaint.
    pub(crate) fn new(data: &'a Data, owner: Owner<'_>, errors: &mut Errors) -> Self {
        match data {
            Data::Struct(data) => Self::Struct(Group::new(&data.fields, owner, errors)),
            Data::Enum(data) => Self::variants(data, owner, errors),
            Data::Union(data) => {
                errors.push(
                    data.union_token,
                    "`ETag` cannot be derived for a union: nothing says which of its fields is valid",
                    "use a struct, or implement `ETag` by hand",
                );
                Self::Enum(Vec::new())
            }
        }
    }

    fn variants(data: &'a DataEnum, owner: Owner<'_>, errors: &mut Errors) -> Self {
        let mut variants = Vec::new();
        for variant in &data.variants {
            refuse_on_variant(&variant.attrs, errors);
            variants.push(Variant {
                name: &variant.ident,
                group: Group::new(&variant.fields, owner, errors),
                serde: SerdeAttrs::parse(&variant.attrs),
            });
        }
        Self::Enum(variants)
    }

    /// The same with its one field as the entity that it is; `key` is where that was said.
    pub(crate) fn transparent(self, owner: &Ident, key: &Ident, errors: &mut Errors) -> Self {
        let Self::Struct(mut group) = self else {
            errors.push(
                key,
                format_args!("`{key}` is said of a struct with one field, which `{owner}` is not"),
                "remove it, and give a role to the fields of each variant",
            );
            return self;
        };
        let mut fields = group.fields.iter_mut().filter(|field| field.role != Role::Skip && !field.is_phantom());
        match (fields.next(), fields.count()) {
            (Some(field), 0) => field.must_be_all(key, errors),
            (field, others) => errors.push(
                key,
                format_args!(
                    "`{key}` needs exactly one field, and `{owner}` has {}",
                    others + usize::from(field.is_some())
                ),
                format_args!("write `#[etag(skip)]` above fields that do not matter, or remove `{key}`"),
            ),
        }
        Self::Transparent(group)
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group<'a>> {
        let (group, variants) = match self {
            Self::Struct(group) | Self::Transparent(group) => (Some(group), [].as_slice()),
            Self::Enum(variants) => (None, variants.as_slice()),
        };
        group.into_iter().chain(variants.iter().map(|variant| &variant.group))
    }

    /// The fields of every variant.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.groups().flat_map(|group| &group.fields)
    }

    /// The word that declares it.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Self::Struct(_) | Self::Transparent(_) => "struct",
            Self::Enum(_) => "enum",
        }
    }

    /// A complaint about fields of which none says when the value has changed.
    ///
    /// A variant without fields is said by its name.
    pub(crate) fn must_be_annotated(&self, owner: &Ident, errors: &mut Errors) {
        match self {
            Self::Struct(group) if group.fields.iter().all(|field| field.role.is_idle()) => {
                group.nothing_annotated(owner, "struct", "", errors);
            }
            Self::Struct(_) | Self::Transparent(_) => {}
            Self::Enum(variants) => {
                for Variant { name, group, .. } in variants {
                    let is_silent = |field: &Field<'_>| field.role == Role::Unstated && !field.is_phantom();
                    if group.fields.iter().any(is_silent) && group.fields.iter().all(|field| field.role.is_idle()) {
                        let or = ", or `#[etag(skip)]` above each field if only the name of the variant matters";
                        group.nothing_annotated(name, "enum", or, errors);
                    }
                }
            }
        }
    }

    /// A complaint about each field that is shown, but whose change moves nothing: without a version or a timestamp,
    /// which move on every write, only what is in the tag moves it.
    pub(crate) fn must_be_covered(&self, errors: &mut Errors) {
        let groups =
            self.groups().filter(|group| !group.has(|role| matches!(role, Role::Version | Role::Timestamp(_))));
        for field in groups.flat_map(|group| &group.fields).filter(|field| field.is_uncovered()) {
            errors.push(
                field.ty,
                format_args!("field `{}` can change without the tag: nothing here moves on every write", field.name()),
                "write `#[etag(content)]` above it, `#[etag(related)]` if it is an entity, or `#[etag(skip)]` if it does not \
                 matter; or `#[etag(version)]` above a field that changes on every write",
            );
        }
    }

    /// The strength of the type if none is declared: that of its weakest variant.
    pub(crate) fn natural_strength(&self, content: bool) -> StrengthKey {
        // A timestamp may stand still while something changes; a version moves, and so does content with itself.
        let is_by_timestamp = |group: &Group<'_>| {
            group.has(|role| matches!(role, Role::Timestamp(_)))
                && !group.has(|role| matches!(role, Role::Version))
                && (!group.has(|role| matches!(role, Role::Content)) || group.fields.iter().any(Field::is_uncovered))
        };
        if !content && self.groups().any(is_by_timestamp) { StrengthKey::Weak } else { StrengthKey::Strong }
    }
}

impl<'a> Group<'a> {
    fn new(fields: &'a Fields, owner: Owner<'_>, errors: &mut Errors) -> Self {
        let shape = match fields {
            Fields::Named(_) => Shape::Named,
            Fields::Unnamed(_) => Shape::Tuple,
            Fields::Unit => Shape::Unit,
        };
        Self { shape, fields: Field::all(fields, owner, errors) }
    }

    /// The first field that is an entity: the one that a transparent type is.
    pub(crate) fn relation(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| matches!(field.role, Role::Related(_)))
    }

    fn has(&self, matches: fn(&Role) -> bool) -> bool {
        self.fields.iter().any(|field| matches(&field.role))
    }

    fn nothing_annotated(&self, name: &Ident, keyword: &str, or: &str, errors: &mut Errors) {
        // A version decides more than a date does, wherever it stands.
        let likely = || self.fields.iter().filter_map(Field::likely_role);
        let help = match likely().find(|(_, role)| *role == "version").or_else(|| likely().next()) {
            Some((field, role)) => format!("write `#[etag({role})]` above `{field}`"),
            None => format!(
                "write `#[etag(version)]` above a field that changes on every write, or \
                 `#[etag(content)]` above the `{keyword}` to hash every field{or}"
            ),
        };
        errors.push(name, format_args!("nothing in `{name}` says when it has changed"), help);
    }
}
