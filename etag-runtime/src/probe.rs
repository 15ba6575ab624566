//! What a type turns out to be, answered at compile time: the means by which expansions refuse.
//!
//! `Probe::<T>::IS_ENTITY` names two constants. The inherent one exists only where its bound holds, and then hides that
//! of the trait, which every `Probe` has. Specialization on stable, for types that mention no parameter:
//!
//! ```
//! # use etag_runtime::__private::{Otherwise as _, Probe};
//! assert!(!Probe::<String>::IS_ENTITY);
//! assert!(Probe::<Vec<std::collections::HashSet<u8>>>::IS_UNORDERED);
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use crate::composition::Composition;
use crate::{ETag, Strength, Strong, Weak};

/// Asks about `T`; import [`Otherwise`] for the answers "no".
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<T>);

/// What is true of every type about which nothing better is known.
pub trait Otherwise {
    /// Has an entity tag of its own.
    const IS_ENTITY: bool = false;
    /// Has a weak one.
    const IS_WEAK: bool = false;
    /// The same, asked for the strength of a type with this relation.
    const IS_WEAK_UNLESS_RECURSIVE: bool = false;
    /// What its tags are made of.
    const COMPOSITION: Composition = Composition::UNKNOWN;
    /// Is serialized in an order that differs between two equal values.
    const IS_UNORDERED: bool = false;
    /// Is hashed in such an order.
    const IS_SHUFFLED: bool = false;
}

impl<T: ?Sized> Otherwise for Probe<T> {}

/// Asks about `T` as a part of `Whole`: one question to the compiler, where two would cost twice as much.
#[derive(Debug)]
pub struct PartProbe<T: ?Sized, Whole: ?Sized>(PhantomData<T>, PhantomData<Whole>);

impl<T: ?Sized, Whole: ?Sized> Otherwise for PartProbe<T, Whole> {}

impl<T: ETag + ?Sized> Probe<T> {
    /// `T` has an entity tag of its own.
    pub const IS_ENTITY: bool = true;
    /// The tag of `T` is weak.
    pub const IS_WEAK: bool = <T::Strength as Strength>::IS_WEAK;
    /// The same, asked for the strength of a type with this relation. Where the answer would depend on itself, the
    /// compiler reports a cycle, in which it shows the first lines of this constant.
    #[rustfmt::skip]
    pub const IS_WEAK_UNLESS_RECURSIVE:
        // help: write `#[etag(related, recursive)]` above one of the fields of this cycle
        bool = <T::Strength as Strength>::IS_WEAK;
    /// What the tags of `T` are made of, whoever has written its impl.
    pub const COMPOSITION: Composition = Composition {
        schema: T::SCHEMA,
        has_representation: T::HAS_REPRESENTATION,
        is_of_parts: T::COMPOSITION.is_of_parts,
    };
}

impl<T: Unordered + ?Sized> Probe<T> {
    /// `T` is serialized in an order that differs between two equal values.
    pub const IS_UNORDERED: bool = true;
}

impl<T: Shuffled + ?Sized> Probe<T> {
    /// `T` is hashed in an order that differs between two equal values.
    pub const IS_SHUFFLED: bool = true;
}

#[cfg(feature = "serde")]
impl<T: Unordered + ?Sized, Whole: ETag + serde::Serialize + ?Sized> PartProbe<T, Whole> {
    /// `T` is serialized in an order that differs between two equal values, and `Whole` promises the same octets of JSON
    /// for the same tag.
    pub const IS_UNORDERED: bool = !Probe::<Whole>::IS_WEAK;
}

// Without the feature nobody can say whether `Whole` is serialized, so a strong one is taken to be.
#[cfg(not(feature = "serde"))]
impl<T: Unordered + ?Sized, Whole: ETag + ?Sized> PartProbe<T, Whole> {
    /// `T` is serialized in an order that differs between two equal values, and `Whole` promises the same octets of JSON
    /// for the same tag.
    pub const IS_UNORDERED: bool = !Probe::<Whole>::IS_WEAK;
}

/// Refuses to compile the constant that calls it, with this message, at the call.
///
/// # Panics
///
/// If it is a `mistake`; which, in a constant, is an error of the compiler.
#[track_caller]
pub const fn refuse(mistake: bool, message: &str) {
    assert!(!mistake, "{}", message);
}

/// [`Weak`] or [`Strong`], for a condition that is known to the compiler.
pub type WeakIf<const WEAK: bool> = <Condition<WEAK> as Choose>::Strength;

/// A condition as a type.
#[derive(Debug)]
#[allow(unnameable_types, reason = "only the alias above names it")]
pub struct Condition<const MET: bool>;

/// What follows from a [`Condition`].
#[allow(unnameable_types, reason = "only the alias above names it")]
pub trait Choose {
    /// The strength of a tag under it.
    type Strength: Strength;
}

impl Choose for Condition<false> {
    type Strength = Strong;
}

impl Choose for Condition<true> {
    type Strength = Weak;
}

