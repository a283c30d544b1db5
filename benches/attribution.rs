//! How many touches are given credit in a second, and what a chain over many channels costs.
//!
//! `cargo bench --bench attribution` prints the times; items are touches. A million touches of a hundred thousand deals.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

use divan::Bencher;
use divan::counter::ItemsCount;
use quorate::{
    ChannelPath, Deal, DealJourney, Decimal, Grouping, Instant, Outcome, Policy, Touch, attribute, attribute_paths, attribution_report,
};

fn main() {
    divan::main();
}

const DEALS: usize = 100_000;
const TOUCHES: usize = 10;
const KINDS: [&str; 6] = ["demo_request", "webinar_attended", "meeting_held", "content_download", "pricing_page", "page_view"];

/// The next of a fixed row of numbers (`SplitMix64`), so that every run asks the same.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn at(minutes: u64) -> Instant {
    let minutes = i64::try_from(minutes).expect("a time");
    Instant::from_micros_since_epoch(1_700_000_000_000_000 + minutes * 60_000_000).expect("a time")
}

const PEOPLE: [&str; 4] = ["ann", "bea", "cleo", "dan"];

/// A deal with ten touches within five months.
fn journey<'a>(policy: &'a Policy, state: &mut u64) -> DealJourney<'a> {
    let mut time = || at(next(state) % 200_000);
    let (contact_created, opportunity_created) = (Some(time()), Some(time()));
    let deal = Deal {
        opportunity: "o",
        account: "acme",
        group: None,
        contact_created,
        opportunity_created,
        closed: at(200_000),
        outcome: Outcome::Won,
        amount: Some(Decimal::new(1_234_567, 2)),
        currency: Some("EUR"),
    };
    let touches: Vec<Touch<'_>> = (0..TOUCHES)
        .map(|_| {
            let drawn = usize::try_from(next(state) % 24).expect("a small number");
            Touch {
                at: at(next(state) % 200_000),
                id: None,
                contact: PEOPLE[drawn % 4],
                kind: KINDS[drawn / 4],
                campaign: None,
                role: "champion",
                weight: 80,
            }
        })
        .collect();
    DealJourney::new(policy, deal, touches)
}

fn deal_journeys(policy: &Policy) -> Vec<DealJourney<'_>> {
    let mut state = 7;
    (0..DEALS).map(|_| journey(policy, &mut state)).collect()
}

#[divan::bench(args = ["first", "linear", "w_shaped", "full_path", "time_decay"], sample_count = 5)]
fn report_by_channel(bencher: Bencher<'_, '_>, model: &str) {
    let policy = Policy::default();
    let journeys = deal_journeys(&policy);
    bencher
        .counter(ItemsCount::new(DEALS * TOUCHES))
        .bench_local(|| attribution_report(&journeys, &policy, model, Grouping::Channel, |_| 2).expect("credit").won);
}

#[divan::bench(sample_count = 5)]
fn touch_by_touch_w_shaped(bencher: Bencher<'_, '_>) {
    let policy = Policy::default();
    let journeys = deal_journeys(&policy);
    let credit = |journey: &DealJourney<'_>| attribute(journey, &policy, "w_shaped", 2).expect("credit").credits.len();
    bencher.counter(ItemsCount::new(DEALS * TOUCHES)).bench_local(|| journeys.iter().map(credit).sum::<usize>());
}

/// Every channel leads to every other one.
#[divan::bench(args = [50, 100, 200, 400], sample_count = 3)]
fn markov(bencher: Bencher<'_, '_>, channels: u64) {
    let mut state = 11;
    let paths: Vec<ChannelPath> = (0..50_000)
        .map(|_| ChannelPath {
            channels: (0..=next(&mut state) % 9).map(|_| format!("c{:03}", next(&mut state) % channels)).collect(),
            conversions: u32::try_from(next(&mut state) % 2).expect("a bit"),
            value: Decimal::ZERO,
            nulls: 1,
        })
        .collect();
    let policy = Policy::default();
    bencher.bench_local(|| attribute_paths(&paths, &policy, "markov").expect("credit").channels.len());
}
