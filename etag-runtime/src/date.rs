//! HTTP-date: the one place that parses, truncates and prints dates.
//!
//! `httpdate` prints; it reads less than the grammar allows (no year before 1970, no weekday that does not fit, no
//! leap second) and knows no clock for two-digit years, and a date that is not read is a precondition that is not
//! checked. So reading is done here, and printing stays within the years that `httpdate` takes without a panic.

use std::fmt;
use std::io::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;
/// The Gregorian calendar repeats after 400 years, weekdays included.
const CYCLE_YEARS: i64 = 400;
const CYCLE: i64 = 146_097 * DAY;
/// `Sat, 01 Jan 0000 00:00:00 GMT` and `Fri, 31 Dec 9999 23:59:59 GMT`.
const RANGE: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// A date as in `Last-Modified`, in whole seconds, of the years 0000 to 9999 ([RFC 9110 § 5.6.7]).
///
/// # ABNF
///
/// ```text
/// HTTP-date = IMF-fixdate / rfc850-date / asctime-date
/// ```
///
/// # Example values
///
/// * `Sun, 06 Nov 1994 08:49:37 GMT` (the one that is written)
/// * `Sunday, 06-Nov-94 08:49:37 GMT`
/// * `Sun Nov  6 08:49:37 1994`
///
/// # Examples
///
/// ```
/// use std::time::SystemTime;
/// use etag_runtime::HttpDate;
///
/// let date = HttpDate::parse(b"Sunday, 06-Nov-94 08:49:37 GMT", SystemTime::now());
/// assert_eq!(date.map(HttpDate::unix_seconds), Some(784_111_777));
/// assert_eq!(date.unwrap().to_string(), "Sun, 06 Nov 1994 08:49:37 GMT");
/// ```
///
/// [RFC 9110 § 5.6.7]: https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpDate {
    unix_seconds: i64,
}

impl HttpDate {
    /// Parses a date in any of the three formats, strictly but for the name of the weekday, which need not fit.
    ///
    /// `now` settles the century of a two-digit year: a date more than 50 years ahead is in the past. A leap second
    /// is the first second of the next day. `None` if the octets are no HTTP-date.
    #[must_use]
    pub fn parse(octets: &[u8], now: SystemTime) -> Option<HttpDate> {
        let (civil, year) = imf_fixdate(octets).or_else(|| rfc850_date(octets)).or_else(|| asctime_date(octets))?;
        let year = match year {
            Year::Four(year) => year,
            Year::Two(year) => civil.century(year, now),
        };
        // A leap second at the end of 9999, or a century after it, is out of range.
        HttpDate::from_unix_seconds(civil.unix_seconds(year)?)
    }

    /// The date in whole seconds since 1970-01-01T00:00:00Z; `None` outside the years 0000 to 9999.
    #[must_use]
    pub fn from_unix_seconds(unix_seconds: i64) -> Option<HttpDate> {
        RANGE.contains(&unix_seconds).then_some(HttpDate { unix_seconds })
    }

    /// Seconds since 1970-01-01T00:00:00Z, negative before.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.unix_seconds
    }

    /// As `IMF-fixdate`, which is always 29 octets of ASCII.
    pub(crate) fn to_imf_fixdate(self) -> [u8; 29] {
        // Print the same day of a later cycle, then write the year over it.
        let cycles = -(self.unix_seconds.min(0).div_euclid(CYCLE));
        let shifted = (self.unix_seconds + cycles * CYCLE).unsigned_abs();
        let printed = httpdate::HttpDate::from(UNIX_EPOCH + Duration::from_secs(shifted));
        let mut text = *b"Sun, 06 Nov 1994 08:49:37 GMT";
        // The text has the length of what is written, so neither write can fail.
        let _ = write!(&mut text[..], "{printed}");
        if cycles > 0 {
            let year = text[12..16].iter().fold(0, |year, digit| year * 10 + i64::from(digit - b'0'));
            let _ = write!(&mut text[12..16], "{:04}", year - cycles * CYCLE_YEARS);
        }
        text
    }
}

/// As `IMF-fixdate`: `Sun, 06 Nov 1994 08:49:37 GMT`.
impl fmt::Display for HttpDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(&self.to_imf_fixdate()))
    }
}

/// Drops the fraction of a second, towards the past.
impl TryFrom<SystemTime> for HttpDate {
    type Error = HttpDateOutOfRange;

    fn try_from(time: SystemTime) -> Result<HttpDate, HttpDateOutOfRange> {
        HttpDate::from_unix_seconds(unix_seconds(time)).ok_or(HttpDateOutOfRange(()))
    }
}

