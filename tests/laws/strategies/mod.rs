//! Random portfolios, signals, policies and days: valid by construction, small, and full of edge cases.
//!
//! References between records are drawn as places among the records that exist, so that nothing is filtered and everything shrinks.

mod accounts;
mod clashes;
mod closes;
mod contacts;
mod deals;
mod draw;
mod events;
mod fits;
mod groups;
mod histories;
mod kinds;
mod pairs;
mod policies;
mod rules;
mod small;
mod spread;
#[cfg(test)]
mod valid;

pub use clashes::{clashing_policies, clashing_rules};
pub use closes::closed_cases;
pub use fits::exact_fits;
pub use histories::{History, histories};
pub use pairs::{rivals, successors};
pub use policies::policies;
pub use rules::rules;
pub use small::{small_cases, small_policies};
pub use spread::{Spread, sample, spread};

use crate::world::{Day, TODAY, World};
use proptest::prelude::*;
use serde_json::Value;

/// Whether member rows, opportunities and dispositions may name the default group of an account, by the account's id.
pub const DEFAULT_GROUPS_ARE_NAMED: bool = true;

/// Whether contacts and member rows may hold a role that the policy does not know.
pub const ROLES_MAY_BE_FOREIGN: bool = true;

/// Whether a kind's tier may disagree with the sign of its points (a high tier of 0 or of negative points).
pub const TIERS_MAY_DISAGREE: bool = true;

/// A world, a policy that knows its roles and most of its kinds, and a day.
#[derive(Clone, Debug)]
pub struct Case {
    pub world: World,
    pub policy: Value,
    pub day: Day,
}

/// The names that worlds take from a policy.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Without `unknown`.
    pub roles: Vec<String>,
    pub kinds: Vec<String>,
    /// Kinds of tier medium or higher.
    pub strong: Vec<String>,
    pub templates: Vec<String>,
}

/// The policy document that the library ships.
pub fn default_policy() -> Value {
    serde_json::from_str(include_str!("../../../src/policy/default.json")).expect("JSON")
}

impl Vocabulary {
    pub fn of(policy: &Value) -> Self {
        let names = |list: &str, is_wanted: fn(&Value) -> bool| -> Vec<String> {
            let items = policy[list].as_array().expect("a list").iter().filter(|item| is_wanted(item));
            items.map(|item| item["name"].as_str().expect("a name").to_owned()).collect()
        };
        let is_strong = |kind: &Value| ["medium", "high", "decisive"].iter().any(|tier| kind["tier"] == *tier);
        Self {
            roles: names("roles", |role| role["name"] != "unknown"),
            kinds: names("kinds", |_| true),
            strong: names("kinds", is_strong),
            templates: names("templates", |_| true),
        }
    }
}

/// Worlds in the words of the default policy.
pub fn worlds() -> BoxedStrategy<World> {
    world_with(&default_policy())
}

/// Worlds in the words of a policy, with some words that it does not know.
pub fn world_with(policy: &Value) -> BoxedStrategy<World> {
    let vocabulary = Vocabulary::of(policy);
    let deals = (deals::deals(), deals::dispositions());
    let drafts = (accounts::drafts(), contacts::drafts(&vocabulary), groups::drafts(&vocabulary), events::drafts(&vocabulary), deals);
    // Signals that are all for no solution and none set aside are kept in another way, which one of them for a solution undoes.
    let plain = prop::bool::weighted(0.4);
    let world = (drafts, plain).prop_map(|((accounts, contacts, groups, events, (deals, dispositions)), plain)| {
        let mut world = World::default();
        accounts::add(&mut world, accounts);
        contacts::add(&mut world, contacts);
        groups::add(&mut world, groups);
        deals::add(&mut world, deals, dispositions);
        events::add(&mut world, events);
        if plain {
            world.signals.iter_mut().for_each(|signal| (signal.solution, signal.quarantined) = (None, false));
        }
        world
    });
    world.boxed()
}

/// Mostly the day around which worlds are built, else one near the edges of windows and caps.
pub fn days() -> BoxedStrategy<Day> {
    let shift = prop::sample::select(vec![-400, -90, -31, -28, -1, 1, 2, 28, 30, 60, 89, 179, 400]);
    prop_oneof![7 => Just(TODAY), 3 => shift.prop_map(|shift| TODAY + shift)].boxed()
}

/// Cases under any policy: as shipped, as shipped with a fit, or random.
pub fn cases() -> BoxedStrategy<Case> {
    let case = |policy: Value| (world_with(&policy), Just(policy), days());
    policies().prop_flat_map(case).prop_map(|(world, policy, day)| Case { world, policy, day }).boxed()
}

/// Cases under the policy as shipped.
pub fn default_cases() -> BoxedStrategy<Case> {
    let case = |(world, day)| Case { world, policy: default_policy(), day };
    (worlds(), days()).prop_map(case).boxed()
}
