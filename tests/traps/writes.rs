//! Writes that go through when they must not: what decides them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etag_runtime::{Current, Decision, HttpDate, Preconditions, Validators};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::request::{DATE, EARLIER, LATER, dated, decide, request, tagged};

/// Every method that may change something, known or not.
fn unsafe_methods() -> [Method; 5] {
    [Method::PUT, Method::PATCH, Method::POST, Method::DELETE, Method::from_bytes(b"MOVE").unwrap()]
}

/// That `If-Match` with this value, which is no list of tags, refuses every write to `"v1"`.
fn assert_refused(if_match: &[u8]) {
    for method in unsafe_methods() {
        let decision = decide(&method, "If-Match", if_match, &tagged(b"\"v1\""));
        assert_eq!(decision, Decision::PreconditionFailed, "{method} with {}", String::from_utf8_lossy(if_match));
    }
}

#[test]
fn an_unquoted_if_match_fails_a_write() {
    assert_refused(b"v1");
    assert_refused(b"W/v1");
    assert_refused(b"'v1'");
}

#[test]
fn an_unterminated_if_match_fails_a_write() {
    assert_refused(b"\"v1");
    assert_refused(b"v1\"");
    assert_refused(b"\"");
}

#[test]
fn a_wildcard_among_other_members_is_none() {
    assert_refused(b"*, \"v2\"");
    assert_refused(b"\"v2\", *");
    assert_refused(b"*, *");
    assert_refused(b"*,");
    assert_refused(b"**");
    assert_refused(b"\"*\"");
}

#[test]
fn an_empty_if_match_fails_a_write() {
    assert_refused(b"");
    assert_refused(b" , ,");
}

#[test]
fn octets_beyond_ascii_are_compared_as_they_are() {
    let current = tagged(b"\"caf\xe9\"");
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"caf\xe9\"", &current), Decision::Proceed);
    assert_eq!(decide(&Method::PUT, "If-Match", "\"café\"".as_bytes(), &current), Decision::PreconditionFailed);
    assert_refused(b"\"v1\xe9\"");
    assert_refused(b"\xff");
}

#[test]
fn an_unusable_if_none_match_fails_a_write() {
    for method in unsafe_methods() {
        for value in [&b"v2"[..], b"\"v2", b"*, \"v2\"", b"\"v2\", *", b"\"v 2\""] {
            let request = request(&method, &[("If-None-Match", value)]);
            assert_eq!(request.evaluate(Current::Present(&tagged(b"\"v1\""))), Decision::PreconditionFailed);
            assert_eq!(request.evaluate(Current::Absent), Decision::PreconditionFailed);
        }
    }
}

#[test]
fn if_match_compares_strongly() {
    assert_eq!(decide(&Method::PUT, "If-Match", b"W/\"v1\"", &tagged(b"\"v1\"")), Decision::PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"v1\"", &tagged(b"W/\"v1\"")), Decision::PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"W/\"v1\"", &tagged(b"W/\"v1\"")), Decision::PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"v1\"", &tagged(b"\"v1\"")), Decision::Proceed);
}

#[test]
fn if_none_match_compares_weakly_also_on_a_write() {
    for sent in [&b"\"v1\""[..], b"W/\"v1\""] {
        for current in [tagged(b"\"v1\""), tagged(b"W/\"v1\"")] {
            assert_eq!(decide(&Method::PUT, "If-None-Match", sent, &current), Decision::PreconditionFailed);
        }
    }
}

#[test]
fn a_representation_without_a_tag_is_a_representation() {
    let without = Validators::new();
    assert_eq!(decide(&Method::PUT, "If-Match", b"*", &without), Decision::Proceed);
    assert_eq!(decide(&Method::PUT, "If-None-Match", b"*", &without), Decision::PreconditionFailed);
    assert_eq!(decide(&Method::GET, "If-None-Match", b"*", &without), Decision::NotModified);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"v1\"", &without), Decision::PreconditionFailed);
}

#[test]
fn the_absence_of_a_representation_is_a_state_of_its_own() {
    let absent = |name, value: &[u8]| request(&Method::PUT, &[(name, value)]).evaluate(Current::Absent);
    assert_eq!(absent("If-Match", b"*"), Decision::PreconditionFailed);
    assert_eq!(absent("If-Match", b"\"v1\""), Decision::PreconditionFailed);
    assert_eq!(absent("If-None-Match", b"*"), Decision::Proceed);
    assert_eq!(absent("If-None-Match", b"\"v1\""), Decision::Proceed);
}

#[test]
fn a_date_before_1970_guards_a_write() {
    let guard = |date: &str| decide(&Method::PUT, "If-Unmodified-Since", date.as_bytes(), &dated(DATE));
    assert_eq!(guard("Fri, 01 Jan 1960 00:00:00 GMT"), Decision::PreconditionFailed);
    assert_eq!(guard("Friday, 01-Jan-77 00:00:00 GMT"), Decision::PreconditionFailed);
    assert_eq!(guard("Fri Jan  1 00:00:00 1960"), Decision::PreconditionFailed);
    let old = dated("Fri, 01 Jan 1960 00:00:00 GMT");
    let later = b"Fri, 01 Jan 1960 00:00:01 GMT";
    assert_eq!(decide(&Method::PUT, "If-Unmodified-Since", later, &old), Decision::Proceed);
}

/// In this century as long as that is not more than 50 years ahead: until 2073, by the clock.
#[test]
fn the_clock_says_of_which_century_a_year_is() {
    let mut headers = HeaderMap::new();
    headers.insert("if-unmodified-since", HeaderValue::from_static("Sunday, 01-Jan-23 00:00:00 GMT"));
    let preconditions = Preconditions::new(&Method::PUT, &headers);
    let decide = |date: &str| preconditions.evaluate(Current::Present(&dated(date)));
    assert_eq!(decide("Sun, 01 Jan 2023 00:00:00 GMT"), Decision::Proceed);
    assert_eq!(decide("Sun, 01 Jan 2023 00:00:01 GMT"), Decision::PreconditionFailed);
}

#[test]
fn a_date_with_a_wrong_weekday_guards_a_write() {
    let guard = |date: &str| decide(&Method::PUT, "If-Unmodified-Since", date.as_bytes(), &dated(DATE));
    assert_eq!(guard("Mon, 25 Jun 2014 17:12:17 GMT"), Decision::PreconditionFailed);
    assert_eq!(guard("Mon, 25 Jun 2014 17:12:18 GMT"), Decision::Proceed);
}

#[test]
fn a_fraction_of_a_second_refuses_no_write() {
    let instant: SystemTime = UNIX_EPOCH + Duration::from_millis(1_403_716_338_999);
    let current = Validators::new().with_last_modified(HttpDate::try_from(instant).unwrap());
    assert_eq!(decide(&Method::PUT, "If-Unmodified-Since", DATE.as_bytes(), &current), Decision::Proceed);
    assert_eq!(decide(&Method::PUT, "If-Unmodified-Since", LATER.as_bytes(), &current), Decision::Proceed);
    let decision = decide(&Method::PUT, "If-Unmodified-Since", EARLIER.as_bytes(), &current);
    assert_eq!(decision, Decision::PreconditionFailed);
}

#[test]
fn early_and_late_refusals_have_one_status() {
    let early = request(&Method::PUT, &[("If-Match", b"\"v0\"")]).check(Current::Present(&tagged(b"\"v1\"")));
    assert_eq!(early.unwrap_err().status(), StatusCode::PRECONDITION_FAILED);
    // That of the loser of a race is in `permits`.
}
