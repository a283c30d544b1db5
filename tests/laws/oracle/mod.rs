//! A second, slow reading of the rules: exact rationals, linear scans, nothing shared with the library.
//!
//! [`assess`] answers with the fields of the assessment document except `policy`, the reasons of a verdict and the messages of gaps.

pub mod changes;
mod coverage;
mod decay;
mod fit;
mod gaps;
mod intake;
pub mod losses;
mod number;
mod people;
mod points;
mod policy;
mod rules;
mod signals;
mod snapshot;
mod standing;
mod time;
mod titles;
mod unknown;
mod verdict;

#[cfg(test)]
mod tests;

pub use decay::factor;
pub use fit::Truth;
pub use intake::STATES;
pub use number::{Q, clamp, decimal, ratio, show};
pub use people::{Member, is_out};
pub use points::{Line, Sheet};
pub use signals::{Conflict, conflicts, run_intake};
pub use snapshot::Seat;
pub use standing::{Stand, story};
pub use time::{day_of, instant};
pub use titles::TITLES;

use crate::world::{Account, Day, Group, Subject, World, date};
use coverage::Opponents;
use num_traits::Zero;
use number::{percent, round, whole};
use policy::Policy;
use serde_json::{Value, json};
use snapshot::{Scene, Snapshot};
use std::collections::BTreeMap;

/// Whose ledger it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// A member, by the least contact id.
    Member(String),
    /// The account itself.
    Anonymous,
}

/// One value per group, by account id, then group id.
pub fn assess(world: &World, policy: &Value, day: Day) -> Vec<Value> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    people::groups(world).iter().map(|group| assess_group(&scene, group, day)).collect()
}

/// The lines of every member who is no opponent and of the account itself, with the points they sum to.
pub fn ledger(world: &World, policy: &Value, group_id: &str, day: Day) -> BTreeMap<Whose, Sheet> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    let now = Snapshot::take(&scene, &group(world, group_id), day);
    let allies = now.people.iter().filter(|person| !person.member.opponent);
    let members = allies.map(|person| (Whose::Member(person.id().to_owned()), person.sheet.clone()));
    members.chain([(Whose::Anonymous, now.anonymous.clone())]).collect()
}

/// Whose they are (a contact, or the account itself), kind, day and state of the signals that are on no line, with their number.
pub fn unscored(world: &World, policy: &Value, group_id: &str, day: Day) -> BTreeMap<(Option<String>, String, Day, &'static str), u64> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    let mut counts = BTreeMap::new();
    for (event, state) in intake::unscored(&scene, &group(world, group_id), day) {
        let Subject::Contact(contact) = &event.subject else {
            *counts.entry((None, event.kind.clone(), event.day, state)).or_default() += 1;
            continue;
        };
        *counts.entry((Some(contact.clone()), event.kind.clone(), event.day, state)).or_default() += 1;
    }
    counts
}

/// How many signals of a group's account are in each state.
pub fn intake(world: &World, policy: &Value, group_id: &str, day: Day) -> BTreeMap<&'static str, usize> {
    let policy = Policy::read(policy);
    intake::intake(&scene(world, &policy), &group(world, group_id), day)
}

/// The members of a group on a day, by id.
pub fn members(world: &World, policy: &Value, group_id: &str, day: Day) -> Vec<Member> {
    people::members(world, &Policy::read(policy), &group(world, group_id), day)
}

/// Rows and roles that had no effect on a group on a day, without their messages.
pub fn warnings(world: &World, policy: &Value, group_id: &str, day: Day) -> Vec<Value> {
    people::warnings(world, &Policy::read(policy), &group(world, group_id), day)
}

/// What each member, by id, and then the account itself adds to the group's points, before any rounding.
pub fn shares(world: &World, policy: &Value, group_id: &str, day: Day) -> Vec<Q> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    Snapshot::take(&scene, &group(world, group_id), day).shares_of_points()
}

/// The seats of a group, in template order, then rank; their units of the 4th decimal add up to the readiness.
pub fn seats(world: &World, policy: &Value, group_id: &str, day: Day) -> Vec<Seat> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    Snapshot::take(&scene, &group(world, group_id), day).seats()
}

/// The answer of any rule about a group.
pub fn answer(world: &World, policy: &Value, group_id: &str, day: Day, rule: &Value) -> Truth {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    rules::answer(rule, &verdict::case(&scene, &group(world, group_id), day))
}

/// The same; none when the rule drops out.
pub fn answer_if_asked(world: &World, policy: &Value, group_id: &str, day: Day, rule: &Value) -> Option<Truth> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    rules::evaluate(rule, &verdict::case(&scene, &group(world, group_id), day))
}

