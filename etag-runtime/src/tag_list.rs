//! The value of `If-Match` and `If-None-Match`: `*`, or a list of entity tags over any number of field lines.
//!
//! The lines are read as octets, never as text, and joined as RFC 9110 § 5.3 says: they are one list. A member
//! that is no entity tag spoils itself only; reading goes on after the next comma.

use crate::EntityTag;
use crate::tag_ref::TagRef;

/// The value of an `If-Match` or `If-None-Match` field ([RFC 9110 § 13.1.1]).
///
/// # ABNF
///
/// ```text
/// If-Match = "*" / #entity-tag
/// ```
///
/// # Examples
///
/// ```
/// use etag_runtime::EntityTagList;
///
/// let list = EntityTagList::parse(["\"a,b\" , W/\"c\"", "oops, \"d\""]);
/// let tags: Vec<String> = list.tags().iter().map(ToString::to_string).collect();
/// assert_eq!(tags, ["\"a,b\"", "W/\"c\"", "\"d\""]);
/// assert!(list.is_malformed());
/// assert_eq!(EntityTagList::parse(["*"]), EntityTagList::Any);
/// ```
///
/// [RFC 9110 § 13.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityTagList {
    /// `*` and nothing else: any current representation.
    Any,
    /// A list of tags, which may be empty.
    Tags {
        /// The members that are well formed, in their order.
        tags: Vec<EntityTag>,
        /// Whether some member was not well formed.
        malformed: bool,
    },
}

impl EntityTagList {
    /// Parses the field lines of one header field, for example `headers.get_all(IF_MATCH)`.
    ///
    /// Never fails: what is not well formed is left out and reported by [`is_malformed`](Self::is_malformed).
    #[must_use]
    pub fn parse<L>(lines: L) -> EntityTagList
    where
        L: IntoIterator<Item: AsRef<[u8]>>,
    {
        let lines: Vec<L::Item> = lines.into_iter().collect();
        if is_any(lines.iter().map(AsRef::as_ref)) {
            return EntityTagList::Any;
        }
        let mut tags = Vec::new();
        let mut malformed = false;
        for member in lines.iter().flat_map(|line| members(line.as_ref())) {
            match member {
                Ok(tag) => tags.push(tag.to_owned()),
                Err(Malformed) => malformed = true,
            }
        }
        EntityTagList::Tags { tags, malformed }
    }

    /// The members that are well formed; none if this is `*`.
    #[must_use]
    pub fn tags(&self) -> &[EntityTag] {
        match self {
            EntityTagList::Any => &[],
            EntityTagList::Tags { tags, .. } => tags,
        }
    }

    /// Whether this is `*`.
    #[must_use]
    pub fn is_any(&self) -> bool {
        matches!(self, EntityTagList::Any)
    }

    /// Whether some member was no entity tag.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(self, EntityTagList::Tags { malformed: true, .. })
    }
}

/// A member of a list that is no entity tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Whether the lines are together the wildcard: one line, and it is. Any further line, even an empty one, stands for a comma
/// (RFC 9110 § 5.3), and a value with a comma is a list.
pub(crate) fn is_any<'a>(mut lines: impl Iterator<Item = &'a [u8]>) -> bool {
    lines.next().is_some_and(is_wildcard) && lines.next().is_none()
}

/// Whether this line is the wildcard. Most are tags, which is seen at their first octet.
#[inline]
pub(crate) fn is_wildcard(line: &[u8]) -> bool {
    !matches!(line, [b'"' | b'W', ..]) && trim(line) == b"*"
}

/// Whether a member of the lines is no entity tag.
pub(crate) fn is_malformed<'a>(lines: impl Iterator<Item = &'a [u8]>) -> bool {
    lines.flat_map(members).any(|member| member == Err(Malformed))
}

