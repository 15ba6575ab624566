//! As much of `Range` (RFC 9110 § 14) as a server needs to answer one range of octets.

use std::ops::Range;

/// What a `Range` field selects from a representation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Selected {
    /// The field is ignored: an unknown unit, several ranges, or no grammar at all.
    Whole,
    Part(Range<usize>),
    Unsatisfiable,
}

pub(crate) fn select(field: &str, length: usize) -> Selected {
    let Some((first, last)) = field.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Selected::Whole;
    };
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
        (Ok(first), Err(_)) if last.is_empty() => (first, length.saturating_sub(1)),
        (Err(_), Ok(suffix)) if first.is_empty() => (length.saturating_sub(suffix), length.saturating_sub(1)),
        _ => return Selected::Whole,
    };
    if first < length { Selected::Part(first..last + 1) } else { Selected::Unsatisfiable }
}
