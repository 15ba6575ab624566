//! Spliced downloads: `Range` that is honoured although `If-Range` does not hold.

use std::time::{Duration, UNIX_EPOCH};

use etag_runtime::{Current, HttpDate, Validators};
use http::Method;

use crate::request::{DATE, EARLIER, LATER, dated, request, tagged};

/// Whether a GET with `Range` and this `If-Range` is answered with a part.
fn applies(if_range: &[u8], current: &Validators) -> bool {
    let lines = [("Range", &b"bytes=0-4"[..]), ("If-Range", if_range)];
    request(&Method::GET, &lines).range_applies(Current::Present(current))
}

#[test]
fn only_an_exact_strong_match_gives_a_part() {
    assert!(applies(b"\"v1\"", &tagged(b"\"v1\"")));
    for if_range in [&b"\"v2\""[..], b"W/\"v1\"", b"v1", b"\"v1", b"*", b"", b"\"v1\", \"v2\"", b"\"v1\" x"] {
        assert!(!applies(if_range, &tagged(b"\"v1\"")), "{}", String::from_utf8_lossy(if_range));
    }
    assert!(!applies(b"\"v1\"", &tagged(b"W/\"v1\"")));
    assert!(!applies(b"\"v1\"", &Validators::new()));
}

#[test]
fn a_date_gives_a_part_only_if_it_is_exactly_last_modified() {
    assert!(applies(DATE.as_bytes(), &dated(DATE)));
    assert!(!applies(LATER.as_bytes(), &dated(DATE)));
    assert!(!applies(EARLIER.as_bytes(), &dated(DATE)));
    assert!(!applies(DATE.as_bytes(), &tagged(b"\"v1\"")));
    assert!(!applies(b"not a date", &dated(DATE)));
}

#[test]
fn a_date_that_is_still_running_is_no_strong_validator() {
    let now = UNIX_EPOCH + Duration::from_secs(1_403_716_338);
    let lines = [("Range", &b"bytes=0-4"[..]), ("If-Range", DATE.as_bytes())];
    let get = request(&Method::GET, &lines);
    let current = Validators::new().with_last_modified(HttpDate::try_from(now).unwrap());
    assert!(!get.clone().received_at(now).range_applies(Current::Present(&current)));
    assert!(get.received_at(now + Duration::from_secs(1)).range_applies(Current::Present(&current)));
}

#[test]
fn if_range_over_several_lines_gives_no_part() {
    let lines = [("Range", &b"bytes=0-4"[..]), ("If-Range", b"\"v1\""), ("If-Range", b"\"v1\"")];
    assert!(!request(&Method::GET, &lines).range_applies(Current::Present(&tagged(b"\"v1\""))));
}

#[test]
fn a_range_is_for_get_and_for_what_is_there() {
    let lines = [("Range", &b"bytes=0-4"[..])];
    let current = tagged(b"\"v1\"");
    assert!(request(&Method::GET, &lines).range_applies(Current::Present(&current)));
    assert!(!request(&Method::GET, &lines).range_applies(Current::Absent));
    assert!(!request(&Method::GET, &[("If-Range", b"\"v1\"")]).range_applies(Current::Present(&current)));
    for method in [Method::HEAD, Method::PUT, Method::POST] {
        assert!(!request(&method, &lines).range_applies(Current::Present(&current)), "{method}");
    }
}

#[test]
fn a_made_tag_matches_a_range_only_as_a_whole() {
    use etag_runtime::{ETag as _, EntityTag};

    let ours = crate::permits::Page::with(1, 1).etag();
    let other = crate::permits::Page::with(1, 2).etag();
    let current = Validators::new().with_entity_tag(ours.clone());
    let wire = |tag: &EntityTag| tag.to_string().into_bytes();
    assert!(applies(&wire(&ours), &current));
    assert!(!applies(&wire(&other), &current), "the same state in another representation has other octets");
}
