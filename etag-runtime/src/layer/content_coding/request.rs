//! What the services within are asked, in terms of representations without codings.

use bytes::Bytes;
use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, Method};

use super::accepted::Accepted;
use super::coding::{Coding, without_codings};
use crate::precondition::Semantics;
use crate::tag_list;
use crate::tag_ref::TagRef;

/// What the response has to know of the request.
#[derive(Debug)]
pub(super) enum Asked {
    /// GET or HEAD, and which tags the client has, if some of them tell of a coding.
    Read(Option<Held>),
    Other,
}

/// The members of `If-None-Match`, as the client has sent them, and those of them that count.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) lines: Vec<HeaderValue>,
    pub(super) accepted: Accepted,
}

impl Asked {
    /// Rewrites the fields for the services within.
    pub(super) fn of(method: &Method, headers: &mut HeaderMap) -> Asked {
        match Semantics::of(method) {
            Semantics::Transfer => Asked::Read(read(headers)),
            Semantics::Ignoring => Asked::Other,
            // QUERY among them, which is refused as a write is if the client has what it would be sent.
            Semantics::Safe | Semantics::Write | Semantics::Post | Semantics::Unsafe => {
                write(headers);
                Asked::Other
            }
        }
    }
}

fn read(headers: &mut HeaderMap) -> Option<Held> {
    let accepted = Accepted::of(headers);
    if headers.contains_key(RANGE) && may_hold_coded(headers, accepted) {
        headers.remove(RANGE);
    }
    // A part is never coded, and does not belong to one that is.
    if !headers.contains_key(RANGE) {
        add_uncoded(headers, &IF_MATCH, accepted);
    }
    if_none_match(headers, accepted)
}

/// A writer may have seen any coding, whatever it accepts now. A condition that lists more fails more often if it is `If-None-Match`, and
/// holds for no other state if it is `If-Match`.
fn write(headers: &mut HeaderMap) {
    add_uncoded(headers, &IF_MATCH, Accepted::ALL);
    add_uncoded(headers, &IF_NONE_MATCH, Accepted::ALL);
}

/// Whether the part that the client has may be one of coded octets, for all that `If-Range` says.
///
/// A tag with the name of a coding says so. A date says nothing, since all codings have the same; but a client that accepts none has begun
/// with none, or it would have taken no notice of `Vary`. That is what browsers ask for with every `Range`.
fn may_hold_coded(headers: &HeaderMap, accepted: Accepted) -> bool {
    lines(headers, &IF_RANGE).any(|line| match TagRef::parse(tag_list::trim(line)) {
        Some(tag) => Coding::at_end_of(tag.opaque).is_some(),
        None => accepted.any_coding(),
    })
}

/// Lists what the services within know of what the client has, and gives back what that is.
fn if_none_match(headers: &mut HeaderMap, accepted: Accepted) -> Option<Held> {
    if !headers.contains_key(IF_NONE_MATCH) || tag_list::is_any(lines(headers, &IF_NONE_MATCH)) {
        return None;
    }
    let mut members = uncoded(headers, &IF_NONE_MATCH, accepted);
    if accepted.identity() && members.is_empty() {
        return None;
    }
    let held = Held { lines: headers.get_all(IF_NONE_MATCH).iter().cloned().collect(), accepted };
    // What the client has without coding is of no use to one that refuses that: it gets the representation once more.
    if accepted.identity() {
        lines(headers, &IF_NONE_MATCH).for_each(|line| add(&mut members, line));
    }
    if members.is_empty() {
        headers.remove(IF_NONE_MATCH);
        // Next to a list of tags the date does not count (§ 13.1.3), and it must not begin to.
        headers.remove(IF_MODIFIED_SINCE);
        return None;
    }
    set(headers, &IF_NONE_MATCH, members);
    Some(held)
}

/// Lists the tags without their codings as well. The others stay: a tag of the handler's own may end as if it had one.
fn add_uncoded(headers: &mut HeaderMap, name: &HeaderName, accepted: Accepted) {
    let mut members = uncoded(headers, name, accepted);
    if !members.is_empty() {
        lines(headers, name).for_each(|line| add(&mut members, line));
        set(headers, name, members);
    }
}

