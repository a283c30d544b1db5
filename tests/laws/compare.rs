//! Comparing two policies or two days.

use crate::bridge;
use crate::oracle::{self, Q, Truth};
use crate::patch::patched;
use crate::strategies::{Case, cases, default_policy, rivals, sample, successors};
use crate::vary::{busy_cases, config, timeless, up_to, zero};
use crate::world::{Day, World};
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{
    AnswerChange, Cause, Comparison, Difference, Factor, GroupChange, GroupOutcome, HandRaiseState, Policy, TRIED_MAX, compare_days,
    compare_policies, differences,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A case under one policy, and another policy: of some pairs that were drawn the first that changes anybody.
fn pairs() -> BoxedStrategy<(Case, Value)> {
    let any_pair = |case: &Case| {
        let earlier = case.policy.clone();
        successors(&case.policy).prop_map(move |later| (earlier.clone(), later))
    };
    let with_pairs = move |case: Case| {
        let drawn = prop_oneof![any_pair(&case), rivals(&case.policy)];
        (Just(case), prop::collection::vec(drawn, 4), any::<bool>())
    };
    let drawn = prop_oneof![3 => busy_cases(), 1 => cases()].prop_flat_map(with_pairs);
    let first = |(case, pairs, swapped): (Case, Vec<(Value, Value)>, bool)| {
        let (earlier, later) = first_changed(&case, pairs, |(earlier, later)| [(earlier.clone(), case.day), (later.clone(), case.day)]);
        let (policy, later) = if swapped { (later, earlier) } else { (earlier, later) };
        (Case { policy, ..case }, later)
    };
    drawn.prop_map(first).boxed()
}

/// A case and another day: of some that were drawn the first that changes anybody.
fn spans() -> BoxedStrategy<(Case, Day)> {
    let shifts = select(vec![-200_i64, -45, -20, -7, -1, 0, 1, 3, 20, 45, 95]);
    let drawn = (prop_oneof![3 => busy_cases(), 1 => cases()], prop::collection::vec(shifts, 5));
    let first = |(case, shifts): (Case, Vec<i64>)| {
        let days = shifts.into_iter().map(|shift| case.day + shift).collect();
        let day = first_changed(&case, days, |day| [(case.policy.clone(), case.day), (case.policy.clone(), *day)]);
        (case, day)
    };
    drawn.prop_map(first).boxed()
}

fn first_changed<T: Clone>(case: &Case, candidates: Vec<T>, sides: impl Fn(&T) -> [(Value, Day); 2]) -> T {
    let (graph, tally) = (bridge::graph(&case.world), bridge::tally(&case.world));
    let verdicts = |(policy, day): (Value, Day)| {
        let assessment = quorate::assess(&graph, &tally, &bridge::policy(&policy), bridge::day(day));
        assessment.groups().map(|group| (group.verdict.state, group.verdict.route)).collect::<Vec<_>>()
    };
    let changed = candidates.iter().find(|one| {
        let [before, after] = sides(one).map(verdicts);
        before != after
    });
    changed.unwrap_or(&candidates[0]).clone()
}

fn compared(case: &Case, later: &Value) -> Comparison {
    let (before, after) = (bridge::policy(&case.policy), bridge::policy(later));
    compare_policies(&bridge::graph(&case.world), &bridge::tally(&case.world), &before, &after, bridge::day(case.day))
}

fn compared_days(case: &Case, to: Day) -> Comparison {
    let policy = bridge::policy(&case.policy);
    compare_days(&bridge::graph(&case.world), &bridge::tally(&case.world), &policy, bridge::day(case.day), bridge::day(to))
}

/// State and route of every group.
type Verdicts = BTreeMap<String, (Value, Value)>;

/// The verdicts by the oracle.
fn verdicts(world: &World, policy: &Value, day: Day) -> Verdicts {
    let id = |group: &Value| group["group_id"].as_str().expect("an id").to_owned();
    let verdict = |group: &Value| (group["verdict"]["state"].clone(), group["verdict"].get("route").cloned().unwrap_or(Value::Null));
    oracle::assess(world, policy, day).iter().map(|group| (id(group), verdict(group))).collect()
}

fn said(outcome: &GroupOutcome) -> (Value, Value) {
    (json!(outcome.state.token()), json!(outcome.route.map(quorate::Route::token)))
}

fn check_who(comparison: &Comparison, before: &Verdicts, after: &Verdicts) -> Result<(), TestCaseError> {
    let changed: BTreeMap<&String, &GroupChange> = comparison.changed.iter().map(|change| (&change.group_id, change)).collect();
    let expected: BTreeSet<&String> = before.keys().filter(|id| before[*id] != after[*id]).collect();
    prop_assert_eq!(changed.keys().copied().collect::<BTreeSet<_>>(), expected);
    prop_assert_eq!(comparison.groups, before.len());
    for (id, change) in changed {
        prop_assert_eq!(&said(&change.before), &before[id]);
        prop_assert_eq!(&said(&change.after), &after[id]);
    }
    prop_assert_eq!(comparison.causes.iter().map(|one| one.groups).sum::<usize>(), comparison.changed.len());
    prop_assert!(comparison.causes.is_sorted_by(|a, b| a.groups >= b.groups));
    Ok(())
}

/// Every set of differences tried by the oracle, once.
struct Tried<'a> {
    case: &'a Case,
    before: Value,
    after: Value,
    all: &'a [Difference],
    known: BTreeMap<Vec<usize>, Option<Verdicts>>,
}

