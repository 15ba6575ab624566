//! `HTTP-date` in its three forms.
//!
//! The input is a date, and after an LF perhaps the time at which it is read, in seconds since 1970.

#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use etag_runtime::HttpDate;
use libfuzzer_sys::fuzz_target;

/// 2026-11-06T08:49:37Z.
const NOW: u64 = 1_793_954_977;
/// The last second that an HTTP-date can name.
const LAST: u64 = 253_402_300_799;

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(2, |octet| *octet == b'\n');
    let octets = lines.next().unwrap_or_default();
    let now = lines.next().and_then(|line| std::str::from_utf8(line).ok()?.parse().ok()).unwrap_or(NOW);

    // Whatever the clock says, there is an answer.
    let of_clock = UNIX_EPOCH.checked_add(Duration::from_secs(now)).unwrap_or(UNIX_EPOCH);
    let seen = HttpDate::parse(octets, of_clock);
    if now <= LAST {
        let expected = etag_oracle::read_date(octets, now.cast_signed());
        assert_eq!(seen.map(HttpDate::unix_seconds), expected, "{} at {now}", octets.escape_ascii());
    }

    if let Some(date) = seen {
        let printed = date.to_string();
        assert_eq!(HttpDate::parse(printed.as_bytes(), UNIX_EPOCH), Some(date), "what is printed is read again");
        assert_eq!(HttpDate::from_unix_seconds(date.unix_seconds()), Some(date));
    }
});
