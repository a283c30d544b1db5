//! The graph's tests, by what they promise; the laws over random edits are in `tests/graph_laws.rs`.

mod building;
mod corruption;
mod documents;
mod refusals;
mod removal;
mod scale;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{AccountGraph, EditError, PortfolioDocument};
use crate::account::{Account, BuyingGroup, Disposition, DispositionVerdict, Member, Opportunity, Outcome, Tie, TieKind};
use crate::contact::{Contact, Evidence, Known, RoleClaim};
use crate::id::{AccountId, ContactId, GroupId, OpportunityId, RoleName};

fn account(id: &str, parent: Option<&str>) -> Account {
    Account { parent: parent.map(|parent| AccountId::new(parent).unwrap()), ..Account::new(id).unwrap() }
}

fn contact(id: &str, account: &str, manager: Option<&str>) -> Contact {
    Contact { reports_to: manager.map(|manager| ContactId::new(manager).unwrap()), ..Contact::new(id, account).unwrap() }
}

fn staff(id: &str, manager: Option<&str>) -> Contact {
    Contact { reports_to: manager.map(|manager| ContactId::new(manager).unwrap()), ..Contact::own_staff(id).unwrap() }
}

fn group(id: &str, account: &str) -> BuyingGroup {
    BuyingGroup::new(id, account).unwrap()
}

fn member(group: &str, contact: &str, role: &str) -> Member {
    Member {
        group: GroupId::new(group).unwrap(),
        contact: ContactId::new(contact).unwrap(),
        claim: RoleClaim { role: RoleName::new(role).unwrap(), evidence: Evidence::Human },
        known: Known::ALWAYS,
    }
}

fn tie(from: &str, to: &str, strength: u8) -> Tie {
    let (from, to) = (ContactId::new(from).unwrap(), ContactId::new(to).unwrap());
    Tie { from, to, kind: TieKind::Knows, strength, known: Known::ALWAYS }
}

fn opportunity(id: &str, account: &str, group: Option<&str>) -> Opportunity {
    Opportunity {
        id: OpportunityId::new(id).unwrap(),
        account: AccountId::new(account).unwrap(),
        group: group.map(|group| GroupId::new(group).unwrap()),
        created_at: "2025-01-10T10:00:00Z".parse().unwrap(),
        closed_at: None,
        outcome: Outcome::Open,
        amount: None,
        currency: None,
    }
}

fn disposition(group: &str, day: &str, verdict: DispositionVerdict) -> Disposition {
    Disposition { group: GroupId::new(group).unwrap(), at: day.parse().unwrap(), verdict, reason: None }
}

/// A graph in which everything occurs: a family of three accounts and a stranger, lines across them, own groups and default groups in use,
/// several rows for one contact, parallel ties, own staff.
fn rich() -> AccountGraph {
    let mut acme = account("acme", None);
    acme.revenue = Some("12.50".parse().unwrap());
    acme.technologies = Some(Vec::new());
    acme.attributes.insert("segment".into(), "enterprise".into());
    let mut ann = contact("ann", "acme", None).with_role("champion").unwrap().with_role("advocate").unwrap();
    ann.person = Some(crate::id::PersonId::new("p1").unwrap());
    ann.name = Some("Ann".into());
    let mut won = opportunity("deal-2", "acme", Some("analytics"));
    won.outcome = Outcome::Won;
    won.closed_at = Some("2025-01-10".parse().unwrap());
    let document = PortfolioDocument {
        accounts: Vec::from([account("sub", Some("mid")), account("mid", Some("acme")), acme, account("other", None)]),
        contacts: Vec::from([
            contact("eve", "sub", Some("ann")),
            contact("dan", "mid", Some("ann")),
            contact("cat", "sub", Some("dan")),
            contact("bob", "acme", Some("ann")),
            ann,
            contact("zoe", "other", None),
            staff("rep", Some("boss")),
            staff("boss", None),
        ]),
        groups: Vec::from([group("cloud", "acme"), group("analytics", "acme")]),
        members: Vec::from([
            member("analytics", "ann", "champion"),
            member("analytics", "ann", "buyer"),
            member("cloud", "bob", "coach"),
            member("mid", "dan", "coach"),
        ]),
        ties: Vec::from([tie("rep", "ann", 70), tie("rep", "ann", 30), tie("bob", "ann", 10), tie("ann", "zoe", 5), tie("dan", "cat", 9)]),
        opportunities: Vec::from([opportunity("deal-1", "acme", None), won, opportunity("deal-3", "sub", Some("sub"))]),
        dispositions: Vec::from([
            disposition("mid", "2025-03-01", DispositionVerdict::Rejected),
            disposition("mid", "2025-03-01", DispositionVerdict::Accepted),
            disposition("analytics", "2025-02-01", DispositionVerdict::Accepted),
        ]),
    };
    let graph = AccountGraph::from_document(document).unwrap();
    graph.verify().unwrap();
    graph
}

/// An edit is refused with that message and code, and changes nothing.
#[track_caller]
fn refused(graph: &AccountGraph, edit: impl FnOnce(&mut AccountGraph) -> Result<(), EditError>, code: &str, message: &str) {
    let mut copy = graph.clone();
    let error = edit(&mut copy).unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    assert_eq!(copy.to_document(), graph.to_document(), "a refused edit changed something");
    copy.verify().unwrap();
}

fn texts(problems: &[super::RecordProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
