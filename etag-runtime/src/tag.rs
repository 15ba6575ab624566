//! One entity tag: its grammar, its two halves, and the two ways to compare it.
//!
//! Only a tag that this crate has made of an entity has halves. Its representation
//! has one length in all of them; its state is a digest, or the version in plain
//! text. A current tag that came from anywhere else is opaque, and compared whole.

mod text;

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use self::text::Text;
pub(crate) use self::text::{REPRESENTATION_LEN, representation_text};
use crate::tag_ref::TagRef;

/// An entity tag, as in the `ETag` field ([RFC 9110 § 8.8.3]).
///
/// # ABNF
///
/// ```text
/// entity-tag = [ weak ] opaque-tag
/// weak       = %s"W/"
/// opaque-tag = DQUOTE *etagc DQUOTE
/// etagc      = %x21 / %x23-7E / obs-text
/// ```
///
/// # Example values
///
/// * `"xyzzy"`
/// * `W/"xyzzy"`
/// * `""`
/// * `"kVZ3o5u8mP0nA1bQ2rT4xw.Zk93hQaL0pE"`, one that this crate has made: state and representation
///
/// # Comparison ([RFC 9110 § 8.8.3.2])
///
/// | tag 1 | tag 2 | strong | weak |
/// |---|---|---|---|
/// | `W/"1"` | `W/"1"` | no | yes |
/// | `W/"1"` | `W/"2"` | no | no |
/// | `W/"1"` | `"1"` | no | yes |
/// | `"1"` | `"1"` | yes | yes |
///
/// # Examples
///
/// ```
/// use etag_runtime::EntityTag;
///
/// let sent: EntityTag = "W/\"v7\"".parse()?;
/// let ours = EntityTag::strong("v7");
/// assert!(sent.weak_eq(&ours));
/// assert!(!sent.strong_eq(&ours));
/// assert_eq!(ours.to_string(), "\"v7\"");
/// # Ok::<(), etag_runtime::InvalidEntityTag>(())
/// ```
///
/// [RFC 9110 § 8.8.3]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3
/// [RFC 9110 § 8.8.3.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.2
#[derive(Clone)]
pub struct EntityTag {
    weak: bool,
    text: Text,
}

impl EntityTag {
    /// A strong tag with an opaque value of your own, such as a revision.
    ///
    /// An opaque value holds any octet but controls, space, `"` and DEL. A value with one of these is replaced
    /// by its SHA-256 digest as text: the tag is valid whatever the input is, and nothing is cut off.
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::EntityTag;
    ///
    /// assert_eq!(EntityTag::strong("v7").to_string(), "\"v7\"");
    /// assert_eq!(EntityTag::strong("a b").opaque().len(), 43);
    /// ```
    #[must_use]
    pub fn strong(opaque: impl AsRef<[u8]>) -> EntityTag {
        EntityTag { weak: false, text: Text::opaque(opaque.as_ref()) }
    }

    /// A weak tag with an opaque value of your own; see [`strong`](EntityTag::strong).
    ///
    /// A weak tag saves transfers, but never guards a write: `If-Match` does not match it.
    #[must_use]
    pub fn weak(opaque: impl AsRef<[u8]>) -> EntityTag {
        EntityTag { weak: true, text: Text::opaque(opaque.as_ref()) }
    }

    /// Parses one tag, strictly: the octets are the tag, without white space around it.
    ///
    /// Octets from `80` to `FF` (obs-text) are allowed inside the quotes. A tag that is read has no halves, also one that
    /// this crate has made: as the current tag of a representation it is compared whole.
    ///
    /// # Errors
    ///
    /// If the octets are no `entity-tag`.
    pub fn parse(octets: &[u8]) -> Result<EntityTag, InvalidEntityTag> {
        TagRef::parse(octets).map(TagRef::to_owned).ok_or(InvalidEntityTag(()))
    }

    /// From the digest of the state, and the text of the representation half.
    #[inline]
    pub(crate) fn from_halves(weak: bool, state: u128, representation: &[u8; REPRESENTATION_LEN]) -> EntityTag {
        EntityTag { weak, text: Text::halves(state, representation) }
    }

    /// Strong, from a digest of the whole representation.
    #[cfg_attr(not(feature = "layer"), expect(dead_code, reason = "only a layer names a content by its octets"))]
    pub(crate) fn from_whole(digest: u128) -> EntityTag {
        EntityTag { weak: false, text: Text::whole(digest) }
    }

    /// From a state in plain text, of unreserved characters (RFC 3986 § 2.3) and `%`.
    pub(crate) fn from_plain_state(weak: bool, representation: &[u8; REPRESENTATION_LEN], state: &[u8]) -> EntityTag {
        EntityTag { weak, text: Text::plain(state, representation) }
    }

    /// Whether the tag is weak: `W/"…"`.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// What stands between the quotes.
    #[must_use]
    pub fn opaque(&self) -> &[u8] {
        let text = self.text.as_slice();
        &text[3..text.len() - 1]
    }

    /// Whether both are strong and have the same opaque value. What `If-Match` and `If-Range` ask.
    #[must_use]
    pub fn strong_eq(&self, other: &EntityTag) -> bool {
        self.as_tag_ref().strong_eq(other.as_tag_ref())
    }

    /// Whether both have the same opaque value, weak or not. What `If-None-Match` asks.
    #[must_use]
    pub fn weak_eq(&self, other: &EntityTag) -> bool {
        self.as_tag_ref().weak_eq(other.as_tag_ref())
    }

    /// The state half, as text, if this tag was made of two halves.
    pub(crate) fn state(&self) -> Option<&[u8]> {
        self.text.with_halves().map(|text| &text[3..text.len() - 1 - REPRESENTATION_LEN - 1])
    }

