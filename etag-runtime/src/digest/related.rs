//! Entities inside entities: § 5 of the wire format.

use std::mem;

use super::encoder::Encoder;
use super::version::{self, VersionValue};
use super::{Digest, Modified, kind, representation};
use crate::{ETag, Strength as _, Validators};

impl Digest {
    /// Adds another entity: if it changes, so does the state of this one.
    #[inline]
    pub fn related<T: ETag + ?Sized>(&mut self, entity: &T) {
        entity.relate(self);
    }

    /// Adds another entity that changes the representation of this one, but never blocks a write.
    #[inline]
    pub fn unguarded<T: ETag + ?Sized>(&mut self, entity: &T) {
        if self.unguarded {
            return entity.relate(self);
        }
        self.switch();
        entity.relate(self);
        self.switch();
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
    #[inline]
    pub(crate) fn record<T: ETag + ?Sized>(&mut self, entity: &T) {
        self.weak |= T::Strength::IS_WEAK;
        self.structure::<T>(kind::RECORD);
        let outer = mem::take(&mut self.place);
        entity.digest(self);
        self.end::<T>();
        if !self.place.dated {
            self.modified = Modified::Unknown;
        }
        self.place = outer;
    }

    /// The parts of an entity that brings its own tag: the default of [`ETag::digest`].
    pub(crate) fn tagged(&mut self, validators: &Validators) {
        if let Some(tag) = validators.entity_tag() {
            let state = tag.state().unwrap_or_else(|| tag.opaque());
            self.stream.kind(kind::TAG);
            self.stream.with_length(kind::BYTES, state);
            if let Some(representation) = tag.representation() {
                let stream = if self.unguarded { &mut self.stream } else { self.representation() };
                stream.kind(kind::TAG);
                stream.with_length(kind::BYTES, representation);
            }
        } else {
            self.failed = true;
        }
        self.modified_at(validators.last_modified().map(|date| date.unix_seconds().saturating_mul(1_000_000)));
    }

    /// Entities in any order, with or without a key: each is hashed for itself, in every stream that it writes to.
    pub(super) fn members<'k, 'a, T: ETag + 'a>(
        &mut self,
        kind: u8,
        members: impl Iterator<Item = (Option<VersionValue<'k>>, &'a T)>,
    ) {
        let is_in_both = T::HAS_REPRESENTATION && !self.unguarded;
        let (mut digests, mut representations) = (Vec::new(), Vec::new());
        for (key, entity) in members {
            let mut member = Encoder::new(b'M');
            if let Some(key) = key {
                version::write([], key, &mut member);
            }
            let outer = is_in_both.then(|| mem::replace(self.representation(), member.clone()));
            mem::swap(&mut self.stream, &mut member);
            entity.relate(self);
            mem::swap(&mut self.stream, &mut member);
            digests.push(member.finish());
            if let Some(outer) = outer {
                representations.push(mem::replace(self.representation(), outer).finish());
            }
        }
        self.stream.unordered(kind, &mut digests);
        if is_in_both {
            self.representation().unordered(kind, &mut representations);
        }
    }

    /// Lets what comes go to the representation alone, or again to the state.
    fn switch(&mut self) {
        self.unguarded = !self.unguarded;
        let other = self.other.get_or_insert_with(|| representation(self.schema));
        mem::swap(&mut self.stream, other);
    }

    /// What holds entities together, in every stream that the entities write to.
    #[inline]
    pub(super) fn structure<T: ETag + ?Sized>(&mut self, kind: u8) {
        self.stream.kind(kind);
        if T::HAS_REPRESENTATION && !self.unguarded {
            self.representation().kind(kind);
        }
    }

    /// The end of such a structure.
    #[inline]
    pub(super) fn end<T: ETag + ?Sized>(&mut self) {
        self.stream.end();
        if T::HAS_REPRESENTATION && !self.unguarded {
            self.representation().end();
        }
    }

