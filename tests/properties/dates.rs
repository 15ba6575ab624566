//! Dates.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etag_runtime::HttpDate;
use proptest::prelude::*;

use crate::strategies::cases;

/// Every second that has an HTTP-date: the years 0000 to 9999.
fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![-62_167_219_200..=253_402_300_799_i64, -100_000..100_000_i64]
}

/// The other two formats, from the one that is written.
fn old_formats(imf: &str) -> [String; 2] {
    let [weekday, day, month, year, time] = [&imf[..3], &imf[5..7], &imf[8..11], &imf[12..16], &imf[17..25]];
    let long = match weekday {
        "Tue" => "Tuesday".into(),
        "Wed" => "Wednesday".into(),
        "Thu" => "Thursday".into(),
        "Sat" => "Saturday".into(),
        other => format!("{other}day"),
    };
    let day_without_zero = day.strip_prefix('0').map_or(day.into(), |day| format!(" {day}"));
    let short_year = &year[2..];
    [
        format!("{long}, {day}-{month}-{short_year} {time} GMT"),
        format!("{weekday} {month} {day_without_zero} {time} {year}"),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_written_is_read_again(seconds in seconds()) {
        let date = HttpDate::from_unix_seconds(seconds).unwrap();
        let text = date.to_string();
        prop_assert_eq!(text.len(), 29);
        prop_assert_eq!(HttpDate::parse(text.as_bytes(), UNIX_EPOCH), Some(date));
        prop_assert_eq!(date.unix_seconds(), seconds);
    }

    #[test]
    fn all_formats_name_the_same_instant(seconds in seconds()) {
        let date = HttpDate::from_unix_seconds(seconds).unwrap();
        let [rfc850, asctime] = old_formats(&date.to_string());
        prop_assert_eq!(HttpDate::parse(asctime.as_bytes(), UNIX_EPOCH), Some(date), "{}", asctime);
        // In the year of the date itself, two digits name it.
        if let Ok(after) = u64::try_from(seconds) {
            let now = UNIX_EPOCH + Duration::from_secs(after);
            prop_assert_eq!(HttpDate::parse(rfc850.as_bytes(), now), Some(date), "{}", rfc850);
        }
    }

    /// The rule of RFC 9110 § 5.6.7: never more than fifty years ahead, and of two centuries the later one.
    #[test]
    fn two_digits_name_the_latest_year_that_is_not_too_far_ahead(seconds in 0..4_102_444_800_i64, now in 0..4_102_444_800_u64) {
        let [rfc850, _] = old_formats(&HttpDate::from_unix_seconds(seconds).unwrap().to_string());
        let Some(date) = HttpDate::parse(rfc850.as_bytes(), UNIX_EPOCH + Duration::from_secs(now)) else {
            // 29 February exists in one of the two centuries only.
            prop_assert!(rfc850.contains("29-Feb"));
            return Ok(());
        };
        let years = (date.unix_seconds() - i64::try_from(now).unwrap()) / 31_556_952;
        prop_assert!((-50..=50).contains(&years), "{} is {} years ahead", date, years);
        prop_assert_eq!((date.unix_seconds() - seconds).rem_euclid(86_400), 0);
    }

    #[test]
    fn order_is_that_of_time(left in seconds(), right in seconds()) {
        let date = |seconds| HttpDate::from_unix_seconds(seconds).unwrap();
        prop_assert_eq!(date(left).cmp(&date(right)), left.cmp(&right));
    }

    #[test]
    fn any_instant_is_a_date_or_an_error(after in any::<bool>(), seconds in 0..u64::MAX / 4, nanos in 0..1_000_000_000_u32) {
        let distance = Duration::new(seconds, nanos);
        let instant = if after { UNIX_EPOCH.checked_add(distance) } else { UNIX_EPOCH.checked_sub(distance) };
        if let Some(Ok(date)) = instant.map(HttpDate::try_from) {
            let begin = i128::from(date.unix_seconds()) * 1_000_000_000;
            let instant = i128::try_from(distance.as_nanos()).unwrap() * if after { 1 } else { -1 };
            prop_assert!((begin..begin + 1_000_000_000).contains(&instant));
        }
    }

    #[test]
    fn no_octets_panic(octets in any::<Vec<u8>>(), seconds in seconds(), cut in 0..29_usize, octet in any::<u8>()) {
        _ = HttpDate::parse(&octets, SystemTime::now());
        let mut text = HttpDate::from_unix_seconds(seconds).unwrap().to_string().into_bytes();
        prop_assert_eq!(HttpDate::parse(&text[..cut], UNIX_EPOCH), None);
        text[cut] = octet;
        _ = HttpDate::parse(&text, UNIX_EPOCH);
    }
}
