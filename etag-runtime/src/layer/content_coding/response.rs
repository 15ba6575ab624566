//! What the client is answered, in terms of representations with their codings.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::coding::{Coding, without_codings};
use super::request::{Asked, Held};
use crate::tag_ref::TagRef;
use crate::{tag_list, vary};

impl Asked {
    /// Rewrites the fields for the client.
    pub(super) fn answer(&self, status: StatusCode, headers: &mut HeaderMap) {
        if status.is_success() {
            name_codings(headers);
        } else if status == StatusCode::NOT_MODIFIED {
            // It is about what the client has, whatever a layer says that codes a content that is not there.
            headers.remove(CONTENT_ENCODING);
            if let Asked::Read(Some(held)) = self {
                held.name(headers);
            }
        } else {
            // The tag of a refusal is that of the representation, and not of the document that says so.
            return;
        }
        if let Asked::Read(_) = self {
            vary::add_field(headers, &ACCEPT_ENCODING);
        }
    }
}

impl Held {
    /// Puts the tag that the client has into a `304` about one that it may have without its codings: a cache looks for
    /// what it has stored under the tag that it gets (RFC 9111 § 4.3.4).
    fn name(&self, headers: &mut HeaderMap) {
        let Some(current) = headers.get(ETAG).and_then(|tag| TagRef::parse(tag.as_bytes())) else { return };
        let members = self.lines.iter().flat_map(|line| tag_list::members(line.as_bytes())).flatten();
        let is_current = |opaque: &[u8]| opaque == current.opaque;
        for held in members {
            if is_current(held.opaque) && self.accepted.identity() {
                return;
            }
            if without_codings(held.opaque, |coding| self.accepted.coding(coding)).any(is_current) {
                let tag = TagRef { weak: current.weak, ..held }.to_owned();
                headers.insert(ETAG, tag.into());
                return;
            }
        }
    }
}

/// Appends the codings of the content to the opaque value of its tag: § 7 of `docs/wire-format.md`.
fn name_codings(headers: &mut HeaderMap) {
    let Some(tag) = headers.get(ETAG).map(HeaderValue::as_bytes).filter(|tag| TagRef::parse(tag).is_some()) else {
        return;
    };
    let mut codings = headers.get_all(CONTENT_ENCODING).into_iter().flat_map(codings).peekable();
    if codings.peek().is_none() {
        return;
    }
    let mut coded = tag[..tag.len() - 1].to_vec();
    for coding in codings {
        coded.push(b'-');
        match Coding::named(coding) {
            Some(coding) => coded.extend(coding.name().as_bytes()),
            None => coding.iter().for_each(|octet| spell(&mut coded, *octet)),
        }
    }
    coded.push(b'"');
    // It consists of a tag, letters and digits.
    if let Ok(coded) = HeaderValue::from_maybe_shared(Bytes::from(coded)) {
        headers.insert(ETAG, coded);
    }
}

/// The members of one line of `Content-Encoding` that are codings. `identity` has no place there, and is none.
fn codings(line: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    let members = line.as_bytes().split(|&octet| octet == b',').map(tag_list::trim);
    members.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(b"identity"))
}

