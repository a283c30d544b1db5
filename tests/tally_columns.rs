//! Columns of signals say what the same signals say one by one, and what is wrong with them is told at once.

#![allow(clippy::expect_used, clippy::panic, clippy::std_instead_of_alloc, reason = "a test program, with std, that fails by panicking")]

use proptest::collection::vec;
use proptest::prelude::*;
use quorate::{
    Account, AccountGraph, ColumnFault, Contact, ContactId, Day, NamedColumns, Policy, Roster, Signal, SignalColumns, SignalTally,
    SolutionName, assess,
};

const CONTACTS: [&str; 6] = ["ann", "bob", "c", "é", "zoe-0123456789", "d"];
const KINDS: [&str; 4] = ["page_view", "demo_request", "page_view", "x"];
const SOLUTIONS: [Option<&str>; 4] = [Some("payroll"), None, Some("ledger"), None];

/// A row: contact, kind, day, solution, each by its place.
type Row = (usize, usize, i32, usize);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let near = || 20_000..20_004_i32;
    // A few days, some of the same decades, or days as far apart as there are.
    let decades = prop_oneof![4 => near(), 1 => 15_800..15_950_i32, 1 => 32_200..32_400_i32];
    let all = prop_oneof![4 => near(), 1 => Just(Day::MIN.days_since_epoch()), 1 => Just(Day::MAX.days_since_epoch())];
    prop_oneof![rows_on(near().boxed()), rows_on(decades.boxed()), rows_on(all.boxed())]
}

fn rows_on(days: BoxedStrategy<i32>) -> impl Strategy<Value = Vec<Row>> {
    vec((0..CONTACTS.len(), 0..KINDS.len(), days, 0..SOLUTIONS.len()), 0..60)
}

/// Rows once, or so often that there are enough of them to be sorted by counting.
fn times() -> impl Strategy<Value = usize> {
    prop_oneof![3 => Just(1), 1 => Just(60_usize)]
}

fn signal((contact, kind, day, solution): Row, with_solutions: bool) -> Signal {
    let day = Day::from_days_since_epoch(day).expect("a day");
    let mut signal = Signal::of_contact(CONTACTS[contact], KINDS[kind], day.into()).expect("names");
    signal.solution = SOLUTIONS[solution].filter(|_| with_solutions).map(|name| SolutionName::new(name).expect("a name"));
    signal
}

/// The same rows as signals, counted one by one.
fn one_by_one(rows: &[Row], with_solutions: bool) -> SignalTally {
    let mut tally = SignalTally::new();
    for row in rows {
        tally.record(&signal(*row, with_solutions)).expect("within the limits");
    }
    tally
}

fn small(place: usize) -> u16 {
    u16::try_from(place).expect("few")
}

fn wide(place: usize) -> u32 {
    u32::try_from(place).expect("few")
}

/// `before` contacts that nobody asks about stand first, so that numbers lie far apart and fall into several blocks and parts.
fn columns(rows: &[Row], with_solutions: bool, own_numbers: bool, before: usize) -> SignalTally {
    let strangers = (0..before).map(|number| format!("stranger-{number}"));
    // Every second of them between two contacts.
    let ids: Vec<String> =
        CONTACTS.iter().flat_map(|id| strangers.clone().map(move |one| format!("{one}-{id}")).chain([(*id).to_owned()])).collect();
    let roster = Roster::from_ids(&ids).expect("ids");
    let numbers: Vec<u32> = CONTACTS.iter().map(|id| roster.find(id).expect("an id")).collect();
    let contacts: Vec<u32> = rows.iter().map(|row| if own_numbers { wide(row.0) } else { numbers[row.0] }).collect();
    let kinds: Vec<u16> = rows.iter().map(|row| small(row.1)).collect();
    let days: Vec<i32> = rows.iter().map(|row| row.2).collect();
    let solutions: Vec<u16> = rows.iter().map(|row| small(row.3)).collect();
    let columns = SignalColumns {
        contacts: &contacts,
        contact_numbers: own_numbers.then_some(&numbers),
        kinds: &kinds,
        days: &days,
        solutions: with_solutions.then_some(&solutions),
        kind_names: &KINDS,
        solution_names: &SOLUTIONS,
    };
    SignalTally::from_columns(&roster, &columns).expect("sound columns")
}

