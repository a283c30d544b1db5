//! What sales was promised.

use crate::bridge;
use crate::oracle::{self, Truth, day_of, decimal, instant};
use crate::strategies::{Case, cases};
use crate::vary::{
    after_noise, config, kinds, noise, one, person, points_of, side_by_side, staffs, steady_cases, steady_policies, timeless, unrepeated,
    zero,
};
use crate::world::{Account, Contact, Day, Opportunity, Signal, Subject, World};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quorate::{Assessment, GroupAssessment, Reason, Route, State};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn is_of_tier(kind: &Value, tiers: &[&str]) -> bool {
    tiers.iter().any(|tier| kind["tier"] == *tier)
}

const WEAK: [&str; 4] = ["low", "trace", "ignored", "negative"];

fn ids(world: &World) -> Vec<String> {
    world.contacts.iter().map(|contact| contact.id.clone()).collect()
}

/// No group is qualified by the rule; one that is qualified by a hand-raise has one that is young enough.
fn check_no_rule(assessment: &Assessment, policy: &Value) -> Result<(), TestCaseError> {
    for group in assessment.groups() {
        let verdict = &group.verdict;
        prop_assert_ne!(verdict.route, Some(Route::Rule), "{} points in {}", group.points, group.group_id());
        if verdict.state == State::Qualified {
            let raised = group.newest_hand_raise.expect("a hand-raise");
            prop_assert!(i64::from(group.as_of.days_since(raised)) <= policy["hand_raise"]["within_days"].as_i64().expect("a number"));
        }
    }
    Ok(())
}

/// Every signal of the world in another kind.
fn in_kinds(mut world: World, kinds: &[String]) -> World {
    for (number, signal) in world.signals.iter_mut().enumerate() {
        signal.kind.clone_from(&kinds[number % kinds.len()]);
    }
    world
}

/// The kinds of one channel that has some.
fn of_one_channel(policy: &Value, channel: Index) -> Vec<String> {
    let all = policy["kinds"].as_array().expect("kinds");
    let channel = &channel.get(all)["channel"];
    kinds(policy, |kind| kind["channel"] == *channel)
}

