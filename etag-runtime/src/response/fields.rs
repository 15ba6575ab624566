//! The fields of a response: which a `304` keeps, and how those of the handler join those of what was rendered.

use std::fmt::Write as _;

use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, EXPIRES,
    HeaderName, LAST_MODIFIED, LINK, SET_COOKIE, TRAILER, TRANSFER_ENCODING, VARY,
};
use http::{HeaderMap, HeaderValue};

use crate::vary;

/// With everything encoded that is not in the grammar of RFC 3986 § 2.
pub(super) fn uri_reference(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut reference, octet| {
        if octet.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&octet) {
            reference.push(octet.into());
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(reference, "%{octet:02X}");
        }
        reference
    })
}

/// A cache asks before it serves what it has.
pub(super) const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// Fields that describe the content of a `200`, and have no place in a `304` (RFC 9110 § 15.4.5).
pub(super) const OF_THE_CONTENT: [HeaderName; 8] = [
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    LAST_MODIFIED,
    TRAILER,
    TRANSFER_ENCODING,
];

/// Adds these lines to those that were rendered: lists grow, any other field is replaced.
pub(super) fn add(headers: &mut HeaderMap, more: &HeaderMap) {
    for name in more.keys().filter(|name| ![CACHE_CONTROL, LINK, SET_COOKIE, VARY].contains(name)) {
        headers.remove(name);
    }
    for (name, value) in more {
        if *name == VARY {
            vary::add(headers, value);
        } else {
            headers.append(name, value.clone());
        }
    }
}

/// Without it, and without `Expires`, a cache may serve a response with `Last-Modified` for hours without asking (RFC 9111 § 4.2.2).
pub(super) fn set_cache_control(headers: &mut HeaderMap) {
    // There are few fields: to look at each of them takes less than to hash two names.
    if !headers.keys().any(|name| *name == CACHE_CONTROL || *name == EXPIRES) {
        headers.insert(CACHE_CONTROL, NO_CACHE);
    }
}