impl<'a> Tried<'a> {
    fn new(case: &'a Case, later: &Value, all: &'a [Difference]) -> Self {
        // As the library writes them, so that nothing is left out.
        let written = |policy: &Value| serde_json::from_str(&bridge::policy(policy).to_json()).expect("JSON");
        Self { case, before: written(&case.policy), after: written(later), all, known: BTreeMap::new() }
    }

    /// The verdicts with only those differences made; `None` when that is no policy.
    fn verdicts(&mut self, made: &[usize]) -> Option<&Verdicts> {
        let Self { case, before, after, all, known } = self;
        let tried = known.entry(made.to_vec()).or_insert_with(|| {
            let chosen: Vec<&Difference> = made.iter().map(|number| &all[*number]).collect();
            let document = patched(before, after, &chosen);
            Policy::from_json(&document.to_string()).is_ok().then(|| verdicts(&case.world, &document, case.day))
        });
        tried.as_ref()
    }

    fn gives(&mut self, made: &[usize], group: &str, wanted: &GroupOutcome) -> bool {
        self.verdicts(made).is_some_and(|verdicts| verdicts[group] == said(wanted))
    }

    fn numbers(&self, cause: &Cause) -> Vec<usize> {
        let number = |factor: &Factor| {
            let Factor::Difference(difference) = factor else { panic!("{factor:?} between policies") };
            self.all.iter().position(|one| *one == **difference).expect("one of the differences")
        };
        cause.factors().iter().map(number).collect()
    }

    fn without(&self, left_out: &[usize]) -> Vec<usize> {
        (0..self.all.len()).filter(|number| !left_out.contains(number)).collect()
    }

    fn check(&mut self, change: &GroupChange, cause: &Cause) -> Result<(), TestCaseError> {
        let (id, named) = (&change.group_id, self.numbers(cause));
        match cause {
            Cause::Alone(_) => prop_assert!(self.gives(&named, id, &change.after), "{change}"),
            Cause::Needed(_) => prop_assert!(self.gives(&self.without(&named), id, &change.before), "{change}"),
            Cause::Together(_) => {
                prop_assert!(self.gives(&named, id, &change.after), "{change}");
                for subset in proper_subsets(&named) {
                    prop_assert!(!self.gives(&subset, id, &change.after), "{subset:?} would do: {change}");
                }
            }
        }
        Ok(())
    }