impl From<HttpDate> for http::HeaderValue {
    fn from(date: HttpDate) -> http::HeaderValue {
        // Letters, digits, spaces, commas and colons.
        http::HeaderValue::from_bytes(&date.to_imf_fixdate()).expect("an HTTP-date is a valid field value")
    }
}

/// The instant lies before the year 0000 or after 9999, and has no HTTP-date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpDateOutOfRange(());

impl fmt::Display for HttpDateOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the year has no four digits, as an HTTP-date needs")
    }
}

impl std::error::Error for HttpDateOutOfRange {}

/// Whole seconds since the epoch, rounded towards the past.
fn unix_seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => {
            let before = before.duration();
            let whole = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
            -whole - i64::from(before.subsec_nanos() > 0)
        }
    }
}

/// A date without its year.
#[derive(Clone, Copy)]
struct Civil {
    /// 1 to 12.
    month: i64,
    /// 1 to 31.
    day: i64,
    /// 0 to 86 400, the last of which is a leap second.
    second: i64,
}

enum Year {
    Four(i64),
    Two(i64),
}

impl Civil {
    /// Seconds since the epoch, unless the month has no such day.
    fn unix_seconds(self, year: i64) -> Option<i64> {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1..=days).contains(&self.day).then(|| self.unix_seconds_unchecked(year))
    }

    /// Counts the years from March, so that the leap day is the last of its year.
    fn unix_seconds_unchecked(self, year: i64) -> i64 {
        let (year, month) = if self.month > 2 { (year, self.month - 3) } else { (year - 1, self.month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + self.day - 1;
        // 1 March 0000 is 719 468 days before the epoch.
        (365 * year + leap_days + day_of_year - 719_468) * DAY + self.second
    }

    /// The latest year that ends in `year` and is not more than 50 years ahead of `now`.
    fn century(self, year: i64, now: SystemTime) -> i64 {
        let now = unix_seconds(now).clamp(*RANGE.start(), *RANGE.end());
        let limit = 1970 + now.div_euclid(CYCLE / CYCLE_YEARS) + 51;
        let year = limit - (limit - year).rem_euclid(100);
        if self.unix_seconds_unchecked(year - 50) > now { year - 100 } else { year }
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn imf_fixdate(octets: &[u8]) -> Option<(Civil, Year)> {
    let (_, rest) = name(octets, DAYS)?;
    let (day, rest) = digits(rest.strip_prefix(b", ")?, 2)?;
    let (month, rest) = name(rest.strip_prefix(b" ")?, MONTHS)?;
    let (year, rest) = digits(rest.strip_prefix(b" ")?, 4)?;
    let (second, rest) = time_of_day(rest.strip_prefix(b" ")?)?;
    (rest == b" GMT").then_some((Civil { month, day, second }, Year::Four(year)))
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
fn rfc850_date(octets: &[u8]) -> Option<(Civil, Year)> {
    let (_, rest) = name(octets, LONG_DAYS)?;
    let (day, rest) = digits(rest.strip_prefix(b", ")?, 2)?;
    let (month, rest) = name(rest.strip_prefix(b"-")?, MONTHS)?;
    let (year, rest) = digits(rest.strip_prefix(b"-")?, 2)?;
    let (second, rest) = time_of_day(rest.strip_prefix(b" ")?)?;
    (rest == b" GMT").then_some((Civil { month, day, second }, Year::Two(year)))
}

/// `Sun Nov  6 08:49:37 1994`
fn asctime_date(octets: &[u8]) -> Option<(Civil, Year)> {
    let (_, rest) = name(octets, DAYS)?;
    let (month, rest) = name(rest.strip_prefix(b" ")?, MONTHS)?;
    let rest = rest.strip_prefix(b" ")?;
    let (day, rest) = match rest.strip_prefix(b" ") {
        Some(rest) => digits(rest, 1)?,
        None => digits(rest, 2)?,
    };
    let (second, rest) = time_of_day(rest.strip_prefix(b" ")?)?;
    let (year, rest) = digits(rest.strip_prefix(b" ")?, 4)?;
    rest.is_empty().then_some((Civil { month, day, second }, Year::Four(year)))
}

/// `08:49:37`, as seconds of the day. A leap second is `23:59:60` only.
fn time_of_day(octets: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, rest) = digits(octets, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(b":")?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(b":")?, 2)?;
    let valid = (hour < 24 && minute < 60 && second < 60) || (hour, minute, second) == (23, 59, 60);
    valid.then_some((hour * 3600 + minute * 60 + second, rest))
}

/// Exactly `count` digits.
fn digits(octets: &[u8], count: usize) -> Option<(i64, &[u8])> {
    let (digits, rest) = octets.split_at_checked(count)?;
    let mut number = 0;
    for digit in digits {
        number = number * 10 + i64::from(char::from(*digit).to_digit(10)?);
    }
    Some((number, rest))
}

/// One of `names`, as its number from 1.
fn name<'a>(octets: &'a [u8], names: &[&str]) -> Option<(i64, &'a [u8])> {
    (1..).zip(names).find_map(|(number, name)| Some((number, octets.strip_prefix(name.as_bytes())?)))
}

const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `httpdate` can print and read a date, we agree with it; day by day from 1970 to 2400.
    #[test]
    fn agrees_with_httpdate() {
        for unix_seconds in (0..13_569_465_600).step_by(86_399) {
            let date = HttpDate::from_unix_seconds(unix_seconds).unwrap();
            let theirs = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(unix_seconds.unsigned_abs()));
            assert_eq!(date.to_string(), theirs);
            assert_eq!(HttpDate::parse(theirs.as_bytes(), UNIX_EPOCH), Some(date));
        }
    }

    /// What is printed is read again, in all the years that `httpdate` has no dates for.
    #[test]
    fn before_1970() {
        for unix_seconds in (*RANGE.start()..0).step_by(864_007) {
            let date = HttpDate::from_unix_seconds(unix_seconds).unwrap();
            assert_eq!(HttpDate::parse(date.to_string().as_bytes(), UNIX_EPOCH), Some(date), "{date}");
        }
        assert_eq!(HttpDate::from_unix_seconds(-1).unwrap().to_string(), "Wed, 31 Dec 1969 23:59:59 GMT");
    }

    #[test]
    fn bounds() {
        let shown = |unix_seconds| HttpDate::from_unix_seconds(unix_seconds).map(|date| date.to_string());
        assert_eq!(shown(*RANGE.start()).as_deref(), Some("Sat, 01 Jan 0000 00:00:00 GMT"));
        assert_eq!(shown(*RANGE.end()).as_deref(), Some("Fri, 31 Dec 9999 23:59:59 GMT"));
        assert_eq!(shown(RANGE.start() - 1), None);
        assert_eq!(shown(RANGE.end() + 1), None);
    }

    /// Whatever the clock says, what is read can be printed.
    #[test]
    fn what_is_read_is_in_range() {
        let far = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap();
        assert_eq!(HttpDate::parse(b"Fri, 31 Dec 9999 23:59:60 GMT", UNIX_EPOCH), None);
        for now in [far(253_402_300_799), far(i64::MAX.unsigned_abs()), UNIX_EPOCH - Duration::from_secs(1 << 62)] {
            let date = HttpDate::parse(b"Sunday, 06-Nov-05 08:49:37 GMT", now);
            assert!(date.is_none_or(|date| date.to_string().ends_with("05 08:49:37 GMT")), "{date:?}");
        }
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        #[rustfmt::skip]
        let table = [
            ("Tue, 29 Feb 2000 23:59:59 GMT", true),
            ("Thu, 29 Feb 1996 23:59:59 GMT", true),
            ("Thu, 29 Feb 1900 23:59:59 GMT", false),
            ("Wed, 29 Feb 1995 23:59:59 GMT", false),
            ("Sun, 31 Apr 1994 23:59:59 GMT", false),
            ("Sun, 30 Apr 1994 24:00:00 GMT", false),
            ("Sun, 30 Apr 1994 23:60:00 GMT", false),
            // A leap second, and what is none.
            ("Sun, 30 Apr 1994 23:59:60 GMT", true),
            ("Sun, 30 Apr 1994 23:59:61 GMT", false),
            ("Sun, 30 Apr 1994 23:58:60 GMT", false),
            ("Sun, 30 Apr 1994 22:59:60 GMT", false),
        ];
        for (text, expected) in table {
            assert_eq!(HttpDate::parse(text.as_bytes(), UNIX_EPOCH).is_some(), expected, "{text}");
        }
    }

    /// A fraction is dropped towards the past, also before 1970.
    #[test]
    fn fractions_are_dropped() {
        let date = |time| HttpDate::try_from(time).map(HttpDate::unix_seconds);
        assert_eq!(date(UNIX_EPOCH + Duration::from_millis(1999)), Ok(1));
        assert_eq!(date(UNIX_EPOCH - Duration::from_millis(1)), Ok(-1));
        assert_eq!(date(UNIX_EPOCH - Duration::from_secs(1)), Ok(-1));
        let after = date(UNIX_EPOCH + Duration::from_secs(253_402_300_800)).unwrap_err();
        assert!(after.to_string().contains("four digits"), "{after}");
    }
}
