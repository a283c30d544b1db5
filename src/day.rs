//! Days and instants: when something happened, in UTC, without a clock.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use jiff::civil;
use jiff::tz::TimeZone;

/// A calendar day in UTC, as days since 1970-01-01.
///
/// Range: [`Day::MIN`] (1900-01-01) to [`Day::MAX`] (2199-12-31). Ordered by time. Text form: `YYYY-MM-DD`.
///
/// ```
/// use quorate::Day;
/// let day: Day = "2025-05-05".parse()?;
/// assert_eq!(day.days_since_epoch(), 20_213);
/// assert_eq!(day.minus_days(5).to_string(), "2025-04-30");
/// assert_eq!("2025-02-30".parse::<Day>().unwrap_err().to_string(), "`2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists");
/// # Ok::<(), quorate::TimeError>(())
/// ```
// INVARIANT: MIN.0 <= self.0 <= MAX.0; the span is below 2^17 days, which the tally packs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// An instant in UTC, as microseconds since 1970-01-01T00:00:00Z.
///
/// Range: the days of [`Day`]. Ordered by time; `Z` and `+00:00` are one instant. Text form: RFC 3339 in UTC.
///
/// ```
/// use quorate::Instant;
/// let at: Instant = "2025-05-05T01:30:00+02:00".parse()?;
/// assert_eq!(at.to_string(), "2025-05-04T23:30:00Z");
/// assert_eq!(at.day().to_string(), "2025-05-04");
/// // Without an offset it is UTC; a date alone is that day's first instant.
/// assert_eq!("2025-05-04 23:30".parse::<Instant>()?, at);
/// assert_eq!("2025-05-04".parse::<Instant>()?.to_string(), "2025-05-04T00:00:00Z");
/// # Ok::<(), quorate::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Why a text or number is no day or instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// The text is no date that exists, in the form `YYYY-MM-DD`.
    #[error("`{text}` is no day; write `YYYY-MM-DD`, a date that exists")]
    NotADay {
        /// The text as it came, shortened.
        text: String,
    },
    /// The text is no time.
    #[error("`{text}` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date")]
    NotATime {
        /// The text as it came, shortened.
        text: String,
    },
    /// The day lies outside the range of [`Day`].
    #[error("`{text}` is outside 1900-01-01..=2199-12-31")]
    OutOfRange {
        /// The text or number as it came.
        text: String,
    },
    /// The time is finer than a microsecond.
    #[error("`{text}` is finer than a microsecond; leave out the digits beyond six")]
    TooPrecise {
        /// The text as it came.
        text: String,
    },
}

impl TimeError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotADay { .. } => "not_a_day",
            Self::NotATime { .. } => "not_a_time",
            Self::OutOfRange { .. } => "time_out_of_range",
            Self::TooPrecise { .. } => "time_too_precise",
        }
    }
}

const MICROS_PER_DAY: i64 = 86_400_000_000;

impl Day {
    /// 1900-01-01.
    pub const MIN: Self = Self(-25_567);
    /// 2199-12-31.
    pub const MAX: Self = Self(84_005);

    /// The day that many days after 1970-01-01.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] outside [`Day::MIN`]..=[`Day::MAX`].
    pub fn from_days_since_epoch(days: i32) -> Result<Self, TimeError> {
        if (Self::MIN.0..=Self::MAX.0).contains(&days) {
            Ok(Self(days))
        } else {
            Err(TimeError::OutOfRange { text: alloc::format!("{days} days since 1970-01-01") })
        }
    }

    /// Days since 1970-01-01; negative before.
    pub const fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// Days since [`Day::MIN`].
    pub(crate) const fn number(self) -> u32 {
        self.0.abs_diff(Self::MIN.0)
    }

