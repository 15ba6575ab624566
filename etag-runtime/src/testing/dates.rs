//! Dates around a `Last-Modified`, in the forms that a client may send.

use std::time::{Duration, SystemTime};

use crate::HttpDate;

/// The date so many seconds later, as an IMF-fixdate.
pub(super) fn after(date: HttpDate, seconds: i64) -> Option<String> {
    let time = SystemTime::UNIX_EPOCH
        .checked_add(Duration::from_secs(date.unix_seconds().checked_add(seconds)?.try_into().ok()?))?;
    HttpDate::try_from(time).ok().map(|date| date.to_string())
}

/// An IMF-fixdate in the form of C's `asctime`, which RFC 9110 § 5.6.7 has recipients read.
pub(super) fn asctime(date: HttpDate) -> Option<String> {
    let text = date.to_string();
    let [weekday, day, month, year, time, _] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let day = day.strip_prefix('0').map_or(day.to_owned(), |digit| format!(" {digit}"));
    Some(format!("{} {month} {day} {time} {year}", weekday.trim_end_matches(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_date() {
        let date = HttpDate::parse(b"Sun, 06 Nov 1994 08:49:37 GMT", SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(asctime(date).as_deref(), Some("Sun Nov  6 08:49:37 1994"));
        assert_eq!(after(date, -1).as_deref(), Some("Sun, 06 Nov 1994 08:49:36 GMT"));
    }
}
