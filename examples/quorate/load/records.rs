//! A row as a record. What is blank is absent; what cannot be read is noted with its column, and something stands in for it, so that the row's ids are looked up
//! all the same: a row with a note is left out in the end. Only a row whose own id cannot be read, or an id that it must name, is no record.

use std::collections::BTreeMap;

use quorate::{
    Account, BuyingGroup, CampaignCost, Contact, Day, Disposition, DispositionVerdict, Evidence, Instant, Interaction, KindName,
    Known as Days, Member, Membership, Opportunity, Outcome, Relationship, RoleClaim, RoleName, Stance, TemplateName, Tie, TieKind,
};

use super::cells::{Cells, truth};
use crate::policies::Known;

/// Decimals that amounts and scores may have.
const PLACES: u32 = 4;

pub fn account(cells: &mut Cells<'_>) -> Option<Account> {
    let id = cells.needed_parsed("account_id");
    Some(Account {
        name: cells.owned("name"),
        aliases: cells.list("aliases").unwrap_or_default(),
        domains: cells.list("domains").unwrap_or_default(),
        parent: cells.parsed("parent_id"),
        industry: cells.owned("industry"),
        employees: cells.whole("employees"),
        revenue: cells.decimal("revenue", PLACES),
        country: cells.owned("country"),
        technologies: cells.list("technologies"),
        attributes: BTreeMap::from_iter(cells.attributes()),
        fit_score: cells.decimal("fit_score", PLACES),
        excluded: excluded(cells),
        // Last, so that every other cell is read and its flaws are known before a row without an id is given up.
        id: id?,
    })
}

/// Blank or a false word: not excluded; a true word: excluded; any other text is the reason.
fn excluded(cells: &mut Cells<'_>) -> Option<String> {
    let text = cells.owned("excluded")?;
    match truth(&text) {
        Some(false) => None,
        Some(true) => Some("excluded".into()),
        None => Some(text),
    }
}

pub fn contact(cells: &mut Cells<'_>, known: &Known) -> Option<Contact> {
    let id = cells.needed_parsed("contact_id");
    Some(Contact {
        account: cells.parsed("account_id"),
        person: cells.parsed("person_id"),
        name: cells.owned("name"),
        email: cells.owned("email"),
        title: cells.owned("title"),
        roles: roles(cells, known),
        reports_to: cells.parsed("reports_to"),
        stance: cells.word("stance", &Stance::ALL).unwrap_or_default(),
        relationship: cells.word("relationship", &Relationship::ALL),
        active: cells.flag("active").unwrap_or(true),
        created: cells.parsed::<Instant>("created_at").map(Instant::day),
        known: Days::ALWAYS,
        id: id?,
    })
}

fn roles(cells: &mut Cells<'_>, known: &Known) -> Vec<RoleClaim> {
    let names = cells.list("roles").unwrap_or_default();
    names.iter().filter_map(|name| role(cells, "roles", name, known)).collect()
}

fn role(cells: &mut Cells<'_>, column: &str, name: &str, known: &Known) -> Option<RoleClaim> {
    let role: RoleName = cells.read(column, name)?;
    cells.known(column, "role", name, &known.roles).then_some(RoleClaim { role, evidence: Evidence::Crm })
}

pub fn group(cells: &mut Cells<'_>, known: &Known) -> Option<BuyingGroup> {
    let (id, account) = (cells.needed_parsed("group_id"), cells.needed_parsed("account_id"));
    let template: Option<TemplateName> = cells.parsed("template");
    if let Some(template) = &template {
        cells.known("template", "template", template.as_str(), &known.templates);
    }
    let solution = cells.parsed("solution");
    let membership = cells.word("membership", &Membership::ALL);
    Some(BuyingGroup { id: id?, account: account?, solution, template, membership })
}

pub fn member(cells: &mut Cells<'_>, known: &Known) -> Option<Member> {
    let (group, contact) = (cells.needed_parsed("group_id"), cells.needed_parsed("contact_id"));
    let name = cells.needed("role");
    let claim = name.as_deref().and_then(|name| role(cells, "role", name, known));
    let named = || name.as_deref().and_then(|name| name.parse().ok()).or_else(|| RoleName::new("unknown").ok());
    let claim = claim.or_else(|| Some(RoleClaim { role: named()?, evidence: Evidence::Crm }));
    Some(Member { group: group?, contact: contact?, claim: claim?, known: Days::ALWAYS })
}

pub fn tie(cells: &mut Cells<'_>) -> Option<Tie> {
    let (from, to) = (cells.needed_parsed("from_id"), cells.needed_parsed("to_id"));
    let kind = cells.needed_word("kind", &TieKind::ALL);
    cells.needed("strength");
    let strength = cells.whole("strength");
    let fits = strength.map(|strength| u8::try_from(strength).ok().filter(|strength| (1..=100).contains(strength)));
    if fits == Some(None) {
        cells.note("strength", "value_out_of_range", format!("`{}` is outside 1..=100", strength.unwrap_or(0)));
    }
    let (kind, strength) = (kind.unwrap_or(TieKind::Knows), fits.flatten().unwrap_or(1));
    Some(Tie { from: from?, to: to?, kind, strength, known: Days::ALWAYS })
}

pub fn interaction(cells: &mut Cells<'_>) -> Option<Interaction> {
    let (from, to) = (cells.needed_parsed("from_id"), cells.needed_parsed("to_id"));
    let day = cells.needed_parsed::<Instant>("at").map(Instant::day);
    let kind = cells.needed_parsed::<KindName>("kind").map(|kind| kind.to_string());
    Some(Interaction { from: from?, to: to?, day: day.unwrap_or(Day::MIN), kind: kind.unwrap_or_default() })
}

pub fn opportunity(cells: &mut Cells<'_>) -> Option<Opportunity> {
    let (id, account) = (cells.needed_parsed("opportunity_id"), cells.needed_parsed("account_id"));
    let created_at = cells.needed_parsed("created_at");
    let group = cells.parsed("group_id");
    let closed_at = cells.parsed("closed_at");
    let outcome = cells.word("outcome", &Outcome::ALL).unwrap_or_default();
    let amount = cells.decimal("amount", PLACES);
    let currency = cells.owned("currency");
    // Before any close.
    let created_at = created_at.unwrap_or_else(|| Day::MIN.into());
    Some(Opportunity { id: id?, account: account?, group, created_at, closed_at, outcome, amount, currency })
}

pub fn cost(cells: &mut Cells<'_>) -> Option<CampaignCost> {
    let campaign = cells.needed_parsed("campaign");
    cells.needed("amount");
    let amount = cells.decimal("amount", PLACES);
    let currency = cells.owned("currency");
    CampaignCost::new(campaign?, amount?, currency).map_err(|error| cells.note("amount", error.code(), error.to_string())).ok()
}

pub fn disposition(cells: &mut Cells<'_>) -> Option<Disposition> {
    let (group, at) = (cells.needed_parsed("group_id"), cells.needed_parsed("at"));
    let verdict = cells.needed_word("verdict", &DispositionVerdict::ALL);
    let reason = cells.owned("reason");
    let (at, verdict) = (at.unwrap_or_else(|| Day::MIN.into()), verdict.unwrap_or(DispositionVerdict::Accepted));
    Some(Disposition { group: group?, at, verdict, reason })
}
