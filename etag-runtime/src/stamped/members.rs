//! The stamp of a set, in which two stamps may be equal.

use std::iter::FromIterator;

/// Entities in no order: what is known of a set when only the stamps of its members are.
///
/// Two members that differ may have equal stamps, so that a set of stamps could have lost one of them. The validators are
/// those of a `BTreeSet` or `HashSet` of entities with these tags.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use std::collections::BTreeSet;
/// use etag_runtime::{ETag, Members};
///
/// #[derive(PartialEq, Eq, PartialOrd, Ord, ETag)]
/// struct Reader {
///     id: u32,
///     #[etag(version)]
///     version: u32,
/// }
///
/// let reader = |id, version| Reader { id, version };
/// let readers = BTreeSet::from([reader(1, 7), reader(2, 7), reader(3, 1)]);
/// let members = Members(vec![reader(0, 7), reader(0, 1), reader(0, 7)]);
/// assert_eq!(readers.etag(), members.etag());
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs, reason = "it is what it holds")]
pub struct Members<T>(pub Vec<T>);

impl<T> FromIterator<T> for Members<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Members<T> {
        Members(members.into_iter().collect())
    }
}

/// As a sequence, which is how a set is written.
#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Members<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// From a sequence, such as a column of JSON.
#[cfg(feature = "serde")]
impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Members<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Members<T>, D::Error> {
        Vec::deserialize(deserializer).map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::Members;
    use crate::{Digest, ETag, EntityTag, Strong};

    struct Member(u8);

    impl ETag for Member {
        type Strength = Strong;

        fn etag(&self) -> EntityTag {
            Digest::etag_of(self)
        }

        fn digest(&self, digest: &mut Digest) {
            digest.version(&self.0);
        }
    }

    #[test]
    fn order_does_not_count_and_number_does() {
        let tag = |versions: &[u8]| versions.iter().copied().map(Member).collect::<Members<_>>().etag();
        assert_eq!(tag(&[1, 1, 2]), tag(&[1, 2, 1]));
        assert_ne!(tag(&[1, 1, 2]), tag(&[1, 2, 2]));
        assert_ne!(tag(&[1, 1, 2]), tag(&[1, 2]));
    }
}