/// `known` of the contacts are in the roster beforehand.
fn named(rows: &[Row], with_solutions: bool, known: usize) -> SignalTally {
    let roster = Roster::from_ids(&CONTACTS[..known]).expect("ids");
    let contacts: Vec<&str> = rows.iter().map(|row| CONTACTS[row.0]).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| KINDS[row.1]).collect();
    let days: Vec<i32> = rows.iter().map(|row| row.2).collect();
    let solutions: Vec<Option<&str>> = rows.iter().map(|row| SOLUTIONS[row.3]).collect();
    let columns = NamedColumns { contacts: &contacts, kinds: &kinds, days: &days, solutions: with_solutions.then_some(&solutions) };
    SignalTally::from_named_columns(&roster, &columns).expect("sound columns")
}

/// A column of solutions that are all none is no column.
#[test]
fn solutions_that_are_none_change_nothing() {
    let roster = Roster::from_ids(["ann", "bob"]).expect("ids");
    let columns = SignalColumns {
        contacts: &[0, 1, 1],
        kinds: &[0, 0, 0],
        days: &[20_000, 20_001, 20_001],
        kind_names: &["page_view"],
        solution_names: &[None],
        ..SignalColumns::default()
    };
    let with = SignalColumns { solutions: Some(&[0, 0, 0]), ..columns };
    let of = |columns| SignalTally::from_columns(&roster, &columns).expect("sound columns");
    assert_eq!(of(with), of(columns));
    assert_eq!(of(with).counts().count(), 2);
}

proptest! {
    #[test]
    fn columns_say_what_the_same_signals_say_one_by_one(
        rows in rows(), times in times(), with_solutions: bool, own_numbers: bool, before in 0..90_usize,
    ) {
        let rows: Vec<Row> = rows.iter().copied().cycle().take(rows.len() * times).collect();
        let (expected, found) = (one_by_one(&rows, with_solutions), columns(&rows, with_solutions, own_numbers, before));
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(found.to_json(), expected.to_json());
        prop_assert_eq!(found.signals(), rows.len() as u64);
    }

    /// On days before, amid and after what was heard: what is to come lies behind all else, however counts were made.
    #[test]
    fn a_tally_of_columns_is_assessed_like_any_other(
        rows in rows(), times in times(), with_solutions: bool, own_numbers: bool, before in 0..90_usize, day in 19_999..20_006_i32,
    ) {
        let rows: Vec<Row> = rows.iter().copied().cycle().take(rows.len() * times).collect();
        let mut graph = AccountGraph::new();
        graph.add_account(Account::new("acme").expect("an id")).expect("a new one");
        for id in CONTACTS {
            let contact = Contact::new(id, "acme").and_then(|contact| contact.with_role("champion")).expect("names");
            graph.add_contact(contact).expect("a new one");
        }
        let (policy, day) = (Policy::default(), Day::from_days_since_epoch(day).expect("a day"));
        let of = |tally: &SignalTally| assess(&graph, tally, &policy, day);
        prop_assert_eq!(of(&columns(&rows, with_solutions, own_numbers, before)), of(&one_by_one(&rows, with_solutions)));
    }

    #[test]
    fn columns_of_texts_say_what_the_same_signals_say_one_by_one(rows in rows(), with_solutions: bool, known in 0..=CONTACTS.len()) {
        let (expected, found) = (one_by_one(&rows, with_solutions), named(&rows, with_solutions, known));
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(found.to_json(), expected.to_json());
    }

    #[test]
    fn a_tally_of_columns_goes_on_like_any_other(
        rows in rows(), times in times(), more in rows(), before: bool, after: bool, own_numbers: bool, known in 0..=CONTACTS.len(),
    ) {
        let rows: Vec<Row> = rows.iter().copied().cycle().take(rows.len() * times).collect();
        let mut expected = one_by_one(&rows, before);
        for row in &more {
            expected.record(&signal(*row, after)).expect("within the limits");
        }
        let (first, second) = (columns(&rows, before, own_numbers, 3), named(&more, after, known));
        prop_assert_eq!(&first.clone().merged(&second).expect("within the limits"), &expected);
        prop_assert_eq!(&second.clone().merged(&first).expect("within the limits"), &expected);
        let mut recorded = first;
        for row in more {
            recorded.record(&signal(row, after)).expect("within the limits");
        }
        prop_assert_eq!(&recorded, &expected);
    }
}