    /// The day of a number that [`Self::number`] gave.
    pub(crate) const fn of_number(number: u32) -> Self {
        // INVARIANT: numbers of days are below 2¹⁷.
        Self(Self::MIN.0.wrapping_add_unsigned(number))
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// This day less `days` days, or `None` when that lies before [`Day::MIN`].
    pub fn checked_minus_days(self, days: u16) -> Option<Self> {
        Self::from_days_since_epoch(self.0 - i32::from(days)).ok()
    }

    /// This day less `days` days, or [`Day::MIN`] when that lies before it.
    #[must_use]
    pub fn minus_days(self, days: u16) -> Self {
        Self((self.0 - i32::from(days)).max(Self::MIN.0))
    }

    /// This day and `days` days more, or `None` when that lies after [`Day::MAX`].
    pub fn checked_plus_days(self, days: u16) -> Option<Self> {
        Self::from_days_since_epoch(self.0 + i32::from(days)).ok()
    }

    /// The day after, or `None` after [`Day::MAX`].
    pub fn next(self) -> Option<Self> {
        (self < Self::MAX).then(|| Self(self.0 + 1))
    }

    /// The day of a year, a month (1 to 12) and a day of the month (1 to 31), as other calendars have them.
    ///
    /// ```
    /// use quorate::Day;
    ///
    /// let leap = Day::from_ymd(2024, 2, 29)?;
    /// assert_eq!((leap.to_string().as_str(), leap.ymd()), ("2024-02-29", (2024, 2, 29)));
    /// assert!(Day::from_ymd(2025, 2, 29).is_err());
    /// # Ok::<(), quorate::TimeError>(())
    /// ```
    ///
    /// # Errors
    /// [`TimeError::NotADay`] where there is no such day, [`TimeError::OutOfRange`] outside [`Day::MIN`]..=[`Day::MAX`].
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Result<Self, TimeError> {
        let text = || alloc::format!("{year}-{month:02}-{day:02}");
        let date = civil::Date::new(year, month, day).map_err(|_| TimeError::NotADay { text: text() })?;
        Self::from_civil(date, &text())
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    fn civil(self) -> civil::Date {
        civil::Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(self.0))
    }

    fn from_civil(date: civil::Date, text: &str) -> Result<Self, TimeError> {
        let days = civil::Date::constant(1970, 1, 1).duration_until(date).as_hours() / 24;
        i32::try_from(days)
            .ok()
            .and_then(|days| Self::from_days_since_epoch(days).ok())
            .ok_or_else(|| TimeError::OutOfRange { text: excerpt(text) })
    }
}

impl Instant {
    /// The instant that many microseconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] outside the days of [`Day`].
    pub fn from_micros_since_epoch(micros: i64) -> Result<Self, TimeError> {
        let day = i32::try_from(micros.div_euclid(MICROS_PER_DAY)).unwrap_or(i32::MAX);
        Day::from_days_since_epoch(day)
            .map(|_| Self(micros))
            .map_err(|_| TimeError::OutOfRange { text: alloc::format!("{micros} microseconds since 1970-01-01") })
    }

    /// Microseconds since 1970-01-01T00:00:00Z; negative before.
    pub const fn micros_since_epoch(self) -> i64 {
        self.0
    }

    /// The UTC calendar day.
    pub fn day(self) -> Day {
        // INVARIANT: every instant lies within the days of `Day`, so the quotient fits.
        #[allow(clippy::cast_possible_truncation, reason = "the range of Instant is that of Day")]
        Day(self.0.div_euclid(MICROS_PER_DAY) as i32)
    }
}

impl From<Day> for Instant {
    /// The first instant of the day.
    fn from(day: Day) -> Self {
        Self(i64::from(day.0) * MICROS_PER_DAY)
    }
}

/// The beginning of a text, so that a message stays readable whatever came.
fn excerpt(text: &str) -> String {
    crate::problem::excerpt(text)
}

impl FromStr for Day {
    type Err = TimeError;

    /// Reads `YYYY-MM-DD`, nothing else.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let not_a_day = || TimeError::NotADay { text: excerpt(text) };
        let shape =
            text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(not_a_day());
        }
        let date: civil::Date = text.parse().map_err(|_| not_a_day())?;
        Self::from_civil(date, text)
    }
}

impl FromStr for Instant {
    type Err = TimeError;

    /// Reads RFC 3339 without leap seconds (also with a space for `T`, without seconds, without the offset's colon, or without an offset, which
    /// is then UTC) or a date alone.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        if text.len() == 10 {
            return text.parse::<Day>().map(Self::from);
        }
        if let Some(Err(error @ TimeError::OutOfRange { .. })) = text.get(..10).map(str::parse::<Day>) {
            return Err(error);
        }
        if !has_shape_of_time(text) {
            return Err(TimeError::NotATime { text: excerpt(text) });
        }
        let nanos = match text.parse::<jiff::Timestamp>() {
            Ok(timestamp) => timestamp.as_nanosecond(),
            Err(_) => local_nanos(text)?,
        };
        Self::from_nanos(nanos, text)
    }
}

/// `YYYY-MM-DD`, `T` or a space, `HH:MM`, seconds with up to nine decimals if any, and `Z` or an offset below 24 hours, its colon optional.
///
/// Stricter than the calendar behind it, which would also take leap seconds and offsets of more than a day and change what was written.
fn has_shape_of_time(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let Some((date, rest)) = text.split_at_checked(10) else { return false };
    let Some(clock) = rest.strip_prefix(['T', 't', ' ']) else { return false };
    let (clock, offset) = clock.find(['Z', 'z', '+', '-']).map_or((clock, ""), |at| clock.split_at(at));
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut parts = whole.split(':');
    let (hour, minute, second) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next());
    let seconds = second.map_or(fraction.is_none(), |second| digits(second, 2) && second < "60");
    let fine = fraction.is_none_or(|fraction| (1..=9).contains(&fraction.len()) && digits(fraction, fraction.len()));
    let offset = offset.strip_prefix(['+', '-']).map_or(matches!(offset, "" | "Z" | "z"), |offset| {
        let (hours, minutes) = offset.split_at_checked(2).unwrap_or(("", ""));
        digits(hours, 2) && hours < "24" && digits(minutes.strip_prefix(':').unwrap_or(minutes), 2)
    });
    date.parse::<Day>().is_ok() && digits(hour, 2) && digits(minute, 2) && parts.next().is_none() && seconds && fine && offset
}

