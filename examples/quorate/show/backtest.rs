//! Back-tests as they are read.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{BackTest, BackTestPart, ContenderResult, Proportion, QualityBar, Rate, SweepRow, Workload};

use super::figures::{proportion_percent, ratio_hundredths, ratio_tenths, with_interval};
use super::table::frame;
use crate::exit::Stop;
use crate::words::{count, shown, thousands};

/// Prints what is said of every contender, what to believe first.
pub fn text(out: &mut impl Write, found: &BackTest) -> Result<(), Stop> {
    write!(
        out,
        "Held against {} of {}: {} different ones won, {} not",
        count(found.cases, "case", "cases"),
        count(found.accounts, "account", "accounts"),
        thousands(found.won),
        thousands(found.not_won),
    )?;
    let horizon = count(found.horizon_days.into(), "day", "days");
    match found.data_end {
        Some(end) => writeln!(out, ", within {horizon} of the decision; outcomes known until {end}")?,
        None => writeln!(out, "; no day is known")?,
    }
    let held_out = found.contenders.first().map_or(0, |one| one.held_out.won.of());
    writeln!(
        out,
        "Held out: the latest {}, {} %, with {}\n",
        count(found.held_out_accounts, "account", "accounts"),
        found.held_out_percent,
        count(held_out, "case", "cases")
    )?;
    for contender in &found.contenders {
        writeln!(out, "{}: {contender}", shown(&contender.name))?;
    }
    writeln!(out)?;
    side_by_side(out, "Held out", found, |contender| &contender.held_out)?;
    side_by_side(out, "Earlier", found, |contender| &contender.earlier)?;
    workload(out, found)?;
    for contender in &found.contenders {
        sweep(out, contender)?;
    }
    for line in left_out(found) {
        writeln!(out, "{line}")?;
    }
    for warning in &found.warnings {
        writeln!(out, "Warning: {warning} ({})", warning.token())?;
    }
    Ok(())
}

