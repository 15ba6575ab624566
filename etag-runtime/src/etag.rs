//! What has an entity tag, and whether that tag is strong, as types.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::composition::Composition;
use crate::{Digest, EntityTag, ReversibleVersion, Schema, Validators};

/// Something whose representation has validators: usually `#[derive(ETag)]` on a model.
///
/// By hand, for a type that already knows its tag, two items are enough: the tag, and `type Strength`, which is
/// [`Strong`] or [`Weak`] and says whether the tag may guard a write.
///
/// # Examples
///
/// ```
/// use etag_runtime::{ETag, EntityTag, Strong};
///
/// struct Blob {
///     sha256: String,
/// }
///
/// impl ETag for Blob {
///     type Strength = Strong;
///
///     fn etag(&self) -> EntityTag {
///         EntityTag::strong(&self.sha256)
///     }
/// }
///
/// let blob = Blob { sha256: "ba7816bf".into() };
/// assert_eq!(blob.etag().to_string(), "\"ba7816bf\"");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no entity: it has no entity tag",
    label = "expected a type that implements `ETag`",
    note = "for a type of yours, derive it: `#[derive(ETag)]`, with `#[etag(version)]` or `#[etag(timestamp)]` above one of its fields",
    note = "a pointer, an `Option`, a list, a set and a tuple are entities if what they hold is; a map also needs keys that implement `Version`",
    note = "to hash the value itself, mark the field `#[etag(content)]`; if it does not matter, `#[etag(skip)]`"
)]
pub trait ETag {
    /// [`Strong`] if the tag changes whenever the representation does, byte for byte; otherwise [`Weak`].
    type Strength: Strength;

    /// The shape of the serialized form, as part of the representation half: [`Schema::UNSPECIFIED`] unless the derive knows it,
    /// or an impl by hand says it.
    const SCHEMA: Schema = Self::COMPOSITION.schema;

    /// What the derive says in place of `SCHEMA`, `HAS_REPRESENTATION` and `validators`.
    #[doc(hidden)]
    const COMPOSITION: Composition = Composition::UNKNOWN;

    /// Whether [`digest`](ETag::digest) writes to the representation half.
    #[doc(hidden)]
    const HAS_REPRESENTATION: bool = Self::COMPOSITION.has_representation;

    /// Whether this may stand for nothing at all, which is no representation: `Option`.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// The entity tag of the current representation.
    fn etag(&self) -> EntityTag;

    /// The entity tag, and the date of the last modification if it is known.
    fn validators(&self) -> Validators {
        if Self::COMPOSITION.is_of_parts {
            Digest::validators_of(self)
        } else {
            Validators::new().with_entity_tag(self.etag())
        }
    }

    /// Writes the parts that decide the tag.
    #[doc(hidden)]
    fn digest(&self, digest: &mut Digest) {
        digest.tagged(&self.validators());
    }

    /// Writes this entity as part of another one.
    #[doc(hidden)]
    #[inline]
    fn relate(&self, digest: &mut Digest) {
        digest.record(self);
    }
}

/// Whether a tag is strong: [`Strong`] or [`Weak`]. It is a type, so that a permit for a weak tag does not compile.
pub trait Strength: private::Sealed {
    /// The strength of a tag that is made of this one and another.
    type And<Other: Strength>: Strength;

    /// Whether tags of this strength are written `W/"…"`.
    const IS_WEAK: bool;
}

/// The tag changes whenever the representation does ([RFC 9110 § 8.8.1]).
///
/// [RFC 9110 § 8.8.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.1
#[derive(Debug, Clone, Copy)]
pub enum Strong {}

/// Two representations with the same tag may differ in their octets: enough to save a transfer, not to guard a write.
#[derive(Debug, Clone, Copy)]
pub enum Weak {}

impl Strength for Strong {
    type And<Other: Strength> = Other;
    const IS_WEAK: bool = false;
}

impl Strength for Weak {
    type And<Other: Strength> = Weak;
    const IS_WEAK: bool = true;
}

