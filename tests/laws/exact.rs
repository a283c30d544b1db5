//! Laws of exactness and indifference.

use crate::bridge::{self, groups};
use crate::oracle;
use crate::strategies::{Case, cases, closed_cases, default_cases, sample};
use crate::vary::{bytes, config, drafts, is_of, kinds, made, one, only, side_by_side, unrepeated};
use crate::world::{Day, Signal, Subject, World};
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{AccountAssessment, Assessment, Percent, SignalState, SignalTally, assess};
use serde_json::Value;

/// Says which group and which field differ, so that a failure can be read.
fn agree(ours: &[Value], theirs: &[Value]) -> Result<(), TestCaseError> {
    prop_assert_eq!(ours.len(), theirs.len(), "number of groups");
    for (ours, theirs) in ours.iter().zip(theirs) {
        let fields = theirs.as_object().expect("an object");
        for (field, expected) in fields {
            prop_assert_eq!(&ours[field], expected, "field {} of group {}", field, theirs["group_id"]);
        }
        prop_assert_eq!(ours.as_object().expect("an object").len(), fields.len(), "fields of group {}", theirs["group_id"]);
    }
    Ok(())
}

/// Every group of the case, field by field.
fn agrees_with_the_oracle(case: &Case) -> Result<(), TestCaseError> {
    let ours = groups(&bridge::assessment(&case.world, &case.policy, case.day));
    agree(&ours, &oracle::assess(&case.world, &case.policy, case.day))
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn scores_equal_the_rational_oracle(case in cases()) {
        agrees_with_the_oracle(&case)?;
    }

    #[test]
    fn scores_equal_the_rational_oracle_under_the_default_policy(case in default_cases()) {
        agrees_with_the_oracle(&case)?;
    }
}

proptest! {
    #![proptest_config(config(512))]

    /// Fit's criteria about signals among them, and whom they keep out.
    #[test]
    fn whether_a_group_qualifies_again_after_a_close_turns_on_later_signals_alone(case in closed_cases()) {
        agrees_with_the_oracle(&case)?;
    }
}

/// So that the law is about something: of some the close counts, and others qualify again.
#[test]
fn after_a_close_some_groups_qualify_again_and_others_do_not() {
    let cases = sample(&closed_cases(), 300);
    let groups = cases.iter().flat_map(|case| oracle::assess(&case.world, &case.policy, case.day));
    let stages: Vec<String> = groups.map(|group| group["stage"].as_str().expect("a stage").to_owned()).collect();
    for stage in ["won", "lost", "qualified"] {
        assert!(stages.iter().filter(|one| *one == stage).count() >= 20, "{stage}");
    }
}

proptest! {
    #![proptest_config(config(128))]

    /// As employees do of whom nobody says anything else.
    #[test]
    fn a_policy_may_exclude_whoever_has_no_other_relationship(mut case in cases()) {
        case.policy["excluded_relationships"] = serde_json::json!(["employee"]);
        agrees_with_the_oracle(&case)?;
    }
}

/// The world's graph with another tally.
fn with_tally(case: &Case, tally: &SignalTally) -> Assessment {
    assess(&bridge::graph(&case.world), tally, &bridge::policy(&case.policy), bridge::day(case.day))
}

/// The same tally, and the same bytes from it.
fn check_same(case: &Case, tally: &SignalTally, expected: &SignalTally) -> Result<(), TestCaseError> {
    prop_assert!(tally == expected, "the tallies differ");
    prop_assert!(tally.conflicts().eq(expected.conflicts()), "the conflicts differ");
    prop_assert_eq!(bytes(&with_tally(case, tally)), bytes(&with_tally(case, expected)));
    Ok(())
}

fn shuffled() -> impl Strategy<Value = (Case, Vec<Signal>)> {
    cases().prop_flat_map(|case| {
        let signals = Just(case.world.signals.clone()).prop_shuffle();
        (Just(case), signals)
    })
}

/// Which part each signal belongs to, and which two parts are merged, one after another.
fn splits() -> impl Strategy<Value = (Vec<usize>, Vec<(Index, Index)>)> {
    (prop::collection::vec(0_usize..5, 60), prop::collection::vec(any::<(Index, Index)>(), 4))
}

fn merged(mut parts: Vec<SignalTally>, order: &[(Index, Index)]) -> SignalTally {
    for (from, into) in order {
        let from = parts.swap_remove(from.index(parts.len()));
        let into = into.index(parts.len());
        parts[into].merge(&from).expect("within the limits");
    }
    assert_eq!(parts.len(), 1);
    parts.remove(0)
}

