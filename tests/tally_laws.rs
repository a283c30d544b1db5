//! The laws of the tally, held against a naive model: rows in a list, contents in sorted sets, nothing packed, numbered or merged.

#![allow(clippy::expect_used, clippy::panic, clippy::std_instead_of_alloc, reason = "a test program, with std, that fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{
    AccountId, CampaignName, Conflict, ContactId, Count, Day, EmailAddress, Instant, KindName, Recorded, Signal, SignalId, SignalTally,
    SolutionName, Subject, SubjectRef,
};

/// What makes two rows of one id the same, in the order in which the least is found. Subjects: 0 account, 1 contact, 2 e-mail address.
type Content = (i64, (u8, String), String, Option<String>, Option<String>, bool);
/// Where a row counts: subject, kind, day, solution, quarantine mark.
type Place = ((u8, String), String, i64, Option<String>, bool);

fn subject(subject: &Subject) -> (u8, String) {
    match subject {
        Subject::Account(id) => (0, id.to_string()),
        Subject::Contact(id) => (1, id.to_string()),
        Subject::Email(address) => (2, address.to_string()),
    }
}

fn content(row: &Signal) -> Content {
    (
        row.at.micros_since_epoch(),
        subject(&row.subject),
        row.kind.to_string(),
        row.solution.as_ref().map(ToString::to_string),
        row.campaign.as_ref().map(ToString::to_string),
        row.quarantined,
    )
}

/// The rules read literally, from the whole list of rows.
#[derive(Debug, PartialEq, Eq)]
struct Model {
    counts: BTreeMap<Place, u64>,
    duplicates: u64,
    signals: u64,
    ids: BTreeMap<String, BTreeSet<Content>>,
}

impl Model {
    fn of(rows: &[Signal]) -> Self {
        let mut ids: BTreeMap<String, BTreeSet<Content>> = BTreeMap::new();
        let mut counting = Vec::new();
        for row in rows {
            match &row.id {
                None => counting.push(content(row)),
                Some(id) => drop(ids.entry(id.to_string()).or_default().insert(content(row))),
            }
        }
        let anonymous = counting.len();
        counting.extend(ids.values().filter_map(|contents| contents.first().cloned()));
        let mut counts = BTreeMap::new();
        for (at, subject, kind, solution, _, quarantined) in counting {
            *counts.entry((subject, kind, at.div_euclid(86_400_000_000), solution, quarantined)).or_default() += 1;
        }
        Self { counts, duplicates: (rows.len() - anonymous - ids.len()) as u64, signals: rows.len() as u64, ids }
    }

    /// What a tally says, in the model's words.
    fn read(tally: &SignalTally) -> Self {
        let counts: Vec<(Place, u64)> = tally.counts().map(place).collect();
        assert!(counts.windows(2).all(|pair| pair[0].0 < pair[1].0), "counts are ordered and distinct");
        let told_apart: Vec<Conflict> = tally.conflicts().collect();
        assert!(told_apart.windows(2).all(|pair| pair[0].id < pair[1].id), "conflicts are ordered by id");
        let mut ids: BTreeMap<String, BTreeSet<Content>> = BTreeMap::new();
        for conflict in &told_apart {
            let contents: Vec<Content> = conflict.contents.iter().map(content).collect();
            assert!(contents.len() > 1 && contents.windows(2).all(|pair| pair[0] < pair[1]), "the least content comes first");
            assert!(conflict.contents.iter().all(|signal| signal.id.as_ref() == Some(&conflict.id)));
            assert_eq!(tally.signal(conflict.id.as_str()).as_ref(), conflict.contents.first(), "the least content counts");
            ids.insert(conflict.id.to_string(), contents.into_iter().collect());
        }
        for id in IDS {
            if let Some(signal) = tally.signal(id) {
                ids.entry(id.to_owned()).or_insert_with(|| BTreeSet::from([content(&signal)]));
            }
        }
        assert_eq!(tally.identified(), ids.len());
        Self { counts: counts.into_iter().collect(), duplicates: tally.duplicates(), signals: tally.signals(), ids }
    }
}