/// An entity whose tag is strong, as a permit to write needs: `If-Match` compares strongly, so that a weak tag can
/// never match ([RFC 9110 § 13.1.1]). Implemented for every such [`ETag`].
///
/// [RFC 9110 § 13.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1
#[diagnostic::on_unimplemented(
    message = "`If-Match` can never match a weak entity tag, so `{Self}` cannot be guarded",
    label = "this type has a weak entity tag, or none",
    note = "add a field that changes on every write and mark it `#[etag(version)]`, or declare the type `#[etag(strong)]` if its timestamp never stands still between two writes",
    note = "if it has no entity tag at all, derive one: `#[derive(ETag)]`"
)]
pub trait StrongETag: ETag<Strength: private::Guards> {}

impl<T: ETag<Strength: private::Guards> + ?Sized> StrongETag for T {}

/// An entity whose state is its version, in plain text: `#[etag(reversible)]`. `If-Match` then says which version a write
/// has to compare, without reading the entity first.
///
/// It is for the derive to implement, which makes tags of that form. A pointer to such an entity is one, and so is a
/// derived `transparent` type over one.
///
/// What a client names is any value of [`Version`](Reversible::Version), not only one that was ever sent. Where the column
/// is narrower than that type, such as an `INTEGER` for an `i64`, compare as the wider type or give the field that of the
/// column: a cast of what a client has named to less may fail in the database, where a row that does not match was meant.
#[diagnostic::on_unimplemented(
    message = "the version cannot be read from an entity tag of `{Self}`",
    label = "this type is not `reversible`",
    note = "write `#[etag(reversible)]` above `{Self}` if its version is all that a writer has to compare; otherwise read it first, and use `guard`",
    note = "a pointer or a `transparent` type is what it holds: write it above that"
)]
pub trait Reversible: ETag {
    /// The type of the field that is the version.
    type Version: ReversibleVersion;
}

/// Named in public bounds, so that nobody else can implement [`Strength`].
#[allow(unnameable_types)]
mod private {
    pub trait Sealed {}
    impl Sealed for super::Strong {}
    impl Sealed for super::Weak {}

    /// A strength that strong comparison can match.
    #[diagnostic::on_unimplemented(
        message = "`If-Match` can never match a weak entity tag",
        label = "this needs a strong entity tag",
        note = "add a field that changes on every write and mark it `#[etag(version)]`, or declare the type `#[etag(strong)]` if its timestamp never stands still between two writes",
        note = "a type is also weak if one of its `#[etag(related)]` entities is; of a type parameter, ask for `StrongETag`"
    )]
    pub trait Guards {}
    #[diagnostic::do_not_recommend]
    impl Guards for super::Strong {}
}

/// A pointer to an entity is that entity.
macro_rules! pointer {
    ($($pointer:ty, [$($generics:tt)*];)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> ETag for $pointer {
            type Strength = T::Strength;
            const SCHEMA: Schema = T::SCHEMA;
            const HAS_REPRESENTATION: bool = T::HAS_REPRESENTATION;
            const MAY_BE_ABSENT: bool = T::MAY_BE_ABSENT;

            fn etag(&self) -> EntityTag {
                T::etag(self)
            }

            fn validators(&self) -> Validators {
                T::validators(self)
            }

            fn digest(&self, digest: &mut Digest) {
                T::digest(self, digest);
            }

            fn relate(&self, digest: &mut Digest) {
                T::relate(self, digest);
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Reversible for $pointer
        where
            T: Reversible,
        {
            type Version = T::Version;
        }
    )*};
}

pointer! {
    &T, [T: ETag + ?Sized];
    &mut T, [T: ETag + ?Sized];
    Box<T>, [T: ETag + ?Sized];
    Rc<T>, [T: ETag + ?Sized];
    Arc<T>, [T: ETag + ?Sized];
    Cow<'_, T>, [T: ETag + ToOwned + ?Sized];
}

/// What the compiler says to an `Option` where a representation has to be.
pub(crate) const ABSENT: &str = "an `Option` is no representation: answer `404` for what is absent\nhelp: `.ok_or(Rejected::not_found())?`; a permit takes the `Option` itself";
