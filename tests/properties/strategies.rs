//! Values to try.

use etag_runtime::{Current, EntityTag, HttpDate, Preconditions, Validators};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use proptest::prelude::*;

/// How often each property is tried: enough to meet every branch, and done within a second.
pub(crate) fn cases() -> ProptestConfig {
    // No file is written for a failure: the failing value is printed, and belongs into a test of its own.
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// An opaque value; short and of few characters, so that two of them are often equal.
pub(crate) fn opaque() -> impl Strategy<Value = Vec<u8>> {
    let few = prop::sample::select(b"ab,*W/.\\\xe9".to_vec());
    let any = any::<u8>().prop_filter("an etagc", |octet| !matches!(octet, 0..=b' ' | b'"' | 0x7f));
    prop_oneof![prop::collection::vec(few, 0..3), prop::collection::vec(any, 0..40)]
}

pub(crate) fn tag() -> impl Strategy<Value = EntityTag> {
    let of = |(weak, opaque): (bool, Vec<u8>)| if weak { EntityTag::weak(opaque) } else { EntityTag::strong(opaque) };
    (any::<bool>(), opaque()).prop_map(of)
}

/// Octets that look like a member of a list, or like the beginning or end of one.
pub(crate) fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&[u8]; 16] = [
        b"\"", b"\"\"", b"\"a\"", b"\"b\"", b"W/\"a\"", b"w/\"a\"", b"a", b"*", b",", b", ", b" ", b"\t", b"W/", b"\\",
        b"\xe9", b"\"a,b\"",
    ];
    let pieces: Vec<_> = pieces.iter().map(|piece| piece.to_vec()).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..8).prop_map(|pieces| pieces.concat())
}

/// Any octets that a field may hold.
pub(crate) fn value() -> impl Strategy<Value = Vec<u8>> {
    let octet = any::<u8>().prop_filter("allowed in a field", |octet| matches!(octet, b'\t' | 32..=126 | 128..));
    prop_oneof![
        4 => fragment(),
        1 => prop::collection::vec(octet, 0..30),
        1 => date().prop_map(|date| date.to_string().into_bytes()),
    ]
}

/// A few dates close to each other.
pub(crate) fn date() -> impl Strategy<Value = HttpDate> {
    (1_403_716_336..1_403_716_340_i64).prop_map(|seconds| HttpDate::from_unix_seconds(seconds).unwrap())
}

pub(crate) fn method() -> impl Strategy<Value = Method> {
    let methods = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "QUERY", "PURGE", "OPTIONS"];
    prop::sample::select(methods.to_vec()).prop_map(|method| Method::from_bytes(method.as_bytes()).unwrap())
}

/// The state of a target; `None` is the absence of a representation.
pub(crate) fn target() -> impl Strategy<Value = Option<Validators>> {
    let validators = (prop::option::of(tag()), prop::option::of(date())).prop_map(|(tag, date)| {
        let validators = tag.map_or_else(Validators::new, |tag| Validators::new().with_entity_tag(tag));
        date.map_or(validators.clone(), |date| validators.with_last_modified(date))
    });
    prop::option::weighted(0.9, validators)
}

pub(crate) fn current(target: Option<&Validators>) -> Current<'_> {
    target.map_or(Current::Absent, Current::Present)
}

/// Field lines with these names.
pub(crate) fn lines(names: &'static [&'static str]) -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    let dates = || date().prop_map(|date| date.to_string().into_bytes());
    let line = prop::sample::select(names).prop_flat_map(move |name| {
        let value = if name.ends_with("Since") { prop_oneof![dates(), value()].boxed() } else { value().boxed() };
        (Just(name), value)
    });
    prop::collection::vec(line, 0..4)
}

pub(crate) fn preconditions(method: &Method, lines: &[(&str, Vec<u8>)]) -> Preconditions {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(value).unwrap());
    }
    Preconditions::new(method, &headers)
}