/// More rows than one part holds, and keys of one digit to three: days of so many, kinds of so many.
#[test]
fn many_rows_over_many_days_and_kinds_are_counted_right() {
    let all = Day::MAX.days_since_epoch() - Day::MIN.days_since_epoch() + 1;
    for (first, span, kinds) in [(Day::MIN.days_since_epoch(), all, 500), (20_000, 700, 100), (19_700, 700, 26), (20_000, 1, 1)] {
        many_rows_are_counted_right(first, usize::try_from(span).expect("some days"), kinds);
    }
}

fn many_rows_are_counted_right(first: i32, span: usize, kinds: usize) {
    let ids: Vec<String> = (0..3_000).map(|number| format!("contact-{number}")).collect();
    let roster = Roster::from_ids(&ids).expect("ids");
    let names: Vec<String> = (0..kinds).map(|number| format!("kind-{number}")).collect();
    let kind_names: Vec<&str> = names.iter().map(String::as_str).collect();
    // A fixed rule that spreads rows (Knuth, MMIX).
    let mut state = 7_u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % n
    };
    let mut expected = std::collections::BTreeMap::new();
    let (mut contacts, mut kinds, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..150_000 {
        let (contact, kind) = (below(ids.len()), below(if row % 2 == 0 { names.len().min(3) } else { names.len() }));
        let day = first + if row % 3 == 0 { 0 } else { i32::try_from(below(span)).expect("small") };
        *expected.entry((ids[contact].as_str(), names[kind].as_str(), day)).or_insert(0_u32) += 1;
        contacts.push(wide(contact));
        kinds.push(small(kind));
        days.push(day);
    }
    let columns = SignalColumns { contacts: &contacts, kinds: &kinds, days: &days, kind_names: &kind_names, ..SignalColumns::default() };
    let tally = SignalTally::from_columns(&roster, &columns).expect("sound columns");
    let found = tally.counts().map(|count| ((count.subject.text(), count.kind, count.day.days_since_epoch()), count.count));
    assert!(found.eq(expected), "{span} days, {} kinds", names.len());
}

/// A limit and a wrong value are told together.
#[test]
fn too_many_names_hide_no_wrong_value() {
    let roster = Roster::from_ids(["ann"]).expect("ids");
    let names: Vec<String> = (0..=SignalTally::KINDS_MAX).map(|number| format!("kind-{number}")).collect();
    let kind_names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = SignalColumns { contacts: &[0], kinds: &[0], days: &[i32::MIN], kind_names: &kind_names, ..SignalColumns::default() };
    let error = SignalTally::from_columns(&roster, &columns).expect_err("a day that is none, and a kind too many");
    assert!(matches!(error.faults(), [quorate::ColumnFault::Value { column: "days", .. }, quorate::ColumnFault::Tally(_)]), "{error}");
}

/// One value out of bounds among many rows, which are looked at piece by piece.
#[test]
fn one_wrong_value_far_down_is_named_and_nothing_else() {
    const ROWS: usize = 600_000;
    let roster = Roster::from_ids(["ann", "bob"]).expect("ids");
    for row in [0, 300_000, ROWS - 1] {
        let (mut contacts, mut kinds, mut days, mut solutions) =
            (vec![1_u32; ROWS], vec![0_u16; ROWS], vec![0_i32; ROWS], vec![0_u16; ROWS]);
        let own_numbers = row == 300_000;
        for column in ["contacts", "kinds", "days", "solutions"] {
            match column {
                "contacts" => contacts[row] = 2,
                "kinds" => kinds[row] = 1,
                "days" => days[row] = i32::MIN,
                _ => solutions[row] = 1,
            }
            let columns = SignalColumns {
                contacts: &contacts,
                contact_numbers: own_numbers.then_some(&[0, 1]),
                kinds: &kinds,
                days: &days,
                solutions: Some(&solutions),
                kind_names: &["x"],
                solution_names: &[None],
            };
            let error = SignalTally::from_columns(&roster, &columns).expect_err("one value is out of bounds");
            let [quorate::ColumnFault::Value { column: found, row: at, more: 0, .. }] = error.faults() else { panic!("{error}") };
            assert_eq!((*found, *at), (column, row));
            (contacts[row], kinds[row], days[row], solutions[row]) = (1, 0, 0, 0);
        }
    }
}

