//! The text of a tag, in the form in which it is sent.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::base64url;
use crate::tag_ref::is_etagc;

/// Length of the text of a representation half, in characters.
pub(crate) const REPRESENTATION_LEN: usize = 11;
/// Length of the text of a state half that is a digest, in characters.
const DIGEST_LEN: usize = 22;
/// `W/"`, a digest, `"`.
const WHOLE_LEN: usize = 3 + DIGEST_LEN + 1;
/// `W/"`, a digest, `.`, a representation, `"`.
const INLINE_LEN: usize = 3 + DIGEST_LEN + 1 + REPRESENTATION_LEN + 1;

/// The tag as it is sent, always with the `W/` in front, so that both forms are slices of it.
#[derive(Clone)]
pub(super) enum Text {
    /// Both halves, the first of which is a digest.
    Halves([u8; INLINE_LEN]),
    /// Both halves, the first of which is a version, and by how many octets it is shorter than a digest. Apart from the other, whose length the
    /// compiler knows.
    Short([u8; INLINE_LEN], u8),
    /// Both halves, the first of which is a version that is longer than a digest.
    Long(Bytes),
    /// Made from one digest, without halves.
    Whole([u8; WHOLE_LEN]),
    /// Anything else, without halves.
    Opaque(Bytes),
}

/// The text of a representation half.
#[inline]
pub(crate) const fn representation_text(octets: u64) -> [u8; REPRESENTATION_LEN] {
    base64url::encode((octets as u128) << 64)
}

impl Text {
    /// From the digest of the state, and the text of the representation half.
    #[inline]
    pub(super) fn halves(state: u128, representation: &[u8; REPRESENTATION_LEN]) -> Text {
        let mut text = *b"W/\"......................_...........\"";
        // Two digits more are written at once with the others, and over them what follows.
        text[3..3 + DIGEST_LEN + 2].copy_from_slice(&base64url::encode::<{ DIGEST_LEN + 2 }>(state));
        text[3 + DIGEST_LEN] = b'.';
        text[INLINE_LEN - 1 - REPRESENTATION_LEN..INLINE_LEN - 1].copy_from_slice(representation);
        Text::Halves(text)
    }

    /// From the digest of a content.
    pub(super) fn whole(digest: u128) -> Text {
        let mut text = *b"W/\"......................\"";
        text[3..3 + DIGEST_LEN].copy_from_slice(&base64url::encode::<DIGEST_LEN>(digest));
        Text::Whole(text)
    }

    /// From a state of unreserved characters (RFC 3986 § 2.3) and `%`.
    pub(super) fn plain(state: &[u8], representation: &[u8; REPRESENTATION_LEN]) -> Text {
        let parts = [b"W/\"", state, b".", representation, b"\""];
        let Some(unused) = DIGEST_LEN.checked_sub(state.len()) else {
            return Text::Long(parts.concat().into());
        };
        let mut text = [0; INLINE_LEN];
        let mut place = text.as_mut_slice();
        for part in parts {
            let (this, rest) = place.split_at_mut(part.len());
            this.copy_from_slice(part);
            place = rest;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is at most the length of a digest")]
        Text::Short(text, unused as u8)
    }

    /// From any octets, or from the digest of those that no tag can hold.
    pub(super) fn opaque(opaque: &[u8]) -> Text {
        if opaque.iter().copied().all(is_etagc) {
            return Text::Opaque([b"W/\"", opaque, b"\""].concat().into());
        }
        let digest = base64url::encode_32(Sha256::digest(opaque).into());
        Text::Opaque([&b"W/\""[..], &digest, b"\""].concat().into())
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Text::Halves(text) => text,
            Text::Short(text, unused) => &text[..INLINE_LEN - usize::from(*unused)],
            Text::Whole(text) => text,
            Text::Long(text) | Text::Opaque(text) => text,
        }
    }

    /// The same, if it has halves.
    pub(super) fn with_halves(&self) -> Option<&[u8]> {
        (!matches!(self, Text::Whole(_) | Text::Opaque(_))).then(|| self.as_slice())
    }
}
