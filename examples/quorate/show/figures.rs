//! Rates and ratios as they are read: to one decimal, rounded half to even once.

use quorate::{Decimal, Proportion, Rate, Ratio};

/// `numerator / denominator`, not negative, in tenths.
fn tenths(numerator: i128, denominator: i128) -> String {
    let sign = if numerator < 0 { "-" } else { "" };
    let (scaled, denominator) = (10 * numerator.unsigned_abs(), denominator.unsigned_abs());
    let (whole, rest) = (scaled / denominator, scaled % denominator);
    let up = 2 * rest > denominator || (2 * rest == denominator && whole % 2 == 1);
    let tenths = whole + u128::from(up);
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// `10.5 %`, or `-` of none.
fn percent(rate: Rate) -> String {
    if rate.of() == 0 { "-".into() } else { format!("{} %", tenths(100 * i128::from(rate.count()), rate.of().into())) }
}

/// `10.5 % (9.9 to 11.2)`, or `-` of none.
pub fn with_interval(rate: Rate) -> String {
    let bound = |bound: Proportion| tenths(bound.units(), 10_000);
    rate.interval().map_or_else(|| "-".into(), |one| format!("{} ({} to {})", percent(rate), bound(one.low), bound(one.high)))
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
    let hundredths = tenths(ratio.units(), 1_000);
    let digits = hundredths.replace('.', "");
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(2));
    format!("{}.{rest}", if whole.is_empty() { "0" } else { whole })
}

/// `10,005,534`, with its decimals as they are.
pub fn money(amount: Decimal) -> String {
    let text = amount.abs().normalize().to_string();
    let (whole, rest) = text.split_once('.').map_or((&*text, None), |(whole, rest)| (whole, Some(rest)));
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    rest.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}
