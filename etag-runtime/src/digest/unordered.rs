//! A set as content, which serde knows only as a sequence.

use serde::ser::SerializeTupleStruct as _;
use serde::{Serialize, Serializer};

/// What the digest recognizes a set by. No type has such a name.
pub(super) const NAME: &str = "\0etag_runtime::unordered";

/// The members of a collection, so that their order does not enter the tag.
///
/// serde writes a set as a sequence, and a `HashSet` in another order each time. As the `with` of a field that is
/// content, this makes it a set again, for the tag alone: what is sent still has the order of the collection, so that
/// the tag of such a type is strong only if [`Serialize`] sorts it.
///
/// # Examples
///
/// ```
/// use std::collections::HashSet;
/// use etag_runtime::{Digest, unordered};
///
/// let tag = |readers: &[u32]| {
///     let mut digest = Digest::new();
///     digest.content(&unordered(&readers.iter().collect::<HashSet<_>>()));
///     digest.entity_tag()
/// };
/// assert_eq!(tag(&[1, 2, 3]), tag(&[3, 2, 1]));
/// assert_ne!(tag(&[1, 2, 3]), tag(&[1, 2]));
/// ```
pub fn unordered<'a, C: ?Sized, T: Serialize>(collection: &'a C) -> impl Serialize + use<'a, C, T>
where
    &'a C: IntoIterator<Item = T>,
{
    Unordered(collection)
}

struct Unordered<'a, C: ?Sized>(&'a C);

impl<'a, C: ?Sized, T: Serialize> Serialize for Unordered<'a, C>
where
    &'a C: IntoIterator<Item = T>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Some formats must know the length of what they write, but none of them is meant to see this.
        let mut members = serializer.serialize_tuple_struct(NAME, 0)?;
        for member in self.0 {
            members.serialize_field(&member)?;
        }
        members.end()
    }
}
