//! Parts of a representation: what `Range` asks for, and which octets answer it ([RFC 9110 § 14]).
//!
//! ```text
//! Range ────parse──▶ Ranges ─┐
//!                            ├─select─▶ Extent ─▶ 200, 206, 416
//! length of the content ─────┘            └─▶ Multipart
//! ```
//!
//! Pure: nothing here knows a body. Whether `Range` counts at all, which is a matter of the method and of `If-Range`, is decided in
//! `evaluate.rs`.
//!
//! [RFC 9110 § 14]: https://www.rfc-editor.org/rfc/rfc9110.html#section-14

mod multipart;
mod select;

use std::num::NonZeroUsize;
use std::ops::Range;

use http::HeaderValue;
use http_range_header::{SyntacticallyCorrectRange as RangeSpec, parse_range_header_with_max_ranges};

pub(crate) use self::multipart::{Multipart, Segment};
pub(crate) use self::select::Extent;
use crate::field_lines::FieldLines;
use crate::{Preconditions, Validators};

/// More of them in one field, and the field is ignored.
const MOST_RANGES: NonZeroUsize = NonZeroUsize::new(100).expect("it is not zero");

/// The ranges of octets that a request asks for, at least one, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ranges(Vec<RangeSpec>);

impl Preconditions {
    /// What of the representation with these validators the client wants, if not all of it. The validators are those of the variant, where one
    /// was named.
    pub(crate) fn ranges(&self, validators: &Validators) -> Option<Ranges> {
        let range = self.range()?;
        if let Some(if_range) = &range.if_range {
            // All variants have one date.
            let last_modified = validators.last_modified().filter(|_| self.selection().is_none());
            if !self.if_range(if_range, validators.entity_tag(), last_modified) {
                return None;
            }
        }
        Ranges::parse(&range.field)
    }
}

impl Ranges {
    /// `None` if the field is to be ignored: a server must do so with units that it does not know, and may with what is no list of ranges
    /// or asks for too many of them (RFC 9110 § 14.2).
    ///
    /// `Range` holds one `ranges-specifier`, which is no list: two field lines are no field that a client may send (§ 5.3), and what a
    /// proxy has made of them is unknown.
    fn parse(field: &FieldLines) -> Option<Ranges> {
        let text = std::str::from_utf8(field.single()?).ok()?;
        let ranges = parse_range_header_with_max_ranges(text, MOST_RANGES).ok()?;
        // The library's `validate` refuses ranges that overlap, which may as well be one.
        Some(Ranges(ranges.into_ranges()))
    }
}

/// The value of `Content-Range` for these octets, of which there has to be one at least.
pub(crate) fn content_range(part: &Range<u64>, complete_length: u64) -> HeaderValue {
    field_value(format!("bytes {}-{}/{complete_length}", part.start, part.end.saturating_sub(1)))
}

/// The value of `Content-Range` on a `416`.
pub(crate) fn unsatisfied_range(complete_length: u64) -> HeaderValue {
    field_value(format!("bytes */{complete_length}"))
}

fn field_value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).expect("letters, digits and punctuation are a field value")
}

#[cfg(test)]
mod tests {
    use http::header::{IF_RANGE, RANGE};
    use http::{HeaderMap, Method};

    use super::*;
    use crate::{EntityTag, HttpDate, Variant};

    fn preconditions(method: &Method, range: &[&[u8]], if_range: Option<&str>) -> Preconditions {
        let mut headers = HeaderMap::new();
        for line in range {
            headers.append(RANGE, HeaderValue::from_bytes(line).unwrap());
        }
        if let Some(if_range) = if_range {
            headers.append(IF_RANGE, HeaderValue::from_str(if_range).unwrap());
        }
        Preconditions::new(method, &headers)
    }

    fn ranges(lines: &[&[u8]]) -> Option<Vec<RangeSpec>> {
        preconditions(&Method::GET, lines, None).ranges(&Validators::new()).map(|Ranges(ranges)| ranges)
    }

