//! From the fields of an entity to the two halves of its tag.
//!
//! ```text
//! fields ──version, timestamp, content, related──▶ state stream ───────────SHA-256──▶ state half ──────────┐
//!        └─unguarded─────────────────────────────▶ representation stream ──SHA-256──▶ representation half ─┴▶ tag
//! ```
//!
//! `docs/wire-format.md` defines every octet, and never changes. This module is its implementation.

mod containers;
#[cfg(feature = "serde")]
mod content;
mod encoder;
mod related;
mod reversible;
mod timestamp;
#[cfg(feature = "serde")]
mod unordered;
mod variants;
mod version;
#[cfg(feature = "layer")]
mod whole;

pub use reversible::ReversibleVersion;
pub(crate) use reversible::read;
pub use reversible::{Itself, value_of, version_of};
pub use timestamp::Timestamp;
#[cfg(feature = "serde")]
pub use unordered::unordered;
pub(crate) use variants::of_variants;
pub use version::{Version, VersionValue};
#[cfg(feature = "layer")]
pub(crate) use whole::Whole;

use encoder::{Encoder, kind};

use crate::tag::{REPRESENTATION_LEN, representation_text};
use crate::{ETag, EntityTag, HttpDate, Schema, Strength, Validators};

/// Gathers what decides the validators of one entity.
///
/// The derive writes the calls. By hand they make a composite tag of parts that no single type holds.
///
/// # Examples
///
/// ```
/// use std::time::SystemTime;
/// use etag_runtime::{Digest, ETag, EntityTag, Schema, Strong};
///
/// struct Report { revision: u64, template: &'static str }
///
/// impl ETag for Report {
///     type Strength = Strong;
///     const SCHEMA: Schema = Schema::new(1); // raised when the columns of the report change
///
///     fn etag(&self) -> EntityTag {
///         let mut digest = Digest::for_type::<Self>();
///         digest.version(&self.revision);
///         digest.version(self.template);
///         digest.entity_tag()
///     }
/// }
///
/// let tag = |revision, template| Report { revision, template }.etag();
/// assert_eq!(tag(1, "a4"), tag(1, "a4"));
/// assert_ne!(tag(1, "a4"), tag(2, "a4"));
/// assert_ne!(tag(1, "a4"), tag(1, "letter"));
/// ```
#[derive(Clone)]
#[repr(C)] // The stream is last, for the reason that its block is.
pub struct Digest {
    weak: bool,
    /// Whether something could not be serialized, so that there is no digest.
    failed: bool,
    /// Inside an unguarded relation, where everything goes to the representation.
    unguarded: bool,
    place: Place,
    modified: Modified,
    schema: Schema,
    /// Made when the first part is written: most entities have none. Of the state inside an unguarded relation.
    other: Option<Encoder>,
    /// Where the next part goes: of the state, and inside an unguarded relation the representation.
    stream: Encoder,
}

/// Where the next part stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Inside a relation whose children touch the entity: one that is removed leaves a trace.
    touching: bool,
    /// In an entity that has a timestamp of its own.
    dated: bool,
}

/// The latest timestamp of everything that was written so far.
#[derive(Clone, Copy)]
enum Modified {
    /// Nothing was written yet.
    Never,
    /// The latest, in microseconds since the epoch.
    At(i64),
    /// Some part carries no timestamp, or may disappear without a trace.
    Unknown,
}

impl Digest {
    /// An empty digest, of a strong tag without a schema.
    #[must_use]
    pub fn new() -> Digest {
        Digest::with_schema(Schema::UNSPECIFIED, false)
    }

    /// An empty digest of a `T`: with its schema, and of its strength.
    #[must_use]
    pub fn for_type<T: ETag + ?Sized>() -> Digest {
        Digest::with_schema(T::SCHEMA, T::Strength::IS_WEAK)
    }

    /// The entity tag of `entity`, from what its [`ETag::digest`] writes.
    #[doc(hidden)]
    #[inline]
    pub fn etag_of<T: ETag + ?Sized>(entity: &T) -> EntityTag {
        let mut digest = Digest::for_type::<T>();
        entity.digest(&mut digest);
        digest.finish(const { &T::SCHEMA.text() })
    }

    /// The validators of `entity`, from what its [`ETag::digest`] writes.
    #[doc(hidden)]
    #[inline]
    pub fn validators_of<T: ETag + ?Sized>(entity: &T) -> Validators {
        let mut digest = Digest::for_type::<T>();
        entity.digest(&mut digest);
        digest.finish_validators(const { &T::SCHEMA.text() })
    }