    /// Something could be missing here that was there before.
    pub(super) fn removable(&mut self) {
        if !self.place.touching {
            self.modified = Modified::Unknown;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::{EntityTag, Strong};

    /// An entity with a version, and a timestamp of as many seconds.
    struct Child(Option<u64>);

    impl ETag for Child {
        type Strength = Strong;
        const HAS_REPRESENTATION: bool = false;

        fn etag(&self) -> EntityTag {
            Digest::etag_of(self)
        }

        fn digest(&self, digest: &mut Digest) {
            digest.version(&1);
            if let Some(seconds) = self.0 {
                digest.timestamp(&(UNIX_EPOCH + Duration::from_secs(seconds)));
            }
        }
    }

    /// The Last-Modified of an entity of 10 seconds that consists of this besides.
    fn last_modified(more: impl FnOnce(&mut Digest)) -> Option<i64> {
        let mut digest = Digest::new();
        digest.timestamp(&(UNIX_EPOCH + Duration::from_secs(10)));
        more(&mut digest);
        digest.validators().last_modified().map(crate::HttpDate::unix_seconds)
    }

    #[test]
    fn last_modified_is_the_latest() {
        assert_eq!(last_modified(|_| {}), Some(10));
        assert_eq!(last_modified(|digest| digest.related(&Child(Some(5)))), Some(10));
        assert_eq!(last_modified(|digest| digest.related(&Child(Some(20)))), Some(20));
        assert_eq!(last_modified(|digest| digest.unguarded(&Child(Some(20)))), Some(20));
    }

    #[test]
    fn without_a_timestamp_there_is_no_last_modified() {
        assert_eq!(Digest::new().validators().last_modified(), None);
        assert_eq!(last_modified(|digest| digest.timestamp(&None::<std::time::SystemTime>)), None);
        assert_eq!(last_modified(|digest| digest.related(&Child(None))), None);
        // One entity that has none is not made good by another that has one.
        let mut parent = Digest::new();
        parent.version(&1);
        parent.related(&Child(Some(20)));
        assert_eq!(parent.validators().last_modified(), None);
    }

    /// What was removed leaves no timestamp behind, unless the children touch their parent.
    #[test]
    fn what_can_disappear_hides_last_modified() {
        let children = vec![Child(Some(20))];
        assert_eq!(last_modified(|digest| digest.related(&children)), None);
        assert_eq!(last_modified(|digest| digest.unguarded(&children)), None);
        assert_eq!(last_modified(|digest| digest.related(&Some(Child(Some(20))))), None);
        assert_eq!(last_modified(|digest| digest.related(&None::<Child>)), None);
        assert_eq!(last_modified(|digest| digest.related_touching(&children)), Some(20));
        assert_eq!(last_modified(|digest| digest.unguarded_touching(&Vec::<Child>::new())), Some(10));
        assert_eq!(last_modified(|digest| digest.related_touching(&vec![Child(None)])), None);
    }

    /// That the entity's own children touch it says nothing of a collection inside one of them.
    #[test]
    fn touching_goes_no_deeper() {
        struct Thread(Vec<Child>);

        impl ETag for Thread {
            type Strength = Strong;

            fn etag(&self) -> EntityTag {
                Digest::etag_of(self)
            }

            fn digest(&self, digest: &mut Digest) {
                digest.timestamp(&(UNIX_EPOCH + Duration::from_secs(5)));
                digest.related(&self.0);
            }
        }

        let threads = vec![Thread(vec![Child(Some(20))])];
        assert_eq!(last_modified(|digest| digest.related_touching(&threads)), None);
        assert_eq!(last_modified(|digest| digest.unguarded_touching(&threads)), None);
    }

    /// What is related weakens what it is a part of, and nothing that comes after it makes that strong again.
    #[test]
    fn strength() {
        struct Guess;

        impl ETag for Guess {
            type Strength = crate::Weak;

            fn etag(&self) -> EntityTag {
                EntityTag::weak("guess")
            }
        }

        let is_weak = |parts: &[&dyn Fn(&mut Digest)]| {
            let mut digest = Digest::new();
            for part in parts {
                part(&mut digest);
            }
            digest.entity_tag().is_weak()
        };
        let (weak, strong) =
            (|digest: &mut Digest| digest.related(&Guess), |digest: &mut Digest| digest.related(&Child(None)));
        assert!(!is_weak(&[&strong]));
        assert!(is_weak(&[&weak]));
        assert!(is_weak(&[&weak, &strong]));
    }

    /// A guarded entity moves the state, an unguarded one the representation alone.
    #[test]
    fn halves() {
        let tag = |unguarded: bool, seconds| {
            let mut digest = Digest::new();
            digest.version(&1);
            let child = Child(Some(seconds));
            if unguarded {
                digest.unguarded(&child);
            } else {
                digest.related(&child);
            }
            digest.entity_tag()
        };
        assert_ne!(tag(false, 1).state(), tag(false, 2).state());
        assert_eq!(tag(false, 1).representation(), tag(false, 2).representation());
        assert_eq!(tag(true, 1).state(), tag(true, 2).state());
        assert_ne!(tag(true, 1).representation(), tag(true, 2).representation());
    }
}