fn place(count: Count<'_>) -> (Place, u64) {
    let subject = match count.subject {
        SubjectRef::Account(id) => (0, id.to_owned()),
        SubjectRef::Contact(id) => (1, id.to_owned()),
        SubjectRef::Email(address) => (2, address.to_owned()),
    };
    let day = count.day.days_since_epoch().into();
    ((subject, count.kind.to_owned(), day, count.solution.map(str::to_owned), count.quarantined), count.count.into())
}

/// A tally that says what the model says, through every door.
#[track_caller]
fn check(tally: &SignalTally, rows: &[Signal]) {
    let model = Model::of(rows);
    assert_eq!(Model::read(tally), model);
    let kinds: BTreeSet<&str> = model.counts.keys().map(|place| place.1.as_str()).collect();
    assert_eq!(tally.kinds(), kinds.into_iter().collect::<Vec<_>>());
    let solutions: BTreeSet<&str> = model.counts.keys().filter_map(|place| place.3.as_deref()).collect();
    assert_eq!(tally.solutions(), solutions.into_iter().collect::<Vec<_>>());
    let days: BTreeSet<i64> = model.counts.keys().map(|place| place.2).collect();
    let range = tally.days().map(|days| (days.start().days_since_epoch().into(), days.end().days_since_epoch().into()));
    assert_eq!(range, days.first().copied().zip(days.last().copied()));
    for row in rows {
        let of_subject = model.counts.iter().filter(|(place, _)| place.0 == subject(&row.subject));
        let of_subject: Vec<(Place, u64)> = of_subject.map(|(place, count)| (place.clone(), *count)).collect();
        assert_eq!(tally.counts_of(&row.subject).into_iter().map(place).collect::<Vec<_>>(), of_subject);
        assert_eq!(tally.signals_of(&row.subject), of_subject.iter().map(|(_, count)| count).sum::<u64>());
    }
}

/// Equal as content and as bytes.
#[track_caller]
fn check_same(one: &SignalTally, other: &SignalTally) {
    assert_eq!(one, other);
    assert_eq!(one.to_json(), other.to_json());
}

const IDS: [&str; 4] = ["1", "10", "2", "ü"];
/// Few names, of which some are alike across sorts and some differ from byte order to letter order.
const NAMES: [&str; 4] = ["a", "B", "ab", "é"];

/// Around midnight, around the epoch, and at the ends of the range.
const TIMES: [&str; 6] = [
    "2025-05-01T23:59:59.999999Z",
    "2025-05-02T00:00:00Z",
    "2025-05-02T00:00:01Z",
    "1969-12-31T23:59:59.999999Z",
    "1900-01-01T00:00:00Z",
    "2199-12-31T23:59:59Z",
];

fn subjects() -> impl Strategy<Value = Subject> {
    (0..3, prop::sample::select(&NAMES[..])).prop_map(|(sort, name)| match sort {
        0 => Subject::Account(AccountId::new(name).expect("a name")),
        1 => Subject::Contact(ContactId::new(name).expect("a name")),
        _ => Subject::Email(EmailAddress::new(name).expect("a name")),
    })
}

fn signals() -> impl Strategy<Value = Signal> {
    let name = || prop::sample::select(&NAMES[..]);
    let id = prop::option::weighted(0.6, prop::sample::select(&IDS[..]));
    let at = prop::sample::select(&TIMES[..]);
    (id, subjects(), name(), at, prop::option::of(name()), prop::option::of(name()), any::<bool>()).prop_map(
        |(id, subject, kind, at, solution, campaign, quarantined)| Signal {
            id: id.map(|id| SignalId::new(id).expect("an id")),
            subject,
            kind: KindName::new(kind).expect("a name"),
            at: at.parse::<Instant>().expect("a time"),
            solution: solution.map(|name| SolutionName::new(name).expect("a name")),
            campaign: campaign.map(|name| CampaignName::new(name).expect("a name")),
            quarantined,
            recorded_at: None,
        },
    )
}

/// Rows, some of them given several times.
fn rows() -> impl Strategy<Value = Vec<Signal>> {
    (prop::collection::vec(signals(), 0..24), prop::collection::vec(any::<Index>(), 0..8)).prop_map(|(mut rows, again)| {
        if !rows.is_empty() {
            let again: Vec<Signal> = again.iter().map(|index| index.get(&rows).clone()).collect();
            rows.extend(again);
        }
        rows
    })
}

