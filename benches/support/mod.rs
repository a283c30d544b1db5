//! Inputs of the benches: made up by a fixed rule, the same in every run.

pub(crate) mod columns;

use quorate::{
    Account, AccountGraph, AccountId, BuyingGroup, Contact, ContactId, Day, Evidence, Known, Member, Membership, PortfolioDocument,
    RoleClaim, Signal, SignalTally,
};

const ROLES: [&str; 8] =
    ["economic_buyer", "decision_maker", "champion", "technical_evaluator", "influencer", "end_user", "procurement_legal", "unknown"];
const KINDS: [&str; 8] =
    ["page_view", "email_click", "content_download", "webinar_attended", "pricing_page", "email_open", "unsubscribe", "meeting_held"];

/// The day of every assessment.
pub(crate) fn today() -> Day {
    "2025-06-15".parse().expect("a day")
}

/// A linear congruential generator (Knuth, MMIX): reproducible, and good enough to spread signals.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

fn contact(id: &str, account: &str, draw: &mut Draw) -> Contact {
    Contact::new(id, account).expect("an id").with_role(ROLES[draw.below(ROLES.len())]).expect("a role")
}

fn signal(contact: &str, draw: &mut Draw) -> Signal {
    let day = today().minus_days(u16::try_from(draw.below(200)).expect("small"));
    Signal::of_contact(contact, KINDS[draw.below(KINDS.len())], day.into()).expect("an id")
}

/// Accounts of ten contacts, and the contacts' ids.
fn accounts_of_ten(accounts: usize, draw: &mut Draw) -> (PortfolioDocument, Vec<String>) {
    let mut document = PortfolioDocument::default();
    let mut contacts = Vec::with_capacity(10 * accounts);
    for number in 0..accounts {
        let account = format!("account-{number}");
        document.accounts.push(Account::new(&account).expect("an id"));
        for place in 0..10 {
            let id = format!("contact-{number}-{place}");
            document.contacts.push(contact(&id, &account, draw));
            contacts.push(id);
        }
    }
    (document, contacts)
}

/// Ten signals a contact.
fn ten_each<'a>(contacts: &'a [String], draw: &'a mut Draw) -> impl Iterator<Item = Signal> + 'a {
    (0..10 * contacts.len()).map(move |number| signal(&contacts[number / 10], draw))
}

/// Accounts of ten contacts, and ten signals a contact.
pub(crate) fn portfolio(accounts: usize) -> (PortfolioDocument, Vec<Signal>) {
    let mut draw = Draw(7);
    let (document, contacts) = accounts_of_ten(accounts, &mut draw);
    let signals = ten_each(&contacts, &mut draw).collect();
    (document, signals)
}

/// The same portfolio, its signals given to the tally one by one.
pub(crate) fn portfolio_streamed(accounts: usize) -> (AccountGraph, SignalTally) {
    let mut draw = Draw(7);
    let (document, contacts) = accounts_of_ten(accounts, &mut draw);
    let tally = SignalTally::from_signals(ten_each(&contacts, &mut draw)).expect("within the limits");
    (AccountGraph::from_document(document).expect("a valid portfolio"), tally)
}

/// Whence roles are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knows {
    /// From the CRM; no titles.
    Roles,
    /// From titles alone.
    Titles,
    /// From the CRM; titles are asked for relationships.
    Both,
}

const TITLES: [&str; 10] = [
    "Chief Financial Officer",
    "VP of Information Technology",
    "Sr. Director, Information Security (EMEA)",
    "Head of Procurement",
    "IT Manager - Cloud Infrastructure",
    "Software Engineer II",
    "Account Executive, Mid-Market",
    "Marketing Operations Manager",
    "Executive Assistant to the CEO",
    "Leiterin Vertrieb / Business Development",
];

/// Accounts of ten contacts, and ten signals a contact; of the contacts the roles or the titles are known.
pub(crate) fn portfolio_that_knows(accounts: usize, knows: Knows) -> (AccountGraph, SignalTally) {
    let mut draw = Draw(23);
    let (mut document, contacts) = accounts_of_ten(accounts, &mut draw);
    for (number, contact) in document.contacts.iter_mut().enumerate() {
        if knows != Knows::Roles {
            contact.title = Some(TITLES[number % TITLES.len()].into());
        }
        if knows == Knows::Titles {
            contact.roles.clear();
        }
    }
    let tally = SignalTally::from_signals(ten_each(&contacts, &mut draw)).expect("within the limits");
    (AccountGraph::from_document(document).expect("a valid portfolio"), tally)
}

