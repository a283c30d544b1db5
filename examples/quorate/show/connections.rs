//! What the network says of one group, for reading and as JSON.

use std::collections::BTreeMap;
use std::io::Write;

use quorate::{
    AccountGraph, Connections, DecidingPerson, GroupAssessment, MemberAssessment, Network, OpponentReach, PolicyLabel, WarmPath,
};
use serde::Serialize;

use super::explained::whose;
use super::people::words as role_words;
use super::placed::{Exactly, Person, people, placed};
use super::ways::{lines, of_resilience, way};
use crate::exit::Stop;
use crate::words::count;

/// Those who would be missed and those whom opponents influence that are listed before the others are counted.
const LISTED: usize = 10;

/// A group, its network and what that says.
pub struct Told<'a> {
    pub group: &'a GroupAssessment,
    pub network: &'a Network,
    pub found: &'a Connections,
    pub graph: &'a AccountGraph,
}

/// One JSON object.
pub fn json(out: &mut impl Write, told: &Told<'_>) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Size {
        people: usize,
        lines: usize,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: quorate::Day,
        account_id: &'a str,
        group_id: &'a str,
        policy: &'a PolicyLabel,
        network: Size,
        #[serde(flatten)]
        found: &'a Connections,
        people: BTreeMap<String, Person>,
    }
    let (group, network) = (told.group, told.network);
    let document = Document {
        as_of: group.as_of,
        account_id: group.account_id(),
        group_id: group.group_id(),
        policy: &group.policy,
        network: Size { people: network.people_count(), lines: network.line_count() },
        found: told.found,
        people: people(named(told.found), told.graph),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}

/// Everybody whom the answer names.
fn named(found: &Connections) -> impl Iterator<Item = &str> {
    let deciding = found.deciding.iter().flat_map(|one| {
        let ways = one.paths.iter().chain(&one.introductions).flat_map(WarmPath::people);
        ways.chain(of_resilience(&one.resilience)).chain(one.sole_bridges.iter()).chain([one.contact()])
    });
    let missed = found.missed.iter().flat_map(|one| one.cuts.iter().chain([one.contact()]));
    let opponents = found.opponents.iter().flat_map(|one| one.members.iter().map(quorate::Influenced::contact).chain([one.contact()]));
    let manager = found.common_manager.iter().flat_map(|one| one.of.iter().chain([one.contact()]));
    deciding.chain(missed).chain(opponents).chain(manager)
}

/// For reading.
pub fn print(out: &mut impl Write, told: &Told<'_>) -> Result<(), Stop> {
    let words = Exactly { graph: told.graph };
    writeln!(out, "{}, as of {}", whose(told.group, told.graph), told.group.as_of)?;
    writeln!(out, "\nWho decides, and who leads there")?;
    if told.found.deciding.is_empty() {
        writeln!(out, "  nobody known")?;
    }
    for one in &told.found.deciding {
        deciding(out, one, told, &words)?;
    }
    if let Some(manager) = &told.found.common_manager {
        let member = if manager.member { "" } else { "; no member of the group" };
        writeln!(out, "\nWho may decide\n  {}{member}", words.line(manager))?;
    }
    missed(out, told.found, &words)?;
    if !told.found.opponents.is_empty() {
        writeln!(out, "\nHow far opponents reach")?;
    }
    for one in &told.found.opponents {
        opponent(out, one, told, &words)?;
    }
    gaps(out, told.found, &words)?;
    let (people, lines) = (told.network.people_count() as u64, told.network.line_count() as u64);
    writeln!(
        out,
        "\n{}, {} from one to another. Quality: the strengths of a way's lines, each in hundredths, multiplied.",
        count(people, "person", "people"),
        count(lines, "line", "lines")
    )?;
    Ok(())
}

fn deciding(out: &mut impl Write, one: &DecidingPerson, told: &Told<'_>, words: &Exactly<'_>) -> Result<(), Stop> {
    let home = Some(told.group.account_id());
    // Members are ordered by id.
    let members = &told.group.members;
    let member = members.binary_search_by(|member| member.contact().cmp(one.contact())).ok().map(|at| &members[at]);
    let roles: Vec<String> = member.into_iter().flat_map(MemberAssessment::roles).map(role_words).collect();
    let state = match (one.opponent, one.engaged) {
        (true, _) => "against us",
        (false, true) => "engaged",
        (false, false) => "silent",
    };
    writeln!(out, "  {}: {}, {state}", placed(one.contact(), told.graph, home), roles.join(" and "))?;
    if one.opponent {
        return Ok(());
    }
    if !one.engaged {
        let engaged = told.group.members.iter().any(|member| member.engaged);
        ways(out, "from engaged members", (!engaged).then_some("nobody is engaged"), &one.paths, told)?;
        let own = told.network.own_staff().len() > 0;
        ways(out, "from our own people", (!own).then_some("none of them is known"), &one.introductions, told)?;
    }
    let whence = if one.engaged { "from other engaged members, whatever the length" } else { "from engaged members, whatever the length" };
    lines(out, &one.resilience, words, (whence, None), 4)?;
    if !one.sole_bridges.is_empty() {
        writeln!(out, "    sole bridge: {}", words.people(one.sole_bridges.iter()))?;
    }
    Ok(())
}

/// The ways, or why there are none: nobody to begin with, or nothing that leads there.
fn ways(out: &mut impl Write, whence: &str, nobody: Option<&str>, paths: &[WarmPath], told: &Told<'_>) -> Result<(), Stop> {
    if let (Some(nobody), true) = (nobody, paths.is_empty()) {
        writeln!(out, "    {whence}: {nobody}")?;
        return Ok(());
    }
    if paths.is_empty() {
        writeln!(out, "    {whence}: no way of at most {}", count(told.network.rule().hops.into(), "line", "lines"))?;
        return Ok(());
    }
    writeln!(out, "    {whence}")?;
    paths.iter().try_for_each(|path| way(out, path, told.graph, Some(told.group.account_id()), 6))
}

fn missed(out: &mut impl Write, found: &Connections, words: &Exactly<'_>) -> Result<(), Stop> {
    if found.missed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWho would be missed")?;
    for one in found.missed.iter().take(LISTED) {
        writeln!(out, "  {}", words.line(one))?;
    }
    if found.missed.len() > LISTED {
        writeln!(out, "  and {} more", found.missed.len() - LISTED)?;
    }
    Ok(())
}

fn opponent(out: &mut impl Write, one: &OpponentReach, told: &Told<'_>, words: &Exactly<'_>) -> Result<(), Stop> {
    write!(out, "  {} influences ", placed(one.contact(), told.graph, Some(told.group.account_id())))?;
    if one.members.is_empty() {
        writeln!(out, "nobody of the group, by the ties that are known")?;
        return Ok(());
    }
    let of_one = |member: &quorate::Influenced| {
        let ties = count(member.hops.into(), "tie", "ties");
        format!("{} with {} over {ties}", words.person(member.contact()), member.strength)
    };
    let mut all: Vec<String> = one.members.iter().take(LISTED).map(of_one).collect();
    if one.members.len() > LISTED {
        all.push(format!("and {} more", one.members.len() - LISTED));
    }
    writeln!(out, "{}", all.join(", "))?;
    Ok(())
}

fn gaps(out: &mut impl Write, found: &Connections, words: &Exactly<'_>) -> Result<(), Stop> {
    if found.gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nGaps")?;
    for gap in &found.gaps {
        writeln!(out, "  {}: {}", gap.severity.token(), words.line(gap))?;
    }
    Ok(())
}
