//! Laws of standing over time.

use crate::bridge;
use crate::oracle;
use crate::strategies::{History, histories, sample};
use crate::vary::config;
use crate::world::{Day, date};
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{
    AccountGraph, Advance, Assessor, GroupAssessment, GroupId, Move, MoveReason, Place, Policy, Reason, Route, RuleEnd, SignalTally,
    Standing, StandingError, State, replay,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A history handed to the library.
struct Handed {
    graph: AccountGraph,
    tally: SignalTally,
    policy: Policy,
    first: Day,
    last: Day,
}

/// One day of a group: its assessment and the step that it led to.
struct Lived {
    assessment: GroupAssessment,
    before: Standing,
    after: Standing,
    moved: Option<Move>,
}

impl Handed {
    fn new(history: &History) -> Self {
        let (graph, tally) = (bridge::graph(&history.world), bridge::tally(&history.world));
        Self { graph, tally, policy: bridge::policy(&history.policy), first: history.first, last: history.last }
    }

    fn assessor(&self) -> Assessor<'_> {
        Assessor::new(&self.graph, &self.tally, &self.policy)
    }

    /// Every group's days, each advanced by hand.
    fn lived(&self) -> BTreeMap<String, Vec<Lived>> {
        let assessor = self.assessor();
        let mut all: BTreeMap<String, Vec<Lived>> = BTreeMap::new();
        for day in self.first..=self.last {
            for assessment in assessor.groups(bridge::day(day)) {
                let days = all.entry(assessment.group_id().to_owned()).or_default();
                let before = days.last().map_or_else(|| start(assessment.group_id(), self.first), |lived| lived.after.clone());
                let Advance { standing, moved } = before.advance(&assessment).expect("the next day");
                days.push(Lived { assessment, before, after: standing, moved });
            }
        }
        all
    }
}

fn start(group: &str, first: Day) -> Standing {
    Standing::never_in(GroupId::new(group).expect("an id"), bridge::day(first - 1))
}

fn moves(days: &[Lived]) -> Vec<&Move> {
    days.iter().filter_map(|lived| lived.moved.as_ref()).collect()
}

/// A move as the oracle tells it: without group and sentences, and without what an exclusion cites.
fn told(moved: &Move) -> Value {
    let mut told = serde_json::to_value(moved).expect("serialises");
    let object = told.as_object_mut().expect("an object");
    object.remove("group_id");
    object.remove("message");
    let reason = object["reason"].as_object_mut().expect("an object");
    reason.remove("message");
    reason.remove("reasons");
    told
}

fn place(standing: &Standing) -> Value {
    serde_json::to_value(standing.place()).expect("serialises")
}

