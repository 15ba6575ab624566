//! Which octets of a representation are sent, once its length is known.

use std::ops::Range;

use http::HeaderValue;
use http_range_header::SyntacticallyCorrectRange as RangeSpec;

use super::{Multipart, Ranges};

/// The octets that answer a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of them: `200`.
    Whole,
    /// These, of which there is one at least: `206`.
    Part(Range<u64>),
    /// Two parts or more, which neither touch nor are empty: `206`, as `multipart/byteranges`.
    Parts(Vec<Range<u64>>),
    /// There are no such octets: `416`.
    Unsatisfiable,
}

impl Ranges {
    /// The octets that these ranges select of so many, of this media type.
    ///
    /// A range of its own is sent as it was asked for, also if it is everything. Of several, those that cannot be satisfied are left out,
    /// and those that overlap, or lie closer together than a part of its own would cost, are one
    /// (§ 15.3.7.2). So no octet is sent twice, and whatever would take more than the whole representation is the whole.
    pub(crate) fn select(&self, complete_length: u64, media_type: &HeaderValue) -> Extent {
        let satisfiable: Vec<_> = self.0.iter().filter_map(|range| satisfy(*range, complete_length)).collect();
        let several = satisfiable.len() > 1;
        let overhead = if several { Multipart::overhead(complete_length, media_type) } else { 0 };
        let parts = coalesce(satisfiable, overhead);
        match parts.as_slice() {
            [] => Extent::Unsatisfiable,
            // `Content-Range` has no words for a part without octets.
            [part] if part.is_empty() || several && *part == (0..complete_length) => Extent::Whole,
            [part] => Extent::Part(part.clone()),
            _ => {
                let costs = parts.iter().map(|part| (part.end - part.start).saturating_add(overhead));
                if costs.fold(0, u64::saturating_add) < complete_length { Extent::Parts(parts) } else { Extent::Whole }
            }
        }
    }
}

/// The octets of one range, unless there are none (§ 14.1.2).
fn satisfy(range: RangeSpec, complete_length: u64) -> Option<Range<u64>> {
    match range {
        RangeSpec::FromStart(first) => (first < complete_length).then_some(first..complete_length),
        RangeSpec::Indexed(first, last) => {
            (first < complete_length).then(|| first..last.saturating_add(1).min(complete_length))
        }
        // Also of a representation without octets.
        RangeSpec::FromLast(suffix) => (suffix > 0).then(|| complete_length.saturating_sub(suffix)..complete_length),
    }
}

