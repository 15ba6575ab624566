//! The decision once more, written as simply as can be, to be compared with.
//!
//! It reads a field character by character into a vector of members, and RFC 9110 § 13.2.2 from a list of numbered steps.
//! It shares no code with the toolkit, knows only tags without halves, and is told dates as they are.

use etag_runtime::{Decision, Validators};
use http::Method;

/// `Ok` is weak or not, and the opaque value.
type Member = Result<(bool, Vec<u8>), ()>;

/// A conditional request.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a Method,
    pub(crate) lines: &'a [(&'a str, Vec<u8>)],
}

impl Request<'_> {
    pub(crate) fn decide(&self, target: Option<&Validators>) -> Decision {
        if self.method == Method::OPTIONS {
            return Decision::Proceed;
        }
        let reads = self.method == Method::GET || self.method == Method::HEAD;
        let writes = !reads && self.method.as_str() != "QUERY";
        let ours = target.and_then(Validators::entity_tag);
        let (if_match, if_none_match) = (self.values("If-Match"), self.values("If-None-Match"));

        // 1
        if !if_match.is_empty() {
            let matches = if is_wildcard(&if_match) {
                target.is_some()
            } else {
                members(&if_match)
                    .iter()
                    .flatten()
                    .any(|(weak, opaque)| ours.is_some_and(|ours| !weak && !ours.is_weak() && ours.opaque() == opaque))
            };
            if !matches {
                return Decision::PreconditionFailed;
            }
        }
        // 2
        if if_match.is_empty() && self.compare_date("If-Unmodified-Since", target).is_some_and(|date| date < 0) {
            return Decision::PreconditionFailed;
        }
        // 3
        if !if_none_match.is_empty() {
            let members = members(&if_none_match);
            let matches = if is_wildcard(&if_none_match) {
                target.is_some()
            } else {
                let listed =
                    members.iter().flatten().any(|(_, opaque)| ours.is_some_and(|ours| ours.opaque() == opaque));
                listed || (writes && members.contains(&Err(())))
            };
            if matches {
                return if reads { Decision::NotModified } else { Decision::PreconditionFailed };
            }
        }
        // 4
        if reads
            && if_none_match.is_empty()
            && self.compare_date("If-Modified-Since", target).is_some_and(|date| date >= 0)
        {
            return Decision::NotModified;
        }
        Decision::Proceed
    }

    fn values(&self, field: &str) -> Vec<&[u8]> {
        self.lines.iter().filter(|(name, _)| *name == field).map(|(_, value)| &**value).collect()
    }

    /// How the date of a field compares with that of the representation, if there are both: `-1`, `0` or `1`.
    fn compare_date(&self, field: &str, target: Option<&Validators>) -> Option<i8> {
        let [value] = self.values(field)[..] else { return None };
        let ours = target?.last_modified()?.unix_seconds();
        // The dates of the strategies all lie in one minute, and only their seconds differ.
        let seconds = std::str::from_utf8(value).ok()?.strip_prefix("Wed, 25 Jun 2014 17:12:")?.strip_suffix(" GMT")?;
        let theirs = 1_403_716_320 + seconds.parse::<i64>().ok()?;
        Some(i8::try_from((theirs - ours).signum()).unwrap())
    }
}

/// `*`, where the lines are joined by commas.
fn is_wildcard(lines: &[&[u8]]) -> bool {
    lines.join(&b","[..]).trim_ascii() == b"*"
}

/// The members of a list: at every comma, try to read a tag up to the next one.
pub(crate) fn members(lines: &[&[u8]]) -> Vec<Member> {
    let mut found = Vec::new();
    for line in lines {
        let mut at = 0;
        while at < line.len() {
            if matches!(line[at], b' ' | b'\t' | b',') {
                at += 1;
                continue;
            }
            let start = at;
            let weak = line[at..].starts_with(b"W/");
            at += if weak { 2 } else { 0 };
            let mut member = Err(());
            if line.get(at) == Some(&b'"') {
                let open = at;
                at += 1;
                while at < line.len() && line[at] > b' ' && line[at] != b'"' && line[at] != 0x7f {
                    at += 1;
                }
                if line.get(at) == Some(&b'"') {
                    member = Ok((weak, line[open + 1..at].to_vec()));
                    at += 1;
                    while matches!(line.get(at), Some(b' ' | b'\t')) {
                        at += 1;
                    }
                    if !matches!(line.get(at), None | Some(b',')) {
                        member = Err(());
                    }
                }
            }
            if member.is_err() {
                at = start;
                while at < line.len() && line[at] != b',' {
                    at += 1;
                }
            }
            found.push(member);
        }
    }
    found
}
