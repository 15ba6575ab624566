//! Which responses are left as they are.

use axum::response::Response;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, ETAG, TRAILER};
use http_body::Body as _;

/// How many octets the content has, or `None` if the response is to be left alone.
pub(super) fn size_of_content(response: &Response, limit: u64) -> Option<u64> {
    if response.status() != StatusCode::OK {
        return None;
    }
    // An empty body to HEAD is not the content. To GET it is, and is left alone so that both are treated alike.
    let size = response.body().size_hint().exact().filter(|size| (1..=limit).contains(size))?;
    // One pass: a response has few fields, and hardly any of these.
    let is_taken = response.headers().iter().all(|(name, line)| {
        if *name == CACHE_CONTROL {
            !forbids_storing(line.as_bytes())
        } else if *name == CONTENT_LENGTH {
            // The body of a HEAD may be another than the content.
            line.to_str().is_ok_and(|length| length.parse() == Ok(size))
        } else {
            *name != ETAG && *name != CONTENT_RANGE && *name != TRAILER
        }
    });
    is_taken.then_some(size)
}

/// Whether a line of `Cache-Control` has `no-store`. One that stands in a quoted string counts too: it is the safe side.
fn forbids_storing(line: &[u8]) -> bool {
    line.split(|&octet| octet == b',' || octet == b'"')
        .filter_map(|directive| directive.split(|&octet| octet == b'=').next())
        .any(|name| name.trim_ascii().eq_ignore_ascii_case(b"no-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_store_is_found_anywhere_and_in_any_case() {
        #[rustfmt::skip]
        let table = [
            ("",                            false),
            ("no-cache",                    false),
            ("no-store",                    true),
            ("No-Store",                    true),
            ("private, max-age=0 ,no-store ", true),
            ("no-store=\"set-cookie\"",     true),
            ("private=\"no-store\"",        true),
            ("no-storeroom, not-no-store",  false),
            ("max-age=no-store",            false),
        ];
        for (line, expected) in table {
            assert_eq!(forbids_storing(line.as_bytes()), expected, "{line}");
        }
    }
}
