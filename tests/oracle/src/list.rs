//! `"*" / #entity-tag` (§ 5.6.1, § 13.1.1).

use crate::tag::Tag;

/// A member of a list: a tag, or something that is none.
pub type Member = Option<Tag>;

/// What `If-Match` or `If-None-Match` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// `*`, and nothing else.
    Any,
    /// Its members, of which empty ones are none.
    Members(Vec<Member>),
}

impl List {
    /// The list that a field value is.
    #[must_use]
    pub fn read(value: &[u8]) -> List {
        if trim(value) == b"*" { List::Any } else { List::Members(members(value)) }
    }

    /// Its tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.members().iter().flatten()
    }

    /// Whether a member is no tag.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.members().contains(&None)
    }

    fn members(&self) -> &[Member] {
        match self {
            List::Any => &[],
            List::Members(members) => members,
        }
    }
}

/// Commas separate members, and may also be in a tag. So a member is the shortest run of the pieces between commas that is
/// a tag, and a piece with which no tag starts is a member that is none.
fn members(value: &[u8]) -> Vec<Member> {
    let pieces: Vec<&[u8]> = value.split(|octet| *octet == b',').collect();
    let mut members = Vec::new();
    let mut next = 0;
    while next < pieces.len() {
        let run = |end: usize| Tag::read(trim(&pieces[next..end].join(&b',')));
        let is_start = [&b"\""[..], b"W/\""].iter().any(|start| trim(pieces[next]).starts_with(start));
        let mut ends = (next + 1..=pieces.len()).take_while(|_| is_start);
        let found = ends.find_map(|end| Some((end, run(end)?)));
        let (end, member) = found.map_or((next + 1, None), |(end, tag)| (end, Some(tag)));
        if member.is_some() || !trim(pieces[next]).is_empty() {
            members.push(member);
        }
        next = end;
    }
    members
}

/// Without the optional white space around it (§ 5.6.3).
pub(crate) fn trim(mut octets: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = octets {
        octets = rest;
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_the_shortest_runs_that_are_tags() {
        let seen = |value: &str| match List::read(value.as_bytes()) {
            List::Any => "any".to_owned(),
            List::Members(members) => {
                let shown = |member: &Member| match member {
                    Some(tag) => {
                        format!("{}[{}]", if tag.weak { "W" } else { "" }, String::from_utf8_lossy(&tag.opaque))
                    }
                    None => "?".to_owned(),
                };
                members.iter().map(shown).collect::<Vec<_>>().join(" ")
            }
        };
        for (value, expected) in [
            (" * ", "any"),
            ("", ""),
            (",\t, ", ""),
            (r#""a""#, "[a]"),
            (r#""a,b" ,, W/"c""#, "[a,b] W[c]"),
            (r#""a","b""#, "[a] [b]"),
            (r#"a, "b""#, "? [b]"),
            (r#""a, "b""#, "? [b]"),
            (r#""a,"b""#, "? [b]"),
            (r#""a" "b""#, "?"),
            (r#"w/"a""#, "?"),
            ("*,*", "? ?"),
            (r#"*, "a""#, "? [a]"),
            (r#"""#, "?"),
            (r#""""#, "[]"),
        ] {
            assert_eq!(seen(value), expected, "{value}");
        }
    }
}
