//! `HTTP-date` (§ 5.6.7), read along a pattern.

/// The three forms, in the manner of `strptime`: a letter after `%` stands for what [`Reader::field`] says, everything
/// else for itself.
const FORMS: [&str; 3] = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [(&str, i64); 12] = [
    ("Jan", 31),
    ("Feb", 28),
    ("Mar", 31),
    ("Apr", 30),
    ("May", 31),
    ("Jun", 30),
    ("Jul", 31),
    ("Aug", 31),
    ("Sep", 30),
    ("Oct", 31),
    ("Nov", 30),
    ("Dec", 31),
];

/// The date that these octets are, in seconds since 1970-01-01T00:00:00Z. `now` settles the century of two digits.
///
/// What the grammar does not say: the name of the day is any name of a day, and the second 60, which only 23:59 has (“00:00:00 -
/// 23:59:60”), is the one after 59. Dates before 1970 are negative, and none is after 9999, where years have more than four digits.
#[must_use]
pub fn read(octets: &[u8], now: i64) -> Option<i64> {
    FORMS.iter().find_map(|form| along(form, octets, now))
}

fn along(form: &str, octets: &[u8], now: i64) -> Option<i64> {
    let mut reader =
        Reader { rest: octets, year: 0, has_century: true, month: 0, day: 0, seconds: 0, has_leap_second: false };
    let mut pattern = form.bytes();
    while let Some(expected) = pattern.next() {
        if expected == b'%' {
            reader.field(pattern.next()?)?;
        } else {
            reader.word(&[expected])?;
        }
    }
    let is_date = reader.rest.is_empty() && !(reader.has_leap_second && reader.seconds < 86_400);
    is_date.then(|| reader.instant(now))?.filter(|instant| *instant < start_of(10_000))
}

struct Reader<'a> {
    rest: &'a [u8],
    year: i64,
    has_century: bool,
    /// 0 is January.
    month: usize,
    day: i64,
    /// Since midnight.
    seconds: i64,
    has_leap_second: bool,
}

impl Reader<'_> {
    fn field(&mut self, letter: u8) -> Option<()> {
        match letter {
            b'a' => DAYS.iter().find_map(|day| self.word(&day.as_bytes()[..3]))?,
            b'A' => DAYS.iter().find_map(|day| self.word(day.as_bytes()))?,
            b'b' => self.month = MONTHS.iter().position(|(month, _)| self.word(month.as_bytes()).is_some())?,
            b'e' if self.word(b" ").is_some() => self.day = self.number(1)?,
            b'd' | b'e' => self.day = self.number(2)?,
            b'Y' => self.year = self.number(4)?,
            b'y' => (self.year, self.has_century) = (self.number(2)?, false),
            b'H' => self.seconds += 3600 * self.number(2).filter(|hours| *hours < 24)?,
            b'M' => self.seconds += 60 * self.number(2).filter(|minutes| *minutes < 60)?,
            b'S' => {
                let seconds = self.number(2).filter(|seconds| *seconds <= 60)?;
                self.seconds += seconds;
                self.has_leap_second = seconds == 60;
            }
            _ => return None,
        }
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        let digit = |octet: &u8| octet.is_ascii_digit().then(|| i64::from(octet - b'0'));
        number.iter().try_fold(0, |sum, octet| Some(10 * sum + digit(octet)?))
    }

    /// § 5.6.7: of two digits, a date that appears to be more than 50 years in the future is in the past. So the year is the
    /// last one that ends in them and is not so far ahead.
    fn instant(&self, now: i64) -> Option<i64> {
        if self.has_century {
            return self.in_year(self.year);
        }
        let fifty_years_before = |year: &i64| self.counted_in(year - 50);
        let years = (0..100).rev().map(|century| 100 * century + self.year);
        self.in_year(years.into_iter().find(|year| fifty_years_before(year) <= now)?)
    }

    fn in_year(&self, year: i64) -> Option<i64> {
        (1..=length(self.month, year)).contains(&self.day).then(|| self.counted_in(year))
    }

    /// A day that the month does not have is one of the next month.
    fn counted_in(&self, year: i64) -> i64 {
        let before: i64 = (0..self.month).map(|month| length(month, year)).sum();
        start_of(year) + 86_400 * (before + self.day - 1) + self.seconds
    }
}

/// In days.
fn length(month: usize, year: i64) -> i64 {
    MONTHS[month].1 + i64::from(month == 1 && is_leap(year))
}

/// The first second of a year: its days are counted from 1970, year by year.
fn start_of(year: i64) -> i64 {
    let days = |year: i64| 365 + i64::from(is_leap(year));
    let after: i64 = (1970..year).map(days).sum();
    let before: i64 = (year..1970).map(days).sum();
    86_400 * (after - before)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_and_what_is_none_of_them() {
        // In 2026.
        let now = 1_793_954_977;
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Wed, 31 Dec 1969 23:59:59 GMT", Some(-1)),
            ("Sat, 01 Jan 0000 00:00:00 GMT", Some(-62_167_219_200)),
            ("Tue, 29 Feb 2000 00:00:00 GMT", Some(951_782_400)),
            ("Mon, 29 Feb 1900 00:00:00 GMT", None),
            ("Mon, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Thu, 31 Dec 1998 23:59:60 GMT", Some(915_148_800)),
            // 2076 is not more than fifty years ahead, 2077 is.
            ("Sunday, 01-Nov-76 00:00:00 GMT", Some(3_371_414_400)),
            ("Tuesday, 01-Nov-77 00:00:00 GMT", Some(247_190_400)),
            // 2105 is further ahead than 2005, which is in the past.
            ("Sunday, 06-Nov-05 00:00:00 GMT", Some(1_131_235_200)),
            ("Thu, 31 Dec 1998 08:59:60 GMT", None),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799)),
            ("Fri, 31 Dec 9999 23:59:60 GMT", None),
            ("sun, 06 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 UTC", None),
            ("Sun, 6 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT ", None),
            ("1994-11-06", None),
            ("", None),
        ] {
            assert_eq!(read(text.as_bytes(), now), expected, "{text}");
        }
    }
}