proptest! {
    #![proptest_config(config(384))]

    /// Tiers low, trace, ignored and negative, however many signals; under the default rule.
    #[test]
    fn weak_signals_alone_never_qualify(
        policy in steady_policies(), world in staffs(), noise in noise(), case in steady_cases(), day in 20_200_i64..20_300,
    ) {
        let weak = |policy: &Value| kinds(policy, |kind| is_of_tier(kind, &WEAK));
        let people = ids(&world);
        let loud = after_noise(world, &noise, &people, &weak(&policy), day);
        let any = in_kinds(case.world, &weak(&case.policy));
        for (world, policy, day) in [(loud, policy, day), (any, case.policy, case.day)] {
            for group in bridge::assessment(&world, &policy, day).groups() {
                prop_assert_ne!(group.verdict.state, State::Qualified, "{} points in {}", group.points, group.group_id());
            }
        }
    }

    /// Without a hand-raise, under the default rule.
    #[test]
    fn one_channel_alone_never_qualifies(
        policy in steady_policies(), world in staffs(), noise in noise(), case in steady_cases(), channel in any::<Index>(), day in 20_200_i64..20_300,
    ) {
        let people = ids(&world);
        let loud = after_noise(world, &noise, &people, &of_one_channel(&policy, channel), day);
        check_no_rule(&bridge::assessment(&loud, &policy, day), &policy)?;
        let any = in_kinds(case.world, &of_one_channel(&case.policy, channel));
        check_no_rule(&bridge::assessment(&any, &case.policy, case.day), &case.policy)?;
    }

    /// Without a hand-raise, under the default rule; the account's unnamed visitors may be heard of as well.
    #[test]
    fn one_person_alone_never_qualifies(
        policy in steady_policies(), world in staffs(), noise in noise(), case in steady_cases(), who in any::<Index>(), day in 20_200_i64..20_300,
    ) {
        let alone = vec![who.get(&world.contacts).id.clone()];
        let loud = after_noise(world, &noise, &alone, &kinds(&policy, |_| true), day);
        check_no_rule(&bridge::assessment(&loud, &policy, day), &policy)?;
        let Case { mut world, policy, day } = case;
        let Some(alone) = one(&world.contacts, who).cloned() else { return Ok(()) };
        let contacts = world.contacts.clone();
        let is_theirs = |contact: &Contact| contact.account == alone.account && person(contact) == person(&alone);
        let others: Vec<&String> = contacts.iter().filter(|contact| !is_theirs(contact)).map(|contact| &contact.id).collect();
        for signal in &mut world.signals {
            if matches!(&signal.subject, Subject::Contact(id) if others.contains(&id)) {
                signal.subject = Subject::Contact(alone.id.clone());
            }
        }
        check_no_rule(&bridge::assessment(&world, &policy, day), &policy)?;
    }

    /// Of all the stages whose own condition holds, the first.
    #[test]
    fn stage_is_unique(case in cases()) {
        let Case { world, mut policy, day } = case;
        policy["membership"] = json!("all");
        let world = plain(world);
        for group in bridge::assessment(&world, &policy, day).groups() {
            let holding = stages_that_hold(&world, &policy, group, day);
            prop_assert_eq!(group.stage.token(), holding[0], "of {:?}", holding);
        }
    }

    /// The four role gaps: a required role has one exactly when a seat of it is not current, and never two.
    #[test]
    fn no_role_gap_iff_every_seat_is_current(case in cases()) {
        let of_roles = ["role_missing", "role_possibly_filled", "role_silent", "role_gone_quiet"];
        for group in bridge::assessment(&case.world, &case.policy, case.day).groups() {
            let gaps: Vec<_> = group.gaps.iter().filter(|gap| of_roles.contains(&gap.code.token())).collect();
            for role in &group.coverage.roles {
                let count = gaps.iter().filter(|gap| gap.role.as_ref() == Some(&role.role)).count();
                prop_assert_eq!(count, usize::from(role.current < quorate::Percent::HUNDRED), "{}", role.role);
            }
            prop_assert_eq!(gaps.is_empty(), group.coverage.current == quorate::Percent::HUNDRED);
            prop_assert!(gaps.iter().all(|gap| gap.role.is_some()));
        }
    }

    /// Every clause that was true or false stays so, and with it the rule; the bounds of fit close in, and a tier stays.
    #[test]
    fn learning_a_fact_never_flips_a_known_answer(case in cases(), facts in prop::collection::vec((facts(), any::<u16>()), 4)) {
        let mut learned = case.world.clone();
        for (account, (facts, which)) in learned.accounts.iter_mut().zip(facts) {
            learn(account, facts, which);
        }
        let before = bridge::assessment(&case.world, &case.policy, case.day);
        let after = bridge::assessment(&learned, &case.policy, case.day);
        for (before, after) in side_by_side(&before, &after) {
            let answers = known_answers(after);
            for (path, answer) in known_answers(before) {
                prop_assert!(answers.get(&path) == Some(&answer) || !path.starts_with("qualification"), "{} was {}", path, answer);
            }
            check_rule_stays(before, after)?;
            prop_assert!(before.fit.definite <= after.fit.definite, "definite {:?} to {:?}", before.fit.definite, after.fit.definite);
            prop_assert!(before.fit.possible >= after.fit.possible, "possible {:?} to {:?}", before.fit.possible, after.fit.possible);
            prop_assert!(before.fit.tier.is_none() || before.fit.tier == after.fit.tier, "tier {:?} to {:?}", before.fit.tier, after.fit.tier);
            prop_assert!(after.fit.unknown.iter().all(|fact| before.fit.unknown.contains(fact)));
        }
    }
}

/// The answers of clauses that are known, by their paths.
fn known_answers(group: &GroupAssessment) -> BTreeMap<String, &'static str> {
    let clauses = group.verdict.reasons.iter().filter_map(|reason| match reason {
        Reason::Clause(clause) => Some(clause),
        _ => None,
    });
    let known = clauses.filter_map(|clause| Some((clause.path().to_owned(), clause.answer()?.token())));
    known.filter(|(_, answer)| *answer != "unknown").collect()
}