proptest! {
    #![proptest_config(config(384))]

    /// Day by day, with an oracle that tells the whole history anew for each of them.
    #[test]
    fn standing_agrees_with_the_history(history in histories()) {
        let lived = Handed::new(&history).lived();
        let mut seen: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for day in history.first..=history.last {
            for assessment in oracle::assess(&history.world, &history.policy, day) {
                seen.entry(assessment["group_id"].as_str().expect("an id").to_owned()).or_default().push(assessment);
            }
        }
        prop_assert_eq!(lived.len(), seen.len());
        for (group, assessments) in &seen {
            for days in 1..=assessments.len() {
                let expected = oracle::story(&history.policy, &assessments[..days]);
                let ours = &lived[group][..days];
                prop_assert_eq!(place(&ours[days - 1].after), expected.place, "group {} after {} days", group, days);
                prop_assert_eq!(moves(ours).into_iter().map(told).collect::<Vec<_>>(), expected.moves, "group {} after {} days", group, days);
            }
        }
    }

    /// At once, or to a day between, kept as a document, and on from there.
    #[test]
    fn jumping_is_replaying_each_day(history in histories(), between in any::<Index>()) {
        let handed = Handed::new(&history);
        let between = history.first + i64::try_from(between.index(usize::try_from(history.last - history.first).expect("small"))).expect("small");
        for (group, days) in handed.lived() {
            let (assessor, start) = (handed.assessor(), start(&group, history.first));
            let jumped = replay(&assessor, &start, bridge::day(history.last)).expect("a group");
            prop_assert_eq!(&jumped.standing, &days.last().expect("a day").after);
            prop_assert_eq!(jumped.moves.iter().collect::<Vec<_>>(), moves(&days));
            let half = replay(&assessor, &start, bridge::day(between)).expect("a group");
            let kept = Standing::from_json(&half.standing.to_json()).expect("a document");
            let rest = replay(&assessor, &kept, bridge::day(history.last)).expect("a group");
            prop_assert_eq!(&rest.standing, &jumped.standing);
            prop_assert_eq!(half.moves.into_iter().chain(rest.moves).collect::<Vec<_>>(), jumped.moves);
        }
    }

    #[test]
    fn only_the_next_day_is_accepted(history in histories(), away in -3_i64..=5, whose in any::<Index>()) {
        let handed = Handed::new(&history);
        let (assessor, lived) = (handed.assessor(), handed.lived());
        let Some((group, days)) = lived.iter().nth(whose.index(lived.len().max(1))) else { return Ok(()) };
        for (number, standing) in (history.first..).zip(days).map(|(day, lived)| (day, &lived.after)) {
            let assessment = assessor.group(group, bridge::day(number + away)).expect("a group").expect("a policy");
            let answer = standing.advance(&assessment);
            if away == 1 {
                prop_assert_eq!(answer.expect("the next day").standing.day(), assessment.as_of);
            } else {
                let (day, next) = (bridge::day(number), bridge::day(number + 1));
                prop_assert_eq!(answer, Err(StandingError::OtherDay { day, next, assessment: assessment.as_of }));
            }
            for other in lived.keys().filter(|other| *other != group) {
                let assessment = assessor.group(other, bridge::day(number + away)).expect("a group").expect("a policy");
                let other = StandingError::OtherGroup { standing: standing.group_id().clone(), assessment: other.clone() };
                prop_assert_eq!(standing.advance(&assessment), Err(other));
            }
        }
    }

    /// Until it is over, only somebody who asked since the leaving brings the group back in.
    #[test]
    fn a_cool_down_keeps_the_rule_out(history in histories()) {
        let cool_down = history.policy["exit"]["cool_down_days"].as_i64().expect("days");
        for days in Handed::new(&history).lived().values() {
            for pair in moves(days).windows(2).filter(|pair| pair[0].to.route().is_none()) {
                let away = i64::from(pair[1].day.days_since(pair[0].day));
                match pair[1].reason {
                    MoveReason::RuleTrue => prop_assert!(away >= cool_down, "back after {} days", away),
                    MoveReason::HandRaise { day } => prop_assert!(day > pair[0].day),
                    _ => prop_assert!(false, "{:?} is no entry", pair[1]),
                }
            }
            // And when it is over, nothing keeps the rule out any longer.
            for lived in days {
                let Place::Out { left } = lived.before.place() else { continue };
                let over = left.is_none_or(|left| i64::from(lived.assessment.as_of.days_since(left)) >= cool_down);
                prop_assert!(!(over && lived.assessment.verdict.route == Some(Route::Rule)) || lived.moved.is_some());
            }
        }
    }

    #[test]
    fn an_exclusion_leaves_at_once(history in histories()) {
        for days in Handed::new(&history).lived().values() {
            for lived in days.iter().filter(|lived| lived.assessment.verdict.state == State::Excluded) {
                prop_assert_eq!(lived.after.place().route(), None);
                let was_in = lived.before.place().route().is_some();
                let code = lived.moved.as_ref().map(|moved| moved.reason.code());
                prop_assert_eq!(code, was_in.then_some("excluded"));
            }
        }
    }

    /// What a reason says is checked once more against the assessments of the days that it names; where there is no move, nothing changed.
    #[test]
    fn every_move_has_its_reason(history in histories()) {
        for days in Handed::new(&history).lived().values() {
            for (number, lived) in days.iter().enumerate() {
                if let Some(moved) = &lived.moved {
                    check_move(&history.policy, &days[..=number], moved)?;
                } else {
                    prop_assert_eq!(stance(lived.after.place()), stance(lived.before.place()));
                }
            }
        }
    }

    #[test]
    fn a_standing_survives_its_document(history in histories()) {
        for lived in Handed::new(&history).lived().values().flatten() {
            let standing = &lived.after;
            let text = standing.to_json();
            prop_assert_eq!(&Standing::from_json(&text).expect("a document"), standing);
            prop_assert_eq!(&serde_json::from_str::<Standing>(&text).expect("a document"), standing);
            // Field by field in any order, and back to the same bytes.
            let value = serde_json::to_value(standing).expect("serialises");
            prop_assert_eq!(value.to_string(), text.clone());
            prop_assert_eq!(serde_json::from_value::<Standing>(value).expect("a document").to_json(), text);
        }
    }
}

