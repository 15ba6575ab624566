//! A state half that can be read back: the version in plain text.
//!
//! Part 1 of `docs/wire-format.md` defines the text.

use std::io::Write as _;
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16, NonZeroU32,
    NonZeroU64, NonZeroU128, NonZeroUsize,
};

use super::{Digest, Version, VersionValue, half};
use crate::{ETag, EntityTag, Reversible, Validators};

/// A [`Version`] that can be read back from the text of a tag: what `#[etag(reversible)]` asks of the version.
///
/// Implemented for integers, `String`, octets (`Vec<u8>` and arrays) and `Uuid` (feature `uuid`). A text with U+0000 is
/// never read back, whatever type it is of: PostgreSQL fails a statement that compares it, and a client could ask for
/// that. A newtype over one of these types needs one line:
///
/// ```
/// use etag_runtime::{ReversibleVersion, Version, VersionValue};
///
/// struct Revision(i64);
///
/// impl Version for Revision {
///     fn value(&self) -> VersionValue<'_> { self.0.value() }
/// }
///
/// impl ReversibleVersion for Revision {
///     fn from_state(state: &str) -> Option<Self> { i64::from_state(state).map(Self) }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read back from an entity tag",
    label = "expected an integer, a `String`, octets or a UUID",
    note = "a newtype of yours over one of these implements `Version`, and `ReversibleVersion` in one line: `fn from_state(state: &str) -> Option<Self> {{ i64::from_state(state).map(Self) }}`",
    note = "or remove `reversible`: whatever is a version is hashed then, also a borrowed text"
)]
pub trait ReversibleVersion: Version + Sized {
    /// The version with this text as the state half of its tag. `None` if there is none, for example because the number
    /// is too large.
    ///
    /// What it makes of a text that it would not write itself, such as `007`, does not matter: that matches nothing.
    fn from_state(state: &str) -> Option<Self>;
}

/// The version that a client has seen, if `state` is exactly the text of one that a database can compare.
pub(crate) fn read<V: ReversibleVersion>(state: &[u8]) -> Option<V> {
    let version = V::from_state(std::str::from_utf8(state).ok()?)?;
    if matches!(version.value(), VersionValue::Text(text) if text.contains('\0')) {
        return None;
    }
    with_text(version.value(), |text| text == state).then_some(version)
}

/// The value of the version of a `T`, which is known to be one.
pub fn version_of<T: Reversible + ?Sized>(version: &T::Version) -> VersionValue<'_> {
    version.value()
}

/// The value of a version that has to be one that can be read back.
pub fn value_of<V: ReversibleVersion>(version: &V) -> VersionValue<'_> {
    version.value()
}

/// Every type is itself. A where-clause that says so gives a type a name, which the impl of a public trait may show where
/// the type itself is private.
pub trait Itself {
    /// The type.
    type Itself: ?Sized;
}

impl<T: ?Sized> Itself for T {
    type Itself = T;
}

impl Digest {
    /// The entity tag of `entity`, whose state is this version and nothing else.
    #[doc(hidden)]
    pub fn reversible_etag_of<T: ETag + ?Sized>(entity: &T, version: VersionValue<'_>) -> EntityTag {
        Digest::of(entity).reversible_tag(version)
    }

    /// The validators of `entity`: its tag, unless a part could not be serialized. A version has no date.
    #[doc(hidden)]
    pub fn reversible_validators_of<T: ETag + ?Sized>(entity: &T, version: VersionValue<'_>) -> Validators {
        let digest = Digest::of(entity);
        if digest.failed {
            return Validators::new();
        }
        Validators::of(digest.reversible_tag(version), None)
    }

    /// The tag of what was written, with this version in place of the digest of the state.
    #[doc(hidden)]
    #[must_use]
    pub fn reversible_tag(mut self, version: VersionValue<'_>) -> EntityTag {
        let representation = match &mut self.other {
            None => self.schema.text(),
            Some(stream) => half(stream),
        };
        let weak = self.weak || self.failed;
        with_text(version, |state| EntityTag::from_plain_state(weak, &representation, state))
    }
}

/// What `work` makes of the text of this version. That of an integer of 64 bits, which nearly all are, is written without an allocation.
fn with_text<R>(version: VersionValue<'_>, work: impl FnOnce(&[u8]) -> R) -> R {
    let mut digits = [0; MOST_DIGITS];
    let mut place = digits.as_mut_slice();
    let written = match version {
        VersionValue::Signed(number) => i64::try_from(number).ok().map(|number| write!(place, "{number}")),
        VersionValue::Unsigned(number) => u64::try_from(number).ok().map(|number| write!(place, "{number}")),
        VersionValue::Text(_) | VersionValue::Bytes(_) => None,
    };
    if let Some(Ok(())) = written {
        let len = MOST_DIGITS - place.len();
        return work(&digits[..len]);
    }
    let mut text = String::new();
    write(version, &mut text);
    work(text.as_bytes())
}

/// Those of −2⁶³, with its sign; 2⁶⁴ − 1 has no sign, and as many.
const MOST_DIGITS: usize = 20;

