//! One line for each group, for machines.

use std::io::Write;

use quorate::{AccountGraph, GapCode, GroupAssessment};

use crate::exit::Stop;

/// The columns of the CSV form. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 28] = [
    "account_id",
    "account_name",
    "group_id",
    "solution",
    "template",
    "as_of",
    "verdict",
    "route",
    "stage",
    "readiness",
    "points",
    "change",
    "trend",
    "fit_definite",
    "fit_possible",
    "fit_tier",
    "filled",
    "engaged",
    "current",
    "possible",
    "people_known",
    "people_engaged",
    "roles_missing",
    "gaps",
    "policy_name",
    "policy_version",
    "policy_hash",
    "fit_unknown",
];

/// JSON Lines: one object a group.
pub fn json(out: &mut impl Write, groups: impl Iterator<Item = GroupAssessment>) -> Result<(), Stop> {
    for group in groups {
        serde_json::to_writer(&mut *out, &group)?;
        writeln!(out)?;
    }
    Ok(())
}

/// CSV: one row a group, lists separated by `;`, numbers exact.
pub fn csv(out: &mut impl Write, groups: impl Iterator<Item = GroupAssessment>, graph: &AccountGraph) -> Result<(), Stop> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for group in groups {
        writer.write_record(row(&group, graph))?;
    }
    writer.flush()?;
    Ok(())
}

fn row(group: &GroupAssessment, graph: &AccountGraph) -> [String; COLUMNS.len()] {
    let percent = |percent: Option<quorate::Percent>| percent.map_or_else(String::new, |percent| percent.to_string());
    let (verdict, coverage, fit) = (&group.verdict, &group.coverage, &group.fit);
    [
        group.account_id().into(),
        graph.account(group.account_id()).and_then(|account| account.name).unwrap_or_default(),
        group.group_id().into(),
        group.solution.as_ref().map_or_else(String::new, ToString::to_string),
        group.template.to_string(),
        group.as_of.to_string(),
        verdict.state.token().into(),
        verdict.route.map_or("", quorate::Route::token).into(),
        group.stage.token().into(),
        group.readiness.to_string(),
        group.points.to_string(),
        group.momentum.change.to_string(),
        group.momentum.trend.to_string(),
        percent(fit.definite),
        percent(fit.possible),
        fit.tier.map_or_else(String::new, |tier| tier.to_string()),
        coverage.filled.to_string(),
        coverage.engaged.to_string(),
        coverage.current.to_string(),
        coverage.possible.to_string(),
        group.people.known.to_string(),
        group.people.engaged.to_string(),
        missing(group),
        gaps(group),
        group.policy.name.clone(),
        group.policy.version.clone(),
        group.policy.hash.clone(),
        unknown(group),
    ]
}

/// The unknown facts that fit waits for, with what each could move and whether it could disqualify: `country:20;industry:0:disqualifies`.
fn unknown(group: &GroupAssessment) -> String {
    let all = group.fit.unknown.iter().map(|one| {
        let mark = if one.disqualifies { ":disqualifies" } else { "" };
        format!("{}:{}{mark}", one.fact, one.moves)
    });
    all.collect::<Vec<_>>().join(";")
}

/// The roles that too few people hold.
fn missing(group: &GroupAssessment) -> String {
    let gaps = group.gaps.iter().filter(|gap| gap.code == GapCode::RoleMissing);
    gaps.filter_map(|gap| gap.role.as_ref()).map(ToString::to_string).collect::<Vec<_>>().join(";")
}

/// Every gap as its code, with its role where it has one: `role_missing:champion;thin`.
fn gaps(group: &GroupAssessment) -> String {
    let all = group.gaps.iter().map(|gap| match &gap.role {
        Some(role) => format!("{}:{role}", gap.code.token()),
        None => gap.code.token().into(),
    });
    all.collect::<Vec<_>>().join(";")
}