/// The answers of any rules about a group.
pub fn answers(world: &World, policy: &Value, group_id: &str, day: Day, rules: &[Value]) -> Vec<Truth> {
    let policy = Policy::read(policy);
    let scene = scene(world, &policy);
    let case = verdict::case(&scene, &group(world, group_id), day);
    rules.iter().map(|rule| rules::answer(rule, &case)).collect()
}

/// Values of a fact of an account that a policy could tell apart, and the account with each of them.
pub fn learnt(policy: &Value, account: &Account, fact: &str) -> Vec<Account> {
    let with = |value: &changes::Known| {
        let mut account = account.clone();
        changes::learn(&mut account, fact, value);
        account
    };
    changes::values(&Policy::read(policy), fact).iter().map(with).collect()
}

/// What of fit an account settles by a fact: see [`unknown::settled`].
pub fn settled(policy: &Value, account: &Account, fact: &str) -> (Q, Q, bool) {
    unknown::settled(&Policy::read(policy), account, fact)
}

/// The groups of a world, default groups included, by account id, then group id.
pub fn groups(world: &World) -> Vec<Group> {
    people::groups(world)
}

fn scene<'a>(world: &'a World, policy: &'a Policy) -> Scene<'a> {
    Scene { world, policy, events: signals::events(world) }
}

fn group(world: &World, id: &str) -> Group {
    people::groups(world).into_iter().find(|group| group.id == id).expect("a group of the world")
}

fn assess_group(scene: &Scene, group: &Group, day: Day) -> Value {
    let case = verdict::case(scene, group, day);
    let verdict = verdict::verdict(&case);
    json!({
        "account_id": group.account,
        "group_id": group.id,
        "solution": group.solution,
        "template": people::template(group, scene.policy),
        "as_of": date(day),
        "stage": verdict::stage(scene, group, &case, &verdict),
        "verdict": verdict,
        "points": show(&case.now.points()),
        "readiness": show(&case.now.readiness()),
        "coverage": coverage_json(&case.now),
        "people": people_json(&case.now),
        "fit": fit_json(case.fit.as_ref(), &verdict::unknown(&case, day)),
        "momentum": {"change": show(&case.change), "trend": case.trend},
        "gaps": gaps::gaps(&case.now),
        "intake": intake::intake(scene, group, day),
        "newest_hand_raise": verdict::newest_hand_raise(&case.now).map(date),
        "hand_raise_holds": verdict::has_hand_raise(&case),
        "newest_positive": verdict::newest_positive(&case.now).map(date),
    })
}

fn coverage_json(now: &Snapshot) -> Value {
    let of_group = |measure: &str| percent(&now.group_coverage(measure, Opponents::Count));
    let of_role = |seats: &policy::Seats| {
        let measure = |measure: &str| percent(&now.role_coverage(&seats.role, measure, Opponents::Count));
        json!({
            "role": seats.role,
            "required": seats.count,
            "filled": measure("filled"),
            "engaged": measure("engaged"),
            "current": measure("current"),
            "contacts": Snapshot::ids(now.holders(&seats.role)),
        })
    };
    json!({
        "filled": of_group("filled"),
        "engaged": of_group("engaged"),
        "current": of_group("current"),
        "possible": of_group("possible"),
        "roles": now.template.iter().map(of_role).collect::<Vec<_>>(),
    })
}

/// Concentration and effective people are both 0 when no member has points.
fn people_json(now: &Snapshot) -> Value {
    let squares: Q = now.point_shares().iter().map(|(_, share)| share * share).sum();
    let effective = if squares.is_zero() { number::zero() } else { whole(1) / squares };
    let concentration = now.top_share().map_or_else(number::zero, |(_, share)| share);
    json!({
        "known": now.people.len(),
        "engaged": now.engaged().len(),
        "threads": now.threads(),
        "concentration": show(&round(&concentration, 4)),
        "effective": show(&round(&effective, 4)),
    })
}

fn fit_json(fit: Option<&fit::Fit>, unknown: &[unknown::Unknown]) -> Value {
    let percent = |share: &Q| show(&round(share, 4));
    let told = |one: &unknown::Unknown| json!({"fact": one.fact, "moves": percent(&one.moves), "disqualifies": one.disqualifies});
    let unknown: Vec<Value> = unknown.iter().map(told).collect();
    fit.map_or_else(
        || json!({"definite": null, "possible": null, "tier": null, "unknown": unknown}),
        |fit| json!({"definite": percent(&fit.definite), "possible": percent(&fit.possible), "tier": fit.tier, "unknown": unknown}),
    )
}
