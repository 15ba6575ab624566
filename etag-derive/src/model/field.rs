//! A field and the one part it plays.

use proc_macro2::Ident;
use syn::{ExprPath, Fields, Member, Type};

use super::stamp::OnStamp;
use crate::attr::serde::SerdeAttrs;
use crate::attr::{FieldAttrs, Key, Precision, RoleKey};
use crate::errors::Errors;
use crate::mention::mentions;
use crate::written::Written;

/// A field with a part that makes sense.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) written: Written,
    pub(crate) role: Role,
    /// What turns the value into what is hashed.
    pub(crate) with: Option<ExprPath>,
    pub(crate) serde: SerdeAttrs,
    pub(crate) on_stamp: OnStamp,
}

/// The part a field plays in the tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Version,
    Timestamp(Precision),
    Related(Relation),
    Content,
    /// Said not to matter.
    Skip,
    /// Does not enter the tag, but nobody said that it does not matter.
    Unstated,
}

/// How another entity takes part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Relation {
    /// Its change is a change of this entity's state: it blocks a stale write.
    pub(crate) is_guarded: bool,
    /// What is added or removed moves the timestamp of this entity.
    pub(crate) touches: bool,
    /// What the compiler knows of it depends on the type being derived, so that the impl must not ask.
    pub(crate) recursion: Recursion,
}

/// How a relation leads back to the type that has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recursion {
    /// It does not, as far as can be seen.
    None,
    /// Its type is written with the type itself, whose strength it has.
    Itself,
    /// Somebody said so: through another type, whose strength is its own.
    Declared,
}

impl Relation {
    pub(crate) fn is_recursive(self) -> bool {
        self.recursion != Recursion::None
    }
}

impl Role {
    /// Whether the field leaves the tag alone.
    pub(crate) fn is_idle(self) -> bool {
        matches!(self, Self::Skip | Self::Unstated)
    }
}

/// The type that has the fields, as far as it decides what they mean.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) name: &'a Ident,
    /// A field that states no role is content, unless serde leaves it out too.
    pub(crate) is_content: bool,
    /// Nothing but the version is in the state.
    pub(crate) is_reversible: bool,
}

impl<'a> Field<'a> {
    /// All fields of a struct, or of a variant, in declaration order.
    pub(crate) fn all(fields: &'a Fields, owner: Owner<'_>, errors: &mut Errors) -> Vec<Self> {
        let mut singles = Singles::default();
        let mut touches = Vec::new();
        let mut all: Vec<Self> = Vec::new();
        for (field, member) in fields.iter().zip(fields.members()) {
            let attrs = FieldAttrs::parse(&field.attrs, errors);
            let serde = SerdeAttrs::parse(&field.attrs);
            let role = match stated_role(&attrs, errors) {
                None if owner.is_content && !serde.is_skipped() && !is_named(&field.ty, &["PhantomData"]) => {
                    Role::Content
                }
                None => Role::Unstated,
                Some(role) => {
                    singles.admit(role, owner.is_reversible, errors);
                    if role.value == RoleKey::Version && attrs.with.is_none() {
                        refuse_float(&field.ty, errors);
                    }
                    interpret(role.value, &attrs, &field.ty, owner.name)
                }
            };
            touches.extend(attrs.touch.filter(|_| matches!(role, Role::Related(_))));
            let with = attrs.with.map(|with| with.value);
            let on_stamp = OnStamp { column: attrs.column, attributes: attrs.stamp };
            let written = Written::ty(&field.ty);
            all.push(Self { member, ty: &field.ty, written, role, with, serde, on_stamp });
        }
        let has_timestamp = all.iter().any(|field| matches!(field.role, Role::Timestamp(_)));
        for Key { name, .. } in &touches {
            refuse_vain_touch(name, has_timestamp, owner.is_reversible, errors);
        }
        all
    }