#[test]
fn everything_wrong_with_columns_is_told_at_once() {
    let roster = Roster::from_ids(["ann", "bob"]).expect("ids");
    let columns = SignalColumns {
        contacts: &[0, 2, 5, 1],
        contact_numbers: None,
        kinds: &[0, 1, 0],
        days: &[20_000, 20_000, i32::MAX, 20_000],
        solutions: Some(&[0, 0, 0, 0]),
        kind_names: &["page_view", " "],
        solution_names: &[],
    };
    let error = SignalTally::from_columns(&roster, &columns).expect_err("faults");
    let codes: Vec<&str> = error.faults().iter().map(ColumnFault::code).collect();
    assert_eq!(codes, ["column_length", "column_value", "column_value", "column_value", "id_blank"]);
    assert_eq!(
        error.to_string(),
        "`kinds` has 3 rows, but `contacts` has 4; each row is one signal; \
         `contacts`, row 1: 2 is not within 0..=1, the numbers of the roster, and 1 row more; \
         `days`, row 2: 2147483647 is not within -25567..=84005, the days since 1970-01-01 that there are; \
         `solutions`, row 0: 0 is not within the places of `solution_names`, of which there are none, and 3 rows more; \
         `kind_names`, place 1: kind is blank; give it an id"
    );
    let columns = SignalColumns {
        contacts: &[3],
        contact_numbers: Some(&[0, 1, 2]),
        kinds: &[0],
        days: &[0],
        kind_names: &["x"],
        ..SignalColumns::default()
    };
    assert_eq!(
        SignalTally::from_columns(&roster, &columns).expect_err("faults").to_string(),
        "`contacts`, row 0: 3 is not within 0..=2, the places of `contact_numbers`; \
         `contact_numbers`, row 2: 2 is not within 0..=1, the numbers of the roster"
    );
    let columns = NamedColumns {
        contacts: &["ann", "", "eve"],
        kinds: &["x", "x", "\u{7}"],
        days: &[0, 0, -1_000_000],
        solutions: Some(&[Some(" a"), None]),
    };
    assert_eq!(
        SignalTally::from_named_columns(&roster, &columns).expect_err("faults").to_string(),
        "`solutions` has 2 rows, but `contacts` has 3; each row is one signal; \
         `contacts`, row 1: contact id is blank; give it an id; \
         `kinds`, row 2: kind `\\u{7}` holds a control character; remove it; \
         `solutions`, row 0: solution ` a` begins or ends with white space; trim it; \
         `days`, row 2: -1000000 is not within -25567..=84005, the days since 1970-01-01 that there are"
    );
}

#[test]
fn a_count_that_has_no_room_is_an_error_that_names_it() {
    let roster = Roster::from_ids(["ann", "bob"]).expect("ids");
    let most = SignalTally::COUNT_MAX as usize;
    let fits = |rows: usize| {
        let columns = SignalColumns {
            contacts: &vec![1; rows],
            kinds: &vec![0; rows],
            days: &vec![0; rows],
            kind_names: &["x"],
            ..SignalColumns::default()
        };
        SignalTally::from_columns(&roster, &columns)
    };
    let bob = ContactId::new("bob").expect("an id");
    assert_eq!(fits(most).expect("room").signals_of(&quorate::Subject::Contact(bob)), most as u64);
    assert_eq!(fits(most + 1).expect_err("no room").to_string(), "`bob` has more than 2097151 signals of kind `x` on 1970-01-01");
}

#[test]
fn nothing_is_a_tally_of_nothing() {
    let empty = SignalTally::from_columns(&Roster::default(), &SignalColumns::default()).expect("sound");
    assert!(empty.is_empty() && empty == SignalTally::new());
    assert_eq!(SignalTally::from_named_columns(&Roster::default(), &NamedColumns::default()).expect("sound"), empty);
}

#[test]
fn a_roster_numbers_ids_in_order_and_says_which_is_none() {
    let roster = Roster::from_ids(["ann", "bob", "ann"]).expect("ids");
    assert_eq!((roster.len(), roster.is_empty(), roster.get(1), roster.get(2)), (2, false, Some("bob"), None));
    let error = Roster::from_ids(["ann", " bob"]).expect_err("no id");
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("id_untrimmed", "row 1: contact id ` bob` begins or ends with white space; trim it")
    );
}
