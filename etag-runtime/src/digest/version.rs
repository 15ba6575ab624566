//! What `#[etag(version)]` accepts.
#![expect(clippy::cast_lossless, reason = "`isize` and `usize` convert no other way")]

use std::borrow::Cow;
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16, NonZeroU32,
    NonZeroU64, NonZeroU128, NonZeroUsize,
};
use std::rc::Rc;
use std::sync::Arc;

use super::encoder::{Encoder, kind};

/// An opaque value that changes on every write: what a field marked `#[etag(version)]` holds.
///
/// Implemented for integers, texts, octets, and `Uuid` (feature `uuid`), also behind a pointer or a `Cow`. A newtype over
/// one of them needs one line:
///
/// ```
/// use etag_runtime::{Version, VersionValue};
///
/// struct Revision(i64);
///
/// impl Version for Revision {
///     fn value(&self) -> VersionValue<'_> { self.0.value() }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version",
    label = "expected an integer, a text, bytes or a UUID",
    note = "a newtype of yours over one of these implements `Version` in one line: `fn value(&self) -> VersionValue<'_> {{ self.0.value() }}`",
    note = "anything else becomes one by a function that takes a reference to it: `#[etag(version, with = my_function)]`",
    note = "`uuid::Uuid` needs the feature `uuid` of `etag-runtime`",
    note = "an instant is marked `#[etag(timestamp)]`, another entity `#[etag(related)]`, anything that serializes `#[etag(content)]`"
)]
pub trait Version {
    /// The value, without its width.
    fn value(&self) -> VersionValue<'_>;
}

/// The value of a [`Version`]. The same number is the same version whatever its type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionValue<'a> {
    /// A number that may be negative.
    Signed(i128),
    /// A number that may be large.
    Unsigned(u128),
    /// A text, such as a revision.
    Text(&'a str),
    /// Octets, such as a `rowversion`.
    Bytes(&'a [u8]),
}

/// Writes a value, after the octet that says what it is of, if there is one.
#[expect(clippy::inline_always, reason = "the type of a field says which value it is: nothing is left to choose")]
#[inline(always)]
pub(super) fn write<const N: usize>(before: [u8; N], value: VersionValue<'_>, stream: &mut Encoder) {
    let (kind, octets) = match value {
        VersionValue::Signed(number) => return stream.signed(before, number),
        VersionValue::Unsigned(number) => return stream.unsigned(before, number),
        VersionValue::Text(text) => (kind::TEXT, text.as_bytes()),
        VersionValue::Bytes(octets) => (kind::BYTES, octets),
    };
    stream.octets(&before);
    stream.with_length(kind, octets);
}

macro_rules! version {
    ($([$($generics:tt)*] $type:ty: $self:ident => $value:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Version for $type {
            #[inline]
            fn value(&$self) -> VersionValue<'_> {
                $value
            }
        }
    )*};
}

macro_rules! integers {
    ($($variant:ident $integer:ty, $non_zero:ty;)*) => {
        version! {$(
            [] $integer: self => VersionValue::$variant(*self as _);
            [] $non_zero: self => VersionValue::$variant(self.get() as _);
        )*}
    };
}

integers! {
    Signed i8, NonZeroI8;
    Signed i16, NonZeroI16;
    Signed i32, NonZeroI32;
    Signed i64, NonZeroI64;
    Signed i128, NonZeroI128;
    Signed isize, NonZeroIsize;
    Unsigned u8, NonZeroU8;
    Unsigned u16, NonZeroU16;
    Unsigned u32, NonZeroU32;
    Unsigned u64, NonZeroU64;
    Unsigned u128, NonZeroU128;
    Unsigned usize, NonZeroUsize;
}

version! {
    [] str: self => VersionValue::Text(self);
    [] String: self => VersionValue::Text(self);
    [] [u8]: self => VersionValue::Bytes(self);
    [] Vec<u8>: self => VersionValue::Bytes(self);
    [const N: usize] [u8; N]: self => VersionValue::Bytes(self);
    [V: Version + ?Sized] &V: self => V::value(self);
    [V: Version + ?Sized] Box<V>: self => V::value(self);
    [V: Version + ?Sized] Rc<V>: self => V::value(self);
    [V: Version + ?Sized] Arc<V>: self => V::value(self);
    [V: Version + ToOwned + ?Sized] Cow<'_, V>: self => V::value(self);
}

#[cfg(feature = "uuid")]
version! {
    [] uuid::Uuid: self => VersionValue::Bytes(self.as_bytes());
}
