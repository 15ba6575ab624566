//! What `#[etag(timestamp)]` accepts. Every type is brought to microseconds, rounded towards the past: what a
//! database column keeps is then what the tag was made of.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{Digest, Modified, kind};

/// The instant of the last write: what a field marked `#[etag(timestamp)]` holds.
///
/// Implemented for [`SystemTime`], for the types of chrono, time and jiff (features of the same names), and for
/// `Option` of these. A date and time without an offset is read as UTC.
///
/// An instant enters the tag at microseconds, whatever finer fraction the value has in memory: columns keep no more,
/// and the tag of a write must be that of the next read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a timestamp",
    label = "expected `SystemTime`, or an instant of chrono, time or jiff",
    note = "the instants of other crates need a feature of `etag-runtime`: `chrono`, `time` or `jiff`",
    note = "anything else, such as a number of seconds, becomes one by a function that takes a reference to it and gives a `SystemTime`: `#[etag(timestamp, with = my_function)]`",
    note = "a counter or another opaque value is marked `#[etag(version)]`"
)]
pub trait Timestamp {
    /// Microseconds since 1970-01-01T00:00:00Z, rounded towards the past; `None` if there was no write yet.
    ///
    /// An instant that is further away than an `i64` can say is the first or the last that it can.
    fn unix_micros(&self) -> Option<i64>;
}

impl Timestamp for SystemTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        Some(match self.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => {
                let nanos = before.duration().as_nanos();
                i64::try_from(nanos.div_ceil(1000)).map_or(i64::MIN, |micros| -micros)
            }
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Timestamp> Timestamp for Option<T> {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        self.as_ref().and_then(T::unix_micros)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Timestamp + ?Sized> Timestamp for &T {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        T::unix_micros(self)
    }
}

/// Seconds and the fraction after them, which both chrono and time can give for any instant they hold.
#[cfg(any(feature = "chrono", feature = "time"))]
#[inline]
fn from_parts(seconds: i64, nanos_after: u32) -> i64 {
    seconds.saturating_mul(1_000_000).saturating_add(i64::from(nanos_after / 1000))
}

#[cfg(feature = "chrono")]
#[diagnostic::do_not_recommend]
impl<Z: chrono::TimeZone> Timestamp for chrono::DateTime<Z> {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        // A leap second is kept by chrono as up to two seconds of nanoseconds, which keeps it apart from the next.
        Some(from_parts(self.timestamp(), self.timestamp_subsec_nanos()))
    }
}

#[cfg(feature = "chrono")]
#[diagnostic::do_not_recommend]
impl Timestamp for chrono::NaiveDateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        self.and_utc().unix_micros()
    }
}

#[cfg(feature = "time")]
#[diagnostic::do_not_recommend]
impl Timestamp for time::OffsetDateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        Some(from_parts(self.unix_timestamp(), self.nanosecond()))
    }
}

#[cfg(feature = "time")]
#[diagnostic::do_not_recommend]
impl Timestamp for time::PrimitiveDateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        self.assume_utc().unix_micros()
    }
}

#[cfg(feature = "time")]
#[diagnostic::do_not_recommend]
impl Timestamp for time::UtcDateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        Some(from_parts(self.unix_timestamp(), self.nanosecond()))
    }
}

#[cfg(feature = "jiff")]
#[diagnostic::do_not_recommend]
impl Timestamp for jiff::Timestamp {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        // jiff rounds towards the epoch. Its years end at 9999, so that no instant overflows.
        i64::try_from(self.as_nanosecond().div_euclid(1000)).ok()
    }
}

#[cfg(feature = "jiff")]
#[diagnostic::do_not_recommend]
impl Timestamp for jiff::ZonedDateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        self.timestamp().unix_micros()
    }
}

#[cfg(feature = "jiff")]
#[diagnostic::do_not_recommend]
impl Timestamp for jiff::civil::DateTime {
    #[inline]
    fn unix_micros(&self) -> Option<i64> {
        let since = self.duration_since(jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
        i64::try_from(since.as_nanos().div_euclid(1000)).ok()
    }
}

impl Digest {
    /// [`timestamp`](Digest::timestamp), rounded down to the millisecond.
    #[doc(hidden)]
    #[inline]
    pub fn timestamp_in_millis<T: Timestamp + ?Sized>(&mut self, timestamp: &T) {
        self.instant(timestamp.unix_micros().map(|micros| multiple_of(1_000, micros)));
    }

    /// [`timestamp`](Digest::timestamp), rounded down to the second.
    #[doc(hidden)]
    #[inline]
    pub fn timestamp_in_seconds<T: Timestamp + ?Sized>(&mut self, timestamp: &T) {
        self.instant(timestamp.unix_micros().map(|micros| multiple_of(1_000_000, micros)));
    }