/// The members of one field line. Empty elements are skipped, as RFC 9110 § 5.6.1.2 asks.
pub(crate) fn members(line: &[u8]) -> impl Iterator<Item = Result<TagRef<'_>, Malformed>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            rest = trim_start(rest);
            match rest {
                [] => return None,
                [b',', after @ ..] => rest = after,
                _ => break,
            }
        }
        if let Some((tag, after)) = TagRef::parse_prefix(rest) {
            let after = trim_start(after);
            if let [] | [b',', ..] = after {
                rest = after;
                return Some(Ok(tag));
            }
        }
        let comma = rest.iter().position(|&octet| octet == b',');
        rest = &rest[comma.unwrap_or(rest.len())..];
        Some(Err(Malformed))
    })
}

/// Whether a member of the line whose opaque value starts with `start` is accepted.
///
/// Finds what [`members`] finds, but looks for the octets first and proves then that a member stands there: a client
/// may send a hundred tags. A quoted `start` after a comma is always a member that [`members`] comes to, since a well-formed
/// member cannot hold the comma and end at that quote: what follows the quote is neither white space nor a comma.
pub(crate) fn any_starting_with(line: &[u8], start: &[u8], accept: impl Fn(TagRef<'_>) -> bool) -> bool {
    if let [] | [b',', ..] = start {
        return members(line).any(|member| member.is_ok_and(&accept));
    }
    let is_member = |at: usize| {
        let before = line[..at].strip_suffix(b"\"")?;
        let before = before.strip_suffix(b"W/").unwrap_or(before);
        if !matches!(trim_end(before), [] | [.., b',']) {
            return None;
        }
        members(&line[before.len()..]).next()?.ok()
    };
    // What most clients send: one tag.
    if memchr::memchr(b',', line).is_none() {
        return may_start_with(line, start) && members(line).any(|member| member.is_ok_and(&accept));
    }
    // A longer needle would cost more to prepare than it saves: what is found is compared in full anyway.
    let needle = &start[..start.len().min(8)];
    let mut from = 0;
    while let Some(offset) = find(&line[from..], needle) {
        if is_member(from + offset).is_some_and(&accept) {
            return true;
        }
        from += offset + 1;
    }
    false
}

/// Whether the first member, if it is a tag, has an opaque value with this start.
fn may_start_with(line: &[u8], start: &[u8]) -> bool {
    let tag = trim_start(line);
    let tag = tag.strip_prefix(b"W/").unwrap_or(tag);
    tag.strip_prefix(b"\"").is_some_and(|opaque| opaque.starts_with(start))
}

/// Where `needle` stands first. It takes longer to prepare a search than to look at a line of one tag.
fn find(line: &[u8], needle: &[u8]) -> Option<usize> {
    if line.len() < 64 {
        memchr::memchr_iter(needle[0], line).find(|&at| line[at..].starts_with(needle))
    } else {
        memchr::memmem::find(line, needle)
    }
}

pub(crate) fn trim(line: &[u8]) -> &[u8] {
    trim_end(trim_start(line))
}

fn trim_end(mut line: &[u8]) -> &[u8] {
    while let [before @ .., b' ' | b'\t'] = line {
        line = before;
    }
    line
}

/// Drops optional white space (`OWS`), which is less than what ASCII calls white space.
fn trim_start(mut line: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', after @ ..] = line {
        line = after;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The search agrees with the scan on every line of seven octets that have a meaning in a list.
    #[test]
    fn search_and_scan_agree() {
        const OCTETS: &[u8] = b"a\", W/";
        for start in [&b"a"[..], b"aa", b"W/", b","] {
            for number in 0..6_usize.pow(7) {
                let line: Vec<u8> = (0..7).map(|place| OCTETS[number / 6_usize.pow(place) % 6]).collect();
                let accept = |tag: TagRef<'_>| tag.opaque.starts_with(start);
                let scanned = members(&line).any(|member| member.is_ok_and(accept));
                let found = any_starting_with(&line, start, accept);
                assert_eq!(found, scanned, "{:?} in {:?}", start.escape_ascii(), line.escape_ascii());
            }
        }
    }
}
