//! Entity tags: § 8.8.3, and the halves of `docs/wire-format.md`.

use std::iter;

/// An entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Whether it starts with `W/`.
    pub weak: bool,
    /// What stands between the quotes.
    pub opaque: Vec<u8>,
}

impl Tag {
    /// The tag that these octets are, without white space around them.
    #[must_use]
    pub fn read(octets: &[u8]) -> Option<Tag> {
        let (weak, quoted) = match octets.strip_prefix(b"W/") {
            Some(rest) => (true, rest),
            None => (false, octets),
        };
        let opaque = quoted.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        let is_etagc = |octet: &u8| matches!(octet, 0x21 | 0x23..=0x7e | 0x80..=0xff);
        opaque.iter().all(is_etagc).then(|| Tag { weak, opaque: opaque.to_vec() })
    }

    /// § 8.8.3.2: both are not weak, and the opaque tags match character by character.
    pub(crate) fn is_strongly(&self, other: &Tag) -> bool {
        !self.weak && !other.weak && self.is_weakly(other)
    }

    /// § 8.8.3.2: the opaque tags match character by character, weak or not.
    pub(crate) fn is_weakly(&self, other: &Tag) -> bool {
        self.opaque == other.opaque
    }

    /// The state half, if the tag has the form of those that the toolkit makes, with the names of any number of codings behind it.
    pub(crate) fn state(&self) -> Option<&[u8]> {
        iter::successors(Some(self.opaque.as_slice()), |opaque| without_coding(opaque)).find_map(state)
    }
}

/// What stands before `.` and the eleven characters of the other half.
fn state(opaque: &[u8]) -> Option<&[u8]> {
    let (state, other) = opaque.split_at_checked(opaque.len().checked_sub(12)?)?;
    let is_base64url = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
    (other[0] == b'.' && other[1..].iter().all(is_base64url)).then_some(state)
}

/// What a name of letters and digits was appended to, after `-` or `--`.
fn without_coding(opaque: &[u8]) -> Option<&[u8]> {
    let dash = opaque.iter().rposition(|octet| !octet.is_ascii_alphanumeric())?;
    let named = opaque[dash] == b'-' && dash + 1 < opaque.len();
    let coded = named.then(|| &opaque[..dash])?;
    Some(coded.strip_suffix(b"-").unwrap_or(coded))
}