    /// Makes this field the entity that the whole type is; `key` is where that was said.
    pub(crate) fn must_be_all(&mut self, key: &Ident, errors: &mut Errors) {
        match self.role {
            Role::Unstated => {
                self.role = Role::Related(Relation { is_guarded: true, touches: false, recursion: Recursion::None });
            }
            Role::Related(Relation { is_guarded: true, touches: false, recursion: Recursion::None }) => {}
            _ => errors.push(
                key,
                format_args!("`{key}` gives a type the validators of its field, which has a role of its own here"),
                format_args!("remove `{key}` to make a tag of the field, or the role if the field is an entity"),
            ),
        }
    }

    /// As it is called in messages: its name, or its number.
    pub(crate) fn name(&self) -> String {
        match &self.member {
            Member::Named(name) => name.to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }

    /// Whether it is serialized, but neither in the tag nor said not to matter.
    pub(crate) fn is_uncovered(&self) -> bool {
        self.role == Role::Unstated && !self.serde.is_skipped() && !self.is_phantom()
    }

    /// Whether there is nothing in the field that could change.
    pub(crate) fn is_phantom(&self) -> bool {
        is_named(self.ty, &["PhantomData"])
    }

    /// The role that the field's name suggests.
    pub(crate) fn likely_role(&self) -> Option<(&Ident, &'static str)> {
        let Member::Named(name) = &self.member else { return None };
        let role = match name.to_string().as_str() {
            "version" | "lock_version" | "row_version" | "rowversion" | "revision" => "version",
            "updated_at" | "modified_at" | "last_modified" | "modified" | "updated" => "timestamp",
            _ => return None,
        };
        (self.role == Role::Unstated).then_some((name, role))
    }
}

/// The one role of a field; a complaint about every other, and about options of a role it has not.
fn stated_role<'k>(attrs: &'k FieldAttrs, errors: &mut Errors) -> Option<&'k Key<RoleKey>> {
    let (first, others) = match attrs.roles.as_slice() {
        [] => (None, [].as_slice()),
        [first, others @ ..] => (Some(first), others),
    };
    for other in others {
        let (first, other) = (&attrs.roles[0].name, &other.name);
        errors.push(
            other,
            format_args!("`{other}` contradicts `{first}`"),
            format_args!("a field has one role: keep `{first}` or `{other}`"),
        );
    }
    let options = [
        (RoleKey::Related, "related", "guard = false", attrs.guard.as_ref().map(|key| &key.name)),
        (RoleKey::Related, "related", "touch", attrs.touch.as_ref().map(|key| &key.name)),
        (RoleKey::Related, "related", "recursive", attrs.recursive.as_ref().map(|key| &key.name)),
        (RoleKey::Timestamp, "timestamp", "precision = \"millis\"", attrs.precision.as_ref().map(|key| &key.name)),
    ];
    for (role, of, example, option) in options {
        if let Some(option) = option
            && !attrs.roles.iter().any(|stated| stated.value == role)
        {
            errors.push(
                option,
                format_args!("`{option}` is an option of `{of}`, which this field is not"),
                format_args!("write `#[etag({of}, {example})]`, or remove `{option}`"),
            );
        }
    }
    let takes_function =
        |role: &Key<RoleKey>| matches!(role.value, RoleKey::Version | RoleKey::Timestamp | RoleKey::Content);
    if let Some(with) = &attrs.with
        && !attrs.roles.iter().any(takes_function)
    {
        let with = &with.name;
        errors.push(
            with,
            format_args!("`{with}` is an option of `version`, `timestamp` and `content`, which this field is not"),
            format_args!(
                "write `#[etag(content, {with} = …)]`; what is related is an entity itself, if need be a newtype of yours"
            ),
        );
    }
    first
}