    /// Adds an opaque value that changes on every write.
    #[inline]
    pub fn version<V: Version + ?Sized>(&mut self, version: &V) {
        self.version_value(version.value());
    }

    /// [`version`](Digest::version), whatever type has this value.
    #[doc(hidden)]
    #[expect(clippy::inline_always, reason = "the type of a field says which value it is: nothing is left to choose")]
    #[inline(always)]
    pub fn version_value(&mut self, version: VersionValue<'_>) {
        version::write([kind::VERSION], version, &mut self.stream);
    }

    /// Adds which variant of an enumeration the entity is, before the parts of that variant.
    #[inline]
    pub fn variant(&mut self, name: &str) {
        self.stream.variant(name);
    }

    /// Adds the instant of the last write, which is also a source of `Last-Modified`.
    #[inline]
    pub fn timestamp<T: Timestamp + ?Sized>(&mut self, timestamp: &T) {
        self.instant(timestamp.unix_micros());
    }

    /// Adds octets that make the tag unpredictable for whoever does not know them, to both halves.
    ///
    /// A tag of content that could be guessed confirms the guess. With a salt, which is a secret of the server, it does
    /// not; every server that answers for the same resource needs the same.
    pub fn salt(&mut self, salt: impl AsRef<[u8]>) {
        let salt = salt.as_ref();
        self.stream.kind(kind::SALT);
        self.stream.with_length(kind::BYTES, salt);
        if !self.unguarded {
            self.representation().kind(kind::SALT);
            self.representation().with_length(kind::BYTES, salt);
        }
    }

    /// Without the feature, says so at the field.
    #[cfg(not(feature = "serde"))]
    #[doc(hidden)]
    pub fn content<T: crate::__private::Serialize + ?Sized>(&mut self, _: &T) {}

    /// Without the feature, says so at the field.
    #[cfg(not(feature = "serde"))]
    #[doc(hidden)]
    pub fn content_with<T: crate::__private::Serialize + ?Sized>(&mut self, _: &T, _: impl FnOnce(&T, ())) {}

    /// The tag of what was written. It is weak if a part could not be serialized, since it may stand for anything then.
    #[must_use]
    #[inline]
    pub fn entity_tag(&self) -> EntityTag {
        self.clone().finish(&self.schema.text())
    }

    /// The tag of what was written, and the latest of its timestamps if every entity in it has one.
    ///
    /// There is no tag if a part could not be serialized: no tag is right for a representation that cannot be made.
    #[must_use]
    #[inline]
    pub fn validators(&self) -> Validators {
        self.clone().finish_validators(&self.schema.text())
    }

    /// The tag, of which `schema` is the representation half if nothing was written to it. The streams are not to be used again.
    fn finish(&mut self, schema: &[u8; REPRESENTATION_LEN]) -> EntityTag {
        let state = self.stream.finish_16();
        let weak = self.weak || self.failed;
        match &mut self.other {
            None => EntityTag::from_halves(weak, state, schema),
            Some(stream) => EntityTag::from_halves(weak, state, &half(stream)),
        }
    }

    fn finish_validators(&mut self, schema: &[u8; REPRESENTATION_LEN]) -> Validators {
        if self.failed {
            return Validators::new();
        }
        let last_modified = match self.modified {
            Modified::At(micros) if self.place.dated => HttpDate::from_unix_seconds(micros.div_euclid(1_000_000)),
            _ => None,
        };
        Validators::of(self.finish(schema), last_modified)
    }

    /// An empty digest of a tag with this schema.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub fn with_schema(schema: Schema, weak: bool) -> Digest {
        Digest {
            weak,
            failed: false,
            unguarded: false,
            place: Place::default(),
            modified: Modified::Never,
            schema,
            other: None,
            stream: Encoder::new(b'S'),
        }
    }

    #[inline]
    fn of<T: ETag + ?Sized>(entity: &T) -> Digest {
        let mut digest = Digest::for_type::<T>();
        entity.digest(&mut digest);
        digest
    }

    /// The other stream, in a place that is guarded.
    fn representation(&mut self) -> &mut Encoder {
        self.other.get_or_insert_with(|| representation(self.schema))
    }
}

/// The stream of the representation, before its first part.
fn representation(schema: Schema) -> Encoder {
    let mut stream = Encoder::new(b'R');
    stream.octets(&schema.fingerprint().to_be_bytes());
    stream
}

/// The text of the representation half that this stream is hashed to.
fn half(stream: &mut Encoder) -> [u8; REPRESENTATION_LEN] {
    representation_text(stream.finish_8())
}

impl Default for Digest {
    fn default() -> Digest {
        Digest::new()
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}