    #[inline]
    pub(super) fn instant(&mut self, micros: Option<i64>) {
        if let Some(micros) = micros {
            self.stream.signed([kind::TIMESTAMP], micros.into());
        } else {
            self.stream.kind(kind::TIMESTAMP);
            self.stream.kind(kind::NOTHING);
        }
        self.modified_at(micros);
    }

    /// The entity that is being written was last modified at this instant.
    #[inline]
    pub(super) fn modified_at(&mut self, micros: Option<i64>) {
        self.place.dated = true;
        self.modified = match (self.modified, micros) {
            (Modified::Never, Some(micros)) => Modified::At(micros),
            (Modified::At(latest), Some(micros)) => Modified::At(latest.max(micros)),
            (Modified::Unknown, _) | (_, None) => Modified::Unknown,
        };
    }
}

/// The multiple of `unit` that is not later, unless there is none.
#[inline]
fn multiple_of(unit: i64, micros: i64) -> i64 {
    micros.saturating_sub(micros.rem_euclid(unit))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Every type says the same of the same instant, finer than a microsecond and before 1970.
    #[test]
    fn rounded_towards_the_past() {
        let before = UNIX_EPOCH - Duration::from_nanos(1_500);
        assert_eq!(before.unix_micros(), Some(-2));
        assert_eq!((UNIX_EPOCH + Duration::from_nanos(1_999)).unix_micros(), Some(1));
        // Also through a pointer, and where there is none.
        assert_eq!(<&SystemTime>::unix_micros(&&before), Some(-2));
        assert_eq!(Some(before).unix_micros(), Some(-2));
        assert_eq!(None::<SystemTime>.unix_micros(), None);
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn rounded_towards_the_past_by_chrono() {
        let before = chrono::DateTime::from_timestamp_nanos(-1_500);
        let east = chrono::FixedOffset::east_opt(3600).unwrap();
        assert_eq!(before.unix_micros(), Some(-2));
        assert_eq!(before.with_timezone(&east).unix_micros(), Some(-2));
        assert_eq!(before.naive_utc().unix_micros(), Some(-2));
    }

    #[cfg(feature = "time")]
    #[test]
    fn rounded_towards_the_past_by_time() {
        let before = time::OffsetDateTime::from_unix_timestamp_nanos(-1_500).unwrap();
        let east = time::UtcOffset::from_hms(1, 0, 0).unwrap();
        assert_eq!(before.unix_micros(), Some(-2));
        assert_eq!(before.to_offset(east).unix_micros(), Some(-2));
        assert_eq!(time::UtcDateTime::from(before).unix_micros(), Some(-2));
        assert_eq!(time::PrimitiveDateTime::new(before.date(), before.time()).unix_micros(), Some(-2));
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn rounded_towards_the_past_by_jiff() {
        let before = jiff::Timestamp::from_nanosecond(-1_500).unwrap();
        let east = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(before.unix_micros(), Some(-2));
        assert_eq!(before.to_zoned_datetime(east).unix_micros(), Some(-2));
        assert_eq!(jiff::civil::DateTime::constant(1969, 12, 31, 23, 59, 59, 999_998_500).unix_micros(), Some(-2));
        // Neither end of the years that jiff knows overflows.
        let (first, last) = (jiff::civil::DateTime::MIN, jiff::civil::DateTime::MAX);
        assert!(first.unix_micros() < Some(0) && last.unix_micros() > Some(0));
    }

    /// Two instants in one unit have one tag, which is that of the unit's start, also before 1970.
    #[test]
    fn precision() {
        type Add = fn(&mut Digest, &SystemTime);
        let tag = |add: Add, nanos: i64| {
            let mut digest = Digest::new();
            let distance = Duration::from_nanos(nanos.unsigned_abs());
            add(&mut digest, &if nanos < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance });
            digest.validators()
        };
        let (millis, seconds): (Add, Add) = (Digest::timestamp_in_millis, Digest::timestamp_in_seconds);
        #[rustfmt::skip]
        let table: [(Add, i64, i64); 5] = [
            (Digest::timestamp, -1_500,         -2_000),
            (millis,            1_999_999,      1_000_000),
            (millis,            -1,             -1_000_000),
            (seconds,           1_999_999_999,  1_000_000_000),
            (seconds,           -1,             -1_000_000_000),
        ];
        for (add, nanos, rounded) in table {
            assert_eq!(tag(add, nanos), tag(Digest::timestamp, rounded), "{nanos}");
        }
        assert_eq!(multiple_of(1_000, i64::MIN), i64::MIN);
    }

    #[test]
    fn absent() {
        assert_eq!(None::<SystemTime>.unix_micros(), None);
        assert_eq!(Some(UNIX_EPOCH).unix_micros(), Some(0));
    }
}
