//! The entities of the vectors: what the derive would have written for them, decided at run time.

use std::collections::{BTreeMap, BTreeSet};

use etag_runtime::{Digest, ETag, EntityTag, Schema, Strong, Timestamp, Version, VersionValue};
use serde::Deserialize;
use serde::de::Error as _;

use crate::content::{Value, octets};

#[derive(Clone, Deserialize)]
#[serde(try_from = "(String, serde_json::Value)")]
pub(crate) enum Part {
    Version(Value),
    Timestamp(Option<String>),
    Content(Value),
    Variant(String),
    Salt(String),
    Related(Entity),
    Unguarded(Entity),
}

impl TryFrom<(String, serde_json::Value)> for Part {
    type Error = serde_json::Error;

    fn try_from((kind, value): (String, serde_json::Value)) -> Result<Part, serde_json::Error> {
        use serde_json::from_value;
        Ok(match kind.as_str() {
            "version" => Part::Version(from_value(value)?),
            "timestamp" => Part::Timestamp(from_value(value)?),
            "content" => Part::Content(from_value(value)?),
            "salt" => Part::Salt(from_value(value)?),
            "variant" => Part::Variant(from_value(value)?),
            "related" => Part::Related(from_value(value)?),
            "unguarded" => Part::Unguarded(from_value(value)?),
            other => return Err(serde_json::Error::custom(format!("unknown part {other}"))),
        })
    }
}

/// The flags say of what cannot show it whether its type has representation parts.
#[derive(Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Entity {
    Parts {
        parts: Vec<Part>,
    },
    /// A tag from elsewhere: its two halves, or its opaque part.
    Tag {
        tag: (String, Option<String>),
    },
    None {
        none: bool,
    },
    Some {
        some: Box<Entity>,
    },
    List {
        list: Vec<Entity>,
        of: bool,
    },
    ByKey {
        by_key: Vec<(Value, Entity)>,
        of: bool,
    },
    Unordered {
        unordered: Vec<Entity>,
        of: bool,
    },
}

/// The tag of an entity of these parts.
pub(crate) fn tag(parts: &[Part], schema: u64, weak: bool, reversible: bool) -> EntityTag {
    let mut digest = Digest::with_schema(Schema::new(schema), weak);
    write(parts, &mut digest);
    if !reversible {
        return digest.entity_tag();
    }
    let version = parts.iter().find_map(|part| if let Part::Version(version) = part { Some(version) } else { None });
    digest.reversible_tag(version.unwrap().value())
}

fn write(parts: &[Part], digest: &mut Digest) {
    for part in parts {
        match part {
            Part::Version(value) => digest.version(value),
            Part::Timestamp(micros) => digest.timestamp(&Micros(micros.as_ref().map(|micros| micros.parse().unwrap()))),
            Part::Content(value) => digest.content(value),
            Part::Variant(name) => digest.variant(name),
            Part::Salt(hexadecimal) => digest.salt(octets(hexadecimal)),
            Part::Related(entity) if entity.has_representation() => digest.related(&Related::<true>(entity)),
            Part::Related(entity) => digest.related(&Related::<false>(entity)),
            Part::Unguarded(entity) if entity.has_representation() => digest.unguarded(&Related::<true>(entity)),
            Part::Unguarded(entity) => digest.unguarded(&Related::<false>(entity)),
        }
    }
}

impl Entity {
    /// What the derive knows of the type.
    fn has_representation(&self) -> bool {
        match self {
            Entity::Parts { parts } => parts.iter().any(|part| match part {
                Part::Unguarded(_) | Part::Salt(_) => true,
                Part::Related(entity) => entity.has_representation(),
                Part::Version(_) | Part::Timestamp(_) | Part::Content(_) | Part::Variant(_) => false,
            }),
            Entity::Tag { .. } => true,
            Entity::None { none: of }
            | Entity::List { of, .. }
            | Entity::ByKey { of, .. }
            | Entity::Unordered { of, .. } => *of,
            Entity::Some { some } => some.has_representation(),
        }
    }
}