    #[test]
    fn a_field_is_read_as_the_grammar_has_it_or_ignored() {
        use RangeSpec::{FromLast, FromStart, Indexed};
        const MAX: u64 = u64::MAX;
        #[rustfmt::skip]
        let table: [(&str, Option<&[RangeSpec]>); 32] = [
            ("bytes=0-499",                      Some(&[Indexed(0, 499)])),
            ("bytes=500-",                       Some(&[FromStart(500)])),
            ("bytes=-500",                       Some(&[FromLast(500)])),
            ("bytes=0-0,-1",                     Some(&[Indexed(0, 0), FromLast(1)])),
            ("bytes=0-1 ,\t5-6",                 Some(&[Indexed(0, 1), Indexed(5, 6)])),
            ("bytes=,0-1,,5-6,",                 Some(&[Indexed(0, 1), Indexed(5, 6)])),
            ("bytes=5-6,0-1",                    Some(&[Indexed(5, 6), Indexed(0, 1)])),
            ("bytes=0-9,5-14,10-19,15-24",       Some(&[Indexed(0, 9), Indexed(5, 14), Indexed(10, 19), Indexed(15, 24)])),
            ("Bytes=0-1",                        Some(&[Indexed(0, 1)])),
            (" bytes=0-1\t",                     Some(&[Indexed(0, 1)])),
            ("bytes=00000-0001",                 Some(&[Indexed(0, 1)])),
            ("bytes=-0",                         Some(&[FromLast(0)])),
            ("bytes=18446744073709551616-",      Some(&[FromStart(MAX)])),
            ("bytes=0-99999999999999999999999",  Some(&[Indexed(0, MAX)])),
            ("bytes=-99999999999999999999999",   Some(&[FromLast(MAX)])),
            // No grammar has this space, but what it means is clear (§ 2.4).
            ("bytes= 0-1",                       Some(&[Indexed(0, 1)])),
            // More digits than any length has.
            ("bytes=0-9999999999999999999999999999999", None),
            ("items=0-1",                        None),
            ("bytes 0-1",                        None),
            ("bytes =0-1",                       None),
            ("bytes",                            None),
            ("bytes=",                           None),
            ("bytes=,",                          None),
            ("bytes=-",                          None),
            ("bytes=5-4",                        None),
            ("bytes=0 - 1",                      None),
            ("bytes=+0-1",                       None),
            ("bytes=0-1-2",                      None),
            ("bytes=0x0-0x1",                    None),
            // One that is none spoils the field: what else the client meant is unknown.
            ("bytes=0-1,x",                      None),
            ("bytes=0-1,5-4",                    None),
            ("",                                 None),
        ];
        for (field, expected) in table {
            assert_eq!(ranges(&[field.as_bytes()]).as_deref(), expected, "{field:?}");
        }
        assert_eq!(ranges(&[b"bytes=0-1\xff"]), None);
        assert_eq!(ranges(&[b"bytes=0-1", b"bytes=5-6"]), None, "two lines");
        assert_eq!(ranges(&[b"bytes=0-1", b"5-6"]), None, "two lines that would make a list");
    }

    #[test]
    fn more_ranges_than_any_client_needs_are_ignored() {
        let field = |count: usize| format!("bytes={}", vec!["0-0"; count].join(","));
        assert_eq!(ranges(&[field(100).as_bytes()]).map(|ranges| ranges.len()), Some(100));
        assert_eq!(ranges(&[field(101).as_bytes()]), None);
        assert_eq!(ranges(&[field(20_000).as_bytes()]), None);
    }

    #[test]
    fn only_get_has_ranges() {
        for method in [Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(preconditions(&method, &[b"bytes=0-1"], None).ranges(&Validators::new()), None, "{method}");
        }
    }

    /// What `If-Range` says is decided by `range_applies`, also for the validators of a variant.
    #[test]
    fn if_range_decides_whether_there_is_a_part() {
        let date = |seconds| HttpDate::from_unix_seconds(seconds).unwrap();
        let strong = Validators::new().with_entity_tag(EntityTag::strong("a")).with_last_modified(date(784_111_777));
        let weak = Validators::new().with_entity_tag(EntityTag::weak("a"));
        let in_a_second = "Sun, 06 Nov 1994 08:49:38 GMT";
        #[rustfmt::skip]
        let table = [
            ("\"a\"",                          &strong, true),
            ("\"b\"",                          &strong, false),
            ("W/\"a\"",                        &strong, false),
            ("\"a\"",                          &weak,   false),
            ("W/\"a\"",                        &weak,   false),
            ("\"a\"",                          &Validators::new(), false),
            ("\"a\", \"b\"",                   &strong, false),
            ("*",                              &strong, false),
            ("",                               &strong, false),
            ("Sun, 06 Nov 1994 08:49:37 GMT",  &strong, true),
            ("Sunday, 06-Nov-94 08:49:37 GMT", &strong, true),
            (in_a_second,                      &strong, false),
            ("Sun, 06 Nov 1994 08:49:37 GMT",  &weak,   false),
        ];
        for (if_range, validators, applies) in table {
            let preconditions = preconditions(&Method::GET, &[b"bytes=0-1"], Some(if_range));
            assert_eq!(preconditions.ranges(validators).is_some(), applies, "{if_range} and {validators:?}");
            assert_eq!(preconditions.range_applies(crate::Current::Present(validators)), applies, "{if_range}");
        }
        let dated = preconditions(&Method::GET, &[b"bytes=0-1"], Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(dated.with_variant(Variant::new("view", "2")).ranges(&strong), None);
    }
}