fn write(version: VersionValue<'_>, text: &mut String) {
    use std::fmt::Write as _;
    // Writing to a `String` cannot fail.
    let _ = match version {
        VersionValue::Signed(number) => write!(text, "{number}"),
        VersionValue::Unsigned(number) => write!(text, "{number}"),
        VersionValue::Text(value) => value.bytes().try_for_each(|octet| match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.write_char(octet.into()),
            _ => write!(text, "%{octet:02X}"),
        }),
        VersionValue::Bytes(octets) => octets.iter().try_for_each(|octet| write!(text, "{octet:02x}")),
    };
}

/// The value of two hexadecimal digits.
fn octet(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

macro_rules! from_decimal {
    ($($number:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl ReversibleVersion for $number {
            fn from_state(state: &str) -> Option<Self> {
                state.parse().ok()
            }
        }
    )*};
}

from_decimal! {
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize
    NonZeroI8 NonZeroI16 NonZeroI32 NonZeroI64 NonZeroI128 NonZeroIsize
    NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroU128 NonZeroUsize
}

#[diagnostic::do_not_recommend]
impl ReversibleVersion for String {
    fn from_state(state: &str) -> Option<Self> {
        let mut text = Vec::with_capacity(state.len());
        let mut rest = state.as_bytes();
        loop {
            match rest {
                [] => return String::from_utf8(text).ok(),
                [b'%', high, low, after @ ..] => {
                    text.push(octet(&[*high, *low])?);
                    rest = after;
                }
                [first, after @ ..] => {
                    text.push(*first);
                    rest = after;
                }
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl ReversibleVersion for Vec<u8> {
    fn from_state(state: &str) -> Option<Self> {
        state.as_bytes().chunks(2).map(octet).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> ReversibleVersion for [u8; N] {
    fn from_state(state: &str) -> Option<Self> {
        Vec::from_state(state)?.try_into().ok()
    }
}

#[cfg(feature = "uuid")]
#[diagnostic::do_not_recommend]
impl ReversibleVersion for uuid::Uuid {
    fn from_state(state: &str) -> Option<Self> {
        <[u8; 16]>::from_state(state).map(Self::from_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(version: &impl Version) -> String {
        with_text(version.value(), |text| String::from_utf8(text.to_vec()).unwrap())
    }

    #[test]
    fn texts() {
        assert_eq!(state(&42_u8), "42");
        assert_eq!(state(&i64::MIN), "-9223372036854775808");
        assert_eq!(state(&u64::MAX), "18446744073709551615");
        assert_eq!(state(&(i128::from(i64::MIN) - 1)), "-9223372036854775809");
        assert_eq!(state(&(u128::from(u64::MAX) + 1)), "18446744073709551616");
        assert_eq!(state(&i128::MIN), "-170141183460469231731687303715884105728");
        assert_eq!(state(&u128::MAX), "340282366920938463463374607431768211455");
        assert_eq!(state(&"2-7051cbe5"), "2-7051cbe5");
        assert_eq!(state(&"50 %, \"é\""), "50%20%25%2C%20%22%C3%A9%22");
        assert_eq!(state(&[0_u8, 0xaf]), "00af");
        assert_eq!(state(&""), "");
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(state(&i64::MIN).as_bytes()), Some(i64::MIN));
        assert_eq!(read(state(&7_u8).as_bytes()), NonZeroU8::new(7));
        let text = String::from("50 %, \"é\"");
        assert_eq!(read(state(&text).as_bytes()), Some(text));
        assert_eq!(read(b"00af"), Some(vec![0, 0xaf]));
        assert_eq!(read(b"00af"), Some([0, 0xaf]));
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn a_uuid_is_read_as_its_octets() {
        let version = uuid::Uuid::from_u128(0x00af_0000_0000_4000_8000_0000_0000_0001);
        assert_eq!(state(&version), "00af0000000040008000000000000001");
        assert_eq!(read(state(&version).as_bytes()), Some(version));
        assert_eq!(read::<uuid::Uuid>(b"00af0000-0000-4000-8000-000000000001"), None);
    }

    /// PostgreSQL has no text with U+0000, so that a statement with one fails.
    #[test]
    fn a_text_with_nul_is_written_and_not_read() {
        let text = String::from("a\0b");
        assert_eq!(state(&text), "a%00b");
        assert_eq!(read::<String>(b"a%00b"), None);
        assert_eq!(read::<String>(b"%00"), None);
        assert_eq!(read(b"%01"), Some(String::from("\u{1}")));
    }

    /// Another spelling of the same version is another tag, which was never sent.
    #[test]
    fn nothing_else_is_read() {
        for other in ["007", "+7", "-0", " 7", "7 ", "", "9223372036854775808", "7.0", "0x7", "٧"] {
            assert_eq!(read::<i64>(other.as_bytes()), None, "{other:?}");
        }
        assert_eq!(read::<NonZeroU8>(b"0"), None);
        for other in ["%", "%4", "%41", "%c3%a9", "%C3", "é", "%+F", "a b"] {
            assert_eq!(read::<String>(other.as_bytes()), None, "{other:?}");
        }
        for other in ["0", "00AF", "+f", "zz", "00af00"] {
            assert_eq!(read::<[u8; 2]>(other.as_bytes()), None, "{other:?}");
        }
        assert_eq!(read::<Vec<u8>>(b"00a"), None);
        assert_eq!(read::<String>(b"\xff"), None);
    }
}
