//! [`Tagged`]: an entity in a list, with the tag that it has at its own address.

use std::ops::Deref;

use crate::{Digest, ETag, EntityTag, Schema, Validators};

/// An entity that shows its entity tag, as the member `etag` of its serialized form: in a list, so that a client may change it
/// with `If-Match` and without fetching it first.
///
/// The tag is that of its own GET. The entity has to be serialized as a struct or a map; anything else, such as a newtype over a number, is
/// an error of the serializer. A member of the entity that is called `etag` itself would be there twice. The tag is computed when the entity is
/// serialized, besides its part in that of the list.
///
/// Its own tag, which is part of that of the list, differs from the one that it shows: with `etag` it is another representation. What the item
/// shows is `item.0.etag()`.
///
/// # Examples
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "json"))] {
/// use etag_runtime::{ETag, Tagged};
///
/// #[derive(serde::Serialize, ETag)]
/// struct Note {
///     text: String,
///     #[etag(version)]
///     version: u32,
/// }
///
/// #[derive(serde::Serialize, ETag)]
/// struct Page {
///     #[etag(related)]
///     items: Vec<Tagged<Note>>,
///     #[etag(content)]
///     page: u32,
/// }
///
/// let note = Note { text: "Hello".into(), version: 7 };
/// let tag = note.etag().to_string();
/// let json = serde_json::to_value(Page { items: vec![Tagged(note)], page: 1 })?;
/// assert_eq!(json["items"][0]["text"], "Hello");
/// assert_eq!(json["items"][0]["etag"], tag);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_structs, reason = "it is the entity, and nothing else")]
pub struct Tagged<T>(pub T);

impl<T> Deref for Tagged<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Tagged<T> {
    fn from(entity: T) -> Tagged<T> {
        Tagged(entity)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ETag> ETag for Tagged<T> {
    type Strength = T::Strength;
    const SCHEMA: Schema = T::SCHEMA.with(MEMBER);
    const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;
    const MAY_BE_ABSENT: bool = T::MAY_BE_ABSENT;

    fn etag(&self) -> EntityTag {
        Digest::etag_of(self)
    }

    fn validators(&self) -> Validators {
        Digest::validators_of(self)
    }

    fn digest(&self, digest: &mut Digest) {
        self.0.digest(digest);
    }

    fn relate(&self, digest: &mut Digest) {
        self.0.relate(digest);
    }
}

/// The member `etag`, which the schema of the entity does not know of.
const MEMBER: Schema = Schema::new(1);

#[cfg(feature = "serde")]
impl<T: ETag + serde::Serialize> serde::Serialize for Tagged<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Members<'a, T> {
            #[serde(flatten)]
            entity: &'a T,
            etag: EntityTag,
        }

        Members { entity: &self.0, etag: self.0.etag() }.serialize(serializer)
    }
}