    /// Whatever single difference is of the sort of the cause is named, and there is none of a sort that comes first.
    fn check_others(&mut self, change: &GroupChange) -> Result<(), TestCaseError> {
        let causes = || [&change.cause].into_iter().chain(&change.also);
        let named: BTreeSet<Vec<usize>> = causes().map(|cause| self.numbers(cause)).collect();
        for number in 0..self.all.len() {
            let alone = self.gives(&[number], &change.group_id, &change.after);
            let rest = self.without(&[number]);
            let needed = self.gives(&rest, &change.group_id, &change.before);
            match &change.cause {
                Cause::Alone(_) => prop_assert_eq!(alone, named.contains(&vec![number])),
                Cause::Needed(_) => prop_assert!(!alone && needed == named.contains(&vec![number]), "{}", change),
                Cause::Together(_) => prop_assert!(!alone, "{change}"),
            }
        }
        Ok(())
    }
}

/// Every subset of at most six, but the empty one and the whole.
fn proper_subsets(set: &[usize]) -> Vec<Vec<usize>> {
    if set.len() > 6 {
        return set.iter().map(|gone| set.iter().copied().filter(|one| one != gone).collect()).collect();
    }
    let chosen = |bits: u32| set.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, one)| *one).collect();
    (1..(1_u32 << set.len()) - 1).map(chosen).collect()
}

proptest! {
    #![proptest_config(config(384))]

    #[test]
    fn the_named_difference_flips_the_verdict((case, later) in pairs()) {
        let comparison = compared(&case, &later);
        let (before, after) = (verdicts(&case.world, &case.policy, case.day), verdicts(&case.world, &later, case.day));
        check_who(&comparison, &before, &after)?;
        let mut tried = Tried::new(&case, &later, &comparison.differences);
        let everything = tried.without(&[]);
        prop_assert_eq!(tried.verdicts(&everything), Some(&after), "all differences together are the later policy");
        for change in &comparison.changed {
            for cause in [&change.cause].into_iter().chain(&change.also) {
                tried.check(change, cause)?;
            }
            tried.check_others(change)?;
        }
    }

    #[test]
    fn nothing_differs_from_itself((case, other) in spans()) {
        let comparison = compared(&case, &case.policy);
        prop_assert!(comparison.differences.is_empty() && comparison.changed.is_empty() && comparison.moved == 0);
        let policy = bridge::policy(&case.policy);
        let mut renamed = policy.document().clone();
        (renamed.name, renamed.version) = ("another".into(), "2".into());
        prop_assert!(differences(&policy, &Policy::new(renamed).expect("valid")).is_empty());
        let comparison = compared_days(&case, case.day);
        prop_assert!(comparison.changed.is_empty() && comparison.moved == 0 && comparison.causes.is_empty());
        prop_assert_eq!(compared_days(&case, other).stayed() + compared_days(&case, other).changed.len(), comparison.groups);
    }

    #[test]
    fn comparing_backwards_mirrors_the_changes((case, later) in pairs(), (dated, other) in spans()) {
        let back = Case { policy: later.clone(), ..case.clone() };
        mirrored(&compared(&case, &later), &compared(&back, &case.policy))?;
        let later_case = Case { day: other, ..dated.clone() };
        mirrored(&compared_days(&dated, other), &compared_days(&later_case, dated.day))?;
    }

    /// The parts are those of the oracle, wherever it can tell them apart.
    #[test]
    fn movement_adds_up_exactly((case, to) in spans(), still in any::<bool>()) {
        let case = Case { world: if still { timeless(case.world) } else { case.world }, ..case };
        let (first, last) = (case.day.min(to), case.day.max(to));
        let sign = |amount: Q| if case.day <= to { amount } else { zero() - amount };
        let aged = points(&up_to(case.world.clone(), first), &case.policy, last);
        let now = points(&case.world, &case.policy, last);
        for change in &compared_days(&case, to).changed {
            let movement = change.movement.expect("between days");
            let units = |points: quorate::Points| points.units();
            prop_assert_eq!(units(movement.people) + units(movement.faded) + units(movement.gained), units(movement.total()));
            prop_assert_eq!(units(movement.total()), units(change.after.points) - units(change.before.points));
            let gained = &now[&change.group_id] - &aged[&change.group_id];
            prop_assert_eq!(movement.gained.to_string(), oracle::show(&sign(gained)));
            prop_assert!(!still || movement.people == quorate::Points::ZERO);
        }
    }

    #[test]
    fn the_named_answer_flips_the_verdict((case, to) in spans()) {
        let comparison = compared_days(&case, to);
        check_who(&comparison, &verdicts(&case.world, &case.policy, case.day), &verdicts(&case.world, &case.policy, to))?;
        for change in &comparison.changed {
            let sides = Sides { case: &case, to, change };
            sides.check_answers()?;
            for cause in [&change.cause].into_iter().chain(&change.also) {
                sides.check(cause)?;
            }
        }
    }
}

