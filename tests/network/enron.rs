//! Enron: 184 people, positions, and who mailed whom when.

use std::collections::BTreeMap;
use std::path::Path;

use quorate::{Account, AccountGraph, Contact, Day, Interaction, Network, Policy, StrengthRule, TiesOfInteractions, ties_of_interactions};

use crate::support::{data_folder, rows};

fn person(number: &str) -> String {
    format!("e{number:0>3}")
}

struct Enron {
    graph: AccountGraph,
    roles: BTreeMap<String, String>,
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
    Enron { graph, roles, found, broken_clocks: broken.len() }
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
    let then = enron(&folder, "2001-06-30").found;
    assert_eq!((then.counts.counted, then.counts.future, then.counts.faded, then.ties.len()), (19_918, 14_298, 211, 1_318));
}

#[test]
fn ways_from_a_trader_to_the_heads() {
    let Some(folder) = data_folder("enron-titles-email") else { return };
    let enron = enron(&folder, "2001-06-30");
    let network = Network::new(&enron.graph, &Policy::default(), "2001-06-30".parse().unwrap());
    let of_role = |role: &str| enron.roles.iter().filter(|(_, one)| *one == role).map(|(id, _)| id.as_str()).collect::<Vec<_>>();
    let trader = *of_role("Trader").iter().find(|id| !enron.graph.ties_of(id).is_empty()).unwrap();
    let name = |id: &str| {
        let role = enron.roles[id].as_str();
        format!(
            "{} ({})",
            enron.graph.contact(id).unwrap().name.unwrap_or_else(|| id.to_owned()),
            if role.is_empty() { "no position" } else { role }
        )
    };
    println!("from {}", name(trader));
    for role in ["CEO", "President"] {
        for head in of_role(role) {
            let paths = network.warm_paths(&[trader], head, 3).unwrap();
            println!("to {}: {} paths", name(head), paths.len());
            for path in &paths {
                let people: Vec<String> = path.people().map(name).collect();
                println!("  {} by {}", path.quality, people.join(" → "));
                // Every line of it is a tie, and the quality is the product of their strengths.
                let ids: Vec<&str> = path.people().collect();
                let strength = |pair: &[&str]| {
                    let ties = enron.graph.ties_of(pair[0]);
                    let tie = ties.iter().find(|tie| [&tie.from, &tie.to].iter().any(|end| end.as_str() == pair[1])).unwrap();
                    i128::from(tie.strength)
                };
                let product: i128 = ids.windows(2).map(strength).product();
                assert_eq!(path.quality.units(), product * 100_i128.pow(u32::try_from(5 - ids.len()).unwrap()));
            }
            assert!(paths.windows(2).all(|pair| pair[0].quality >= pair[1].quality));
        }
    }
}