/// One more signal for such a portfolio, and the group that it is for.
pub(crate) fn another_signal(number: usize, accounts: usize) -> (Signal, String) {
    let (account, place) = (number % accounts, number % 10);
    let day = today().minus_days(u16::try_from(number % 30).expect("small"));
    let signal = Signal::of_contact(&format!("contact-{account}-{place}"), KINDS[number % KINDS.len()], day.into()).expect("an id");
    (signal, format!("account-{account}"))
}

/// One account with so many contacts, all in one line of reporting pairs.
pub(crate) fn wide_document(contacts: usize) -> PortfolioDocument {
    let mut draw = Draw(11);
    let mut document = PortfolioDocument::default();
    document.accounts.push(Account::new("wide").expect("an id"));
    for number in 0..contacts {
        let mut one = contact(&format!("contact-{number}"), "wide", &mut draw);
        one.reports_to = (number > 0).then(|| ContactId::new(&format!("contact-{}", number / 10)).expect("an id"));
        document.contacts.push(one);
    }
    document.contacts[0].reports_to = None;
    document
}

/// One wide account with two signals a contact.
pub(crate) fn wide(contacts: usize) -> (AccountGraph, SignalTally) {
    let mut draw = Draw(13);
    let signals = (0..2 * contacts).map(|number| signal(&format!("contact-{}", number / 2), &mut draw));
    let tally = SignalTally::from_signals(signals).expect("within the limits");
    (AccountGraph::from_document(wide_document(contacts)).expect("a valid portfolio"), tally)
}

/// One wide account, two contacts a person, and a group that names each of them in a row; two signals a contact.
pub(crate) fn listed(contacts: usize) -> (AccountGraph, SignalTally) {
    let mut document = wide_document(contacts);
    for (number, contact) in document.contacts.iter_mut().enumerate() {
        contact.person = Some(format!("person-{}", number / 2).parse().expect("an id"));
    }
    let mut group = BuyingGroup::new("listed", "wide").expect("an id");
    group.membership = Some(Membership::Explicit);
    let row = |(number, contact): (usize, &Contact)| Member {
        group: group.id.clone(),
        contact: contact.id.clone(),
        claim: RoleClaim { role: ROLES[number % ROLES.len()].parse().expect("a role"), evidence: Evidence::Crm },
        known: Known::ALWAYS,
    };
    document.members = document.contacts.iter().enumerate().map(row).collect();
    document.groups.push(group);
    let (_, tally) = wide(contacts);
    (AccountGraph::from_document(document).expect("a valid portfolio"), tally)
}

/// One wide account with an explicit group for each contact, and two signals a contact.
pub(crate) fn many_groups(count: usize) -> (AccountGraph, SignalTally) {
    let (mut graph, tally) = wide(count);
    for number in 0..count {
        let (id, contact) = (format!("group-{number}"), format!("contact-{number}"));
        let mut group = BuyingGroup::new(&id, "wide").expect("an id");
        group.membership = Some(Membership::Explicit);
        graph.add_group(group).expect("a new group");
        let claim = RoleClaim { role: "champion".parse().expect("a role"), evidence: Evidence::Crm };
        let (group, contact) = (id.parse().expect("an id"), contact.parse().expect("an id"));
        graph.add_member(Member { group, contact, claim, known: Known::ALWAYS }).expect("a new row");
    }
    (graph, tally)
}

/// A chain of accounts, each the parent of the next, with two contacts each.
pub(crate) fn deep_document(depth: usize) -> PortfolioDocument {
    let mut draw = Draw(17);
    let mut document = PortfolioDocument::default();
    for number in 0..depth {
        let mut account = Account::new(&format!("account-{number}")).expect("an id");
        account.parent = (number > 0).then(|| AccountId::new(&format!("account-{}", number - 1)).expect("an id"));
        document.contacts.push(contact(&format!("contact-{number}-a"), account.id.as_str(), &mut draw));
        document.contacts.push(contact(&format!("contact-{number}-b"), account.id.as_str(), &mut draw));
        document.accounts.push(account);
    }
    document
}

/// A deep family with two signals a contact.
pub(crate) fn deep(depth: usize) -> (AccountGraph, SignalTally) {
    let mut draw = Draw(19);
    let ids = (0..depth).flat_map(|number| [format!("contact-{number}-a"), format!("contact-{number}-b")]);
    let signals: Vec<Signal> = ids.flat_map(|id| [signal(&id, &mut draw), signal(&id, &mut draw)]).collect();
    (
        AccountGraph::from_document(deep_document(depth)).expect("a valid portfolio"),
        SignalTally::from_signals(signals).expect("within the limits"),
    )
}