fn mirrored(there: &Comparison, back: &Comparison) -> Result<(), TestCaseError> {
    prop_assert_eq!((there.groups, there.moved, there.changed.len()), (back.groups, back.moved, back.changed.len()));
    for (one, other) in there.changed.iter().zip(&back.changed) {
        prop_assert_eq!((&one.account_id, &one.group_id), (&other.account_id, &other.group_id));
        prop_assert_eq!((&one.before, &one.after), (&other.after, &other.before));
        let totals = one.movement.zip(other.movement).map(|(one, other)| one.total().units() + other.total().units());
        prop_assert!(totals.is_none_or(|sum| sum == 0));
    }
    Ok(())
}

fn points(world: &World, policy: &Value, day: Day) -> BTreeMap<String, Q> {
    let amount = |group: &Value| oracle::decimal(group["points"].as_str().expect("points")).expect("a decimal");
    let groups = oracle::assess(world, policy, day);
    groups.iter().map(|group| (group["group_id"].as_str().expect("an id").to_owned(), amount(group))).collect()
}

/// A group on both days, and what decides about it taken from either.
struct Sides<'a> {
    case: &'a Case,
    to: Day,
    change: &'a GroupChange,
}

impl Sides<'_> {
    fn day(&self, after: bool) -> Day {
        if after { self.to } else { self.case.day }
    }

    fn clause(&self, clause: &Value, after: bool) -> Truth {
        oracle::answer(&self.case.world, &self.case.policy, &self.change.group_id, self.day(after), clause)
    }

    /// Each question that is answered otherwise is listed, with what the oracle answers.
    fn check_answers(&self) -> Result<(), TestCaseError> {
        for AnswerChange { path, before, after, .. } in &self.change.answers {
            let clause = at(&self.case.policy, path);
            let token = |truth: Truth| format!("{truth:?}").to_lowercase();
            prop_assert_eq!(token(self.clause(clause, false)), before.0.token());
            prop_assert_eq!(token(self.clause(clause, true)), after.0.token());
            prop_assert_ne!(before.0, after.0);
        }
        Ok(())
    }

    fn check(&self, cause: &Cause) -> Result<(), TestCaseError> {
        let named: Vec<&str> = cause.factors().iter().map(Factor::path).collect();
        let (before, after) = (said(&self.change.before), said(&self.change.after));
        match cause {
            Cause::Alone(_) => prop_assert_eq!(self.verdict(&|path| named.contains(&path)), after, "{}", self.change),
            Cause::Needed(_) => prop_assert_eq!(self.verdict(&|path| !named.contains(&path)), before, "{}", self.change),
            Cause::Together(_) => {
                prop_assert_eq!(self.verdict(&|path| named.contains(&path)), after.clone(), "{}", self.change);
                let numbers: Vec<usize> = (0..named.len()).collect();
                for subset in proper_subsets(&numbers) {
                    let chosen: Vec<&str> = subset.iter().map(|number| named[*number]).collect();
                    prop_assert_ne!(self.verdict(&|path| chosen.contains(&path)), after.clone(), "{}", self.change);
                }
            }
        }
        Ok(())
    }

    /// The verdict when some things are as they are after, by their paths.
    fn verdict(&self, is_after: &dyn Fn(&str) -> bool) -> (Value, Value) {
        let policy = &self.case.policy;
        let mixed = |name: &str| self.mixed(&policy[name], name, is_after);
        let out = self.is_out(is_after("fit.disqualifiers")) || mixed("exclusion") == Some(Truth::True);
        let rule = mixed("qualification").unwrap_or(Truth::True);
        let nobody = self.group(policy, is_after("members"))["people"]["known"] == 0;
        match rule {
            _ if out => (json!("excluded"), Value::Null),
            Truth::True => (json!("qualified"), json!("rule")),
            _ if self.is_raised(is_after("hand_raise")) => (json!("qualified"), json!("hand_raise")),
            Truth::Unknown if !nobody => (json!("insufficient_data"), Value::Null),
            _ => (json!("not_yet"), Value::Null),
        }
    }

    fn group(&self, policy: &Value, after: bool) -> Value {
        let groups = oracle::assess(&self.case.world, policy, self.day(after));
        groups.into_iter().find(|group| group["group_id"] == *self.change.group_id).expect("the group")
    }

    /// Excluded by its mark or by a disqualifier: what is left when no rule excludes.
    fn is_out(&self, after: bool) -> bool {
        let mut policy = self.case.policy.clone();
        policy["exclusion"] = json!({"any": []});
        self.group(&policy, after)["verdict"]["state"] == "excluded"
    }

    /// Qualified when neither rule nor exclusion has a say.
    fn is_raised(&self, after: bool) -> bool {
        let (mut policy, mut world) = (self.case.policy.clone(), self.case.world.clone());
        (policy["qualification"], policy["exclusion"]) = (json!({"any": []}), json!({"any": []}));
        policy["fit"]["disqualifiers"] = json!([]);
        world.accounts.iter_mut().for_each(|account| account.excluded = None);
        verdicts(&world, &policy, self.day(after))[&self.change.group_id].0 == "qualified"
    }

    /// Kleene's answer of a rule whose questions are answered on either day. `None`: it drops out.
    fn mixed(&self, rule: &Value, path: &str, is_after: &dyn Fn(&str) -> bool) -> Option<Truth> {
        let (name, is) = rule.as_object().and_then(|fields| fields.iter().next()).expect("one operator");
        let kept = |items: &Value, path: &str| {
            let items = items.as_array().expect("a list");
            let kept: Vec<Truth> =
                items.iter().enumerate().filter_map(|(place, item)| self.mixed(item, &format!("{path}[{place}]"), is_after)).collect();
            (items.is_empty() || !kept.is_empty()).then_some(kept)
        };
        let count = |answers: &[Truth], wanted: Truth| answers.iter().filter(|answer| **answer == wanted).count();
        let enough = |answers: &[Truth], least: usize| match count(answers, Truth::True) {
            yes if yes >= least => Truth::True,
            yes if yes + count(answers, Truth::Unknown) < least => Truth::False,
            _ => Truth::Unknown,
        };
        match name.as_str() {
            "all" => kept(is, &format!("{path}.all")).map(|answers| enough(&answers, answers.len())),
            "any" => kept(is, &format!("{path}.any")).map(|answers| enough(&answers, 1)),
            "at_least" => kept(&is["of"], &format!("{path}.at_least.of")).map(|answers| {
                let least = usize::try_from(is["n"].as_u64().expect("a number")).expect("small");
                enough(&answers, least.min(answers.len().max(1)))
            }),
            "not" => self.mixed(is, &format!("{path}.not"), is_after).map(|answer| match answer {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                Truth::Unknown => Truth::Unknown,
            }),
            "fit" if is["where_configured"] == true && self.case.policy["fit"]["source"] == "none" => None,
            _ => Some(self.clause(rule, is_after(path))),
        }
    }
}

