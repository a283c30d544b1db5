//! `quorate match`: leads in, their accounts and contacts out, with reasons.

use std::io::{self, BufWriter, Write};

use quorate::{Lead, LeadMatch, MatchRules, Matcher};

use crate::args::{Format, MatchArgs};
use crate::exit::{Done, Stop, say};
use crate::files::{Row, Table};
use crate::load::{BadRows, Dataset, Keep, Listing, Load, Part, Rejects};
use crate::mapping::Mapping;
use crate::matching::Rules;
use crate::policies::Chosen;
use crate::ready::refuse;
use crate::show::{leads, matched, summary};

/// Reads accounts, contacts and leads, and prints where each lead belongs.
pub fn run(args: &MatchArgs) -> Result<Done, Stop> {
    let renamed: Vec<_> = args.column.iter().map(|one| (one.column, one.own.clone())).collect();
    let mut listing = Listing::open(&args.leads, Table::Leads, &renamed)?;
    let rules = Rules::load(&args.data)?;
    let (mut data, mut rejects) = known(args, &rules)?;
    listing.read(&mut data.findings, rejects.as_mut())?;
    match rejects {
        Some(rejects) => rejects.finish()?,
        None => refuse(&data.findings)?,
    }
    let default = MatchRules::default();
    let matcher = Matcher::new(&data.graph, rules.get().unwrap_or(&default));
    answer(args.format, &data, &listing, &matcher)?;
    let rejects = args.data.rejects.as_deref();
    matched::lines(&data.matched).into_iter().chain(summary::left_out(&data, rejects)).for_each(say);
    Ok(data.done())
}

/// Whom leads are matched to, and the file for rows that cannot be used.
fn known(args: &MatchArgs, rules: &Rules) -> Result<(Dataset, Option<Rejects>), Stop> {
    let mapping = args.data.mapping.as_deref().map(Mapping::load).transpose()?;
    let known = Chosen::load(args.data.policy.as_deref())?.known();
    let bad = args.data.rejects.as_deref().map_or(BadRows::Stop, BadRows::PutAside);
    Load {
        data: &args.data.data,
        mapping: mapping.as_ref(),
        known: &known,
        bad,
        part: Part::People,
        matching: rules.get(),
        self_report_is_top: args.data.self_report_is_top,
        keep: Keep::Nothing,
    }
    .read_with_rejects(&[args.leads.as_path()])
}

fn answer(format: Format, data: &Dataset, listing: &Listing, matcher: &Matcher) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut totals = leads::Totals::default();
    let found = listing.rows.iter().map(|row| {
        let found = matcher.find(&lead(listing, row));
        totals.add(&found);
        found
    });
    print(format, &mut out, data, listing, found)?;
    out.flush()?;
    totals.lines().into_iter().for_each(say);
    let unread = &listing.source.plan.ignored;
    if !unread.is_empty() {
        say(format!("Columns carried through and not matched by: {}", unread.join(", ")));
    }
    Ok(())
}

fn print(
    format: Format,
    out: &mut impl Write,
    data: &Dataset,
    listing: &Listing,
    found: impl Iterator<Item = LeadMatch>,
) -> Result<(), Stop> {
    match format {
        Format::Jsonl => leads::json(out, listing, &data.graph, found),
        Format::Csv => leads::csv(out, listing, &data.graph, found),
        Format::Table => leads::table(out, listing, &data.graph, found),
    }
}

fn lead(listing: &Listing, row: &Row) -> Lead {
    let text = |column: &str| listing.text(column, row);
    Lead {
        account: text("account_id"),
        contact: text("contact_id"),
        email: text("email"),
        domain: text("domain"),
        company: text("company"),
        name: text("name"),
        country: text("country"),
    }
}
