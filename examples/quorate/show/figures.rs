//! Rates, days, hours and amounts as they are read, each rounded half to even once from what it is exactly.

use quorate::{Decimal, Interval, Proportion, Rate, Ratio, Spans};

use crate::words::{count, grouped as groups, thousands};

/// Microseconds of a minute.
const MINUTE: u64 = 60_000_000;

/// `numerator / denominator` in tenths; `denominator` is more than 0.
fn tenths(numerator: i128, denominator: u128) -> String {
    let sign = if numerator < 0 { "-" } else { "" };
    let scaled = 10 * numerator.unsigned_abs();
    let (whole, rest) = (scaled / denominator, scaled % denominator);
    let up = 2 * rest > denominator || (2 * rest == denominator && whole % 2 == 1);
    let tenths = whole + u128::from(up);
    format!("{sign}{}.{}", groups(&(tenths / 10).to_string()), tenths % 10)
}

/// `10.5 % (9.9 to 11.2)`, or `-` of none.
pub fn with_interval(rate: Rate) -> String {
    let Some((low, high)) = Interval::thousandths(rate.count(), rate.of()) else { return "-".into() };
    let share = tenths(100 * i128::from(rate.count()), rate.of().into());
    let bound = |bound: u16| format!("{}.{}", bound / 10, bound % 10);
    format!("{share} % ({} to {})", bound(low), bound(high))
}

/// `10.5 %`.
pub fn proportion_percent(part: Proportion) -> String {
    format!("{} %", tenths(part.units(), 10_000))
}

/// `48.4`.
pub fn ratio_tenths(ratio: Ratio) -> String {
    let shown = tenths(ratio.units(), 10_000);
    shown.strip_suffix(".0").map(String::from).unwrap_or(shown)
}

/// `4.21`.
pub fn ratio_hundredths(ratio: Ratio) -> String {
    // Of ten times the ratio the tenths are its hundredths.
    let digits = format!("{:0>3}", tenths(ratio.units(), 1_000).replace(['.', ','], ""));
    let (whole, rest) = digits.split_at(digits.len() - 2);
    format!("{}.{rest}", groups(whole))
}

/// `14 / 48.4 / 427`: median, mean, longest; `None` of none.
pub fn days(days: &Spans) -> Option<String> {
    let (median, longest) = (days.median()?, days.longest()?);
    let short = |text: String| text.strip_suffix(".0").map_or(text.clone(), String::from);
    // A median is a whole number or a half.
    let (median, mean) = (short(tenths(median.units(), 10_000)), short(tenths(days.sum().into(), days.count().into())));
    Some(format!("{median} / {mean} / {}", short(tenths(longest.into(), 1))))
}

/// `2 hours 30 minutes`, a minute that has begun counting as one, so that what is late never looks as if it were not.
pub fn hours(micros: i64) -> String {
    let minutes = micros.unsigned_abs().div_ceil(MINUTE);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let parts = [(hours, "hour", "hours"), (minutes, "minute", "minutes")];
    let said: Vec<String> =
        parts.into_iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(number, one, many)).collect();
    if said.is_empty() { format!("{} hours", thousands(0)) } else { said.join(" ") }
}

/// `118,000.00`, with its decimals as they are.
pub fn grouped(amount: Decimal) -> String {
    let text = amount.abs().to_string();
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    let (whole, rest) = text.split_once('.').map_or((&*text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    format!("{sign}{}{rest}", groups(whole))
}

/// `10,005,534`, without trailing zeros.
pub fn money(amount: Decimal) -> String {
    grouped(amount.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_rounded_once() {
        // 1/12 is 8.333…; 5 of 10,005 days are 0.04998 and not first 0.05.
        assert_eq!(tenths(100, 12), "8.3");
        assert_eq!((tenths(-25, 100), tenths(-35, 100), tenths(12_345, 1)), ("-0.2".into(), "-0.4".into(), "12,345.0".into()));
        let spans = Spans::of([vec![1; 500], vec![0; 9_501]].concat());
        assert_eq!(days(&spans), Some("0 / 0 / 1".into()));
        assert_eq!(hours(24 * 60 * 60_000_000 + 1), "24 hours 1 minute");
        assert_eq!((hours(0), hours(60 * 60_000_000), hours(61)), ("0 hours".into(), "1 hour".into(), "1 minute".into()));
        assert_eq!((grouped(Decimal::new(-11_800_000, 2)), money(Decimal::new(11_800_000, 2))), ("-118,000.00".into(), "118,000".into()));
    }
}