    /// The representation half, as text, if this tag was made of two halves.
    pub(crate) fn representation(&self) -> Option<&[u8]> {
        self.text.with_halves().map(|text| &text[text.len() - 1 - REPRESENTATION_LEN..text.len() - 1])
    }

    /// The tag of another representation of the same state. What is opaque as a whole becomes that state.
    pub(crate) fn with_representation(&self, representation: u64) -> EntityTag {
        let state = self.state().unwrap_or(self.opaque());
        EntityTag::from_plain_state(self.weak, &representation_text(representation), state)
    }

    pub(crate) fn as_tag_ref(&self) -> TagRef<'_> {
        TagRef { weak: self.weak, opaque: self.opaque() }
    }

    /// The tag as it is sent.
    pub(crate) fn wire(&self) -> &[u8] {
        &self.text.as_slice()[if self.weak { 0 } else { 2 }..]
    }
}

/// Two tags are equal if they are the same text. For preconditions there is
/// [`strong_eq`](EntityTag::strong_eq) and [`weak_eq`](EntityTag::weak_eq).
impl PartialEq for EntityTag {
    fn eq(&self, other: &EntityTag) -> bool {
        self.wire() == other.wire()
    }
}

impl Eq for EntityTag {}

impl std::hash::Hash for EntityTag {
    fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
        self.wire().hash(hasher);
    }
}

impl fmt::Debug for EntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntityTag({self})")
    }
}

/// The tag with its quotes, as on the wire. Octets that are no UTF-8 are shown as `�`.
impl fmt::Display for EntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(self.wire()))
    }
}

/// As a text, with its quotes. Octets that are no UTF-8 are shown as `�`.
#[cfg(feature = "serde")]
impl serde::Serialize for EntityTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(self.wire()))
    }
}

impl FromStr for EntityTag {
    type Err = InvalidEntityTag;

    fn from_str(text: &str) -> Result<EntityTag, InvalidEntityTag> {
        EntityTag::parse(text.as_bytes())
    }
}

impl From<&EntityTag> for HeaderValue {
    fn from(tag: &EntityTag) -> HeaderValue {
        let value = match &tag.text {
            Text::Halves(_) | Text::Short(..) | Text::Whole(_) => HeaderValue::from_bytes(tag.wire()),
            Text::Long(text) | Text::Opaque(text) => {
                HeaderValue::from_maybe_shared(text.slice(if tag.weak { 0 } else { 2 }..))
            }
        };
        // Every constructor has checked that the text is made of etagc, a subset of what a field may hold.
        value.expect("an entity tag is a valid field value")
    }
}

impl From<EntityTag> for HeaderValue {
    fn from(tag: EntityTag) -> HeaderValue {
        HeaderValue::from(&tag)
    }
}

/// The octets are no `entity-tag`: not quoted, not closed, or with an octet that is no `etagc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidEntityTag(());

impl fmt::Display for InvalidEntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an entity tag: expected \"…\" or W/\"…\" without spaces, controls or quotes inside")
    }
}

impl std::error::Error for InvalidEntityTag {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of RFC 9110 § 8.8.3.2, one row per line.
    #[test]
    fn comparison() {
        let (w1, w2, s1) = (EntityTag::weak("1"), EntityTag::weak("2"), EntityTag::strong("1"));
        #[rustfmt::skip]
        let table = [
            // left, right, strong, weak
            (&w1,    &w1,   false,  true),
            (&w1,    &w2,   false,  false),
            (&w1,    &s1,   false,  true),
            (&s1,    &s1,   true,   true),
        ];
        for (left, right, strong, weak) in table {
            assert_eq!(left.strong_eq(right), strong, "strong comparison of {left} and {right}");
            assert_eq!(left.weak_eq(right), weak, "weak comparison of {left} and {right}");
        }
    }

    /// Whatever an opaque value is made of, its tag is one that can be sent and read again.
    #[test]
    fn any_opaque_value_is_valid() {
        for opaque in [&b""[..], b"v7", b"a b", b"\"", b"\x7f", b"\x80\xff", b"line\nbreak"] {
            let tag = EntityTag::strong(opaque);
            let sent = HeaderValue::from(&tag);
            assert_eq!(EntityTag::parse(sent.as_bytes()).as_ref(), Ok(&tag), "{:?}", opaque.escape_ascii());
        }
        assert_ne!(EntityTag::strong("a b"), EntityTag::strong("a\tb"));
        // By `printf 'a b' | openssl sha256 -binary | basenc --base64url`.
        assert_eq!(EntityTag::strong("a b").opaque(), b"yGh6CKpdbtIEQyj6aml6uOltw0KR6MIDSujDjm_MbWU");
    }

    /// A state of any length, shorter or longer than a digest.
    #[test]
    fn halves_of_any_length() {
        let digits = "0123456789".repeat(5);
        for len in 0..=digits.len() {
            let state = &digits[..len];
            for weak in [false, true] {
                let tag = EntityTag::from_plain_state(weak, b"AgICAgICAgI", state.as_bytes());
                let sent = format!("{}\"{state}.AgICAgICAgI\"", if weak { "W/" } else { "" });
                assert_eq!(HeaderValue::from(&tag), sent);
                assert_eq!((tag.state(), tag.representation()), (Some(state.as_bytes()), Some(&b"AgICAgICAgI"[..])));
                let other = tag.with_representation(0);
                assert_eq!(other.to_string(), sent.replace("AgICAgICAgI", "AAAAAAAAAAA"));
                assert_eq!((other.state(), other.representation()), (tag.state(), Some(&b"AAAAAAAAAAA"[..])));
            }
        }
    }
}
