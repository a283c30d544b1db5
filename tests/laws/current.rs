//! Rows that are kept current, signal by signal, are those of a new assessment of everything.

use std::collections::BTreeMap;

use crate::bridge;
use crate::rows::of_row;
use crate::strategies::cases;
use crate::world::World;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Assessor, CurrentPortfolio, Policies, PolicyEntry, PolicySet, PortfolioRow, Signal, SignalTally, SolutionName};

/// Rows in words, by account and group.
type Rows = BTreeMap<(String, String), Vec<String>>;

fn all(assessor: &Assessor<'_>, day: quorate::Day) -> Rows {
    let mut rows = Rows::new();
    assessor.portfolio(day, |row| {
        rows.insert(place(row), of_row(row));
    });
    rows
}

/// The signals of a world, some of which have the id of another, be it of another account.
fn signals(world: &World, same: &[(Index, Index)]) -> Vec<Signal> {
    let mut world = world.clone();
    for (one, other) in if world.signals.is_empty() { &[] } else { same } {
        let (one, other) = (one.index(world.signals.len()), other.index(world.signals.len()));
        let id = world.signals[one].id.clone().unwrap_or_else(|| format!("shared {one}"));
        world.signals[one].id = Some(id.clone());
        world.signals[other].id = Some(id);
    }
    bridge::signals(&world)
}

/// From how many counts on an account is kept: always, perhaps, or never.
fn kept_from() -> impl Strategy<Value = usize> {
    prop_oneof![Just(0), 8_usize..64, Just(usize::MAX)]
}

proptest! {
    #[test]
    fn rows_kept_current_are_those_of_a_new_assessment(
        case in cases(),
        same in vec(any::<(Index, Index)>(), 0..4),
        known: Index,
        (kept_from, moved, some_groups) in (kept_from(), any::<Index>(), any::<bool>()),
    ) {
        let (graph, policy, day) = (bridge::graph(&case.world), bridge::policy(&case.policy), bridge::day(case.day));
        // By a set, the groups about another solution, and those about none, have no policy and no row.
        let entry = PolicyEntry { solutions: Some(vec![SolutionName::new("crm").expect("a name")]), ..PolicyEntry::everywhere(policy.clone()) };
        let set = PolicySet::new(vec![entry]).expect("a valid set");
        let policies = if some_groups { Policies::Set(&set) } else { Policies::One(&policy) };
        let signals = signals(&case.world, &same);
        let (known, new) = signals.split_at(known.index(signals.len() + 1));
        let tally = SignalTally::from_signals(known).expect("within the limits");
        let mut kept = all(&Assessor::new(&graph, &tally, policies), day);
        let mut current = CurrentPortfolio::new(&graph, tally, policies, day).keep_from(kept_from);
        let moved = moved.index(new.len() + 1);
        for (at, signal) in new.iter().enumerate() {
            if at == moved {
                // On another day everything is otherwise.
                current.set_day(day.minus_days(9));
                current.portfolio(|row| _ = kept.insert(place(row), of_row(row)));
            }
            current.record(signal, |row| _ = kept.insert(place(row), of_row(row))).expect("within the limits");
            let anew = Assessor::new(&graph, current.tally(), policies);
            prop_assert_eq!(&kept, &all(&anew, current.day()));
            prop_assert_eq!(current.assessor().run_intake(), anew.run_intake());
        }
        for ((account, group), row) in kept {
            prop_assert_eq!(current.row_of_group(&group, of_row).expect("it is there"), Some(row.clone()));
            let mut shown = Vec::new();
            current.rows_of_account(&account, |row| shown.push((place(row), of_row(row)))).expect("it is there");
            prop_assert!(shown.contains(&((account, group), row)));
        }
        prop_assert!(current.row_of_group("no group", of_row).is_err());
        prop_assert!(current.rows_of_account("no account", |_| ()).is_err());
    }
}

fn place(row: &PortfolioRow<'_>) -> (String, String) {
    (row.account_id().into(), row.group_id().into())
}