/// One column for each contender.
fn side_by_side(out: &mut impl Write, name: &str, found: &BackTest, part: impl Fn(&ContenderResult) -> &BackTestPart) -> Result<(), Stop> {
    let parts: Vec<&BackTestPart> = found.contenders.iter().map(part).collect();
    let Some(first) = parts.first() else { return Ok(()) };
    let days = first.first_day.zip(first.last_day).map_or_else(String::new, |(from, to)| format!(", {from} to {to}"));
    let mut table = frame();
    let header = [format!("{name}{days}")].into_iter().chain(found.contenders.iter().map(|one| shown(&one.name)));
    table.set_header(header.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    let mut row = |name: String, cell: &dyn Fn(&BackTestPart) -> String| {
        table.add_row([name].into_iter().chain(parts.iter().map(|part| cell(part))));
    };
    row("Won, of all cases".into(), &|part| of(part.won));
    row("Flagged".into(), &|part| of(part.flagged));
    row("Precision: won, of those flagged".into(), &|part| of(part.precision));
    row("Won, of different ones flagged, from the first day".into(), &|part| of(part.first_flagged));
    row("Won, of the others".into(), &|part| of(part.passed_over));
    row("Recall: flagged, of those won".into(), &|part| of(part.recall));
    row("Lift".into(), &|part| part.lift.map_or_else(|| "-".into(), |lift| format!("{} x", ratio_hundredths(lift))));
    row("AUC".into(), &|part| part.auc.map_or_else(|| "-".into(), |auc| auc.to_string()));
    for top in &first.top {
        let best = |part: &BackTestPart| part.top.iter().find(|one| one.top == top.top).map(|one| proportion_percent(one.precision));
        row(format!("Won, of the best {}", thousands(top.top)), &|part| best(part).unwrap_or_else(|| "-".into()));
    }
    row("Won, of the best and the last fifth".into(), &|part| fifths(&part.quality_bar));
    row("MadKudu's bar: 15-35 % flagged, recall 60 %, fifths 10 x".into(), &|part| bar(&part.quality_bar));
    if parts.iter().any(|part| part.opportunities.of() > 0) {
        row("Won opportunities flagged before they were created".into(), &|part| of(part.opportunities));
        row("Days before: median, mean, longest".into(), &|part| {
            let days = &part.lead_days;
            let shown = days.median().zip(days.mean()).zip(days.longest());
            shown.map_or_else(
                || "-".into(),
                |((median, mean), longest)| format!("{} / {} / {longest}", ratio_tenths(median), ratio_tenths(mean)),
            )
        });
    }
    writeln!(out, "{}\n", table.trim_fmt())?;
    Ok(())
}

/// What sales would have had to do.
fn workload(out: &mut impl Write, found: &BackTest) -> Result<(), Stop> {
    let mut table = frame();
    let header = ["Work for sales, all accounts".to_owned()].into_iter().chain(found.contenders.iter().map(|one| shown(&one.name)));
    table.set_header(header.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    let mut row = |name: &str, cell: &dyn Fn(&Workload) -> String| {
        table.add_row([name.to_owned()].into_iter().chain(found.contenders.iter().map(|one| cell(&one.workload))));
    };
    row("On the list on a decision day: mean, most", &|work| {
        format!("{}, {}", work.mean_on_a_day.map_or_else(|| "-".into(), ratio_tenths), thousands(work.most_on_a_day))
    });
    row("New on the list", &|work| thousands(work.entries));
    row("Different ones", &|work| thousands(work.flagged));
    if found.contenders.iter().any(|one| one.workload.leads > 0) {
        row("People over the threshold, each day again", &|work| if work.leads > 0 { thousands(work.leads) } else { "-".into() });
    }
    writeln!(out, "{}\n", table.trim_fmt())?;
    Ok(())
}

/// `12 of 40, 30.0 % (18.1 to 45.4)`.
fn of(rate: Rate) -> String {
    if rate.of() == 0 { "none".into() } else { format!("{} of {}\n{}", thousands(rate.count()), thousands(rate.of()), with_interval(rate)) }
}

fn fifths(bar: &QualityBar) -> String {
    let shown = |fifth: Option<Proportion>| fifth.map_or_else(|| "-".into(), proportion_percent);
    format!("{}, {}", shown(bar.best_fifth), shown(bar.last_fifth))
}

fn bar(bar: &QualityBar) -> String {
    [bar.flagged, bar.recall, bar.fifths].map(|reached| if reached { "yes" } else { "no" }).join(", ")
}

/// What the contender would have flagged from a score on.
fn sweep(out: &mut impl Write, contender: &ContenderResult) -> Result<(), Stop> {
    if contender.held_out.sweep.len() < 2 {
        return Ok(());
    }
    let by = contender.rank_by.map_or("the points of the best lead", |by| by.token());
    writeln!(out, "{}: thresholds of {by}, held out", shown(&contender.name))?;
    let mut table = frame();
    let header = ["From", "Flagged", "Precision", "Recall", "Lift"];
    table.set_header(header.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for row in &contender.held_out.sweep {
        let SweepRow { at_least, flagged, precision, recall, lift, .. } = row;
        let cells = [at_least.to_string(), of_one_line(*flagged), of_one_line(*precision), of_one_line(*recall)];
        let lift = lift.map_or_else(|| "-".into(), |lift| format!("{} x", ratio_hundredths(lift)));
        table.add_row(cells.into_iter().chain([lift]));
    }
    writeln!(out, "{}\n", table.trim_fmt())?;
    Ok(())
}

fn of_one_line(rate: Rate) -> String {
    of(rate).replace('\n', ", ")
}

fn left_out(found: &BackTest) -> Vec<String> {
    let parts = [
        (found.left_out.censored, "whose horizon ends after the data"),
        (found.left_out.not_yet_known, "of accounts of which nothing was known yet"),
        (found.left_out.in_sales_motion, "of groups with an open opportunity on the day"),
        (found.left_out.closed_before, "won or lost before it was decided"),
        (found.left_out.undated_open, "of unknown day of which nothing has become yet"),
    ];
    let told = parts.into_iter().filter(|(cases, _)| *cases > 0);
    told.map(|(cases, why)| format!("Left out: {} {why}", count(cases, "case", "cases"))).collect()
}