/// An instant, as the vectors have it.
struct Micros(Option<i64>);

impl Timestamp for Micros {
    fn unix_micros(&self) -> Option<i64> {
        self.0
    }
}

/// An entity under a relation, as the type that it would be.
struct Related<'a, const HAS_REPRESENTATION: bool>(&'a Entity);

impl<const HAS_REPRESENTATION: bool> ETag for Related<'_, HAS_REPRESENTATION> {
    type Strength = Strong;
    const HAS_REPRESENTATION: bool = HAS_REPRESENTATION;

    fn etag(&self) -> EntityTag {
        Digest::etag_of(self)
    }

    fn relate(&self, digest: &mut Digest) {
        match self.0 {
            Entity::Parts { parts } => Parts::<HAS_REPRESENTATION>(parts).relate(digest),
            Entity::Tag { tag: (opaque, None) } => Tagged(EntityTag::parse(&quoted(opaque)).unwrap()).relate(digest),
            Entity::Tag { tag: (state, Some(representation)) } => {
                // Only the toolkit makes tags with halves. The vectors take theirs from an entity without parts.
                let made = Digest::new().entity_tag();
                assert_eq!(made.opaque(), format!("{state}.{representation}").as_bytes());
                Tagged(made).relate(digest);
            }
            Entity::None { .. } => None::<Self>.relate(digest),
            Entity::Some { some } => Some(Related::<HAS_REPRESENTATION>(some)).relate(digest),
            Entity::List { list, .. } => {
                list.iter().map(Related::<HAS_REPRESENTATION>).collect::<Vec<_>>().relate(digest);
            }
            Entity::ByKey { by_key, .. } => {
                let entry = |(at, (key, entity))| (At(at, key), Related::<HAS_REPRESENTATION>(entity));
                by_key
                    .iter()
                    .map(|(key, entity)| (key, entity))
                    .enumerate()
                    .map(entry)
                    .collect::<BTreeMap<_, _>>()
                    .relate(digest);
            }
            Entity::Unordered { unordered, .. } => {
                let members = unordered.iter().map(Related::<HAS_REPRESENTATION>).enumerate();
                members.map(|(at, entity)| At(at, entity)).collect::<BTreeSet<_>>().relate(digest);
            }
        }
    }
}

/// A key or member that is in a collection where the vector has it, and as often.
struct At<T>(usize, T);

impl<T> Ord for At<T> {
    fn cmp(&self, other: &At<T>) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> PartialOrd for At<T> {
    fn partial_cmp(&self, other: &At<T>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for At<T> {
    fn eq(&self, other: &At<T>) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for At<T> {}

impl Version for At<&Value> {
    fn value(&self) -> VersionValue<'_> {
        self.1.value()
    }
}

impl<T: ETag> ETag for At<T> {
    type Strength = T::Strength;
    const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;

    fn etag(&self) -> EntityTag {
        self.1.etag()
    }

    fn relate(&self, digest: &mut Digest) {
        self.1.relate(digest);
    }
}

/// A model.
struct Parts<'a, const HAS_REPRESENTATION: bool>(&'a [Part]);

impl<const HAS_REPRESENTATION: bool> ETag for Parts<'_, HAS_REPRESENTATION> {
    type Strength = Strong;
    const HAS_REPRESENTATION: bool = HAS_REPRESENTATION;

    fn etag(&self) -> EntityTag {
        Digest::etag_of(self)
    }

    fn digest(&self, digest: &mut Digest) {
        write(self.0, digest);
    }
}

/// An implementation by hand, which knows its tag.
struct Tagged(EntityTag);

impl ETag for Tagged {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        self.0.clone()
    }
}

fn quoted(opaque: &str) -> Vec<u8> {
    format!("\"{opaque}\"").into_bytes()
}
