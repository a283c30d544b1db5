//! Enron: 184 people, positions, and who mailed whom when.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quorate::{Account, AccountGraph, Contact, Day, Interaction, Network, Policy, StrengthRule, TiesOfInteractions, ties_of_interactions};

use crate::oracle::Oracle;
use crate::strength::expected;
use crate::support::{data_folder, rows, told, told_of};

/// A day in the midst of it.
const DAY: &str = "2001-06-30";

fn person(number: &str) -> String {
    format!("e{number:0>3}")
}

struct Enron {
    graph: AccountGraph,
    roles: BTreeMap<String, String>,
    mails: Vec<Interaction>,
    found: TiesOfInteractions,
    broken_clocks: usize,
}

/// The people, and the ties that their mails of this century's turn make on a day. Mails dated 1979 are those of broken clocks.
fn enron(folder: &Path, day: &str) -> Enron {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("enron").unwrap()).unwrap();
    let mut roles = BTreeMap::new();
    for row in rows(folder, "people.csv") {
        let id = person(&row["person_id"]);
        let mut contact = Contact::new(&id, "enron").unwrap();
        contact.name = Some(row["person_name"].clone()).filter(|name| !name.is_empty());
        contact.title = Some(row["role"].clone()).filter(|role| !role.is_empty());
        graph.add_contact(contact).unwrap();
        roles.insert(id, row["role"].clone());
    }
    let mails = rows(folder, "emails.csv").into_iter().map(|row| {
        let seconds: i64 = row["unix_time"].parse().unwrap();
        let day = Day::from_days_since_epoch(i32::try_from(seconds.div_euclid(86_400)).unwrap()).unwrap();
        let (from, to) = (person(&row["sender_id"]).parse().unwrap(), person(&row["recipient_id"]).parse().unwrap());
        Interaction { from, to, day, kind: "mail".into() }
    });
    let (broken, mails): (Vec<_>, Vec<_>) = mails.partition(|mail| mail.day < "1990-01-01".parse().unwrap());
    let found = ties_of_interactions(&mails, &StrengthRule::default(), day.parse().unwrap());
    for tie in &found.ties {
        graph.add_tie(tie.clone()).unwrap();
    }
    Enron { graph, roles, mails, found, broken_clocks: broken.len() }
}

#[test]
fn every_mail_is_accounted_for() {
    let Some(folder) = data_folder("enron-titles-email") else { return };
    let late = enron(&folder, "2002-07-01");
    assert_eq!(late.graph.contact_count(), 184);
    assert_eq!(late.broken_clocks, 53);
    let counts = late.found.counts;
    assert_eq!((counts.with_oneself, counts.future, counts.other_kinds.len()), (3_704, 0, 0));
    assert_eq!(counts.counted + counts.faded, 34_427);
    let then = enron(&folder, DAY).found;
    assert_eq!((then.counts.counted, then.counts.future, then.counts.faded, then.ties.len()), (19_918, 14_298, 211, 1_318));
}

#[test]
fn every_strength_is_that_of_the_formula() {
    let Some(folder) = data_folder("enron-titles-email") else { return };
    let enron = enron(&folder, DAY);
    let mut by_pair: BTreeMap<(&str, &str), Vec<Interaction>> = BTreeMap::new();
    for mail in &enron.mails {
        let (from, to) = (mail.from.as_str(), mail.to.as_str());
        if from != to {
            by_pair.entry((from.min(to), from.max(to))).or_default().push(mail.clone());
        }
    }
    let strength = |(ends, mails): (&(&str, &str), &Vec<Interaction>)| {
        expected(mails, &StrengthRule::default(), ends.0, ends.1, DAY.parse().unwrap())
            .map(|strength| (ends.0.to_owned(), ends.1.to_owned(), strength))
    };
    let expected: Vec<(String, String, u8)> = by_pair.iter().filter_map(strength).collect();
    let found = enron.found.ties.iter().map(|tie| (tie.from.to_string(), tie.to.to_string(), tie.strength));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn ways_from_a_trader_to_the_heads() {
    let Some(folder) = data_folder("enron-titles-email") else { return };
    let enron = enron(&folder, DAY);
    let network = Network::new(&enron.graph, &Policy::default(), DAY.parse().unwrap());
    let mut oracle = Oracle { people: enron.graph.contacts().map(String::from).collect(), ..Oracle::default() };
    oracle.people.sort();
    let place = |id: &str| enron.roles.keys().position(|one| one == id).unwrap();
    for tie in &enron.found.ties {
        let (from, to) = (place(tie.from.as_str()), place(tie.to.as_str()));
        oracle.line(from, to, tie.strength, "knows");
        oracle.line(to, from, tie.strength, "knows");
    }
    let of_role = |role: &str| enron.roles.iter().filter(|(_, one)| *one == role).map(|(id, _)| id.as_str()).collect::<Vec<_>>();
    let trader = *of_role("Trader").iter().find(|id| !enron.graph.ties_of(id).is_empty()).unwrap();
    let mut best = Vec::new();
    for head in ["CEO", "President"].into_iter().flat_map(of_role) {
        let expected: Vec<_> =
            oracle.best(&BTreeSet::from([place(trader)]), place(head), 4, 3).iter().map(|way| told_of(&oracle, way)).collect();
        let paths = network.warm_paths(&[trader], head, 3).unwrap();
        assert_eq!(paths.iter().map(told).collect::<Vec<_>>(), expected);
        best.extend(paths.first().map(|path| format!("{} {}", path.quality, path.people().collect::<Vec<_>>().join(" "))));
    }
    // Whatever the head, the way leads by the same two, the second of whom is one.
    assert_eq!(
        best,
        [
            "0.000056 e021 e010 e083 e028",
            "0.000002 e021 e010 e083 e068",
            "0.0002 e021 e010 e083",
            "0.000002 e021 e010 e083 e095",
            "0.00000044 e021 e010 e083 e079 e006",
            "0.000014 e021 e010 e083 e052",
            "0.000012 e021 e010 e083 e067",
            "0.00002 e021 e010 e083 e108",
            "0.000004 e021 e010 e083 e162",
        ]
    );
}