/// What may only change by a move.
fn stance(place: Place) -> (Option<Route>, Option<quorate::Day>) {
    match place {
        Place::In { route, since, .. } => (Some(route), Some(since)),
        Place::Out { left } => (None, left),
    }
}

/// The days of a group up to the move, and the move on the last of them.
fn check_move(policy: &Value, days: &[Lived], moved: &Move) -> Result<(), TestCaseError> {
    let lived = days.last().expect("a day");
    let today = &lived.assessment;
    prop_assert_eq!((moved.from, moved.to, moved.day), (lived.before.place(), lived.after.place(), today.as_of));
    prop_assert_ne!(stance(moved.from), stance(moved.to));
    let (from, to) = (moved.from.route(), moved.to.route());
    match &moved.reason {
        MoveReason::RuleTrue | MoveReason::RuleTookOver => {
            prop_assert_eq!((to, today.verdict.route), (Some(Route::Rule), Some(Route::Rule)));
            prop_assert_eq!(from, (moved.reason == MoveReason::RuleTookOver).then_some(Route::HandRaise));
        }
        MoveReason::HandRaise { day } => {
            prop_assert_eq!((from, to, today.newest_hand_raise), (None, Some(Route::HandRaise), Some(*day)));
            check_request(policy, today, *day)?;
        }
        MoveReason::HandRaiseHolds { day, ended } => {
            prop_assert_eq!((from, to, today.newest_hand_raise), (Some(Route::Rule), Some(Route::HandRaise), Some(*day)));
            check_request(policy, today, *day)?;
            check_end(policy, days, *ended)?;
        }
        MoveReason::Excluded { reasons } => {
            prop_assert_eq!((from.is_some(), to, today.verdict.state), (true, None, State::Excluded));
            prop_assert!(!reasons.is_empty() && reasons.iter().all(|reason| today.verdict.reasons.contains(reason)));
        }
        MoveReason::HandRaiseOver { newest, fit_too_low } => {
            prop_assert_eq!((from, to), (Some(Route::HandRaise), None));
            prop_assert!(today.verdict.state < State::Qualified);
            prop_assert_eq!(*newest, today.newest_hand_raise.map(|day| (day, today.as_of.days_since(day).unsigned_abs())));
            let within = policy["hand_raise"]["within_days"].as_u64().expect("days");
            let young = newest.is_some_and(|(_, days)| u64::from(days) <= within);
            prop_assert_eq!((young, today.hand_raise_holds), (*fit_too_low, false));
            let said = today.verdict.reasons.iter().any(|reason| matches!(reason, Reason::HandRaiseBelowFit { .. }));
            prop_assert_eq!(said, *fit_too_low);
        }
        MoveReason::RuleOver(ended) => {
            prop_assert_eq!((from, to), (Some(Route::Rule), None));
            check_end(policy, days, *ended)?;
        }
        other => prop_assert!(false, "no reason {:?}", other),
    }
    Ok(())
}