/// A map or set that iterates in random order, or something that holds one: its octets differ between equal values.
#[allow(unnameable_types, reason = "only bounds name it")]
pub trait Unordered {}

impl<K, V, S> Unordered for HashMap<K, V, S> {}
impl<T, S> Unordered for HashSet<T, S> {}

/// A set that iterates in random order, or something that holds one: even its digest differs between equal values.
///
/// To serde a map is a map, whose entries can be sorted before they are hashed, but a set is a sequence.
#[allow(unnameable_types, reason = "only bounds name it")]
pub trait Shuffled {}

impl<T, S> Shuffled for HashSet<T, S> {}
impl<K, V: Shuffled, S> Shuffled for HashMap<K, V, S> {}

/// What is true of a value is true of what holds it.
macro_rules! through_containers {
    ($($property:ident)*) => {$(
        impl<T: $property + ?Sized> $property for &T {}
        impl<T: $property + ?Sized> $property for Box<T> {}
        impl<T: $property + ?Sized> $property for Rc<T> {}
        impl<T: $property + ?Sized> $property for Arc<T> {}
        impl<T: $property + ToOwned + ?Sized> $property for Cow<'_, T> {}
        impl<T: $property> $property for Option<T> {}
        impl<T: $property> $property for [T] {}
        impl<T: $property, const N: usize> $property for [T; N] {}
        impl<T: $property> $property for Vec<T> {}
        impl<T: $property> $property for VecDeque<T> {}
        impl<T: $property> $property for LinkedList<T> {}
        impl<K, V: $property> $property for BTreeMap<K, V> {}
    )*};
}

through_containers! { Unordered Shuffled }

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    use super::{Otherwise as _, PartProbe, Probe, WeakIf};
    use crate::{ETag, EntityTag, Strength as _, Strong, Weak};

    struct Exact;
    struct Loose;

    impl ETag for Exact {
        type Strength = Strong;

        fn etag(&self) -> EntityTag {
            EntityTag::strong("exact")
        }
    }

    impl ETag for Loose {
        type Strength = Weak;

        fn etag(&self) -> EntityTag {
            EntityTag::weak("loose")
        }
    }

    #[test]
    fn entities_are_seen_through_containers() {
        const {
            assert!(Probe::<Exact>::IS_ENTITY);
            assert!(Probe::<Option<Box<Vec<Loose>>>>::IS_ENTITY);
            assert!(!Probe::<u8>::IS_ENTITY);
            assert!(!Probe::<str>::IS_ENTITY);
        }
    }

    #[test]
    fn weakness_is_seen_through_containers() {
        const {
            assert!(Probe::<Option<Loose>>::IS_WEAK);
            assert!(Probe::<Option<Loose>>::IS_WEAK_UNLESS_RECURSIVE);
            assert!(!Probe::<Option<Exact>>::IS_WEAK_UNLESS_RECURSIVE);
            assert!(!Probe::<Vec<Exact>>::IS_WEAK);
            assert!(!Probe::<u8>::IS_WEAK);
            assert!(<WeakIf<{ Probe::<Loose>::IS_WEAK }>>::IS_WEAK);
            assert!(!<WeakIf<{ Probe::<Exact>::IS_WEAK }>>::IS_WEAK);
        }
    }

    #[test]
    fn random_order_is_seen_through_containers() {
        const {
            assert!(Probe::<HashMap<u8, u8>>::IS_UNORDERED);
            assert!(Probe::<Option<Vec<HashSet<u8>>>>::IS_UNORDERED);
            assert!(Probe::<BTreeMap<u8, HashMap<u8, u8>>>::IS_UNORDERED);
            assert!(!Probe::<BTreeMap<u8, BTreeSet<u8>>>::IS_UNORDERED);
            assert!(!Probe::<[u8]>::IS_UNORDERED);
        }
    }

    #[test]
    fn only_sets_are_hashed_in_random_order() {
        const {
            assert!(Probe::<Box<HashSet<u8>>>::IS_SHUFFLED);
            assert!(Probe::<HashMap<u8, Vec<HashSet<u8>>>>::IS_SHUFFLED);
            assert!(!Probe::<HashMap<u8, u8>>::IS_SHUFFLED);
            assert!(!Probe::<BTreeSet<u8>>::IS_SHUFFLED);
        }
    }

    #[test]
    fn random_order_matters_to_what_promises_octets() {
        type Map = HashMap<u8, u8>;
        const {
            assert!(!PartProbe::<Map, Loose>::IS_UNORDERED);
            assert!(!PartProbe::<Map, u8>::IS_UNORDERED);
            assert!(!PartProbe::<[u8], Exact>::IS_UNORDERED);
        }
        #[cfg(not(feature = "serde"))]
        const {
            assert!(PartProbe::<Map, Exact>::IS_UNORDERED);
            assert!(PartProbe::<[Map], Exact>::IS_UNORDERED);
        };
        // Never serialized, so it promises nothing about octets of JSON.
        #[cfg(feature = "serde")]
        const {
            assert!(!PartProbe::<Map, Exact>::IS_UNORDERED);
        };
    }
}
