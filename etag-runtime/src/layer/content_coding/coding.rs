//! The names of content codings, in a field and at the end of a tag.

/// A coding of which a tag may tell.
///
/// Of those that IANA has registered, these are the ones for any content, with octets that nothing else decides: others need
/// a key, a dictionary or a schema, so that a tag with their name says too little to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Br,
    Compress,
    Deflate,
    Gzip,
    Zstd,
}

/// How many names are taken off a tag. Nobody codes a content more often, and what a client sends must not grow with its square.
const MOST: usize = 4;

impl Coding {
    pub(super) const ALL: [Coding; 5] = [Coding::Br, Coding::Compress, Coding::Deflate, Coding::Gzip, Coding::Zstd];

    pub(super) fn name(self) -> &'static str {
        match self {
            Coding::Br => "br",
            Coding::Compress => "compress",
            Coding::Deflate => "deflate",
            Coding::Gzip => "gzip",
            Coding::Zstd => "zstd",
        }
    }

    /// The coding of this name in a field, where case does not count and two have another name (RFC 9110 § 8.4.1).
    pub(super) fn named(name: &[u8]) -> Option<Coding> {
        match name {
            _ if name.eq_ignore_ascii_case(b"x-gzip") => Some(Coding::Gzip),
            _ if name.eq_ignore_ascii_case(b"x-compress") => Some(Coding::Compress),
            _ => Coding::ALL.into_iter().find(|coding| name.eq_ignore_ascii_case(coding.name().as_bytes())),
        }
    }

    /// The coding at the end of this opaque value, and what stands before it.
    pub(super) fn at_end_of(opaque: &[u8]) -> Option<(&[u8], Coding)> {
        let dash = opaque.iter().rposition(|&octet| octet == b'-')?;
        let name = &opaque[dash + 1..];
        let coding = Coding::ALL.into_iter().find(|coding| name == coding.name().as_bytes())?;
        Some((&opaque[..dash], coding))
    }
}

/// The opaque value without its last coding, without the one before that, and so on, as long as they may be taken off.
pub(super) fn without_codings(opaque: &[u8], may_go: impl Fn(Coding) -> bool) -> impl Iterator<Item = &[u8]> {
    let shorter = move |opaque| Coding::at_end_of(opaque).filter(|(_, coding)| may_go(*coding)).map(|(rest, _)| rest);
    std::iter::successors(Some(opaque), move |opaque| shorter(opaque)).skip(1).take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_field() {
        #[rustfmt::skip]
        let table: [(&[u8], Option<Coding>); 12] = [
            (b"gzip",       Some(Coding::Gzip)),
            (b"GZip",       Some(Coding::Gzip)),
            (b"x-gzip",     Some(Coding::Gzip)),
            (b"X-Compress", Some(Coding::Compress)),
            (b"br",         Some(Coding::Br)),
            (b"deflate",    Some(Coding::Deflate)),
            (b"zstd",       Some(Coding::Zstd)),
            (b"x-br",       None),
            (b"gzip2",      None),
            (b"identity",   None),
            (b"",           None),
            (b"gz\xefp",    None),
        ];
        for (name, coding) in table {
            assert_eq!(Coding::named(name), coding, "{:?}", name.escape_ascii());
        }
    }

    #[test]
    fn codings_are_taken_off_one_by_one() {
        #[rustfmt::skip]
        let table: [(&str, &[&str]); 11] = [
            ("v7",                          &[]),
            ("v7-gzip",                     &["v7"]),
            ("v7-gzip-br",                  &["v7-gzip", "v7"]),
            ("v7-draft-br",                 &["v7-draft"]),
            ("v7-br-draft",                 &[]),
            ("v7-zstd-br",                  &["v7-zstd"]),
            ("v7-GZIP",                     &[]),
            ("v7--gzip",                    &["v7-"]),
            ("-gzip",                       &[""]),
            ("gzip",                        &[]),
            ("-br-br-br-br-br-br",          &["-br-br-br-br-br", "-br-br-br-br", "-br-br-br", "-br-br"]),
        ];
        for (opaque, expected) in table {
            let found = without_codings(opaque.as_bytes(), |coding| coding != Coding::Zstd);
            let found: Vec<_> = found.map(|opaque| str::from_utf8(opaque).unwrap()).collect();
            assert_eq!(found, expected, "{opaque}");
        }
    }
}
