//! Laws of credit over counted paths.

use num_traits::Zero as _;
use proptest::collection::vec;
use proptest::prelude::*;
use quorate::{ChannelPath, Decimal, PathAttribution, Policy, attribute_paths};

use crate::oracle::{self, Paths, Rational, by_position, fraction, near, ratio, rounded};

const NAMES: [&str; 6] = ["ads", "email", "event", "search", "social", "web"];

/// Up to six channels, some of which nobody uses, loops and repeats, paths without a touch and paths that nobody went.
fn paths() -> impl Strategy<Value = Paths> {
    let path = (vec(0..NAMES.len(), 0..7), 0..4_u32, 0..6_u32);
    vec(path, 0..12)
}

fn given(paths: &Paths) -> Vec<ChannelPath> {
    let path = |(channels, conversions, nulls): &(Vec<usize>, u32, u32)| ChannelPath {
        channels: channels.iter().map(|channel| NAMES[*channel].to_owned()).collect(),
        conversions: *conversions,
        // A few cents each, sometimes given back.
        value: Decimal::new(i64::from(*conversions) * 7 - 5, 2),
        nulls: *nulls,
    };
    paths.iter().map(path).collect()
}

fn attributed(paths: &Paths, model: &str) -> PathAttribution {
    attribute_paths(&given(paths), &Policy::default(), model).unwrap()
}

fn value(signed: &quorate::SignedShare) -> Rational {
    let value = fraction(&signed.share.fraction());
    if signed.negative { -value } else { value }
}

/// The channels that are on a path, by name.
fn used(paths: &Paths) -> Vec<usize> {
    let used: std::collections::BTreeSet<usize> = paths.iter().flat_map(|(path, ..)| path.iter().copied()).collect();
    used.into_iter().collect()
}

/// The same paths with used channels numbered from 0.
fn renumbered(paths: &Paths) -> Paths {
    let used = used(paths);
    let number = |channel: &usize| used.binary_search(channel).unwrap();
    paths.iter().map(|(path, conversions, nulls)| (path.iter().map(number).collect(), *conversions, *nulls)).collect()
}

