//! `Cache-Control` of two answers to the same question, the second of them a moment later.

/// Whether both say the same, line by line and directive by directive. Only a freshness lifetime may be shorter by then: there are servers that count
/// down to an hour at which something becomes old.
pub(super) fn is_same(earlier: &[&[u8]], later: &[&[u8]]) -> bool {
    earlier.len() == later.len()
        && earlier.iter().zip(later).all(|(earlier, later)| {
            let (earlier, later) = (directives(earlier), directives(later));
            earlier.len() == later.len() && earlier.iter().zip(&later).all(|(earlier, later)| earlier.is(later))
        })
}

enum Directive<'a> {
    /// `max-age` or `s-maxage`, in seconds.
    Lifetime(&'a [u8], u64),
    Other(&'a [u8]),
}

/// What is quoted may have commas. Cut in pieces, it is still equal only to what has the same pieces.
fn directives(line: &[u8]) -> Vec<Directive<'_>> {
    line.split(|octet| *octet == b',').map(Directive::new).collect()
}

impl Directive<'_> {
    fn new(text: &[u8]) -> Directive<'_> {
        let text = text.trim_ascii();
        lifetime(text).map_or(Directive::Other(text), |(name, seconds)| Directive::Lifetime(name, seconds))
    }

    fn is(&self, later: &Directive<'_>) -> bool {
        match (self, later) {
            (Directive::Lifetime(name, seconds), Directive::Lifetime(later_name, later_seconds)) => {
                name.eq_ignore_ascii_case(later_name) && later_seconds <= seconds
            }
            (Directive::Other(text), Directive::Other(later_text)) => text == later_text,
            _ => false,
        }
    }
}

/// A number of seconds for which the answer may be used without asking (RFC 9111 § 5.2.2.1, § 5.2.2.10).
fn lifetime(text: &[u8]) -> Option<(&[u8], u64)> {
    let (name, value) = text.split_at_checked(text.iter().position(|octet| *octet == b'=')?)?;
    let is_lifetime = [&b"max-age"[..], b"s-maxage"].iter().any(|lifetime| name.eq_ignore_ascii_case(lifetime));
    let seconds = str::from_utf8(value.strip_prefix(b"=")?).ok()?.parse().ok()?;
    is_lifetime.then_some((name, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lifetime_may_be_another_and_only_a_shorter_one() {
        #[rustfmt::skip]
        let table: [(&[&str], &[&str], bool); 13] = [
            // the earlier answer, the later one, the same
            (&["no-cache"],                          &["no-cache"],                         true),
            (&["max-age=60, s-maxage=90"],           &["max-age=59, s-maxage=0"],           true),
            (&["private", "Max-Age=60"],             &["private", "max-age=60"],            true),
            (&["private=\"a, b\",max-age=1"],        &["private=\"a, b\", max-age=1"],      true),
            (&[],                                    &[],                                   true),
            (&["max-age=60"],                        &["max-age=61"],                       false),
            (&["max-age=60"],                        &["s-maxage=60"],                      false),
            (&["max-age=60"],                        &["max-age"],                          false),
            (&["max-age=60, private"],               &["max-age=60"],                       false),
            (&["max-age=60", "private"],             &["max-age=60, private"],              false),
            (&["private=\"a, b\""],                  &["private=\"a, c\""],                 false),
            (&["stale-while-revalidate=60"],         &["stale-while-revalidate=59"],        false),
            (&["no-cache"],                          &[],                                   false),
        ];
        for (earlier, later, same) in table {
            let lines = |lines: &[&'static str]| -> Vec<&[u8]> { lines.iter().map(|line| line.as_bytes()).collect() };
            assert_eq!(is_same(&lines(earlier), &lines(later)), same, "{earlier:?}, {later:?}");
        }
    }
}