/// A verdict that rests on a rule that is true or false stays, but for an exclusion, which facts may bring.
fn check_rule_stays(before: &GroupAssessment, after: &GroupAssessment) -> Result<(), TestCaseError> {
    let (was, is) = (&before.verdict, &after.verdict);
    let stays = match was.state {
        State::Excluded => is.state == State::Excluded,
        // Without members a rule may be unknown and the verdict is `not_yet` all the same.
        State::NotYet => is.state == State::NotYet || is.state == State::Excluded || before.members.is_empty(),
        State::Qualified if was.route == Some(Route::Rule) => is.route == Some(Route::Rule) || is.state == State::Excluded,
        _ => true,
    };
    prop_assert!(stays, "{:?} became {:?}", was.state, is.state);
    Ok(())
}

fn facts() -> impl Strategy<Value = Account> {
    let text = |words: &[&str]| select(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    let texts = (text(&["Software", "Retail", "Steel"]), text(&["DE", "US", "XX"]), text(&["enterprise", "mid", "smb"]));
    let numbers = (select(vec![0_u64, 49, 50, 1000, 5000]), text(&["0", "1000000", "25000000"]), text(&["-3", "9.5", "50", "many"]));
    let score = text(&["0", "49.9999", "50", "80", "100"]);
    let technologies = prop::sample::subsequence(vec!["aws".to_owned(), "sap".to_owned(), "java".to_owned()], 0..=3);
    (texts, numbers, score, technologies).prop_map(|((industry, country, segment), (employees, revenue, seats), score, technologies)| {
        Account {
            industry: Some(industry),
            country: Some(country),
            employees: Some(employees),
            revenue: Some(revenue),
            technologies: Some(technologies),
            fit_score: Some(score),
            attributes: BTreeMap::from([("segment".to_owned(), segment), ("seats".to_owned(), seats)]),
            ..Account::default()
        }
    })
}

/// Some of the facts that were unknown, one a bit.
fn learn(account: &mut Account, facts: Account, which: u16) {
    fn fill<T>(fact: &mut Option<T>, learned: Option<T>, is_learned: bool) {
        if fact.is_none() && is_learned {
            *fact = learned;
        }
    }
    let bit = |place: u32| which & 1 << place != 0;
    fill(&mut account.industry, facts.industry, bit(0));
    fill(&mut account.country, facts.country, bit(1));
    fill(&mut account.employees, facts.employees, bit(2));
    fill(&mut account.revenue, facts.revenue, bit(3));
    fill(&mut account.technologies, facts.technologies, bit(4));
    fill(&mut account.fit_score, facts.fit_score, bit(5));
    for ((name, value), place) in facts.attributes.into_iter().zip(6..) {
        if bit(place) {
            account.attributes.entry(name).or_insert(value);
        }
    }
}

// Stages, each by its own condition.

/// A world whose members are plain to see: every contact a person of its own, nobody known for a while only or by being listed, and no id of
/// a signal repeated.
fn plain(world: World) -> World {
    let signals = unrepeated(&world).into_iter().map(|signal| Signal { id: None, ..signal }).collect();
    let mut world = World { signals, ..timeless(world) };
    for contact in &mut world.contacts {
        contact.person = None;
    }
    for group in &mut world.groups {
        group.membership = None;
    }
    world
}

/// The day and the kind of every usable signal with positive points, of a member who is no opponent or of an unnamed visitor.
fn positive<'a>(world: &World, policy: &'a Value, group: &GroupAssessment, day: Day) -> Vec<(Day, &'a Value)> {
    let stays_out = |contact: &Contact| oracle::is_out(contact, policy) || contact.stance.as_deref() == Some("opponent");
    let speaks = |subject: &Subject| match subject {
        Subject::Account(id) => id == group.account_id(),
        Subject::Contact(id) => {
            let contact = world.contacts.iter().find(|contact| contact.id == *id);
            contact.is_some_and(|contact| contact.account.as_deref() == Some(group.account_id()) && !stays_out(contact))
        }
        Subject::Email(_) => false,
    };
    let wanted = group.solution.as_ref().map(AsRef::as_ref);
    let suits = |signal: &&Signal| wanted.is_none() || signal.solution.is_none() || signal.solution.as_deref() == wanted;
    let usable = world.signals.iter().filter(|signal| !signal.quarantined && speaks(&signal.subject) && day_of(&signal.at) <= day);
    let all_kinds = policy["kinds"].as_array().expect("kinds");
    let kind = |signal: &Signal| all_kinds.iter().find(|kind| kind["name"] == signal.kind.as_str());
    let known = usable.filter(suits).filter_map(|signal| Some((day_of(&signal.at), kind(signal)?)));
    known.filter(|(_, kind)| points_of(kind) > zero()).collect()
}

