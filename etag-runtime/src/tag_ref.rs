//! An entity tag where it stands in a field: what the grammar allows, and what a comparison compares.

use crate::EntityTag;
use crate::base64url;
use crate::tag::REPRESENTATION_LEN;

/// A tag that still stands in the field it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TagRef<'a> {
    pub(crate) weak: bool,
    pub(crate) opaque: &'a [u8],
}

impl<'a> TagRef<'a> {
    /// The whole of `octets` as one tag.
    pub(crate) fn parse(octets: &'a [u8]) -> Option<TagRef<'a>> {
        match TagRef::parse_prefix(octets)? {
            (tag, []) => Some(tag),
            _ => None,
        }
    }

    /// A tag at the start of `octets`, and what follows it.
    pub(crate) fn parse_prefix(octets: &'a [u8]) -> Option<(TagRef<'a>, &'a [u8])> {
        let (weak, rest) = match octets.strip_prefix(b"W/") {
            Some(rest) => (true, rest),
            None => (false, octets),
        };
        let rest = rest.strip_prefix(b"\"")?;
        let (opaque, rest) = rest.split_at_checked(memchr::memchr(b'"', rest)?)?;
        // All of them, and not up to the first that is none: many octets at once.
        let is_opaque = opaque.iter().fold(true, |so_far, &octet| so_far & is_etagc(octet));
        is_opaque.then_some((TagRef { weak, opaque }, &rest[1..]))
    }

    pub(crate) fn to_owned(self) -> EntityTag {
        if self.weak { EntityTag::weak(self.opaque) } else { EntityTag::strong(self.opaque) }
    }

    pub(crate) fn strong_eq(self, other: TagRef<'_>) -> bool {
        !self.weak && !other.weak && self.opaque == other.opaque
    }

    pub(crate) fn weak_eq(self, other: TagRef<'_>) -> bool {
        self.opaque == other.opaque
    }

    /// Whether this tag, sent by a client, has the same state half as `current`; a tag without halves is compared whole.
    pub(crate) fn same_state(self, current: &EntityTag) -> bool {
        match current.state() {
            Some(state) => self.state() == Some(state),
            None => self.opaque == current.opaque(),
        }
    }

    /// What stands before the representation half, if this looks like a tag of two halves.
    ///
    /// Whoever codes the content appends the name of the coding, such as `-gzip` or `--gzip`, and of each further one. That is one
    /// more variant of the representation.
    pub(crate) fn state(self) -> Option<&'a [u8]> {
        let mut tag = self.opaque;
        loop {
            if let Some(state) = before_representation(tag) {
                return Some(state);
            }
            tag = before_coding(tag)?;
        }
    }
}

/// What stands before the name of a coding, and the one or two dashes in front of it.
///
/// Neither of them belongs to a representation, whose last digit stands for four bits and is no dash.
fn before_coding(tag: &[u8]) -> Option<&[u8]> {
    let name = tag.iter().rev().take_while(|octet| octet.is_ascii_alphanumeric()).count();
    let rest = tag[..tag.len() - name].strip_suffix(b"-").filter(|_| name > 0)?;
    Some(rest.strip_suffix(b"-").unwrap_or(rest))
}

fn before_representation(opaque: &[u8]) -> Option<&[u8]> {
    let (rest, representation) = opaque.split_last_chunk::<REPRESENTATION_LEN>()?;
    let state = rest.strip_suffix(b".")?;
    representation.iter().all(|&octet| base64url::is_digit(octet)).then_some(state)
}

/// `%x21 / %x23-7E / obs-text`: anything but controls, space, `"` and DEL.
pub(crate) fn is_etagc(octet: u8) -> bool {
    !matches!(octet, 0..=b' ' | b'"' | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::representation_text;

    /// A writer is held to the state half of a tag that has one, and of no other.
    #[test]
    fn same_state() {
        let tag = |state: [u8; 16], representation: [u8; 8]| {
            let representation = representation_text(u64::from_be_bytes(representation));
            EntityTag::from_halves(false, u128::from_be_bytes(state), &representation)
        };
        let ours = tag([1; 16], [2; 8]);
        let other_representation = tag([1; 16], [3; 8]);
        let other_state = tag([4; 16], [2; 8]);
        let text = ours.to_string();
        #[rustfmt::skip]
        let table = [
            (ours.to_string(),                  true),
            (other_representation.to_string(),  true),
            (other_state.to_string(),           false),
            (text.replace('.', "-"),            false),
            (text[..24].to_owned() + "\"",      false),
            (text.replace('.', "..") ,          false),
            (text.replace("AgICAgICAgI", "AgICAgICAg,"), false),
        ];
        for (theirs, same) in table {
            let tag = TagRef::parse(theirs.as_bytes()).unwrap_or_else(|| panic!("{theirs} is a tag"));
            assert_eq!(tag.same_state(&ours), same, "{theirs} and {ours}");
        }
        // Where the representation is cut off is known from its length, whatever the state looks like.
        let plain = |state: &str| EntityTag::from_plain_state(false, b"AgICAgICAgI", state.as_bytes());
        for (theirs, ours, same) in [("7", "7", true), ("7", "70", false), ("70", "7", false), ("7.", "7", false)] {
            assert_eq!(plain(theirs).as_tag_ref().same_state(&plain(ours)), same, "{theirs} and {ours}");
        }
        let nested = plain("7").to_string().replace('"', "");
        assert!(!plain(&nested).as_tag_ref().same_state(&plain("7")));
        assert!(plain(&nested).as_tag_ref().same_state(&plain(&nested)));
        // Whatever has been appended for codings, by whomever.
        for (codings, same) in [
            ("-gzip", true),
            ("--gzip", true),
            ("-gzip-br", true),
            ("--gzip--br", true),
            ("-a-b-c-d-e-f", true),
            ("-", false),
            ("--", false),
            ("-gzip-", false),
            ("-gzip---br", false),
            ("-gz!p", false),
            (".gzip", false),
        ] {
            for representation in [[2; 8], *b"\xfb\xef\xbe\xfb\xef\xbe\xfb\xe0"] {
                let seen = tag([1; 16], representation).to_string();
                let seen = format!("{}{codings}\"", seen.strip_suffix('"').unwrap());
                assert_eq!(TagRef::parse(seen.as_bytes()).unwrap().same_state(&ours), same, "{seen} and {ours}");
            }
        }
        // What only looks like two halves is compared whole.
        let opaque: EntityTag = text.parse().unwrap();
        assert!(!other_representation.as_tag_ref().same_state(&opaque));
    }
}
