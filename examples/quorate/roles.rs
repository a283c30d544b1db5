//! `quorate roles`: what titles say, and which roles follow, each with the words that say so.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use csv::ByteRecord;
use quorate::{Policy, RoleReading};

use crate::args::{Format, RolesArgs};
use crate::exit::{Done, Stop, say};
use crate::files::{Row, Table};
use crate::load::{Findings, Listing, Part, Rejects, Sources};
use crate::mapping::Mapping;
use crate::policies::{Chosen, label};
use crate::ready::refuse;
use crate::show::titles;
use crate::words::{did_you_mean, shown};

/// What is shown of a contact beside what its title says: the column of contacts, and what it is called here.
const OF_CONTACTS: [(&str, &str); 5] =
    [("contact_id", "contact_id"), ("account_id", "account_id"), ("name", "name"), ("roles", "stated_roles"), ("title", "title")];

/// Titles with the columns that are carried through.
pub struct Titles {
    /// The names of those columns.
    pub header: Vec<String>,
    pub rows: Vec<TitleRow>,
}

/// A row with a title.
pub struct TitleRow {
    pub cells: ByteRecord,
    /// The title without the blanks around it; `None` when there is none.
    pub title: Option<String>,
}

/// Reads titles, prints what they say.
pub fn run(args: &RolesArgs) -> Result<Done, Stop> {
    let chosen = Chosen::load(args.policy.as_deref())?;
    let policy = chosen.only("titles are read by single policies")?;
    let template = args.template.as_deref();
    known_template(policy, template)?;
    let (titles, findings) = read(args)?;
    let mut totals = titles::Totals::default();
    let readings = titles.rows.iter().map(|row| {
        let reading = row.title.as_deref().map(|title| policy.read_title(title, template));
        totals.add(reading.as_ref());
        reading
    });
    print(args.format, &titles, readings)?;
    let mut lines = totals.lines();
    lines.extend((!findings.is_empty()).then(|| format!("Left out: {}", findings.total())));
    lines.insert(0, format!("Policy: {}", label(policy.label())));
    for line in lines {
        say(line);
    }
    Ok(if findings.is_empty() { Done::Well } else { Done::Findings })
}

fn print(format: Format, titles: &Titles, readings: impl Iterator<Item = Option<RoleReading>>) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Jsonl => titles::json(&mut out, titles, readings)?,
        Format::Csv => titles::csv(&mut out, titles, readings)?,
        Format::Table => titles::table(&mut out, titles, readings)?,
    }
    out.flush()?;
    Ok(())
}

fn known_template(policy: &Policy, template: Option<&str>) -> Result<(), Stop> {
    let names: Vec<&str> = policy.document().templates.iter().map(|template| template.name.as_str()).collect();
    let unknown = template.filter(|name| !names.contains(name));
    unknown.map_or(Ok(()), |name| {
        let hint = did_you_mean(name, names.iter().copied());
        Err(Stop::bad(format!("the policy has no template `{}`{hint}; it has {}", shown(name), names.join(", "))))
    })
}

/// The titles of a file or of the contacts of a data set.
fn read(args: &RolesArgs) -> Result<(Titles, Findings), Stop> {
    match (&args.titles, &args.data) {
        (Some(file), _) => of_file(args, file),
        (None, Some(data)) => of_contacts(args, data),
        // The arguments were checked when they were read.
        (None, None) => Err(Stop::bad("give --titles or --data")),
    }
}

fn of_file(args: &RolesArgs, file: &Path) -> Result<(Titles, Findings), Stop> {
    let renamed: Vec<_> = args.column.iter().map(|own| ("title", own.clone())).collect();
    let mut listing = Listing::open(file, Table::Titles, &renamed)?;
    let mut findings = Findings::default();
    let rejects = args.rejects.as_deref().map(|path| Rejects::create(path, None, [file].into_iter())).transpose()?;
    put_aside(rejects, &mut findings, |findings, rejects| listing.read(findings, rejects))?;
    let rows = std::mem::take(&mut listing.rows);
    let rows = rows.into_iter().map(|row| TitleRow { title: listing.text("title", &row), cells: row.cells }).collect();
    Ok((Titles { header: listing.header, rows }, findings))
}

fn of_contacts(args: &RolesArgs, data: &Path) -> Result<(Titles, Findings), Stop> {
    let mapping = args.mapping.as_deref().map(Mapping::load).transpose()?;
    let sources = Sources::find(data, mapping.as_ref(), Part::Contacts)?;
    let mut findings = Findings::default();
    let rejects = args.rejects.as_deref().map(|path| Rejects::create(path, Some(data), sources.paths())).transpose()?;
    let mut rows = Vec::new();
    put_aside(rejects, &mut findings, |findings, mut rejects| {
        for source in sources.into_list() {
            let mut listing = Listing::of(source)?;
            listing.read(findings, rejects.as_deref_mut())?;
            rows.extend(listing.rows.iter().map(|row| of_contact(&listing, row)));
        }
        Ok(())
    })?;
    Ok((Titles { header: OF_CONTACTS.map(|(_, name)| name.into()).into(), rows }, findings))
}

fn of_contact(listing: &Listing, row: &Row) -> TitleRow {
    let cells = OF_CONTACTS.map(|(column, _)| listing.text(column, row).unwrap_or_default());
    TitleRow { title: listing.text("title", row), cells: cells.iter().map(String::as_bytes).collect() }
}

/// Reads, bad rows put aside; without a file for them they end the run.
fn put_aside(
    mut rejects: Option<Rejects>,
    findings: &mut Findings,
    read: impl FnOnce(&mut Findings, Option<&mut Rejects>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    read(findings, rejects.as_mut())?;
    match rejects {
        Some(rejects) => rejects.finish(),
        None => refuse(findings),
    }
}
