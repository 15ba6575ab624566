//! `multipart/byteranges`: several parts in one content ([RFC 9110 § 14.6]).
//!
//! [RFC 9110 § 14.6]: https://www.rfc-editor.org/rfc/rfc9110.html#section-14.6

use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

use super::{content_range, field_value};
use crate::base64url;

/// The parts of a representation with what stands between them.
#[derive(Debug)]
pub(crate) struct Multipart {
    /// The value of `Content-Type`.
    pub(crate) content_type: HeaderValue,
    /// The content, in its order.
    pub(crate) segments: Vec<Segment>,
}

/// A piece of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// These octets.
    Octets(Bytes),
    /// Octets of the representation.
    Part(Range<u64>),
}

impl Multipart {
    /// These parts of a representation of this length and media type.
    pub(crate) fn new(parts: Vec<Range<u64>>, complete_length: u64, media_type: &HeaderValue) -> Multipart {
        Multipart::with_boundary(&boundary(), parts, complete_length, media_type)
    }

    /// What a part costs at most besides its own octets.
    pub(crate) fn overhead(complete_length: u64, media_type: &HeaderValue) -> u64 {
        // No part of it has more digits.
        let last = complete_length.saturating_sub(1)..complete_length;
        let alone = Multipart::with_boundary(&boundary(), vec![last.clone()], complete_length, media_type);
        alone.segments.iter().filter(|segment| **segment != Segment::Part(last.clone())).map(Segment::len).sum()
    }

    fn with_boundary(
        boundary: &str,
        parts: Vec<Range<u64>>,
        complete_length: u64,
        media_type: &HeaderValue,
    ) -> Multipart {
        let mut segments = Vec::with_capacity(2 * parts.len() + 1);
        let mut delimiter = format!("--{boundary}\r\nContent-Type: ").into_bytes();
        for part in parts {
            let mut head = delimiter;
            head.extend_from_slice(media_type.as_bytes());
            head.extend_from_slice(b"\r\nContent-Range: ");
            head.extend_from_slice(content_range(&part, complete_length).as_bytes());
            head.extend_from_slice(b"\r\n\r\n");
            segments.extend([Segment::Octets(head.into()), Segment::Part(part)]);
            delimiter = format!("\r\n--{boundary}\r\nContent-Type: ").into_bytes();
        }
        segments.push(Segment::Octets(format!("\r\n--{boundary}--\r\n").into()));
        // What base64url is made of needs no quotes (RFC 9110 § 5.6.2).
        let content_type = field_value(format!("multipart/byteranges; boundary={boundary}"));
        Multipart { content_type, segments }
    }
}

impl Segment {
    /// How many octets it has.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Segment::Octets(octets) => octets.len() as u64,
            Segment::Part(part) => part.end - part.start,
        }
    }
}

/// Stands in no content by chance, nor by intent: 128 bits that nobody can know beforehand, who has made the content.
///
/// The keys of a `RandomState` come from the system, and are others in each.
fn boundary() -> String {
    let state = RandomState::new();
    let bits = u128::from(state.hash_one(0)) << 64 | u128::from(state.hash_one(1));
    base64url::encode::<22>(bits).map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn parts_are_delimited_as_rfc_2046_has_it() {
        let csv = HeaderValue::from_static("text/csv");
        let multipart = Multipart::with_boundary("SEPARATOR", vec![500..1000, 7000..8000], 8000, &csv);
        assert_eq!(multipart.content_type, "multipart/byteranges; boundary=SEPARATOR");
        let head = "--SEPARATOR\r\nContent-Type: text/csv\r\nContent-Range: bytes";
        let expected = [
            Segment::Octets(format!("{head} 500-999/8000\r\n\r\n").into()),
            Segment::Part(500..1000),
            Segment::Octets(format!("\r\n{head} 7000-7999/8000\r\n\r\n").into()),
            Segment::Part(7000..8000),
            Segment::Octets("\r\n--SEPARATOR--\r\n".into()),
        ];
        assert_eq!(multipart.segments, expected);
    }

    #[test]
    fn no_two_boundaries_are_the_same() {
        let boundaries: HashSet<String> = (0..1000).map(|_| boundary()).collect();
        assert_eq!(boundaries.len(), 1000);
        assert!(boundaries.iter().all(|boundary| boundary.len() == 22));
    }
}
