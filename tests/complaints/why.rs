//! Nobody can say why, what to do, and why it is different today.

use quorate::{
    AccountGraph, Assessor, Change, GroupId, Policy, RuleNode, Signal, SignalTally, Standing, State, assess_group, compare_days, replay,
};

use crate::support::{TODAY, acme, day, explained, heard, row, signals};

const PEOPLE: [(&str, &str); 3] = [("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "end_user")];

fn decisive(node: &RuleNode) -> Vec<&RuleNode> {
    node.nodes().into_iter().filter(|node| node.decisive && node.question().is_some()).collect()
}

/// "It says 73. Sales asks why, and marketing says: because of the model."
#[test]
fn a_no_names_the_question_that_decides_and_a_yes_the_records_it_rests_on() {
    let graph = acme(&PEOPLE);
    // Enough points and channels, but all of one person.
    let acts = [("ann", "pricing_page", 2), ("ann", "reply_to_sales", 2), ("ben", "email_open", 3)];
    let no = explained(&graph, &heard(&acts));
    assert_eq!(no.assessment.verdict.state, State::NotYet);
    let [question] = decisive(&no.qualification)[..] else { unreachable!("one question decides") };
    assert_eq!(question.path, "qualification.all[1]");
    assert_eq!(question.to_string(), "no: at least 2 engaged people (now 1)");
    assert_eq!(question.question().unwrap().cites.contacts.iter().collect::<Vec<_>>(), ["ann"]);

    // A second person joins in.
    let yes = explained(&graph, &heard(&[&acts[..], &[("ben", "webinar_attended", 1)]].concat()));
    assert_eq!(yes.assessment.verdict.state, State::Qualified);
    assert_eq!(
        decisive(&yes.qualification).into_iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "yes: at least 100 points (now 208)",
            "yes: at least 2 engaged people (now 2)",
            "yes: at least 1 person in a deciding role engaged (now 1)",
            "yes: at least 50 % of the roles needed are filled (now 50 %)",
            "yes: medium or stronger activity in at least 2 channels (now 3)",
        ]
    );
    let cited: Vec<String> = yes.cited.rows.iter().map(|place| row(&yes, &yes.ledger.rows[*place])).collect();
    assert_eq!(cited, ["ann 2 reply_to_sales counted 80", "ann 2 pricing_page counted 80", "ben 1 webinar_attended counted 60"]);
    assert_eq!(yes.cited.contacts.iter().collect::<Vec<_>>(), ["ann", "ben", "cleo"]);
}

/// What a change asks for, done today by members: for a person's points every example in turn, for a channel every kind in turn.
fn done(change: &Change) -> Vec<Vec<Signal>> {
    match change {
        Change::Bring { who, examples, .. } => {
            let who = who.contact().unwrap();
            let of = |example: &Vec<quorate::SignalExample>| {
                example.iter().flat_map(|one| signals(who, one.kind.as_str(), one.count as usize, TODAY)).collect()
            };
            examples.iter().map(of).collect()
        }
        Change::Signal { kinds, .. } => kinds.iter().map(|kind| signals("cleo", kind.as_str(), 1, TODAY)).collect(),
        other => unreachable!("only signals are asked for: {other}"),
    }
}

/// Every way of doing all changes of a set.
fn ways(changes: &[Change]) -> Vec<Vec<Signal>> {
    changes.iter().fold(vec![Vec::new()], |ways, change| {
        let more = done(change);
        ways.iter().flat_map(|way| more.iter().map(move |more| [way.as_slice(), more].concat())).collect()
    })
}

fn state(graph: &AccountGraph, tally: &SignalTally, on: &str) -> State {
    assess_group(graph, tally, &Policy::default(), "acme", day(on)).unwrap().unwrap().verdict.state
}

/// "It says no, and not what to do about it."
#[test]
fn who_does_what_the_advice_says_is_qualified() {
    let graph = acme(&PEOPLE);
    let tally = heard(&[("ann", "pricing_page", 1), ("cleo", "page_view", 1)]);
    let explanation = explained(&graph, &tally);
    assert_eq!(explanation.assessment.verdict.state, State::NotYet);
    let known = |change: &Change| match change {
        Change::Bring { who, .. } => who.contact().is_some(),
        change => matches!(change, Change::Signal { .. }),
    };
    let sets: Vec<_> = explanation.advice.sets.iter().filter(|set| set.changes.iter().all(known)).collect();
    assert_eq!(
        sets[0].to_string(),
        "bring ben 71.25 points more, for example by 1 meeting_held or 1 trial_signup or 2 × reply_to_sales; see one more sort of activity: \
         content (form_fill or content_download); or else event, hand_raise, meeting, product, reply, web_tool"
    );
    let mut tried = 0;
    for set in sets {
        for way in ways(&set.changes) {
            let after = tally.clone().merged(&SignalTally::from_signals(&way).unwrap()).unwrap();
            assert_eq!(state(&graph, &after, TODAY), State::Qualified, "{set}: {way:?}");
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried} ways were tried");
}

/// "Yesterday it was qualified, today it is not, and nobody touched it."
#[test]
fn a_request_that_grew_old_is_named_with_its_day() {
    let graph = acme(&PEOPLE);
    let tally = SignalTally::from_signals(signals("ann", "demo_request", 1, "2025-04-04")).unwrap();
    let policy = Policy::default();
    let compared = compare_days(&graph, &tally, &policy, day("2025-05-04"), day(TODAY));
    assert_eq!(
        compared.changed[0].to_string(),
        "qualified (asked) → not yet: no request to talk counts any more (last on 2025-04-04); points 70.7 → 69.8: −0.9 by fading of old ones"
    );
    let start = Standing::never_in(GroupId::new("acme").unwrap(), day("2025-04-01"));
    let moves = replay(&Assessor::new(&graph, &tally, &policy), &start, day(TODAY)).unwrap().moves;
    assert_eq!(
        moves.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "entered on 2025-04-04: somebody asked to talk on 2025-04-04",
            "left on 2025-05-05: nobody has asked to talk since 2025-04-04 (31 days), and the rule is not true",
        ]
    );
}

/// "It hovers around the threshold, and sales is called off and on again every other day."
#[test]
fn a_verdict_that_fades_has_its_reason_and_the_account_stays_with_sales() {
    let graph = acme(&PEOPLE);
    let acts = [
        ("ann", "pricing_page", 1, "2025-05-04"),
        ("ann", "reply_to_sales", 1, "2025-05-04"),
        ("ben", "content_download", 1, "2025-05-04"),
    ];
    let tally = SignalTally::from_signals(acts.iter().flat_map(|(who, kind, count, on)| signals(who, kind, *count, on))).unwrap();
    let policy = Policy::default();
    assert_eq!((state(&graph, &tally, "2025-05-08"), state(&graph, &tally, "2025-05-09")), (State::Qualified, State::NotYet));
    let compared = compare_days(&graph, &tally, &policy, day("2025-05-08"), day("2025-05-09"));
    assert_eq!(
        compared.changed[0].to_string(),
        "qualified (rule) → not yet: no longer at least 100 points (102.1 → 99.7); points 102.1 → 99.7: −2.4 by fading of old ones"
    );
    let start = Standing::never_in(GroupId::new("acme").unwrap(), day("2025-05-03"));
    let moves = replay(&Assessor::new(&graph, &tally, &policy), &start, day("2025-06-30")).unwrap().moves;
    // Not on the first day under 100 points, but after thirty under 70.
    assert_eq!(
        moves.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["entered on 2025-05-04: the rule is true", "left on 2025-06-24: under 70 points since 2025-05-25 (30 days)"]
    );
}
