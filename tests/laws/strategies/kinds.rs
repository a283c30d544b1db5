//! Kinds of signals: every decay, negative points, small and large caps and windows.

use super::TIERS_MAY_DISAGREE;
use super::draw::word;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// The channels of the default policy.
pub const CHANNELS: [&str; 13] =
    ["hand_raise", "meeting", "product", "event", "web_tool", "reply", "content", "pricing", "email", "ads", "web", "intent", "none"];

/// A kind of this name.
pub fn kind(name: String) -> BoxedStrategy<Value> {
    let daily_cap = prop_oneof![6 => 1_u32..=3, 2 => 4_u32..=8, 1 => Just(1_000_u32)];
    let window = select(vec![1, 14, 29, 30, 31, 90, 90, 180, 365, 3_650]);
    let rest = (daily_cap, decay(), window, word(&CHANNELS), any::<bool>());
    (tier_and_points(), rest)
        .prop_map(move |((tier, points), (daily_cap, decay, window, channel, action))| {
            json!({
                "name": name, "tier": tier, "points": points, "daily_cap": daily_cap, "decay": decay,
                "window_days": window, "channel": channel, "sales_action": action,
            })
        })
        .boxed()
}

fn tier_and_points() -> impl Strategy<Value = (String, String)> {
    let points = || word(&["0.01", "1", "7.25", "20", "33.33", "40", "99.99", "250"]);
    let usual = (word(&["decisive", "high", "medium", "low", "trace"]), points());
    let ignored = Just(("ignored".to_owned(), "0".to_owned()));
    let negative = (Just("negative".to_owned()), word(&["-0.5", "-10", "-33.33", "-100"]));
    let odd = (word(&["high", "medium", "low"]), word(&["0", "-5"]));
    let odds = u32::from(TIERS_MAY_DISAGREE);
    prop_oneof![24 => usual, 2 => ignored, 3 => negative, odds => odd]
}

fn decay() -> BoxedStrategy<Value> {
    let exponential = select(vec![1, 3, 7, 14, 30, 45, 60, 365]);
    let linear = select(vec![1, 7, 28, 30, 90, 365]);
    prop_oneof![
        1 => Just(json!({"type": "none"})),
        4 => exponential.prop_map(|days| json!({"type": "exponential", "half_life_days": days})),
        2 => linear.prop_map(|days| json!({"type": "linear", "days": days})),
        2 => steps(),
        2 => two_rates(),
    ]
    .boxed()
}

/// From day 0, with factors that never rise.
fn steps() -> impl Strategy<Value = Value> {
    let days = prop::collection::btree_set(1_i64..100, 0..=3);
    let factors = prop::collection::vec(select(vec!["1", "0.9", "0.5", "0.333333333", "0.25", "0.000000001", "0"]), 4);
    (days, factors).prop_map(|(days, mut factors)| {
        factors.sort_unstable();
        factors.reverse();
        let days = [0].into_iter().chain(days);
        let steps = days.zip(factors).map(|(day, factor)| json!({"from_day": day, "factor": factor}));
        json!({"type": "steps", "steps": steps.collect::<Vec<_>>()})
    })
}

fn two_rates() -> impl Strategy<Value = Value> {
    let knee = prop_oneof![Just(1_i64), 2_i64..60];
    (knee, prop_oneof![Just(1_i64), 2_i64..120], word(&["0.9", "0.5", "0.123456789", "0.1"])).prop_map(
        |(knee, length, factor)| json!({"type": "two_rate_linear", "knee_day": knee, "knee_factor": factor, "zero_day": knee + length}),
    )
}
