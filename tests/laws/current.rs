//! Rows that are kept current, signal by signal, are those of a new assessment of everything.

use std::collections::BTreeMap;

use crate::bridge;
use crate::rows::of_row;
use crate::strategies::cases;
use crate::world::World;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Assessor, RowRoom, Signal, SignalTally};

/// Rows in words, by account and group.
type Rows = BTreeMap<(String, String), Vec<String>>;

fn all(assessor: &Assessor<'_>, day: quorate::Day) -> Rows {
    let mut rows = Rows::new();
    assessor.portfolio(day, |row| {
        rows.insert((row.account_id().into(), row.group_id().into()), of_row(row));
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

proptest! {
    #[test]
    fn rows_kept_current_are_those_of_a_new_assessment(case in cases(), same in vec(any::<(Index, Index)>(), 0..4), known: Index) {
        let (graph, policy, day) = (bridge::graph(&case.world), bridge::policy(&case.policy), bridge::day(case.day));
        let signals = signals(&case.world, &same);
        let (known, new) = signals.split_at(known.index(signals.len() + 1));
        let mut tally = SignalTally::from_signals(known).expect("within the limits");
        let mut kept = all(&Assessor::new(&graph, &tally, &policy), day);
        let mut room = RowRoom::new();
        for signal in new {
            tally.record(signal).expect("within the limits");
            let assessor = Assessor::on_demand(&graph, &tally, &policy);
            for account in assessor.accounts_changed_by(signal) {
                assessor.rows_of_account(account, day, &mut room, |row| {
                    kept.insert((account.into(), row.group_id().into()), of_row(row));
                }).expect("it is there");
            }
            prop_assert_eq!(&kept, &all(&Assessor::new(&graph, &tally, &policy), day));
        }
        let assessor = Assessor::on_demand(&graph, &tally, &policy);
        for ((_, group), row) in kept {
            prop_assert_eq!(assessor.row_of_group(&group, day, &mut room, of_row).expect("it is there"), Some(row));
        }
        prop_assert!(assessor.row_of_group("no group", day, &mut room, of_row).is_err());
        prop_assert!(assessor.rows_of_account("no account", day, &mut room, |_| ()).is_err());
    }
}
