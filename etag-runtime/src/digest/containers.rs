//! Containers of entities as entities: what may be absent, several in order, by key, in no order, and a tuple.
//!
//! Whatever may be missing here could have been there before without leaving a timestamp, so that there is no
//! `Last-Modified`. A tuple is always complete.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};

use super::{Digest, kind};
use crate::{ETag, EntityTag, Members, Schema, Strength, Strong, Validators, Version};

/// A container whose entities are all of type `T`: it is what they are, and writes what `digest` says.
macro_rules! container {
    ($([$($generics:tt)*] $container:ty $(, $flag:ident)?: |$self:ident, $digest:ident| $write:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> ETag for $container {
            type Strength = T::Strength;
            const SCHEMA: Schema = T::SCHEMA;
            const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;
            $(const $flag: bool = true;)?

            fn etag(&self) -> EntityTag {
                Digest::etag_of(self)
            }

            fn validators(&self) -> Validators {
                Digest::validators_of(self)
            }

            fn digest(&$self, $digest: &mut Digest) {
                $digest.removable();
                $write;
            }

            fn relate(&self, digest: &mut Digest) {
                self.digest(digest);
            }
        }
    )*};
}

// A slice and not what holds it: as an argument the compiler knows it to be apart from the digest.
container! {
    [T: ETag] Option<T>, MAY_BE_ABSENT: |self, digest| digest.optional(self.as_ref());
    [T: ETag] [T]: |self, digest| digest.in_order(self);
    [T: ETag] Vec<T>: |self, digest| digest.in_order(self.as_slice());
    [T: ETag, const N: usize] [T; N]: |self, digest| digest.in_order(self.as_slice());
    [T: ETag] VecDeque<T>: |self, digest| digest.in_order(self);
    [T: ETag] LinkedList<T>: |self, digest| digest.in_order(self);
    [K: Version, T: ETag] BTreeMap<K, T>: |self, digest| digest.by_key(self);
    [K: Version, T: ETag, S] HashMap<K, T, S>: |self, digest| digest.by_key(self);
    [T: ETag] BTreeSet<T>: |self, digest| digest.in_no_order(self);
    [T: ETag, S] HashSet<T, S>: |self, digest| digest.in_no_order(self);
    [T: ETag] Members<T>: |self, digest| digest.in_no_order(&self.0);
}

impl Digest {
    fn optional<T: ETag>(&mut self, entity: Option<&T>) {
        match entity {
            None => self.structure::<T>(kind::NOTHING),
            Some(entity) => {
                self.structure::<T>(kind::PRESENT);
                entity.relate(self);
            }
        }
    }

    fn in_order<'a, T: ETag + 'a>(&mut self, entities: impl IntoIterator<Item = &'a T>) {
        self.structure::<T>(kind::SEQUENCE);
        for entity in entities {
            entity.relate(self);
        }
        self.end::<T>();
    }

    fn by_key<'a, K: Version + 'a, T: ETag + 'a>(&mut self, entries: impl IntoIterator<Item = (&'a K, &'a T)>) {
        let entries = entries.into_iter().map(|(key, entity)| (Some(key.value()), entity));
        self.members(kind::MAP, entries);
    }

    fn in_no_order<'a, T: ETag + 'a>(&mut self, entities: impl IntoIterator<Item = &'a T>) {
        self.members(kind::SET, entities.into_iter().map(|entity| (None, entity)));
    }
}

