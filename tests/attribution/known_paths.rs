//! Five thousand counted paths over twelve channels, with the results of a published package and of an exact chain.

use std::io::Write as _;
use std::path::PathBuf;

use quorate::{ChannelPath, Decimal, PathAttribution, Policy, SignedShare, attribute_paths};

fn folder() -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Past the test harness, which would swallow it.
        let _ = writeln!(std::io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds attribution-paths");
        return None;
    };
    Some(PathBuf::from(shared).join("attribution-paths"))
}

fn paths(folder: &std::path::Path) -> Vec<ChannelPath> {
    let mut reader = csv::Reader::from_path(folder.join("paths.csv")).unwrap();
    let row = |row: Result<(String, u32, String, u32), _>| {
        let (path, conversions, value, nulls) = row.unwrap();
        ChannelPath { channels: path.split(" > ").map(String::from).collect(), conversions, value: value.parse().unwrap(), nulls }
    };
    reader.deserialize().map(row).collect()
}

/// A decimal with nine places, as the known answers are printed.
fn nine(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= 9, "{text}");
    format!("{whole}.{fraction:0<9}")
}

#[test]
fn known_paths_have_their_known_credit() {
    let Some(folder) = folder() else { return };
    let (paths, policy) = (paths(&folder), Policy::default());
    let by = |model: &str| attribute_paths(&paths, &policy, model).unwrap();
    let [first, last, linear, u_shaped, markov] = ["first", "last", "linear", "u_shaped_hubspot", "markov"].map(by);
    let mut reader = csv::Reader::from_path(folder.join("expected.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), first.channels.len());
    let value = |value: &SignedShare| {
        assert!(!value.negative);
        nine(&value.share.to_decimal_string(9))
    };
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row[0], first.channels[at].channel);
        for (column, found) in [&first, &last, &linear, &u_shaped].into_iter().enumerate() {
            let credit = &found.channels[at];
            assert_eq!(nine(&credit.conversions.to_decimal_string(9)), nine(&row[2 * column + 1]), "{} {}", found.model, &row[0]);
            assert_eq!(value(&credit.value), nine(&row[2 * column + 2]), "{} {}", found.model, &row[0]);
        }
        let credit = &markov.channels[at];
        assert_eq!(nine(&credit.removal_effect.as_ref().unwrap().to_decimal_string(9)), nine(&row[9]), "{}", &row[0]);
        assert_eq!(nine(&credit.conversions.to_decimal_string(9)), nine(&row[10]), "{}", &row[0]);
    }
    assert_eq!(markov.conversion_chance.as_ref().unwrap().to_decimal_string(6), "0.226198");
    for found in [first, last, linear, u_shaped, markov, by("shapley")] {
        adds_up(&found, paths.iter().map(|path| path.value).sum());
    }
}

/// 7,643 conversions, and what they are worth.
fn adds_up(found: &PathAttribution, worth: Decimal) {
    let sum = |of: &dyn Fn(&quorate::ChannelCredit) -> String| {
        let number = |text: String| {
            let (numerator, denominator) = text.split_once('/').unwrap();
            num_rational::BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap())
        };
        found.channels.iter().map(|one| number(of(one))).sum::<num_rational::BigRational>()
    };
    let whole = |number: i64, of: i64| num_rational::BigRational::new(number.into(), of.into());
    assert_eq!(sum(&|one| one.conversions.fraction()), whole(7_643, 1), "{}", found.model);
    assert_eq!(worth.round_dp(3).to_string(), "31587.042");
    let worth = num_rational::BigRational::new(worth.mantissa().into(), num_bigint::BigInt::from(10).pow(worth.scale()));
    assert_eq!(sum(&|one| one.value.share.fraction()), worth, "{}", found.model);
    assert!(found.unattributed.is_zero() && found.unattributed_value.share.is_zero());
}