/// Each in the place of the first one that has become a part of it.
fn coalesce(ranges: Vec<Range<u64>>, overhead: u64) -> Vec<Range<u64>> {
    let mut ranges: Vec<(usize, Range<u64>)> = ranges.into_iter().enumerate().collect();
    ranges.sort_by_key(|(_, range)| range.start);
    let mut parts: Vec<(usize, Range<u64>)> = Vec::new();
    for (place, range) in ranges {
        match parts.last_mut() {
            Some((first, part)) if range.start < part.end.saturating_add(overhead) => {
                *first = place.min(*first);
                part.end = range.end.max(part.end);
            }
            _ => parts.push((place, range)),
        }
    }
    parts.sort_by_key(|(place, _)| *place);
    parts.into_iter().map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use RangeSpec::{FromLast, FromStart, Indexed};

    use super::*;

    /// With this media type, a part of 1 000 octets costs 117 more, and one of 12 200 octets 122.
    fn select(ranges: &[RangeSpec], complete_length: u64) -> Extent {
        Ranges(ranges.to_vec()).select(complete_length, &HeaderValue::from_static("text/csv"))
    }

    #[test]
    fn one_range_is_sent_as_it_was_asked_for() {
        const MAX: u64 = u64::MAX;
        #[rustfmt::skip]
        let table = [
            (Indexed(0, 0),            10,  Extent::Part(0..1)),
            (Indexed(3, 5),            10,  Extent::Part(3..6)),
            (Indexed(3, 99),           10,  Extent::Part(3..10)),
            (Indexed(9, 9),            10,  Extent::Part(9..10)),
            (Indexed(0, 9),            10,  Extent::Part(0..10)),
            (Indexed(10, 12),          10,  Extent::Unsatisfiable),
            (FromStart(0),             10,  Extent::Part(0..10)),
            (FromStart(9),             10,  Extent::Part(9..10)),
            (FromStart(10),            10,  Extent::Unsatisfiable),
            (FromLast(1),              10,  Extent::Part(9..10)),
            (FromLast(10),             10,  Extent::Part(0..10)),
            (FromLast(99),             10,  Extent::Part(0..10)),
            (FromLast(0),              10,  Extent::Unsatisfiable),
            (FromStart(0),              0,  Extent::Unsatisfiable),
            (Indexed(0, 0),             0,  Extent::Unsatisfiable),
            (FromLast(1),               0,  Extent::Whole),
            (FromLast(0),               0,  Extent::Unsatisfiable),
            (Indexed(0, MAX),         MAX,  Extent::Part(0..MAX)),
            (FromStart(MAX - 1),      MAX,  Extent::Part(MAX - 1..MAX)),
            (FromStart(MAX),          MAX,  Extent::Unsatisfiable),
            (FromLast(MAX),           MAX,  Extent::Part(0..MAX)),
        ];
        for (range, length, expected) in table {
            assert_eq!(select(&[range], length), expected, "{range:?} of {length}");
        }
    }

    #[test]
    fn several_ranges_are_as_many_parts_as_they_have_to_be() {
        #[rustfmt::skip]
        let table: [(&str, &[RangeSpec], u64, Extent); 16] = [
            ("apart",              &[Indexed(0, 9), Indexed(500, 509)],              1000, Extent::Parts(vec![0..10, 500..510])),
            ("their order",        &[Indexed(500, 509), Indexed(0, 9)],              1000, Extent::Parts(vec![500..510, 0..10])),
            ("the two ends",       &[Indexed(0, 0), FromLast(1)],                    1000, Extent::Parts(vec![0..1, 999..1000])),
            ("overlap",            &[Indexed(0, 9), Indexed(5, 14)],                 1000, Extent::Part(0..15)),
            ("adjacent",           &[Indexed(0, 9), Indexed(10, 14)],                1000, Extent::Part(0..15)),
            ("nearly adjacent",    &[Indexed(0, 9), Indexed(126, 149)],              1000, Extent::Part(0..150)),
            ("not so near",        &[Indexed(0, 9), Indexed(127, 149)],              1000, Extent::Parts(vec![0..10, 127..150])),
            ("one inside",         &[Indexed(0, 99), Indexed(5, 14)],                1000, Extent::Part(0..100)),
            ("place of the first", &[Indexed(900, 909), Indexed(400, 409), Indexed(905, 919)], 1000, Extent::Parts(vec![900..920, 400..410])),
            ("a bridge",           &[Indexed(0, 9), Indexed(400, 409), Indexed(5, 405)], 1000, Extent::Part(0..410)),
            ("one satisfiable",    &[Indexed(0, 9), FromStart(1000), FromLast(0)],   1000, Extent::Part(0..10)),
            ("none satisfiable",   &[FromStart(1000), FromLast(0)],                  1000, Extent::Unsatisfiable),
            ("everything",         &[Indexed(0, 499), FromStart(500)],               1000, Extent::Whole),
            ("no gain",            &[Indexed(0, 399), Indexed(634, 999)],            1000, Extent::Whole),
            ("a gain",             &[Indexed(0, 399), Indexed(635, 999)],            1000, Extent::Parts(vec![0..400, 635..1000])),
            ("nothing to send",    &[FromLast(1), FromLast(2)],                         0, Extent::Whole),
        ];
        for (name, ranges, length, expected) in table {
            assert_eq!(select(ranges, length), expected, "{name}");
        }
    }

    /// CVE-2011-3192: what a request of some hundred octets costs a server that takes it literally.
    #[test]
    fn many_ranges_of_the_same_octets_are_one() {
        let all: Vec<_> = (0..100).map(FromStart).collect();
        assert_eq!(select(&all, 1_000_000), Extent::Whole);
        let tiny: Vec<_> = (0..100).map(|place| Indexed(place * 2, place * 2)).collect();
        assert_eq!(select(&tiny, 1_000_000), Extent::Part(0..199));
        let scattered = |gap: u64| (0..100).map(|place| Indexed(place * gap, place * gap)).collect::<Vec<_>>();
        assert_eq!(select(&scattered(123), 12_200), Extent::Whole);
        assert!(matches!(select(&scattered(1000), 1_000_000), Extent::Parts(parts) if parts.len() == 100));
    }
}