/// A clause of a policy by its path.
fn at<'a>(policy: &'a Value, path: &str) -> &'a Value {
    let pointer = format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/"));
    policy.pointer(&pointer).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn the_pairs_reach_every_sort_of_cause() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut note = |comparison: Comparison| {
        for change in comparison.changed {
            let several = if change.cause.factors().len() > 1 { " of several" } else { "" };
            let sort = match change.cause.factors()[0] {
                Factor::Difference(_) => "policies",
                Factor::Question { .. } => "a question",
                Factor::HandRaise { .. } => "a hand-raise",
                Factor::Disqualifier { .. } => "a disqualifier",
                Factor::Members { .. } => "members",
            };
            *found.entry(format!("{} {sort}{several}", change.cause.code())).or_default() += 1;
            *found.entry(format!("also {}", !change.also.is_empty())).or_default() += 1;
        }
    };
    for (case, later) in sample(&pairs(), 800) {
        note(compared(&case, &later));
    }
    for (case, to) in sample(&spans(), 800) {
        note(compared_days(&case, to));
    }
    let least = [
        ("alone policies", 200),
        ("needed policies", 20),
        ("together policies of several", 20),
        ("alone a question", 50),
        ("needed a question", 20),
        ("together a question of several", 20),
        ("alone a hand-raise", 50),
        ("also true", 50),
    ];
    let rare: Vec<_> = least.iter().filter(|(name, least)| found.get(*name).is_none_or(|count| count < least)).collect();
    assert!(rare.is_empty(), "too rare: {rare:?} in {found:#?}");
}