/// Letters and digits stand for themselves. Anything else could not be told from what is around the name.
fn spell(coded: &mut Vec<u8>, octet: u8) {
    if octet.is_ascii_alphanumeric() {
        coded.push(octet.to_ascii_lowercase());
    } else {
        coded.extend(format!("{octet:02x}").bytes());
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use http::header::{ACCEPT_ENCODING, HeaderName, IF_NONE_MATCH, VARY};

    use super::*;

    fn fields(lines: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_success_names_the_codings_of_its_content() {
        #[rustfmt::skip]
        let table: [(&str, &[&'static str], &str); 17] = [
            // tag, lines of Content-Encoding, tag
            ("\"s.r\"",     &[],                    "\"s.r\""),
            ("\"s.r\"",     &["gzip"],              "\"s.r-gzip\""),
            ("W/\"s.r\"",   &["gzip"],              "W/\"s.r-gzip\""),
            ("\"v7\"",      &["br"],                "\"v7-br\""),
            ("\"v7-gzip\"", &["gzip"],              "\"v7-gzip-gzip\""),
            ("\"\"",        &["zstd"],              "\"-zstd\""),
            ("\"v7\"",      &["identity"],          "\"v7\""),
            ("\"v7\"",      &["", " , "],           "\"v7\""),
            ("\"v7\"",      &["X-GZip"],            "\"v7-gzip\""),
            ("\"v7\"",      &["gzip, br"],          "\"v7-gzip-br\""),
            ("\"v7\"",      &["gzip,identity", "br"], "\"v7-gzip-br\""),
            ("\"v7\"",      &["LZ4"],               "\"v7-lz4\""),
            ("\"v7\"",      &["pack200-gzip"],      "\"v7-pack2002dgzip\""),
            ("\"v7\"",      &["*"],                 "\"v7-2a\""),
            // Not a tag.
            ("v7",          &["gzip"],              "v7"),
            ("\"v7",        &["gzip"],              "\"v7"),
            ("",            &["gzip"],              ""),
        ];
        for (tag, codings, expected) in table {
            for asked in [Asked::Read(None), Asked::Other] {
                let mut headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_str(tag).unwrap())]);
                for coding in codings {
                    headers.append(CONTENT_ENCODING, HeaderValue::from_static(coding));
                }
                asked.answer(StatusCode::OK, &mut headers);
                assert_eq!(headers[ETAG], expected, "{tag} {codings:?}");
                assert_eq!(headers.get_all(CONTENT_ENCODING).iter().count(), codings.len(), "{tag} {codings:?}");
            }
        }
        let mut headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_bytes(b"\"\xff\"").unwrap())]);
        headers.append(CONTENT_ENCODING, HeaderValue::from_bytes(b"\xfe").unwrap());
        Asked::Other.answer(StatusCode::OK, &mut headers);
        assert_eq!(headers[ETAG].as_bytes(), b"\"\xff-fe\"");
    }

    #[test]
    fn a_304_names_the_tag_that_the_client_has() {
        #[rustfmt::skip]
        let table = [
            // accepted, If-None-Match, the tag within, the tag
            ("gzip",               "\"v7-gzip\"",              "\"v7\"",      "\"v7-gzip\""),
            ("gzip",               "\"v7\", \"v7-gzip\"",      "\"v7\"",      "\"v7\""),
            ("gzip",               "\"v7-gzip\", \"v7\"",      "\"v7\"",      "\"v7-gzip\""),
            ("gzip, identity;q=0", "\"v7\", \"v7-gzip\"",      "\"v7\"",      "\"v7-gzip\""),
            ("br, gzip",           "\"v6-br\", \"v7-gzip\", \"v7-br\"", "\"v7\"", "\"v7-gzip\""),
            ("br",                 "\"v7-gzip\", \"v7-br\"",   "\"v7\"",      "\"v7-br\""),
            ("br, gzip",           "oops, \"v7-gzip-br\"",     "\"v7\"",      "\"v7-gzip-br\""),
            ("br, gzip",           "\"v7-gzip-br\"",           "\"v7-gzip\"", "\"v7-gzip-br\""),
            // A tag of the handler's own, which may look like that.
            ("gzip",               "\"v7-gzip\"",              "\"v7-gzip\"", "\"v7-gzip\""),
            // As strong as it is, and not as a proxy may have made it.
            ("gzip",               "W/\"v7-gzip\"",            "\"v7\"",      "\"v7-gzip\""),
            ("gzip",               "\"v7-gzip\"",              "W/\"v7\"",    "W/\"v7-gzip\""),
            // Nothing is known of what the client has.
            ("gzip",               "*",                        "\"v7\"",      "\"v7\""),
            ("gzip",               "\"v8-gzip\"",              "\"v7\"",      "\"v7\""),
            ("gzip",               "\"v7-gzip\"",              "v7",          "v7"),
        ];
        for (accepted, held, within, expected) in table {
            let mut request = fields(&[(ACCEPT_ENCODING, accepted), (IF_NONE_MATCH, held)]);
            let asked = Asked::of(&Method::GET, &mut request);
            let mut headers = fields(&[(ETAG, within), (CONTENT_ENCODING, "gzip")]);
            asked.answer(StatusCode::NOT_MODIFIED, &mut headers);
            let expected = fields(&[(ETAG, expected), (VARY, "accept-encoding")]);
            assert_eq!(headers, expected, "{within} to {held} with {accepted}");
        }
    }

    #[test]
    fn vary_is_merged_on_what_a_cache_may_keep() {
        #[rustfmt::skip]
        let table: [(Asked, StatusCode, &[&'static str], &[&str]); 9] = [
            (Asked::Read(None), StatusCode::OK,                  &[],                    &["accept-encoding"]),
            (Asked::Read(None), StatusCode::PARTIAL_CONTENT,     &["accept"],            &["accept", "accept-encoding"]),
            (Asked::Read(None), StatusCode::NOT_MODIFIED,        &["accept", "origin"],  &["accept", "origin", "accept-encoding"]),
            (Asked::Read(None), StatusCode::OK,                  &["a, Accept-Encoding"], &["a, Accept-Encoding"]),
            (Asked::Read(None), StatusCode::OK,                  &["x-accept-encoding"], &["x-accept-encoding", "accept-encoding"]),
            (Asked::Read(None), StatusCode::OK,                  &["*"],                 &["*"]),
            (Asked::Read(None), StatusCode::NOT_FOUND,           &[],                    &[]),
            (Asked::Read(None), StatusCode::PRECONDITION_FAILED, &["accept"],            &["accept"]),
            (Asked::Other,      StatusCode::OK,                  &[],                    &[]),
        ];
        for (asked, status, lines, expected) in table {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(VARY, HeaderValue::from_static(line));
            }
            asked.answer(status, &mut headers);
            assert_eq!(headers.get_all(VARY).iter().collect::<Vec<_>>(), expected, "{asked:?} {status} {lines:?}");
        }
    }

    #[test]
    fn a_refusal_keeps_its_tag() {
        for status in [StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED, StatusCode::NOT_ACCEPTABLE] {
            let mut headers = fields(&[(ETAG, "\"v7\""), (CONTENT_ENCODING, "gzip")]);
            let before = headers.clone();
            Asked::Other.answer(status, &mut headers);
            Asked::Read(None).answer(status, &mut headers);
            assert_eq!(headers, before, "{status}");
        }
    }
}