/// A time without an offset, read as UTC.
fn local_nanos(text: &str) -> Result<i128, TimeError> {
    let not_a_time = |_| TimeError::NotATime { text: excerpt(text) };
    let time: civil::DateTime = text.parse().map_err(not_a_time)?;
    let timestamp = TimeZone::UTC.to_timestamp(time).map_err(not_a_time)?;
    Ok(timestamp.as_nanosecond())
}

impl Instant {
    fn from_nanos(nanos: i128, text: &str) -> Result<Self, TimeError> {
        if nanos % 1000 != 0 {
            return Err(TimeError::TooPrecise { text: excerpt(text) });
        }
        i64::try_from(nanos / 1000)
            .ok()
            .and_then(|micros| Self::from_micros_since_epoch(micros).ok())
            .ok_or_else(|| TimeError::OutOfRange { text: excerpt(text) })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.civil().fmt(f)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(timestamp) => timestamp.fmt(f),
            Err(_) => Err(fmt::Error),
        }
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Instant({self})")
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_range_is_what_the_constants_say() {
        assert_eq!(Day::MIN.to_string(), "1900-01-01");
        assert_eq!(Day::MAX.to_string(), "2199-12-31");
        assert_eq!("1900-01-01".parse::<Day>(), Ok(Day::MIN));
        assert_eq!("2199-12-31".parse::<Day>(), Ok(Day::MAX));
        assert_eq!("2200-01-01".parse::<Day>().unwrap_err().code(), "time_out_of_range");
        assert!(Day::MAX.days_since(Day::MIN) < 1 << 17);
    }

    #[test]
    fn every_day_survives_its_text() {
        for days in Day::MIN.days_since_epoch()..=Day::MAX.days_since_epoch() {
            let day = Day::from_days_since_epoch(days).unwrap();
            assert_eq!(Instant::from(day).day(), day);
            let (year, month, of_month) = day.ymd();
            assert_eq!(Day::from_ymd(year, month, of_month), Ok(day));
            assert_eq!((day.checked_plus_days(1), day.next()), (day.next(), day.next()));
            if days % 97 == 0 {
                assert_eq!(day.to_string().parse::<Day>(), Ok(day));
            }
        }
    }

    #[test]
    fn dates_that_are_none_are_refused_by_name() {
        for (date, code) in [
            ((2025, 2, 29), "not_a_day"),
            ((2025, 0, 1), "not_a_day"),
            ((2025, 1, 0), "not_a_day"),
            ((2025, 1, -1), "not_a_day"),
            ((i16::MAX, 1, 1), "not_a_day"),
            ((1899, 12, 31), "time_out_of_range"),
            ((2200, 1, 1), "time_out_of_range"),
        ] {
            assert_eq!(Day::from_ymd(date.0, date.1, date.2).unwrap_err().code(), code, "{date:?}");
        }
        assert_eq!(Day::MAX.checked_plus_days(1), None);
        assert_eq!(Day::MIN.checked_plus_days(u16::MAX), Some(Day::of_number(u16::MAX.into())));
    }

    #[test]
    fn times_that_are_none_are_refused_by_name() {
        for (text, code) in [
            ("", "not_a_time"),
            ("yesterday", "not_a_time"),
            ("2025-13-01", "not_a_day"),
            ("2025-02-29", "not_a_day"),
            ("05/05/2025", "not_a_day"),
            ("2025-05-05T25:00:00Z", "not_a_time"),
            ("2025-05-05T10:00:00.1234567Z", "time_too_precise"),
            ("1850-05-05T10:00:00Z", "time_out_of_range"),
            ("1850-05-05", "time_out_of_range"),
            ("2025-05-05T23:59:60Z", "not_a_time"),
            ("2025-05-05T10:00:00+25:00", "not_a_time"),
            ("2025-05-05T10:00:00+10:00:30", "not_a_time"),
            ("2025-05-05T10", "not_a_time"),
            ("2025-05-05T10:00:00,5Z", "not_a_time"),
            ("20250505T101010Z", "not_a_time"),
            ("+002025-05-05T10:00:00Z", "not_a_time"),
            ("2025-05-05T10:00.5Z", "not_a_time"),
            ("2025-05-05T10:00:00+05:99", "not_a_time"),
            ("2025-05-05Tä0:00", "not_a_time"),
            ("2025-05-05T10:00:00[Europe/Berlin]", "not_a_time"),
        ] {
            assert_eq!(text.parse::<Instant>().unwrap_err().code(), code, "{text}");
        }
        assert_eq!("2025-05-05T10:00:00.123000000Z".parse::<Instant>().unwrap().to_string(), "2025-05-05T10:00:00.123Z");
        for same in ["2025-05-05 17:00", "2025-05-05t17:00:00z", "2025-05-05T17:00:00.000+0000", "2025-05-05T19:00:00.0+02:00"] {
            assert_eq!(same.parse::<Instant>().unwrap().to_string(), "2025-05-05T17:00:00Z", "{same}");
        }
        assert_eq!("2025-05-05T10:00:00-07:00".parse::<Instant>().unwrap().to_string(), "2025-05-05T17:00:00Z");
    }
}
