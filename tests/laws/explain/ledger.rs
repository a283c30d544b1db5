//! The ledger: what adds up to what, and row by row what the oracle finds.

use super::{exact, explanations};
use crate::bridge;
use crate::oracle::{self, Line, Q, Whose, clamp, decimal};
use crate::strategies::{Case, cases, sample};
use crate::vary::{config, zero};
use crate::world::{Day, date};
use num_traits::ToPrimitive;
use proptest::prelude::*;
use quorate::{Assessor, Belongs, Explanation, Ledger, LedgerPerson, LedgerRow, SignalState};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Kind, day and state of a row of one person with its numbers.
type Scored = (String, String, &'static str, u64, Q, Q, Q, Q);

fn q(text: &str) -> Q {
    decimal(text).expect("a decimal")
}

fn scored(row: &LedgerRow) -> Option<Scored> {
    let decay = exact(row.decay?);
    let each = exact(row.each.expect("a known kind"));
    Some((row.kind().to_owned(), row.day.to_string(), row.state.token(), row.signals, each, decay, exact(row.before), exact(row.counted)))
}

/// A line of the oracle as the ledger shows it: the line, and what lies beyond the daily cap.
fn rows_of(line: &Line) -> Vec<Scored> {
    let over = line.over_daily_cap() as u64;
    let row = |state, signals, before: &Q, counted: &Q| {
        let numbers = (line.each.clone(), line.factor.clone(), before.clone(), counted.clone());
        (line.kind.clone(), date(line.day), state, signals, numbers.0, numbers.1, numbers.2, numbers.3)
    };
    let beyond = (over > 0).then(|| row("capped_daily", over, &zero(), &zero()));
    let within = row(line.state(), line.count as u64 - over, &line.before, &line.counted);
    beyond.into_iter().chain([within]).collect()
}

fn whose(person: &LedgerPerson) -> Whose {
    person.contact().map_or(Whose::Anonymous, |contact| Whose::Member(contact.to_owned()))
}

fn kinds(policy: &Value) -> &[Value] {
    policy["kinds"].as_array().expect("kinds")
}

/// The cap of a channel of the policy.
fn cap(policy: &Value, channel: &str) -> Option<Q> {
    let channels = policy["channels"].as_array().expect("channels");
    let channel = channels.iter().find(|one| one["name"] == channel).expect("a channel of the policy");
    channel["cap"].as_str().map(q)
}

fn check_person(case: &Case, ledger: &Ledger, person: &LedgerPerson) -> Result<(), TestCaseError> {
    let rows = ledger.rows_of(person);
    prop_assert!(rows.iter().all(|row| std::ptr::eq(ledger.person_of(row).expect("of this ledger"), person)));
    prop_assert_eq!(rows.iter().map(|row| exact(row.counted)).sum::<Q>(), exact(person.points));
    let channel_of =
        |row: &&LedgerRow| kinds(&case.policy).iter().find(|kind| kind["name"] == row.kind()).map(|kind| kind["channel"].clone());
    let worth: BTreeSet<String> =
        rows.iter().filter(|row| exact(row.before) != zero()).filter_map(|row| Some(channel_of(&row)?.to_string())).collect();
    let named: BTreeSet<String> = person.channels.iter().map(|channel| Value::from(channel.channel.as_str()).to_string()).collect();
    prop_assert_eq!((worth, person.channels.len()), (named.clone(), named.len()));
    for channel in &person.channels {
        let of_channel = rows.iter().filter(|row| channel_of(row).is_some_and(|name| name == channel.channel.as_str()));
        prop_assert_eq!(of_channel.map(|row| exact(row.before)).sum::<Q>(), exact(channel.sum));
        let cap = cap(&case.policy, channel.channel.as_str());
        prop_assert_eq!(channel.cap.map(exact), cap.clone());
        let within = cap.map_or_else(|| exact(channel.sum), |cap| clamp(&exact(channel.sum), &-cap.clone(), &cap));
        prop_assert_eq!(exact(channel.counted), within);
    }
    prop_assert_eq!(person.channels.iter().map(|channel| exact(channel.counted)).sum::<Q>(), exact(person.before));
    let most = q(case.policy["person"]["cap"].as_str().expect("a cap"));
    prop_assert_eq!(clamp(&exact(person.before), &zero(), &most), exact(person.points));
    Ok(())
}

/// Row by row: those of lines against the oracle's lines, the others against the states that it gives.
fn check_rows(case: &Case, group: &str, ledger: &Ledger) -> Result<(), TestCaseError> {
    let sheets = oracle::ledger(&case.world, &case.policy, group, case.day);
    let mut unscored = BTreeMap::new();
    let members = oracle::members(&case.world, &case.policy, group, case.day);
    for person in &ledger.persons {
        let ours: BTreeSet<Scored> = ledger.rows_of(person).iter().filter_map(scored).collect();
        let lines = sheets.get(&whose(person)).map_or(&[][..], |sheet| &sheet.lines);
        prop_assert_eq!(ours, lines.iter().flat_map(rows_of).collect(), "the lines of {:?}", whose(person));
        prop_assert_eq!(exact(person.points), sheets.get(&whose(person)).map_or_else(zero, |sheet| sheet.points.clone()));
        for row in ledger.rows_of(person).iter().filter(|row| row.decay.is_none()) {
            let key = (person.contact().map(str::to_owned), row.kind().to_owned(), row.day.to_string(), row.state.token());
            prop_assert!(unscored.insert(key, row.signals).is_none(), "a row is there twice");
            prop_assert_eq!((exact(row.before), exact(row.counted)), (zero(), zero()));
        }
    }
    // A member's contacts are taken together, under the least of their ids.
    let least = |contact: String| members.iter().find(|one| one.contacts.contains(&contact)).map_or(contact, |one| one.id.clone());
    let mut expected: BTreeMap<_, u64> = BTreeMap::new();
    for ((contact, kind, day, state), count) in oracle::unscored(&case.world, &case.policy, group, case.day) {
        *expected.entry((contact.map(least), kind, date(day), state)).or_default() += count;
    }
    prop_assert_eq!(unscored, expected);
    Ok(())
}

/// Exact when weighted, else by largest remainder in ten-thousandths, ties by id.
fn check_shares(case: &Case, group: &str, ledger: &Ledger) -> Result<(), TestCaseError> {
    let total: Q = ledger.persons.iter().map(|person| exact(person.share)).sum();
    prop_assert_eq!((total, exact(ledger.points)), (exact(ledger.points), exact(ledger.points)));
    let mut exactly = oracle::shares(&case.world, &case.policy, group, case.day);
    let of_visitors = exactly.pop().expect("the account itself");
    let members: Vec<&LedgerPerson> = ledger.persons.iter().filter(|person| person.belongs == Belongs::Member).collect();
    let visitors = ledger.persons.iter().find(|person| person.belongs == Belongs::Visitors);
    prop_assert_eq!(visitors.map_or_else(zero, |visitors| exact(visitors.share)), of_visitors);
    prop_assert_eq!(members.len(), exactly.len());
    if case.policy["group"]["roll_up"]["type"] != "weighted" {
        let unit = q("0.0001");
        let left = ((exact(ledger.points) - exactly.iter().map(|share| (share / &unit).floor() * &unit).sum::<Q>()) / &unit).to_integer();
        let mut order: Vec<usize> = (0..exactly.len()).collect();
        order.sort_by_key(|at| Reverse((&exactly[*at] / &unit).fract()));
        let lifted: BTreeSet<usize> = order.into_iter().take(left.to_usize().expect("less than the members")).collect();
        for (at, share) in exactly.iter_mut().enumerate() {
            *share = (&*share / &unit).floor() * &unit + if lifted.contains(&at) { unit.clone() } else { zero() };
        }
    }
    prop_assert_eq!(members.iter().map(|person| exact(person.share)).collect::<Vec<_>>(), exactly);
    Ok(())
}

/// Persons by standing, then id; rows newest first, then in the order of the policy, then by state.
fn check_order(case: &Case, ledger: &Ledger) -> Result<(), TestCaseError> {
    let persons: Vec<_> = ledger.persons.iter().map(|person| (person.belongs, person.contact())).collect();
    prop_assert!(persons.is_sorted() && persons.windows(2).all(|two| two[0] != two[1]), "{:?}", persons);
    let place = |row: &LedgerRow| kinds(&case.policy).iter().position(|kind| kind["name"] == row.kind()).unwrap_or(usize::MAX);
    for person in &ledger.persons {
        let keys = ledger.rows_of(person).iter().map(|row| (Reverse(row.day), place(row), row.kind(), row.state));
        prop_assert!(keys.clone().is_sorted() && keys.clone().zip(keys.skip(1)).all(|(a, b)| a != b));
        prop_assert!(person.belongs == Belongs::Member || !ledger.rows_of(person).is_empty());
    }
    Ok(())
}

fn check(case: &Case, explanation: &Explanation) -> Result<(), TestCaseError> {
    let (group, ledger) = (&explanation.assessment, &explanation.ledger);
    for (token, state) in SignalState::ALL {
        let signals: u64 = ledger.rows.iter().filter(|row| row.state == state).map(|row| row.signals).sum();
        prop_assert_eq!(signals, group.intake.count(state), "{}", token);
    }
    prop_assert_eq!(ledger.points, group.points);
    let members = ledger.persons.iter().filter(|person| person.belongs == Belongs::Member);
    let points: Vec<_> = members.map(|person| (person.contact().expect("a contact"), person.points)).collect();
    prop_assert_eq!(points, group.members.iter().map(|one| (one.contact(), one.points)).collect::<Vec<_>>());
    for person in &ledger.persons {
        check_person(case, ledger, person)?;
    }
    check_rows(case, group.group_id(), ledger)?;
    check_shares(case, group.group_id(), ledger)?;
    check_order(case, ledger)
}

proptest! {
    #![proptest_config(config(320))]

    /// Rows to channels, channels to persons, persons to the group under every roll-up, states to the intake; and every row is the oracle's.
    #[test]
    fn ledger_sums_exactly_to_the_points(case in cases()) {
        let plain: Vec<_> = bridge::assessment(&case.world, &case.policy, case.day).groups().cloned().collect();
        let explained = explanations(&case);
        prop_assert_eq!(plain, explained.iter().map(|one| one.assessment.clone()).collect::<Vec<_>>(), "explaining changes nothing");
        for explanation in &explained {
            check(&case, explanation)?;
        }
    }

    /// Each seat with the holder and the share that the oracle gives it.
    #[test]
    fn ledger_seats_sum_exactly_to_the_readiness(case in cases()) {
        for explanation in explanations(&case) {
            let ledger = &explanation.ledger;
            prop_assert_eq!(ledger.readiness, explanation.assessment.readiness);
            prop_assert_eq!(ledger.seats.iter().map(|seat| exact(seat.share)).sum::<Q>(), exact(ledger.readiness));
            let ours = ledger.seats.iter().map(|seat| (seat.role.as_str().to_owned(), seat.contact().to_owned(), seat.share.units()));
            let theirs = oracle::seats(&case.world, &case.policy, explanation.assessment.group_id(), case.day).into_iter();
            let theirs = theirs.filter_map(|seat| Some((seat.role, seat.contact?, i128::from(seat.units))));
            // Who is seated without points is the readers' choice: the oracle seats opponents there.
            let worth = |(_, _, units): &(String, String, i128)| *units > 0;
            prop_assert_eq!(ours.filter(worth).collect::<Vec<_>>(), theirs.filter(worth).collect::<Vec<_>>());
        }
    }
}

/// The laws above count every state, every roll-up with points that are rounded, outsiders, visitors with a share and several channels.
#[test]
fn ledgers_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&cases(), 300) {
        for Explanation { ledger, .. } in explanations(&case) {
            let mut count = |name: String| *met.entry(name).or_default() += 1;
            ledger.rows.iter().for_each(|row| count(row.state.token().to_owned()));
            let roll_up = case.policy["group"]["roll_up"]["type"].as_str().expect("a type").to_owned();
            ledger
                .persons
                .iter()
                .filter(|person| person.share > quorate::Points::ZERO)
                .for_each(|person| count(format!("{roll_up} {:?}", person.belongs)));
            ledger.persons.iter().filter(|person| person.channels.len() > 1).for_each(|_| count("channels".to_owned()));
            ledger.rows.iter().filter(|row| row.each.is_none()).for_each(|_| count("unknown kind".to_owned()));
        }
    }
    let names = SignalState::ALL.iter().map(|(token, _)| *token);
    let others = ["weighted Member", "sum Member", "champion_mix Member", "adobe Member", "weighted Visitors", "channels", "unknown kind"];
    for name in names.chain(others) {
        assert!(met.get(name).is_some_and(|count| *count >= 10), "{name} in {met:?}");
    }
}