fn conversions_of(found: &PathAttribution) -> Vec<Rational> {
    found.channels.iter().map(|one| fraction(&one.conversions.fraction())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn positions_on_paths_equal_the_rational_oracle(paths in paths()) {
        let rows = [
            ("first", [100, 0, 0, 0, 0]), ("last", [0, 0, 0, 100, 0]), ("u_shaped_hubspot", [40, 40, 0, 0, 20]),
            ("u_shaped_marketo", [50, 50, 0, 0, 0]), ("w_shaped", [30, 30, 30, 0, 10]),
        ];
        let used = used(&paths);
        for (model, percents) in rows {
            let mut conversions = vec![Rational::zero(); used.len()];
            let mut worth = conversions.clone();
            for ((path, count, _), given) in paths.iter().zip(given(&paths)).filter(|((path, ..), _)| !path.is_empty()) {
                let last = path.len() - 1;
                for (channel, share) in path.iter().zip(by_position(percents, [last; 3], path.len())) {
                    let at = used.binary_search(channel).unwrap();
                    conversions[at] += &share * ratio((*count).into(), 1);
                    worth[at] += share * Rational::new(given.value.mantissa().into(), 100.into());
                }
            }
            let found = attributed(&paths, model);
            prop_assert_eq!(conversions_of(&found), conversions);
            prop_assert_eq!(found.channels.iter().map(|one| value(&one.value)).collect::<Vec<_>>(), worth);
        }
    }

    #[test]
    fn every_conversion_and_all_value_is_given_or_told(paths in paths()) {
        for model in ["first", "last", "linear", "u_shaped_hubspot", "w_shaped", "markov", "shapley"] {
            let found = attributed(&paths, model);
            let all: u32 = paths.iter().map(|(_, conversions, _)| *conversions).sum();
            let sum = conversions_of(&found).into_iter().sum::<Rational>() + fraction(&found.unattributed.fraction());
            prop_assert_eq!(sum, ratio(all.into(), 1), "{}", model);
            let worth: Decimal = given(&paths).iter().map(|path| path.value).sum();
            let sum = found.channels.iter().map(|one| value(&one.value)).sum::<Rational>() + value(&found.unattributed_value);
            prop_assert_eq!(sum, ratio(i64::try_from(worth.mantissa()).unwrap(), 10_i64.pow(worth.scale())), "{}", model);
        }
    }

    /// Every number lies within 10⁻¹² of the exact solution, and is the one that rounding it gives.
    #[test]
    fn removal_effects_equal_the_solved_chain(paths in paths()) {
        let (used, found) = (used(&paths), attributed(&paths, "markov"));
        let effects = oracle::removal_effects(used.len(), &renumbered(&paths));
        let got: Vec<Rational> = found.channels.iter().map(|one| fraction(&one.removal_effect.as_ref().unwrap().fraction())).collect();
        prop_assert_eq!(got, effects.iter().map(|one| rounded(one, 12)).collect::<Vec<_>>());
        let sum: Rational = effects.iter().sum();
        let given: u32 = paths.iter().filter(|(path, ..)| !path.is_empty()).map(|(_, conversions, _)| *conversions).sum();
        for (got, effect) in conversions_of(&found).iter().zip(&effects) {
            let exact = if sum.is_zero() { Rational::zero() } else { effect / &sum * ratio(given.into(), 1) };
            prop_assert!(near(got, &exact, 1), "{} is not {}", got, exact);
        }
        if let Some(chance) = &found.conversion_chance {
            prop_assert_eq!(fraction(&chance.fraction()), rounded(&oracle::chance(used.len(), &renumbered(&paths), None), 12));
        }
    }

    #[test]
    fn shapley_values_equal_those_of_all_orders(paths in paths()) {
        prop_assert_eq!(conversions_of(&attributed(&paths, "shapley")), oracle::shapley(used(&paths).len(), &renumbered(&paths)));
    }

    #[test]
    fn the_order_of_paths_changes_nothing(paths in paths(), shift in 0..12_usize) {
        let mut turned = paths.clone();
        turned.rotate_left(shift.min(paths.len()));
        for model in ["w_shaped", "markov", "shapley"] {
            prop_assert_eq!(attributed(&paths, model), attributed(&turned, model));
        }
    }
}

#[test]
fn too_much_is_refused_with_what_is_allowed() {
    let paths: Vec<ChannelPath> =
        (0..13).map(|at| ChannelPath { channels: vec![format!("c{at}")], conversions: 1, value: 1.into(), nulls: 0 }).collect();
    let by = |name: &str| attribute_paths(&paths, &Policy::default(), name);
    assert_eq!(
        by("shapley").unwrap_err().to_string(),
        "13 channels; the model `shapley` can be asked about at most 12, so put some together"
    );
    assert_eq!(by("shapley").unwrap_err().code(), "too_many_channels");
    assert!(by("markov").is_ok());
    // What led to nothing does not count.
    let mut lost = paths.clone();
    lost[12].conversions = 0;
    assert!(attribute_paths(&lost, &Policy::default(), "shapley").is_ok());
    assert_eq!(by("w_shapped").unwrap_err().to_string(), "the policy has no model `w_shapped` (did you mean `w_shaped`?)");
    assert_eq!(
        by("time_decay").unwrap_err().to_string(),
        "the model `time_decay` goes by the age of touches, and paths have no times; give it journeys, or ask another model"
    );
    let dear = ChannelPath { value: Decimal::new(1_000_000_001, 0), ..paths[0].clone() };
    let refused = attribute_paths(&[dear.clone(), paths[1].clone(), dear], &Policy::default(), "first").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "path 0 has the value 1000000001; at most 1000000000 in either direction with at most 18 decimals is allowed; \
         path 2 has the value 1000000001; at most 1000000000 in either direction with at most 18 decimals is allowed"
    );
}

/// Three hundred channels that all lead to each other, so that nothing is sparse: every number settles.
#[test]
fn hundreds_of_channels_settle_to_twelve_decimals() {
    let mut state = 11_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let paths: Vec<ChannelPath> = (0..20_000)
        .map(|_| {
            let channels = (0..=next(9)).map(|_| format!("c{:03}", next(300))).collect();
            ChannelPath { channels, conversions: u32::try_from(next(2)).unwrap(), value: 0.into(), nulls: u32::try_from(next(5)).unwrap() }
        })
        .collect();
    let found = attribute_paths(&paths, &Policy::default(), "markov").unwrap();
    assert_eq!(found.channels.len(), 300);
    let all: u32 = paths.iter().map(|path| path.conversions).sum();
    assert_eq!(conversions_of(&found).into_iter().sum::<Rational>(), ratio(all.into(), 1));
}