/// Entities of different types, always all of them, as a list of them would be written.
macro_rules! tuple {
    ($($entity:ident $index:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($entity: ETag),+> ETag for ($($entity,)+) {
            type Strength = tuple!(@strength $($entity)+);
            const SCHEMA: Schema = Schema::UNSPECIFIED $(.with($entity::SCHEMA))+;
            const HAS_REPRESENTATION: bool = false $(|| $entity::HAS_REPRESENTATION)+;

            fn etag(&self) -> EntityTag {
                Digest::etag_of(self)
            }

            fn validators(&self) -> Validators {
                Digest::validators_of(self)
            }

            fn digest(&self, digest: &mut Digest) {
                digest.structure::<Self>(kind::SEQUENCE);
                $(self.$index.relate(digest);)+
                digest.end::<Self>();
            }

            fn relate(&self, digest: &mut Digest) {
                self.digest(digest);
            }
        }
    };
    (@strength) => { Strong };
    (@strength $first:ident $($rest:ident)*) => { <$first::Strength as Strength>::And<tuple!(@strength $($rest)*)> };
}

tuple! { A 0 }
tuple! { A 0, B 1 }
tuple! { A 0, B 1, C 2 }
tuple! { A 0, B 1, C 2, D 3 }
tuple! { A 0, B 1, C 2, D 3, E 4 }
tuple! { A 0, B 1, C 2, D 3, E 4, F 5 }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Weak;

    /// An entity with a version, and one with a version that only readers get to see.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    struct Plain(u8);
    #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    struct Shown(u8);

    impl ETag for Plain {
        type Strength = Strong;
        const SCHEMA: Schema = Schema::new(1);
        const HAS_REPRESENTATION: bool = false;

        fn etag(&self) -> EntityTag {
            Digest::etag_of(self)
        }

        fn digest(&self, digest: &mut Digest) {
            digest.version(&self.0);
        }
    }

    impl ETag for Shown {
        type Strength = Weak;
        const SCHEMA: Schema = Schema::new(2);

        fn etag(&self) -> EntityTag {
            Digest::etag_of(self)
        }

        fn digest(&self, digest: &mut Digest) {
            digest.unguarded(&Plain(self.0));
        }
    }

    #[test]
    fn lists_are_lists() {
        let list = [Plain(1), Plain(2)];
        let tag = list.etag();
        assert_eq!(list.as_slice().etag(), tag);
        assert_eq!(Vec::from(list).etag(), tag);
        assert_eq!(VecDeque::from(list).etag(), tag);
        assert_eq!(LinkedList::from(list).etag(), tag);
        assert_ne!([Plain(2), Plain(1)].etag(), tag);
    }

    #[test]
    fn order_that_means_nothing_does_not_count() {
        let numbers = 0..50;
        let set: BTreeSet<_> = numbers.clone().map(Plain).collect();
        let map: BTreeMap<_, _> = numbers.clone().map(|key| (key, Plain(key))).collect();
        for _ in 0..3 {
            assert_eq!(numbers.clone().rev().map(Plain).collect::<HashSet<_>>().etag(), set.etag());
            let shuffled: HashMap<_, _> = numbers.clone().rev().map(|key| (u64::from(key), Plain(key))).collect();
            assert_eq!(shuffled.etag(), map.etag());
        }
    }

    /// Which key an entity has counts, also where it writes to the representation alone.
    #[test]
    fn keys_count_in_both_halves() {
        let map = |x, y| BTreeMap::from([("x", Shown(x)), ("y", Shown(y))]).etag();
        assert_ne!(map(1, 2), map(2, 1));
        assert_eq!(map(1, 2).state(), map(2, 1).state());
        let one = |key: &'static str| HashMap::from([(key, Shown(1))]).etag();
        assert_ne!(one("x").state(), one("y").state());
        assert_ne!(one("x").representation(), one("y").representation());
    }

    #[test]
    fn a_tuple_is_all_that_its_entities_are() {
        type Pair = (Plain, Shown);
        const {
            assert!(<Pair as ETag>::Strength::IS_WEAK && !<(Plain, Plain) as ETag>::Strength::IS_WEAK);
            assert!(Pair::HAS_REPRESENTATION && !<(Plain,)>::HAS_REPRESENTATION);
        }
        assert_ne!(Pair::SCHEMA, <(Shown, Plain)>::SCHEMA);
        assert_ne!((Plain(1), Plain(2)).etag(), (Plain(2), Plain(1)).etag());
        assert_eq!((Plain(1), Shown(1)).etag().state(), (Plain(1), Shown(2)).etag().state());
    }
}
