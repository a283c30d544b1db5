//! Punycode (RFC 3492): how a label of a domain in other letters than a to z is written in ASCII.

use alloc::string::String;
use alloc::vec::Vec;

// The parameters of RFC 3492, section 5.
const BASE: u32 = 36;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const THRESHOLD_MIN: u32 = 1;
const THRESHOLD_MAX: u32 = 26;
const BIAS: u32 = 72;
const FIRST: u32 = 0x80;

/// A label as `xn--…`; `None` when it is so long that its numbers outgrow 32 bits, far beyond the 63 bytes that a label may have.
pub(super) fn encode(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out = String::from("xn--");
    out.extend(label.chars().filter(char::is_ascii));
    let basic = u32::try_from(out.len() - "xn--".len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut least, mut delta, mut bias, mut handled) = (FIRST, 0_u32, BIAS, basic);
    while let Some(next) = letters.iter().copied().filter(|letter| *letter >= least).min() {
        delta = delta.checked_add((next - least).checked_mul(handled + 1)?)?;
        for letter in &letters {
            if *letter < next {
                delta = delta.checked_add(1)?;
            } else if *letter == next {
                write_number(&mut out, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        least = next + 1;
    }
    Some(out)
}

/// A number as digits of changing weight, the least first.
fn write_number(out: &mut String, mut number: u32, bias: u32) {
    let mut weight = BASE;
    loop {
        let threshold = weight.saturating_sub(bias).clamp(THRESHOLD_MIN, THRESHOLD_MAX);
        if number < threshold {
            break;
        }
        out.push(digit(threshold + (number - threshold) % (BASE - threshold)));
        number = (number - threshold) / (BASE - threshold);
        weight += BASE;
    }
    out.push(digit(number));
}

/// 0..=25 are a to z, 26..=35 are 0 to 9.
fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, BASE).unwrap_or('0')
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = delta / if first { DAMP } else { 2 };
    delta += delta / points;
    let mut weight = 0;
    while delta > ((BASE - THRESHOLD_MIN) * THRESHOLD_MAX) / 2 {
        delta /= BASE - THRESHOLD_MIN;
        weight += BASE;
    }
    weight + (BASE - THRESHOLD_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of RFC 3492, section 7.1, and names that are registered.
    #[test]
    fn the_samples_of_the_standard_are_met() {
        for (label, encoded) in [
            ("bücher", "xn--bcher-kva"),
            ("münchen", "xn--mnchen-3ya"),
            ("中国", "xn--fiqs8s"),
            ("食狮", "xn--85x722f"),
            ("公司", "xn--55qx5d"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("porquénopuedensimplementehablarenespañol", "xn--porqunopuedensimplementehablarenespaol-fmd56a"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
            ("パフィーdeルンバ", "xn--de-jg4avhby1noc0d"),
        ] {
            assert_eq!(encode(label).as_deref(), Some(encoded));
        }
    }
}