fn interpret(role: RoleKey, attrs: &FieldAttrs, ty: &Type, owner: &Ident) -> Role {
    match role {
        RoleKey::Version => Role::Version,
        RoleKey::Timestamp => {
            Role::Timestamp(attrs.precision.as_ref().map_or(Precision::Micros, |precision| precision.value))
        }
        RoleKey::Content => Role::Content,
        RoleKey::Skip => Role::Skip,
        RoleKey::Related => Role::Related(Relation {
            is_guarded: attrs.guard.as_ref().is_none_or(|guard| guard.value),
            touches: attrs.touch.is_some(),
            recursion: match attrs.recursive {
                _ if mentions(ty, &[owner, &Ident::new("Self", owner.span())]) => Recursion::Itself,
                Some(_) => Recursion::Declared,
                None => Recursion::None,
            },
        }),
    }
}

/// The roles that only one field of a type can have, by the name of the first that has it.
#[derive(Default)]
struct Singles {
    version: Option<Ident>,
    timestamp: Option<Ident>,
}

impl Singles {
    fn admit(&mut self, role: &Key<RoleKey>, is_reversible: bool, errors: &mut Errors) {
        let (slot, moves) = match role.value {
            RoleKey::Version => (&mut self.version, "on every write"),
            RoleKey::Timestamp => (&mut self.timestamp, "last"),
            RoleKey::Related | RoleKey::Content | RoleKey::Skip => return,
        };
        let name = &role.name;
        match slot {
            None => *slot = Some(name.clone()),
            Some(first) => {
                let other = if is_reversible { "skip" } else { "content" };
                errors.push(
                    name,
                    format_args!("a type has one `{name}`, and this is the second"),
                    format_args!("keep the one that moves {moves}; the other may be `#[etag({other})]`"),
                );
                errors.note(first, format_args!("first `{name}` here"));
            }
        }
    }
}

/// A complaint about `touch` where there is no timestamp that a child could move; `key` is where it was said.
fn refuse_vain_touch(key: &Ident, has_timestamp: bool, is_reversible: bool, errors: &mut Errors) {
    if is_reversible {
        errors.push(
            key,
            format_args!("`{key}` says that a child moves the timestamp here, and a reversible type has none"),
            format_args!("remove `{key}`: there is no `Last-Modified` either way"),
        );
    } else if !has_timestamp {
        errors.push(
            key,
            format_args!("`{key}` says that a child moves the timestamp here, and there is none"),
            format_args!("write `#[etag(timestamp)]` above the field that it moves, or remove `{key}`"),
        );
    }
}

fn refuse_float(ty: &Type, errors: &mut Errors) {
    if is_named(ty, &["f32", "f64"]) {
        errors.push(
            ty,
            "a float cannot be a version: two writes can round to the same value",
            "use an integer that counts writes, or a timestamp with `#[etag(timestamp)]`",
        );
    }
}

/// Whether the last word of the type's path is one of `names`.
fn is_named(ty: &Type, names: &[&str]) -> bool {
    match ty {
        Type::Group(group) => is_named(&group.elem, names),
        Type::Paren(paren) => is_named(&paren.elem, names),
        Type::Path(path) if path.qself.is_none() => {
            path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group};
    use quote::{ToTokens, quote};
    use syn::{Type, parse_quote};

    use super::is_named;

    #[test]
    fn a_type_has_the_last_name_of_its_path() {
        // What a `macro_rules!` fragment is wrapped in.
        let fragment = Group::new(Delimiter::None, quote!(f64));
        let table: [(Type, bool); 7] = [
            (parse_quote!(f64), true),
            (parse_quote!(std::primitive::f32), true),
            (parse_quote!((f64)), true),
            (parse_quote!(#fragment), true),
            (parse_quote!(f16), false),
            (parse_quote!(&f64), false),
            // Whatever the trait says.
            (parse_quote!(<T as Trait>::f64), false),
        ];
        for (ty, expected) in table {
            assert_eq!(is_named(&ty, &["f32", "f64"]), expected, "{}", ty.to_token_stream());
        }
    }
}