/// The tags of the field that tell of codings that are accepted, without them.
fn uncoded(headers: &HeaderMap, name: &HeaderName, accepted: Accepted) -> Vec<u8> {
    let mut members = Vec::new();
    for tag in lines(headers, name).flat_map(tag_list::members).flatten() {
        for opaque in without_codings(tag.opaque, |coding| accepted.coding(coding)) {
            add(&mut members, if tag.weak { b"W/\"" } else { b"\"" });
            members.extend(opaque);
            members.push(b'"');
        }
    }
    members
}

fn add(members: &mut Vec<u8>, more: &[u8]) {
    if !members.is_empty() {
        members.extend(b", ");
    }
    members.extend(more);
}

/// As one line, since many read only the first. What has been added comes first, so that a member which cannot be read does not take
/// it along.
fn set(headers: &mut HeaderMap, name: &HeaderName, members: Vec<u8>) {
    // It consists of what has been in the field, commas and quotes.
    if let Ok(line) = HeaderValue::from_maybe_shared(Bytes::from(members)) {
        headers.insert(name, line);
    }
}

fn lines<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> {
    headers.get_all(name).into_iter().map(HeaderValue::as_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The field lines, each as `name: value` in Latin-1.
    fn fields(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            let octets: Vec<u8> = value.chars().map(|octet| u8::try_from(octet).unwrap()).collect();
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.append(name, HeaderValue::from_bytes(&octets).unwrap());
        }
        headers
    }

    fn assert_rewritten(method: &Method, lines: &[&str], within: &[&str]) {
        let mut headers = fields(lines);
        let _ = Asked::of(method, &mut headers);
        assert_eq!(headers, fields(within), "{method} {lines:?}");
    }

    /// What the client sends, and what the services within see of it; nothing stands for the same.
    type Row = (&'static [&'static str], &'static [&'static str]);

    #[test]
    fn if_none_match_of_get_and_head() {
        const GZIP: &str = "accept-encoding: gzip";
        const REFUSES: &str = "accept-encoding: gzip, *;q=0";
        #[rustfmt::skip]
        let table: [Row; 22] = [
            // Nothing to do.
            (&[],                                                  &[]),
            (&[GZIP, "if-none-match: \"v7\""],                     &[]),
            (&[GZIP, "if-none-match: *"],                          &[]),
            (&[GZIP, "if-none-match: \"v7-draft\""],               &[]),
            (&[GZIP, "if-none-match: v7-gzip"],                    &[]),
            (&[GZIP, "if-none-match: \"a\"", "if-none-match: \"b\""], &[]),
            (&[GZIP, "if-modified-since: whenever"],               &[]),
            // Not accepted, or not known to be.
            (&["if-none-match: \"v7-gzip\""],                      &[]),
            (&["accept-encoding: br", "if-none-match: \"v7-gzip\""], &[]),
            // One line, with what has been added in front.
            (&[GZIP, "if-none-match: \"v7-gzip\""],                &[GZIP, "if-none-match: \"v7\", \"v7-gzip\""]),
            (&[GZIP, "if-none-match: W/\"v7-gzip\""],              &[GZIP, "if-none-match: W/\"v7\", W/\"v7-gzip\""]),
            (&[GZIP, "if-none-match: \"a\", \"b-gzip\",\"c-gzip\" , \"d-br\""],
                                                                   &[GZIP, "if-none-match: \"b\", \"c\", \"a\", \"b-gzip\",\"c-gzip\" , \"d-br\""]),
            (&[GZIP, "if-none-match: \"a\"", "if-none-match: oops", "if-none-match: \"b-gzip\""],
                                                                   &[GZIP, "if-none-match: \"b\", \"a\", oops, \"b-gzip\""]),
            (&["accept-encoding: *", "if-none-match: \"v7-gzip-br\""],
                                                                   &["accept-encoding: *", "if-none-match: \"v7-gzip\", \"v7\", \"v7-gzip-br\""]),
            (&[GZIP, "if-none-match: \"v7-br-gzip\""],             &[GZIP, "if-none-match: \"v7-br\", \"v7-br-gzip\""]),
            // A comma and any octet may belong to a tag, and nothing of it is lost.
            (&[GZIP, "if-none-match: \"a,b\u{e9}-gzip\", \"\u{ff}"],  &[GZIP, "if-none-match: \"a,b\u{e9}\", \"a,b\u{e9}-gzip\", \"\u{ff}"]),
            // Identity is refused.
            (&[REFUSES, "if-none-match: \"v7-gzip\""],             &[REFUSES, "if-none-match: \"v7\""]),
            (&[REFUSES, "if-none-match: \"a\", \"b-gzip\"", "if-none-match: oops"], &[REFUSES, "if-none-match: \"b\""]),
            (&[REFUSES, "if-none-match: \"v7\"", "if-modified-since: whenever"], &[REFUSES]),
            (&[REFUSES, "if-none-match: *", "if-modified-since: whenever"], &[]),
            (&[REFUSES, "if-modified-since: whenever"],            &[]),
            (&["accept-encoding: identity;q=0", "if-none-match: \"v7-gzip\""], &["accept-encoding: identity;q=0"]),
        ];
        for (lines, within) in table {
            let within = if within.is_empty() { lines } else { within };
            assert_rewritten(&Method::GET, lines, within);
            assert_rewritten(&Method::HEAD, lines, within);
        }
    }

    #[test]
    fn parts_are_not_coded() {
        const GZIP: &str = "accept-encoding: gzip";
        const RANGE: &str = "range: bytes=5-";
        #[rustfmt::skip]
        let table: [Row; 13] = [
            (&[GZIP, RANGE],                                       &[]),
            (&[GZIP, RANGE, "if-range: \"v7\""],                   &[]),
            (&[GZIP, RANGE, "if-range: \"v7-gzip\""],              &[GZIP, "if-range: \"v7-gzip\""]),
            (&[RANGE, "if-range: \"v7-gzip\""],                    &["if-range: \"v7-gzip\""]),
            (&[RANGE, "if-range: \"v7-zstd\""],                    &["if-range: \"v7-zstd\""]),
            (&[RANGE, "if-range: W/\"v7-gzip\""],                  &["if-range: W/\"v7-gzip\""]),
            (&[GZIP, RANGE, "if-range: Wed, 25 Jun 2014 17:12:16 GMT"], &[GZIP, "if-range: Wed, 25 Jun 2014 17:12:16 GMT"]),
            (&[RANGE, "if-range: Wed, 25 Jun 2014 17:12:16 GMT"],  &[]),
            (&["accept-encoding: identity", RANGE, "if-range: oops"], &[]),
            (&["if-range: \"v7-gzip\""],                           &[]),
            // If-Match: octets of a coded representation are not joined to others.
            (&[GZIP, "if-match: \"v7-gzip\""],                     &[GZIP, "if-match: \"v7\", \"v7-gzip\""]),
            (&[GZIP, RANGE, "if-match: \"v7-gzip\""],              &[]),
            (&["if-match: \"v7-gzip\""],                           &[]),
        ];
        for (lines, within) in table {
            assert_rewritten(&Method::GET, lines, if within.is_empty() { lines } else { within });
        }
    }

    #[test]
    fn a_writer_may_have_seen_any_coding() {
        #[rustfmt::skip]
        let table: [Row; 8] = [
            (&["if-match: \"v7\""],                                &[]),
            (&["if-match: *"],                                     &[]),
            (&["if-match: \"v7-draft\""],                          &[]),
            (&["if-match: \"v7-gzip\""],                           &["if-match: \"v7\", \"v7-gzip\""]),
            (&["accept-encoding: br", "if-match: \"a\"", "if-match: W/\"b-gzip\"", "if-match: oops"],
                                                                   &["accept-encoding: br", "if-match: W/\"b\", \"a\", W/\"b-gzip\", oops"]),
            (&["if-none-match: \"v7-br\""],                        &["if-none-match: \"v7\", \"v7-br\""]),
            (&["accept-encoding: identity;q=0", "if-none-match: \"v7\""], &[]),
            (&["range: bytes=5-", "if-range: \"v7-gzip\""],        &[]),
        ];
        for (lines, within) in table {
            for method in ["PUT", "POST", "PATCH", "DELETE", "QUERY", "PURGE"] {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                assert_rewritten(&method, lines, if within.is_empty() { lines } else { within });
            }
            for method in [Method::OPTIONS, Method::TRACE, Method::CONNECT] {
                assert_rewritten(&method, lines, lines);
            }
        }
    }
}
