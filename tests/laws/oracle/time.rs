//! Days and instants: a day is the UTC calendar day; a time with an offset is converted to UTC, without one it is UTC,
//! a date alone is that day.

use crate::world::{Day, days_in_month, days_in_year};

const MICROS_PER_SECOND: i128 = 1_000_000;
const MICROS_PER_DAY: i128 = 86_400 * MICROS_PER_SECOND;

/// Microseconds since 1970-01-01T00:00:00Z.
pub fn instant(text: &str) -> i128 {
    let Some((date, clock)) = text.split_once('T') else {
        return i128::from(day(text)) * MICROS_PER_DAY;
    };
    let (clock, offset) = split_offset(clock);
    let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<i128> = seconds.split(':').map(|part| part.parse().expect("a number")).collect();
    let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    let micros: i128 = format!("{fraction:0<6}")[..6].parse().expect("digits");
    i128::from(day(date)) * MICROS_PER_DAY + (seconds - offset) * MICROS_PER_SECOND + micros
}

/// The UTC calendar day of a time.
pub fn day_of(text: &str) -> Day {
    Day::try_from(instant(text).div_euclid(MICROS_PER_DAY)).expect("a day")
}

/// The clock without its offset, and the offset in seconds.
fn split_offset(clock: &str) -> (&str, i128) {
    if let Some(clock) = clock.strip_suffix('Z') {
        return (clock, 0);
    }
    let Some(at) = clock.find(['+', '-']) else {
        return (clock, 0);
    };
    let (hours, minutes) = clock[at + 1..].split_once(':').expect("an offset");
    let seconds = hours.parse::<i128>().expect("hours") * 3600 + minutes.parse::<i128>().expect("minutes") * 60;
    (&clock[..at], if clock[at..].starts_with('-') { -seconds } else { seconds })
}

/// Days since 1970-01-01 of `YYYY-MM-DD`, by adding up the years and the months between.
pub fn day(text: &str) -> Day {
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().expect("a number")).collect();
    let (year, month) = (parts[0], parts[1]);
    let years: i64 = (1970..year).map(days_in_year).sum::<i64>() - (year..1970).map(days_in_year).sum::<i64>();
    let months: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
    years + months + parts[2] - 1
}

/// A span of days is half open; a missing bound is none.
pub fn is_within(day_now: Day, from: Option<&String>, until: Option<&String>) -> bool {
    from.is_none_or(|from| day(from) <= day_now) && until.is_none_or(|until| day_now < day(until))
}
