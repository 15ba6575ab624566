//! Entities inside entities: § 5 of the wire format, and containers of entities as entities.

use super::{Digest, Modified, Place, kind};
use crate::{ETag, EntityTag, Schema, Validators};

impl Digest {
    /// Adds another entity: if it changes, so does the state of this one.
    #[inline]
    pub fn related<T: ETag + ?Sized>(&mut self, entity: &T) {
        entity.relate(self);
    }

    /// Adds another entity that changes the representation of this one, but never blocks a write.
    #[inline]
    pub fn unguarded<T: ETag + ?Sized>(&mut self, entity: &T) {
        let outer = self.place;
        self.place.unguarded = true;
        entity.relate(self);
        self.place = outer;
    }

    /// [`related`](Digest::related) to children that touch this entity: one that is removed moves its timestamp.
    #[doc(hidden)]
    pub fn related_touching<T: ETag + ?Sized>(&mut self, entity: &T) {
        let outer = self.place;
        self.place.touching = true;
        self.related(entity);
        self.place = outer;
    }

    /// [`unguarded`](Digest::unguarded) with children that touch this entity.
    #[doc(hidden)]
    pub fn unguarded_touching<T: ETag + ?Sized>(&mut self, entity: &T) {
        let outer = self.place;
        self.place.touching = true;
        self.unguarded(entity);
        self.place = outer;
    }

    /// An entity with its parts, as part of another: the default of [`ETag::relate`].
    pub(crate) fn record<T: ETag + ?Sized>(&mut self, entity: &T) {
        let outer = self.place;
        self.place = Place { touching: false, dated: false, ..outer };
        self.structure::<T>(kind::RECORD);
        entity.digest(self);
        self.structure::<T>(kind::END);
        if !self.place.dated {
            self.modified = Modified::Unknown;
        }
        self.place = outer;
    }

    /// The parts of an entity that brings its own tag: the default of [`ETag::digest`].
    pub(crate) fn tagged(&mut self, validators: &Validators) {
        if let Some(tag) = validators.entity_tag() {
            let state = tag.state().unwrap_or_else(|| tag.opaque());
            self.stream().kind(kind::TAG);
            self.stream().with_length(kind::BYTES, state);
            if let Some(representation) = tag.representation() {
                self.representation().kind(kind::TAG);
                self.representation().with_length(kind::BYTES, representation);
            }
        } else {
            self.failed = true;
        }
        self.modified_at(validators.last_modified().map(|date| date.unix_seconds().saturating_mul(1_000_000)));
    }

    /// What holds entities together, in every stream that the entities write to.
    fn structure<T: ETag + ?Sized>(&mut self, kind: u8) {
        self.stream().kind(kind);
        if T::HAS_REPRESENTATION && !self.place.unguarded {
            self.representation().kind(kind);
        }
    }

    /// Something could be missing here that was there before.
    fn removable(&mut self) {
        if !self.place.touching {
            self.modified = Modified::Unknown;
        }
    }
}

/// An entity that may be absent. It could disappear without a trace, so that there is no Last-Modified.
#[diagnostic::do_not_recommend]
impl<T: ETag> ETag for Option<T> {
    type Strength = T::Strength;
    const SCHEMA: Schema = T::SCHEMA;
    const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;

    fn etag(&self) -> EntityTag {
        Digest::etag_of(self)
    }

    fn validators(&self) -> Validators {
        Digest::validators_of(self)
    }

    fn digest(&self, digest: &mut Digest) {
        digest.removable();
        match self {
            None => digest.structure::<T>(kind::NOTHING),
            Some(entity) => {
                digest.structure::<T>(kind::PRESENT);
                entity.relate(digest);
            }
        }
    }

    fn relate(&self, digest: &mut Digest) {
        self.digest(digest);
    }
}

/// Entities in order. One could be removed without a trace, so that there is no Last-Modified.
#[diagnostic::do_not_recommend]
impl<T: ETag> ETag for [T] {
    type Strength = T::Strength;
    const SCHEMA: Schema = T::SCHEMA;
    const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;

    fn etag(&self) -> EntityTag {
        Digest::etag_of(self)
    }

    fn validators(&self) -> Validators {
        Digest::validators_of(self)
    }

    fn digest(&self, digest: &mut Digest) {
        digest.removable();
        digest.structure::<T>(kind::SEQUENCE);
        for entity in self {
            entity.relate(digest);
        }
        digest.structure::<T>(kind::END);
    }

    fn relate(&self, digest: &mut Digest) {
        self.digest(digest);
    }
}
