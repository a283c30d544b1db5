//! One act that counts twice.

use quorate::{Policy, Recorded, Signal, SignalTally, assess};

use crate::support::{TODAY, acme, day, explained, heard, rows, signals};

fn webinar(who: &str, id: &str) -> Signal {
    signals(who, "webinar_attended", 1, TODAY).remove(0).with_id(id).unwrap()
}

/// "The form tool retries its webhook when we are slow. Each retry is worth another hundred points."
#[test]
fn a_webhook_delivered_twice_is_one_signal_and_one_duplicate() {
    let graph = acme(&[("ann", "economic_buyer")]);
    let demo = signals("ann", "form_fill", 1, TODAY).remove(0).with_id("hook-17").unwrap();
    let mut tally = SignalTally::new();
    assert_eq!(tally.record(&demo).unwrap(), Recorded::New);
    let once = explained(&graph, &tally);
    assert_eq!(tally.record(&demo).unwrap(), Recorded::Repeat);
    let twice = explained(&graph, &tally);
    assert_eq!(once, twice);
    assert_eq!(rows(&twice), ["ann 1 form_fill counted 40"]);
    // It is not lost either: the run counts it.
    let run = assess(&graph, &tally, &Policy::default(), day(TODAY)).run;
    assert_eq!((run.duplicate, run.known, run.total()), (1, 1, 2));
}

/// "The webinar came with the event tool's file and again with the CRM's. The account doubled overnight."
#[test]
fn a_campaign_that_comes_in_two_files_counts_once() {
    let graph = acme(&[("ann", "economic_buyer"), ("ben", "champion")]);
    let event_tool = SignalTally::from_signals([webinar("ann", "w-1"), webinar("ben", "w-2")]).unwrap();
    let crm = SignalTally::from_signals([webinar("ben", "w-2"), webinar("ann", "w-1")]).unwrap();
    let both = event_tool.clone().merged(&crm).unwrap();
    assert_eq!((both.signals(), both.duplicates()), (4, 2));
    assert_eq!(explained(&graph, &event_tool), explained(&graph, &both));
    // In whichever order the files come.
    assert_eq!(explained(&graph, &both), explained(&graph, &crm.merged(&event_tool).unwrap()));
    assert_eq!(rows(&explained(&graph, &both)), ["ann 1 webinar_attended counted 60", "ben 1 webinar_attended counted 60"]);
}

/// "Without ids the tool cannot tell repeats apart, so five rows of one webinar are three hundred points."
#[test]
fn repeats_of_one_day_beyond_its_limit_have_a_row_that_says_so() {
    let graph = acme(&[("ann", "economic_buyer")]);
    let explanation = explained(&graph, &heard(&[("ann", "webinar_attended", 5)]));
    assert_eq!(rows(&explanation), ["ann 4 webinar_attended capped_daily 0", "ann 1 webinar_attended counted 60"]);
    assert_eq!(explanation.assessment.points.to_string(), "60");
}
