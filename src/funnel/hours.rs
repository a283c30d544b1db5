//! Time between two times, all of it or that of weekdays.

use crate::day::{Day, Instant};

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The first microsecond after a day.
pub(super) fn end_of(day: Day) -> i64 {
    Instant::from(day).micros_since_epoch() + MICROS_PER_DAY
}

/// Microseconds from one time to another, in microseconds since 1970; of weekdays, what of it lies between Monday and Friday, UTC. 0 when the second comes first. O(1).
pub(super) fn elapsed(from: i64, to: i64, weekdays_only: bool) -> i64 {
    if to <= from {
        0
    } else if weekdays_only {
        before(to) - before(from)
    } else {
        to - from
    }
}

/// Microseconds of weekdays before a time, counted from a Monday: 1969-12-29 is three days before 1970-01-01.
fn before(at: i64) -> i64 {
    let since = at + 3 * MICROS_PER_DAY;
    let (weeks, rest) = (since.div_euclid(7 * MICROS_PER_DAY), since.rem_euclid(7 * MICROS_PER_DAY));
    weeks * 5 * MICROS_PER_DAY + rest.min(5 * MICROS_PER_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Instant>().unwrap().micros_since_epoch()
    }

    /// Hour by hour, by the name of the day that a known Monday gives.
    #[test]
    fn weekdays_are_counted_hour_by_hour() {
        const HOUR: i64 = 3_600_000_000;
        // 2025-05-05 is a Monday.
        let monday = at("2025-05-05");
        for start in (-300..300).step_by(7) {
            let mut hours = 0;
            for hour in 0..400_i64 {
                let now = start + hour;
                assert_eq!(elapsed(monday + start * HOUR, monday + now * HOUR, true), hours * HOUR, "{start} {hour}");
                hours += i64::from(now.rem_euclid(168) < 120);
            }
        }
        assert_eq!(elapsed(at("2025-05-02T18:00:00Z"), at("2025-05-05T06:00:00Z"), true), 12 * HOUR);
        assert_eq!(elapsed(at("2025-05-02T18:00:00Z"), at("2025-05-05T06:00:00Z"), false), 60 * HOUR);
        assert_eq!(elapsed(at("1969-12-27"), at("1969-12-30"), true), 24 * HOUR);
        assert_eq!(elapsed(at("2025-05-05"), at("2025-05-04"), false), 0);
    }
}