proptest! {
    #![proptest_config(config(384))]

    /// At once in any order, or one by one.
    #[test]
    fn signal_order_changes_nothing((case, signals) in shuffled()) {
        let expected = bridge::tally(&case.world);
        let shuffled: Vec<_> = signals.iter().map(bridge::signal).collect();
        check_same(&case, &SignalTally::from_signals(&shuffled).expect("within the limits"), &expected)?;
        let mut recorded = SignalTally::new();
        for signal in &shuffled {
            recorded.record(signal).expect("within the limits");
        }
        check_same(&case, &recorded, &expected)?;
    }

    #[test]
    fn splitting_and_merging_a_tally_changes_nothing(case in cases(), (parts, order) in splits()) {
        let mut tallies = vec![SignalTally::new(); 5];
        for (signal, part) in bridge::signals(&case.world).iter().zip(parts) {
            tallies[part].record(signal).expect("within the limits");
        }
        check_same(&case, &merged(tallies, &order), &bridge::tally(&case.world))?;
    }

    /// But the run's duplicates.
    #[test]
    fn repeating_an_identified_signal_changes_nothing(case in cases(), place in any::<Index>(), to in any::<Index>(), times in 1_usize..4) {
        let mut case = case;
        let Some(place) = (!case.world.signals.is_empty()).then(|| place.index(case.world.signals.len())) else { return Ok(()) };
        case.world.signals[place].id.get_or_insert_with(|| "fresh".to_owned());
        let before = bridge::assessment(&case.world, &case.policy, case.day);
        let conflicts: Vec<_> = bridge::tally(&case.world).conflicts().collect();
        let repeated = case.world.signals[place].clone();
        for _ in 0..times {
            let to = to.index(case.world.signals.len() + 1);
            case.world.signals.insert(to, repeated.clone());
        }
        let after = bridge::assessment(&case.world, &case.policy, case.day);
        prop_assert_eq!(bytes(&before).0, bytes(&after).0);
        prop_assert_eq!(bridge::tally(&case.world).conflicts().collect::<Vec<_>>(), conflicts);
        prop_assert_eq!(after.run.duplicate, before.run.duplicate + times as u64);
        prop_assert_eq!((after.run.known, after.run.unknown_subject), (before.run.known, before.run.unknown_subject));
    }

    /// A file that is read twice, its signals all identified.
    #[test]
    fn merging_an_identified_tally_into_itself_changes_nothing(case in cases()) {
        let mut case = case;
        for (number, signal) in case.world.signals.iter_mut().enumerate() {
            signal.id.get_or_insert_with(|| format!("fresh, {number}"));
        }
        let once = bridge::tally(&case.world);
        let (before, after) = (with_tally(&case, &once), with_tally(&case, &once.clone().merged(&once).expect("within the limits")));
        prop_assert_eq!(bytes(&before).0, bytes(&after).0);
        prop_assert_eq!(after.run.total(), 2 * before.run.total());
        prop_assert_eq!((after.run.known, after.run.unknown_subject), (before.run.known, before.run.unknown_subject));
    }

    /// Of the run, of each group, and of the ids that contradict themselves.
    #[test]
    fn every_signal_has_exactly_one_state(case in cases()) {
        let Case { world, policy, day } = &case;
        let assessment = bridge::assessment(world, policy, *day);
        prop_assert_eq!(assessment.run.total(), world.signals.len() as u64);
        prop_assert_eq!(serde_json::to_value(assessment.run).expect("serialises"), oracle::run_intake(world));
        let kept = unrepeated(world);
        for group in assessment.groups() {
            let here = kept.iter().filter(|signal| is_of(world, signal, group.account_id()));
            prop_assert_eq!(group.intake.total(), here.count() as u64, "group {}", group.group_id());
        }
        let staff = world.contacts.iter().filter(|contact| contact.account.is_none());
        let staff: Vec<_> = staff.map(|contact| Subject::Contact(contact.id.clone())).collect();
        let of_staff = kept.iter().filter(|signal| staff.contains(&signal.subject)).count() as u64;
        let of_accounts: u64 = assessment.accounts.iter().map(|account| account.groups()[0].intake.total()).sum();
        prop_assert_eq!(assessment.run.known, of_accounts + of_staff);
        let told: Vec<_> = bridge::tally(world).conflicts().map(|conflict| (conflict.id.as_str().to_owned(), conflict.contents)).collect();
        let expected = oracle::conflicts(world).into_iter();
        let expected = expected.map(|of| (of.id, [&of.kept].into_iter().chain(&of.others).map(bridge::signal).collect::<Vec<_>>()));
        prop_assert_eq!(told, expected.collect::<Vec<_>>());
    }

    /// And each seat has the share and the holder that the oracle gives it.
    #[test]
    fn seats_sum_exactly_to_the_readiness(case in cases()) {
        let Case { world, policy, day } = &case;
        for group in bridge::assessment(world, policy, *day).groups() {
            let seats = group.coverage.roles.iter().flat_map(|role| role.seats.iter().map(move |seat| (role, seat)));
            let ours: Vec<_> = seats.map(|(role, seat)| (role.role.as_str(), seat.contact(), seat.share.units())).collect();
            prop_assert_eq!(ours.iter().map(|(_, _, units)| units).sum::<i128>(), group.readiness.units());
            let theirs = oracle::seats(world, policy, group.group_id(), *day);
            let filled = |units: i128| units > 0;
            let theirs = theirs.iter().filter(|seat| filled(seat.units.into()));
            let theirs = theirs.map(|seat| (seat.role.as_str(), seat.contact.as_deref().unwrap_or("nobody"), i128::from(seat.units)));
            prop_assert_eq!(ours.into_iter().filter(|(_, _, units)| filled(*units)).collect::<Vec<_>>(), theirs.collect::<Vec<_>>());
        }
    }

    #[test]
    fn readiness_stays_in_range(case in cases()) {
        let in_range = |percent: Percent| (Percent::ZERO..=Percent::HUNDRED).contains(&percent);
        for group in bridge::assessment(&case.world, &case.policy, case.day).groups() {
            prop_assert!(in_range(group.readiness), "readiness {}", group.readiness);
            let coverage = &group.coverage;
            let of_roles = coverage.roles.iter().flat_map(|role| [role.filled, role.engaged, role.current]);
            for percent in [coverage.filled, coverage.engaged, coverage.current, coverage.possible].into_iter().chain(of_roles) {
                prop_assert!(in_range(percent), "coverage {percent}");
            }
            for bound in [group.fit.definite, group.fit.possible].into_iter().flatten() {
                prop_assert!(in_range(bound), "fit {bound}");
            }
        }
    }

    /// Not a byte of the groups, when no id of a signal is shared with another account.
    #[test]
    fn other_accounts_change_nothing(case in cases()) {
        let mut world = case.world.clone();
        for signal in &mut world.signals {
            let (Subject::Contact(id) | Subject::Account(id) | Subject::Email(id)) = &signal.subject;
            let home = case.world.contacts.iter().find(|contact| contact.id == *id).and_then(|contact| contact.account.clone());
            let home = if matches!(signal.subject, Subject::Contact(_)) { home } else { Some(id.clone()) };
            signal.id = signal.id.take().map(|own| format!("{home:?} {own}"));
        }
        let all = bridge::assessment(&world, &case.policy, case.day);
        for account in &all.accounts {
            let alone = bridge::assessment(&only(&world, account.account_id()), &case.policy, case.day);
            prop_assert_eq!(alone.accounts.len(), 1);
            let text = |account: &AccountAssessment| serde_json::to_string(account.groups()).expect("serialises");
            prop_assert_eq!(text(&alone.accounts[0]), text(account));
            prop_assert_eq!(alone.accounts[0].own, account.own);
        }
    }

    /// But intake: `future`, or `quarantined` and `unknown_kind`, which come first, and the run's known.
    #[test]
    fn future_signals_change_nothing(case in cases(), future in drafts(-400_i64..=-1, 6)) {
        let Case { world, policy, day } = &case;
        let names = kinds(policy, |_| true).into_iter().chain(["never heard of".to_owned()]).collect::<Vec<_>>();
        let more = made(world, &future, &names, *day);
        let mut later = world.clone();
        later.signals.extend(more.clone());
        let (before, after) = (bridge::assessment(world, policy, *day), bridge::assessment(&later, policy, *day));
        prop_assert_eq!(after.run.known, before.run.known + more.len() as u64);
        prop_assert_eq!((after.run.duplicate, after.run.unknown_subject), (before.run.duplicate, before.run.unknown_subject));
        let state = |signal: &Signal| match () {
            () if signal.quarantined => SignalState::Quarantined,
            () if signal.kind == "never heard of" => SignalState::UnknownKind,
            () => SignalState::Future,
        };
        for (before, after) in side_by_side(&before, &after) {
            for (token, of) in SignalState::ALL {
                let here = more.iter().filter(|signal| is_of(world, signal, before.account_id()));
                let expected = before.intake.count(of) + here.filter(|signal| state(signal) == of).count() as u64;
                prop_assert_eq!(after.intake.count(of), expected, "{}", token);
            }
            let mut after = after.clone();
            after.intake = before.intake;
            prop_assert_eq!(before, &after);
        }
    }

    /// Every list of the portfolio document in another order.
    #[test]
    fn graph_order_changes_nothing((case, world) in cases().prop_flat_map(|case| { let world = reordered(&case.world); (Just(case), world) })) {
        let before = bridge::assessment(&case.world, &case.policy, case.day);
        prop_assert_eq!(bytes(&before), bytes(&bridge::assessment(&world, &case.policy, case.day)));
    }
}

fn reordered(world: &World) -> impl Strategy<Value = World> + use<> {
    let World { accounts, contacts, groups, members, ties, opportunities, dispositions, signals } = world.clone();
    let contacts = contacts.into_iter().map(|mut contact| {
        contact.roles.reverse();
        contact
    });
    let contacts: Vec<_> = contacts.collect();
    let who = (Just(accounts).prop_shuffle(), Just(contacts).prop_shuffle(), Just(groups).prop_shuffle(), Just(members).prop_shuffle());
    let rest = (Just(ties).prop_shuffle(), Just(opportunities).prop_shuffle(), Just(dispositions).prop_shuffle());
    (who, rest).prop_map(move |((accounts, contacts, groups, members), (ties, opportunities, dispositions))| World {
        accounts,
        contacts,
        groups,
        members,
        ties,
        opportunities,
        dispositions,
        signals: signals.clone(),
    })
}