/// More differences than are tried one by one: the section is named, and it alone does it.
#[test]
fn of_very_many_differences_the_section_is_named() {
    let world = World::default().account("a").contact("c", "a", &[]).heard("c", "demo_request", 20_200, 1);
    let mut later = default_policy();
    later["hand_raise"]["within_days"] = json!(3);
    let kinds = later["kinds"].as_array_mut().expect("kinds");
    let more: Vec<Value> = (0..250)
        .map(|number| {
            Value::Object(
                kinds[0]
                    .as_object()
                    .expect("a kind")
                    .clone()
                    .into_iter()
                    .chain([("name".into(), json!(format!("kind {number}")))])
                    .collect(),
            )
        })
        .collect();
    kinds.extend(more);
    let comparison = compared(&Case { world, policy: default_policy(), day: 20_210 }, &later);
    assert!(comparison.by_section && comparison.differences.len() == 251 && TRIED_MAX < 251);
    assert_eq!(comparison.changed[0].to_string(), "qualified (asked) → not yet: hand_raise alone does it");
    assert_eq!(comparison.changed[0].also, []);
}

/// A seat is no seat without its role: the two come together, and the one that cannot stand alone is needed.
#[test]
fn a_seat_that_comes_with_its_role_is_named() {
    let mut world = World::default().account("a");
    for (contact, role) in [("b", "economic_buyer"), ("c", "champion"), ("d", "decision_maker")] {
        world =
            world.contact(contact, "a", &[role]).heard(contact, "webinar_attended", 20_209, 1).heard(contact, "reply_to_sales", 20_209, 1);
    }
    let mut later = default_policy();
    later["roles"].as_array_mut().expect("roles").push(json!({"name": "gatekeeper", "weight": 80, "decides": false, "champions": false}));
    let seats = later["templates"].as_array_mut().expect("templates").iter_mut().find(|one| one["name"] == "standard").expect("standard");
    seats["seats"].as_array_mut().expect("seats").push(json!({"role": "gatekeeper", "count": 1}));
    let comparison = compared(&Case { world, policy: default_policy(), day: 20_210 }, &later);
    let said =
        "qualified (rule) → not yet: templates[standard].seats[gatekeeper] added: {\"count\":1,\"role\":\"gatekeeper\"} is needed for it";
    assert!(comparison.changed[0].to_string().starts_with(said), "{}", comparison.changed[0]);
}