/// A request that holds is young enough, and the verdict is qualified with it.
fn check_request(policy: &Value, today: &GroupAssessment, day: quorate::Day) -> Result<(), TestCaseError> {
    let within = policy["hand_raise"]["within_days"].as_i64().expect("days");
    prop_assert!(today.hand_raise_holds && i64::from(today.as_of.days_since(day)) <= within);
    prop_assert_eq!(today.verdict.state, State::Qualified);
    Ok(())
}

fn check_end(policy: &Value, days: &[Lived], ended: RuleEnd) -> Result<(), TestCaseError> {
    let today = &days.last().expect("a day").assessment;
    let exit = |field: &str| policy["exit"][field].as_u64().expect("days");
    match ended {
        RuleEnd::PointsLow { below, since, days: count } => {
            prop_assert_eq!(json!(below), policy["exit"]["below_points"].clone());
            prop_assert_eq!(today.as_of.days_since(since).unsigned_abs(), count);
            prop_assert!(u64::from(count) >= exit("below_days"));
            // Every day of the run is under the points, and by the rule; the day before is not.
            let is_run = |lived: &&Lived| lived.assessment.as_of >= since;
            let of_run = |lived: &Lived| lived.assessment.points < below && lived.before.place().route() == Some(Route::Rule);
            let first = |lived: &Lived| lived.assessment.as_of == since && lived.assessment.points < below;
            prop_assert!(days.iter().filter(is_run).all(|lived| of_run(lived) || first(lived)));
            let before = days.iter().find(|lived| lived.assessment.as_of.next() == Some(since));
            prop_assert!(
                before.is_none_or(|before| before.assessment.points >= below || before.after.place().route() != Some(Route::Rule))
            );
        }
        RuleEnd::Silent { since, days: count } => {
            prop_assert_eq!((today.newest_positive, today.as_of.days_since(since).unsigned_abs()), (Some(since), count));
            prop_assert!(u64::from(count) >= exit("silence_days"));
        }
    }
    Ok(())
}

/// Each sort of move, by the code of its reason, at least in so many of ten thousand days of a group.
#[test]
fn the_histories_reach_every_move() {
    let (mut counts, mut days) = (BTreeMap::<String, usize>::new(), 0);
    for history in sample(&histories(), 600) {
        for lived in Handed::new(&history).lived().values().flatten() {
            days += 1;
            for name in lived.moved.iter().flat_map(names) {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let names = [
        "rule_true",
        "rule_true again",
        "hand_raise",
        "hand_raise again",
        "rule_took_over",
        "hand_raise_holds points_low",
        "hand_raise_holds silent",
        "excluded",
        "excluded rule",
        "hand_raise_over",
        "hand_raise_over fit",
        "hand_raise_over gone",
        "points_low",
        "points_low at once",
        "silent",
    ];
    let rare: Vec<_> = names.iter().filter(|name| counts.get(**name).is_none_or(|count| 10_000 * count / days < 3)).collect();
    assert!(rare.is_empty(), "too rare: {rare:?} of {days} in {counts:#?}");
}

fn names(moved: &Move) -> Vec<String> {
    let code = moved.reason.code().to_owned();
    let more = match &moved.reason {
        MoveReason::RuleTrue | MoveReason::HandRaise { .. } if moved.from != (Place::Out { left: None }) => Some("again"),
        MoveReason::HandRaiseHolds { ended, .. } => Some(ended.code()),
        MoveReason::Excluded { .. } if moved.from.route() == Some(Route::Rule) => Some("rule"),
        MoveReason::HandRaiseOver { fit_too_low: true, .. } => Some("fit"),
        MoveReason::HandRaiseOver { newest: None, .. } => Some("gone"),
        MoveReason::RuleOver(RuleEnd::PointsLow { days: 0, .. }) => Some("at once"),
        _ => None,
    };
    let more = more.map(|more| format!("{code} {more}"));
    [code].into_iter().chain(more).collect()
}
