//! Models that have a stamp: the part of them that decides their validators.
//!
//! ```text
//! model ──stamp──▶ Stamp ──┐
//!   └──────────────────────┴─▶ the same Validators
//! ```

mod members;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;
use std::sync::Arc;

pub use self::members::Members;
use crate::{ETag, Tagged, Version};

/// An entity with a stamp: a smaller type that has the same validators, and that a query of one row can fill.
///
/// `#[etag(stamp(ArticleStamp))]` above a model writes the type and this impl. A handler asks
/// [`Preconditions::not_modified`](crate::Preconditions::not_modified) with a stamp first, and loads the model only if it
/// has to be sent.
///
/// What holds entities has a stamp that holds stamps, so that it is still the same relation: an option an option, a list a
/// `Vec`, an array an array, a map a map of the same keys, a set [`Members`], a tuple a tuple. Behind a pointer or a `Cow`
/// is the stamp of what it points to.
///
/// By hand: whatever the stamp is made of, [`ETag::validators`] of both have to be equal. Where one of the two is derived, the
/// other has to be as well: as a part of another entity, a tag that was brought is written otherwise than the fields that a
/// tag was made of. A type of few octets may be its own stamp.
///
/// ```
/// use etag_runtime::{ETag, EntityTag, Stamped, Strong};
///
/// #[derive(Clone, Copy)]
/// struct Licence(u32);
///
/// impl ETag for Licence {
///     type Strength = Strong;
///
///     fn etag(&self) -> EntityTag {
///         EntityTag::strong(self.0.to_string())
///     }
/// }
///
/// impl Stamped for Licence {
///     type Stamp = Licence;
///
///     fn stamp(&self) -> Licence {
///         *self
///     }
/// }
///
/// assert_eq!(vec![Licence(1), Licence(2)].stamp().etag(), [Licence(1), Licence(2)].etag());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no stamp",
    label = "expected a type that implements `Stamped`",
    note = "derive one: `#[etag(stamp(…))]` above the entity, with a name for its stamp",
    note = "an option, a list, a map or a pointer has one if what it holds has"
)]
pub trait Stamped: ETag {
    /// What decides the validators.
    type Stamp: ETag<Strength = Self::Strength>;

    /// The stamp of this value: the one whose [`validators`](ETag::validators) are the same.
    fn stamp(&self) -> Self::Stamp;
}

macro_rules! stamped {
    ($([$($generics:tt)*] $container:ty => $stamp:ty: |$self:ident| $value:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Stamped for $container {
            type Stamp = $stamp;

            fn stamp(&$self) -> $stamp {
                $value
            }
        }
    )*};
}

stamped! {
    [T: Stamped + ?Sized] &T => T::Stamp: |self| T::stamp(self);
    [T: Stamped + ?Sized] &mut T => T::Stamp: |self| T::stamp(self);
    [T: Stamped + ?Sized] Box<T> => T::Stamp: |self| T::stamp(self);
    [T: Stamped + ?Sized] Rc<T> => T::Stamp: |self| T::stamp(self);
    [T: Stamped + ?Sized] Arc<T> => T::Stamp: |self| T::stamp(self);
    [T: Stamped + ToOwned + ?Sized] Cow<'_, T> => T::Stamp: |self| T::stamp(self);
    [T: Stamped] Tagged<T> => Tagged<T::Stamp>: |self| Tagged(self.0.stamp());
    [T: Stamped] Option<T> => Option<T::Stamp>: |self| self.as_ref().map(T::stamp);
    [T: Stamped] [T] => Vec<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [T: Stamped] Vec<T> => Vec<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [T: Stamped] VecDeque<T> => Vec<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [T: Stamped] LinkedList<T> => Vec<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [T: Stamped, const N: usize] [T; N] => [T::Stamp; N]: |self| self.each_ref().map(T::stamp);
    [T: Stamped] BTreeSet<T> => Members<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [T: Stamped, S] HashSet<T, S> => Members<T::Stamp>: |self| self.iter().map(T::stamp).collect();
    [K: Version + Clone + Ord, T: Stamped] BTreeMap<K, T> => BTreeMap<K, T::Stamp>: |self| {
        self.iter().map(|(key, entity)| (key.clone(), entity.stamp())).collect()
    };
    [K: Version + Clone + Eq + Hash, T: Stamped, S: BuildHasher + Clone] HashMap<K, T, S> => HashMap<K, T::Stamp, S>: |self| {
        let mut stamps = HashMap::with_capacity_and_hasher(self.len(), self.hasher().clone());
        stamps.extend(self.iter().map(|(key, entity)| (key.clone(), entity.stamp())));
        stamps
    };
}

macro_rules! tuple {
    ($($entity:ident $index:tt),+) => {
        stamped! {
            [$($entity: Stamped),+] ($($entity,)+) => ($($entity::Stamp,)+): |self| ($(self.$index.stamp(),)+);
        }
    };
}

tuple! { A 0 }
tuple! { A 0, B 1 }
tuple! { A 0, B 1, C 2 }
tuple! { A 0, B 1, C 2, D 3 }
tuple! { A 0, B 1, C 2, D 3, E 4 }
tuple! { A 0, B 1, C 2, D 3, E 4, F 5 }
