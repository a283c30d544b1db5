//! Points from those who will never buy: juniors, consultants, scanners, and other people's accounts.

use quorate::{Account, Change, Contact, Explanation, GroupAssessment, Relationship, SignalState, SignalTally, State};

use crate::support::{TODAY, acme, advice, explained, heard, rows, signals};

/// All that is said of a group, apart from the count of signals that did not matter.
fn apart_from_intake(explanation: &Explanation) -> GroupAssessment {
    let mut assessment = explanation.assessment.clone();
    assessment.intake = quorate::Intake::default();
    assessment
}

/// "An intern downloads everything we ever wrote, and the account is our hottest."
#[test]
fn a_junior_who_reads_everything_does_not_make_an_account_ready() {
    let graph = acme(&[("jim", "end_user"), ("ann", "economic_buyer"), ("ben", "champion")]);
    let kinds =
        ["content_download", "form_fill", "webinar_attended", "pricing_page", "email_click", "ad_click", "page_view", "trial_signup"];
    let days = ["2025-05-01", "2025-05-02", "2025-05-03", "2025-05-04", TODAY];
    for (reads, most) in [(1, 5), (7, 5), (50, 5)] {
        let all = kinds.iter().flat_map(|kind| days[..most].iter().flat_map(move |on| signals("jim", kind, reads, on)));
        let explanation = explained(&graph, &SignalTally::from_signals(all).unwrap());
        // However much he reads: 200 points are the most of one person, and 60 % of them the most that a user adds.
        let jim = &explanation.ledger.persons[2];
        assert_eq!((jim.contact(), jim.points.to_string(), jim.share.to_string()), (Some("jim"), "200".into(), "120".into()));
        assert_eq!(explanation.assessment.verdict.state, State::NotYet);
        let decisive = explanation.qualification.nodes().into_iter().filter(|node| node.decisive && node.question().is_some());
        assert_eq!(decisive.map(ToString::to_string).collect::<Vec<_>>(), ["no: at least 2 engaged people (now 1)"]);
        // And nobody is told to make him read more.
        assert!(!explanation.advice.sets.is_empty());
        let told = explanation.advice.sets.iter().flat_map(|set| &set.changes);
        let to_him = told.filter(|change| matches!(change, Change::Bring { who, .. } if who.contact() == Some("jim")));
        assert_eq!(to_him.count(), 0, "{:?}", advice(&explanation));
    }
}

/// "Half of the engaged people at that account are consultants of an agency."
#[test]
fn a_campaign_that_reaches_consultants_changes_nothing() {
    let mut graph = acme(&[("ann", "economic_buyer"), ("ben", "champion")]);
    for id in ["con-1", "con-2"] {
        let mut consultant = Contact::new(id, "acme").unwrap().with_role("decision_maker").unwrap();
        consultant.relationship = Relationship::Consultant;
        graph.add_contact(consultant).unwrap();
    }
    let before = explained(&graph, &heard(&[("ann", "pricing_page", 1)]));
    let campaign = [("ann", "pricing_page", 1), ("con-1", "webinar_attended", 1), ("con-1", "demo_request", 1), ("con-2", "form_fill", 3)];
    let after = explained(&graph, &heard(&campaign));
    assert_eq!(apart_from_intake(&before), apart_from_intake(&after));
    assert_eq!((&before.qualification, &before.advice, &before.next_people), (&after.qualification, &after.advice, &after.next_people));
    // The ledger says what became of their signals.
    assert_eq!(after.assessment.intake.count(SignalState::ExcludedPerson), 5);
    assert_eq!(
        rows(&after),
        [
            "ann 1 pricing_page counted 40",
            "con-1 1 demo_request excluded_person 0",
            "con-1 1 webinar_attended excluded_person 0",
            "con-2 3 form_fill excluded_person 0",
        ]
    );
    assert!(after.assessment.members.iter().all(|member| !member.contact().starts_with("con")));
}

/// "Their mail scanner opens every link we send. It looks like the whole board is in love with us."
#[test]
fn a_scanner_that_clicks_every_link_is_set_aside_and_said_so() {
    let graph = acme(&[("ann", "economic_buyer"), ("ben", "champion")]);
    let quiet = [("ann", "pricing_page", 1)];
    let clicks = || ["ann", "ben"].into_iter().flat_map(|who| signals(who, "email_click", 40, TODAY));
    let before = explained(&graph, &heard(&quiet));

    let mut tally = heard(&quiet);
    tally
        .extend(clicks().map(|mut click| {
            click.quarantined = true;
            click
        }))
        .unwrap();
    let after = explained(&graph, &tally);
    assert_eq!(apart_from_intake(&before), apart_from_intake(&after));
    assert_eq!(rows(&after), ["ann 1 pricing_page counted 40", "ann 40 email_click quarantined 0", "ben 40 email_click quarantined 0"]);
    assert_eq!(after.assessment.intake.count(SignalState::Quarantined), 80);

    // Taken for people, those clicks would have made a second person engaged.
    let mut fooled = heard(&quiet);
    fooled.extend(clicks()).unwrap();
    assert_eq!((before.assessment.people.engaged, explained(&graph, &fooled).assessment.people.engaged), (1, 2));
}

/// "Nothing happened at this account since Monday, and yet its score is another one today, because the scale is."
#[test]
fn a_score_does_not_move_because_another_account_acted() {
    let mut graph = acme(&[("ann", "economic_buyer"), ("ben", "champion")]);
    graph.add_account(Account::new("zeta").unwrap()).unwrap();
    graph.add_contact(Contact::new("zoe", "zeta").unwrap().with_role("economic_buyer").unwrap()).unwrap();
    let quiet = heard(&[("ann", "pricing_page", 1), ("ben", "page_view", 3)]);
    let loud = quiet.clone().merged(&heard(&[("zoe", "demo_request", 1), ("zoe", "meeting_held", 2), ("zoe", "page_view", 600)])).unwrap();
    let (before, after) = (explained(&graph, &quiet), explained(&graph, &loud));
    assert_eq!(before.assessment.points.to_string(), "52");
    // Points, readiness, coverage, verdict, every reason and every row.
    assert_eq!(before, after);
    assert_eq!(serde_json::to_string(&before).unwrap(), serde_json::to_string(&after).unwrap());
}