fn stages_that_hold(world: &World, policy: &Value, group: &GroupAssessment, day: Day) -> Vec<&'static str> {
    let number = |name: &str| policy["stages"][name].as_i64().expect("a number");
    let id = group.group_id();
    let applies = |opportunity: &&Opportunity| match &opportunity.group {
        Some(group) => group == id,
        None => opportunity.account == group.account_id(),
    };
    let exists = |opportunity: &&Opportunity| day_of(&opportunity.created_at) <= day;
    let opportunities: Vec<&Opportunity> = world.opportunities.iter().filter(applies).filter(exists).collect();
    let outcome = |opportunity: &Opportunity| opportunity.outcome.clone().unwrap_or_else(|| "open".to_owned());
    let close = |opportunity: &&Opportunity| {
        let closed = day_of(opportunity.closed_at.as_deref()?);
        (outcome(opportunity) != "open" && closed <= day).then(|| (closed, outcome(opportunity)))
    };
    let closes: Vec<(Day, String)> = opportunities.iter().filter_map(close).collect();
    let latest = closes.iter().map(|(closed, _)| *closed).max();
    let is_recent = latest.is_some_and(|latest| day - latest <= number("closed_days"));
    let qualified_since = latest.is_some_and(|latest| {
        let mut since = world.clone();
        since.signals.retain(|signal| day_of(&signal.at) > latest);
        let since = bridge::assessment(&since, policy, day);
        since.groups().any(|group| group.group_id() == id && group.verdict.state == State::Qualified)
    });
    let closed_as =
        |wanted: &str| is_recent && !qualified_since && closes.iter().any(|(on, outcome)| Some(*on) == latest && outcome == wanted);
    let replies = world.dispositions.iter().filter(|reply| reply.group == id && day_of(&reply.at) <= day);
    let reply = replies.max_by_key(|reply| (instant(&reply.at), reply.verdict == "rejected"));
    let accepted = reply.is_some_and(|reply| {
        reply.verdict == "accepted" && opportunities.iter().all(|opportunity| day_of(&opportunity.created_at) < day_of(&reply.at))
    });
    let signs = positive(world, policy, group, day);
    let last_sign = signs.iter().map(|(on, _)| *on).chain(latest).max();
    let is_aware =
        signs.iter().any(|(on, kind)| day - on <= number("aware_days") && day - on < kind["window_days"].as_i64().expect("days"));
    let enough = decimal(policy["stages"]["engaged_points"].as_str().expect("points"));
    let targeted = json!({"fit": {"tier": policy["stages"]["targeted_fit"]}});
    let stages = [
        ("in_sales_motion", opportunities.iter().any(|opportunity| close(opportunity).is_none())),
        ("won", closed_as("won")),
        ("lost", closed_as("lost")),
        ("sales_accepted", accepted),
        ("qualified", group.verdict.state == State::Qualified),
        ("engaged", decimal(&group.points.to_string()) >= enough),
        ("recycled", last_sign.is_some_and(|last| day - last >= number("recycled_days"))),
        ("aware", is_aware),
        ("targeted", oracle::answer(world, policy, id, day, &targeted) == Truth::True),
        ("identified", true),
    ];
    stages.into_iter().filter(|(_, holds)| *holds).map(|(stage, _)| stage).collect()
}