fn shuffled() -> impl Strategy<Value = (Vec<Signal>, Vec<Signal>)> {
    rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

fn one_by_one(rows: &[Signal]) -> SignalTally {
    let mut tally = SignalTally::new();
    for row in rows {
        tally.record(row).expect("within the limits");
    }
    tally
}

fn at_once(rows: &[Signal]) -> SignalTally {
    SignalTally::from_signals(rows).expect("within the limits")
}

fn merged(one: &SignalTally, other: &SignalTally) -> SignalTally {
    one.clone().merged(other).expect("within the limits")
}

/// The rows dealt out to `parts` hands.
fn dealt(rows: &[Signal], hands: &[u8], parts: u8) -> Vec<Vec<Signal>> {
    let mut dealt = vec![Vec::new(); parts.into()];
    for (row, hand) in rows.iter().zip(hands.iter().cycle()) {
        dealt[usize::from(hand % parts)].push(row.clone());
    }
    dealt
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn signal_order_changes_nothing((rows, other_order) in shuffled()) {
        let tally = one_by_one(&rows);
        check(&tally, &rows);
        check_same(&tally, &one_by_one(&other_order));
        check_same(&tally, &at_once(&rows));
        check_same(&tally, &at_once(&other_order));
    }

    #[test]
    fn splitting_and_merging_a_tally_changes_nothing(rows in rows(), hands in prop::collection::vec(any::<u8>(), 1..32), parts in 1_u8..5) {
        let whole = at_once(&rows);
        let mut merged = SignalTally::new();
        let mut extended = SignalTally::new();
        let mut grown = SignalTally::new();
        for part in dealt(&rows, &hands, parts) {
            merged.merge(&one_by_one(&part)).expect("within the limits");
            extended.extend(&part).expect("within the limits");
            grown.merge(&at_once(&part[..part.len() / 2])).expect("within the limits");
            for row in &part[part.len() / 2..] {
                grown.record(row).expect("within the limits");
            }
        }
        check(&merged, &rows);
        check_same(&merged, &whole);
        check_same(&extended, &whole);
        check_same(&grown, &whole);
    }

    #[test]
    fn merging_is_commutative_and_associative(a in rows(), b in rows(), c in rows()) {
        let (a, b, c) = (at_once(&a), at_once(&b), at_once(&c));
        check_same(&merged(&a, &b), &merged(&b, &a));
        check_same(&merged(&merged(&a, &b), &c), &merged(&a, &merged(&b, &c)));
        check_same(&merged(&a, &SignalTally::new()), &a);
    }

    #[test]
    fn repeating_an_identified_signal_changes_nothing(rows in rows(), times in 1_u64..4) {
        let tally = at_once(&rows);
        let mut repeated = tally.clone();
        let mut given = 0;
        for row in rows.iter().filter(|row| row.id.is_some()) {
            for _ in 0..times {
                prop_assert_ne!(repeated.record(row).expect("within the limits"), Recorded::New);
                given += 1;
            }
        }
        // But the duplicates.
        prop_assert_eq!(repeated.duplicates(), tally.duplicates() + given);
        prop_assert!(repeated.counts().eq(tally.counts()));
        prop_assert!(repeated.conflicts().eq(tally.conflicts()));
        let duplicates = |tally: &SignalTally| format!("\"duplicates\":{},", tally.duplicates());
        prop_assert_eq!(repeated.to_json().replace(&duplicates(&repeated), &duplicates(&tally)), tally.to_json());
    }

    #[test]
    fn recording_says_what_became_of_the_signal(rows in rows()) {
        let mut tally = SignalTally::new();
        for (i, row) in rows.iter().enumerate() {
            let before = Model::of(&rows[..i]);
            let contents = row.id.as_ref().and_then(|id| before.ids.get(id.as_str()));
            let expected = match contents {
                None => Recorded::New,
                Some(contents) if contents.first() == Some(&content(row)) => Recorded::Repeat,
                Some(_) => Recorded::Conflict,
            };
            prop_assert_eq!(tally.record(row).expect("within the limits"), expected);
        }
    }

    #[test]
    fn decode_inverts_encode(rows in rows()) {
        let tally = at_once(&rows);
        let text = tally.to_json();
        let read = SignalTally::from_json(&text).expect("its own document");
        check(&read, &rows);
        check_same(&read, &tally);
        // Through any format that serde speaks, and with the lists in any order.
        let mut tree: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(&serde_json::to_value(&tally).expect("JSON"), &tree);
        prop_assert_eq!(tree.to_string(), text);
        for list in ["accounts", "contacts", "emails", "identified"] {
            tree[list].as_array_mut().expect("a list").reverse();
        }
        check_same(&serde_json::from_value(tree).expect("the same document"), &tally);
    }

    #[test]
    fn different_rows_make_different_tallies(one in rows(), other in rows()) {
        let (one, other) = (&one[..one.len().min(3)], &other[..other.len().min(3)]);
        let same = Model::of(one) == Model::of(other);
        prop_assert_eq!(at_once(one) == at_once(other), same);
        prop_assert_eq!(at_once(one).to_json() == at_once(other).to_json(), same);
    }
}

#[test]
fn contents_that_do_not_count_are_part_of_what_a_tally_equals() {
    let version = |campaign: Option<&str>| {
        let mut row = of_kind(0).with_id("web-1").expect("an id");
        row.campaign = campaign.map(|name| CampaignName::new(name).expect("a name"));
        row
    };
    let (least, one, other) = (version(None), version(Some("a")), version(Some("b")));
    let (one, other) = (at_once(&[least.clone(), one]), at_once(&[least, other]));
    assert!(one.counts().eq(other.counts()) && one.duplicates() == other.duplicates() && one.signal("web-1") == other.signal("web-1"));
    assert_ne!(one, other);
    assert_ne!(one.to_json(), other.to_json());
}

/// Rows over a few hundred subjects, many blocks, without chance: every product of small strides.
fn many_rows(count: u32, stride: u32) -> Vec<Signal> {
    let row = |i: u32| {
        let n = i.wrapping_mul(stride) % 9973;
        let at = Instant::from(["2025-01-01", "2025-01-02", "2025-03-01"][n as usize % 3].parse::<Day>().expect("a day"));
        let mut row = Signal::of_contact(&format!("c{}", n % 389), &format!("k{}", n % 5), at).expect("ids");
        if n % 3 == 0 {
            row = row.with_id(&format!("s{}", n % 2003)).expect("an id");
        }
        if n % 4 == 0 { row.about(&format!("p{}", n % 2)).expect("a name") } else { row }
    };
    (0..count).map(row).collect()
}

#[test]
fn many_subjects_agree_with_the_model_however_they_come() {
    let rows = many_rows(20_000, 7919);
    let model = Model::of(&rows);
    let (first, second) = rows.split_at(3_000);
    let mut grown = one_by_one(first);
    grown.extend(second).expect("within the limits");
    for tally in [one_by_one(&rows), at_once(&rows), merged(&at_once(second), &at_once(first)), grown] {
        assert_eq!(tally.counts().map(place).collect::<BTreeMap<_, _>>(), model.counts);
        assert_eq!((tally.signals(), tally.duplicates()), (model.signals, model.duplicates));
        check_same(&tally, &at_once(&rows));
        check_same(&SignalTally::from_json(&tally.to_json()).expect("its own document"), &tally);
    }
}

fn at() -> Instant {
    "2025-05-02T10:00:00Z".parse().expect("a time")
}

fn of_kind(kind: u32) -> Signal {
    Signal::of_contact("ann", &format!("k{kind}"), at()).expect("ids")
}

/// A signal that is refused with these words, by every door, and changes nothing.
#[track_caller]
fn check_refused(tally: &SignalTally, signal: &Signal, message: &str) {
    let mut after = tally.clone();
    let single = at_once(core::slice::from_ref(signal));
    assert_eq!(after.record(signal).expect_err("beyond a limit").to_string(), message);
    assert_eq!(after.merge(&single).expect_err("beyond a limit").to_string(), message);
    assert_eq!(after.extend([signal]).expect_err("beyond a limit").to_string(), message);
    assert!(single.clone().merged(tally).is_err());
    check_same(&after, tally);
    // Nothing is left of what was refused: as many names fit as before.
    let Err(again) = after.record(signal) else { panic!("refused once, taken later") };
    assert_eq!(again.to_string(), message);
}

fn merge_error(one: &SignalTally, other: &SignalTally) -> quorate::TallyError {
    one.clone().merged(other).expect_err("beyond a limit")
}

#[test]
fn one_kind_too_many_is_an_error_and_changes_nothing() {
    let most = SignalTally::KINDS_MAX;
    let mut tally = SignalTally::from_signals((0..most).map(of_kind)).expect("within the limits");
    check_refused(&tally, &of_kind(most), "`k4095` would be kind number 4096; a tally holds at most 4095");
    check_refused(&tally, &of_kind(most).with_id("web-1").expect("an id"), "`k4095` would be kind number 4096; a tally holds at most 4095");
    assert_eq!(SignalTally::from_signals((0..=most).map(of_kind)).expect_err("beyond a limit").code(), "tally_too_many_names");
    assert_eq!(tally.record(&of_kind(0)), Ok(Recorded::New));
    assert_eq!(tally.kinds().len(), 4095);
    check_same(&SignalTally::from_json(&tally.to_json()).expect("its own document"), &tally);
}

#[test]
fn one_solution_too_many_is_an_error_and_changes_nothing() {
    let about = |n: u32| of_kind(0).about(&format!("p{n}")).expect("a name");
    let most = SignalTally::SOLUTIONS_MAX;
    let tally = SignalTally::from_signals((0..most).map(about)).expect("within the limits");
    check_refused(&tally, &about(most), "`p8190` would be solution number 8191; a tally holds at most 8190");
    assert_eq!(tally.counts().count(), 8190);
}

fn full_count() -> SignalTally {
    let text = r#"{"schema":1,"contacts":[{"id":"ann","counts":[{"kind":"k0","days":{"2025-05-02":2097151}}]}]}"#;
    SignalTally::from_json(text).expect("a full count")
}

#[test]
fn one_signal_too_many_in_a_count_is_an_error_and_changes_nothing() {
    let tally = full_count();
    check_refused(&tally, &of_kind(0), "`ann` has more than 2097151 signals of kind `k0` on 2025-05-02");
    check_refused(&tally, &of_kind(0).with_id("web-1").expect("an id"), "`ann` has more than 2097151 signals of kind `k0` on 2025-05-02");
    assert_eq!(merge_error(&tally, &tally).code(), "tally_count_overflow");
    let both = merged(&tally, &at_once(&[of_kind(1)]));
    assert_eq!(both.signals(), 2_097_152);
}

#[test]
fn a_conflict_within_a_full_count_replaces_without_a_wrap() {
    let late = of_kind(0).with_id("web-1").expect("an id");
    let mut early = late.clone();
    early.at = "2025-05-02T09:00:00Z".parse().expect("a time");
    let text = r#"{"schema":1,"contacts":[{"id":"ann","counts":[{"kind":"k0","days":{"2025-05-02":2097151}}]}],
        "identified":[{"id":"web-1","subject":{"contact":"ann"},"kind":"k0","at":"2025-05-02T10:00:00Z"}]}"#;
    let mut tally = SignalTally::from_json(text).expect("a full count");
    let by_merge = merged(&tally, &at_once(core::slice::from_ref(&early)));
    assert_eq!(tally.record(&early), Ok(Recorded::Conflict));
    check_same(&by_merge, &tally);
    assert_eq!(tally.signal("web-1"), Some(early));
    assert_eq!((tally.signals(), tally.duplicates()), (2_097_152, 1));
}

#[test]
fn one_row_too_many_in_all_is_an_error_and_changes_nothing() {
    let tally = SignalTally::from_json(&format!(r#"{{"schema":1,"duplicates":{}}}"#, u64::MAX)).expect("as many as fit");
    check_refused(&tally, &of_kind(0), "more than 18446744073709551615 signals in all");
}

#[test]
fn a_tally_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + core::fmt::Debug + Eq + Default>() {}
    shared::<SignalTally>();
}
