//! The table of a portfolio says of each group what its assessment says, in the same order, however the graph came to be.

use crate::bridge;
use crate::strategies::{Case, cases};
use crate::world::World;
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Assessor, GroupAssessment, PolicyEntry, PolicySet, PortfolioRow, SolutionName};

/// Everything that both have, in words.
pub fn of_row(row: &PortfolioRow<'_>) -> Vec<String> {
    let gaps: Vec<_> = row.gaps().collect();
    let coverage = [row.filled(), row.engaged(), row.current(), row.possible()];
    let verdict = (row.state(), row.route(), row.stage());
    let texts = [row.account_id(), row.group_id()];
    vec![
        format!("{texts:?} {} {:?}", row.as_of(), row.policy()),
        format!("{verdict:?} {} {} {coverage:?}", row.points(), row.readiness()),
        format!("{:?} {:?} {:?}", row.momentum(), row.people(), row.fit()),
        format!("{:?} {gaps:?}", row.intake()),
    ]
}

fn of_group(group: &GroupAssessment) -> Vec<String> {
    let gaps: Vec<_> = group.gaps.iter().map(|gap| (gap.code, gap.severity)).collect();
    let coverage = [group.coverage.filled, group.coverage.engaged, group.coverage.current, group.coverage.possible];
    let verdict = (group.verdict.state, group.verdict.route, group.stage);
    let texts = [group.account_id(), group.group_id()];
    vec![
        format!("{texts:?} {} {:?}", group.as_of, group.policy),
        format!("{verdict:?} {} {} {coverage:?}", group.points, group.readiness),
        format!("{:?} {:?} {:?}", group.momentum, group.people, group.fit),
        format!("{:?} {gaps:?}", group.intake),
    ]
}

fn rows(assessor: &Assessor<'_>, day: quorate::Day) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    assessor.portfolio(day, |row| rows.push(of_row(row)));
    rows
}

fn several(world: &World) -> bool {
    world.contacts.len() > 1
}

proptest! {
    #[test]
    fn a_row_says_what_the_assessment_says(case in cases(), other in -40_i64..40, cut in 0..4_usize) {
        let (graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
        let assessor = Assessor::new(&graph, &tally, &policy);
        for day in [bridge::day(case.day), bridge::day(case.day + other)] {
            let expected: Vec<_> = assessor.groups(day).map(|group| of_group(&group)).collect();
            prop_assert_eq!(rows(&assessor, day), expected.clone());
            let mut parts = Vec::new();
            for range in [0..cut, cut..usize::MAX] {
                assessor.portfolio_range(day, range, |row| parts.push(of_row(row)));
            }
            prop_assert_eq!(parts, expected.clone());
            #[cfg(feature = "rayon")]
            {
                use rayon::iter::ParallelIterator as _;
                prop_assert_eq!(assessor.par_portfolio(day, of_row).collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn rows_of_a_set_are_those_of_the_groups_that_it_matches(case in cases()) {
        let (graph, tally, day) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::day(case.day));
        let mut entry = PolicyEntry::everywhere(bridge::policy(&case.policy));
        entry.solutions = Some(vec![SolutionName::new("crm").expect("a name")]);
        let set = PolicySet::new(vec![entry]).expect("a valid set");
        let assessor = Assessor::new(&graph, &tally, &set);
        let expected: Vec<_> = assessor.groups(day).map(|group| of_group(&group)).collect();
        prop_assert_eq!(rows(&assessor, day), expected);
    }

    /// A contact that left and returned stands elsewhere in memory; nothing that is said may depend on it.
    #[test]
    fn contacts_that_went_and_came_back_change_nothing(case in cases().prop_filter("several", |case: &Case| several(&case.world)), which: Vec<Index>) {
        let (mut graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
        let day = bridge::day(case.day);
        let before = Assessor::new(&graph, &tally, &policy).assess(day);
        for index in which.iter().take(4) {
            let id = &index.get(&case.world.contacts).id;
            let removed = graph.remove_contact(id).expect("it is there");
            graph.restore_contact(removed).expect("it was there");
        }
        prop_assert!(graph.verify().is_ok());
        let assessor = Assessor::new(&graph, &tally, &policy);
        prop_assert_eq!(&assessor.assess(day), &before);
        let expected: Vec<_> = before.groups().map(of_group).collect();
        prop_assert_eq!(rows(&assessor, day), expected);
    }
}

/// Accounts are shared out in parts, of which the last may be short, and one may be all there is.
#[cfg(feature = "rayon")]
#[test]
fn rows_of_several_threads_come_in_the_order_of_one() {
    use crate::strategies::default_policy;
    use crate::world::TODAY;
    use rayon::iter::ParallelIterator as _;
    for accounts in [0, 1, 255, 256, 257, 513] {
        let world = (0..accounts).fold(World::default(), |world, number| world.account(&format!("a{}", number * 7919 % 1000)));
        let (graph, tally, policy) = (bridge::graph(&world), bridge::tally(&world), bridge::policy(&default_policy()));
        let assessor = Assessor::new(&graph, &tally, &policy);
        let day = bridge::day(TODAY);
        let ids: Vec<String> = assessor.par_portfolio(day, |row| row.account_id().to_owned()).collect();
        let mut expected = Vec::new();
        assessor.portfolio(day, |row| expected.push(row.account_id().to_owned()));
        assert_eq!((ids.len(), ids), (accounts, expected));
    }
}
