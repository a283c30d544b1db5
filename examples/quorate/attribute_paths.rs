//! `quorate attribute-paths`: credit over channels, by paths that somebody has counted.

use std::io::{self, BufWriter, Write};
use std::str::FromStr;

use quorate::{ChannelPath, CreditRule, Decay, Decimal, PathAttribution, attribute_paths};

use crate::args::{AttributePathsArgs, ExplainFormat};
use crate::attribute::models;
use crate::exit::{Done, Stop, say};
use crate::files::{CsvFile, Row};
use crate::policies::{Chosen, label};
use crate::show::credit_paths;
use crate::words::{did_you_mean, shown, thousands};

/// What is read of a path, and whether it must be there.
const COLUMNS: [(&str, bool); 4] = [("path", true), ("conversions", true), ("value", false), ("nulls", false)];

/// Reads, gives credit, prints.
pub fn run(args: &AttributePathsArgs) -> Result<Done, Stop> {
    let chosen = Chosen::load(args.policy.as_deref())?;
    let policy = chosen.only("credit is given by one policy")?;
    let paths = read(args)?;
    let rule = &policy.document().attribution;
    let without_times = |credit: &CreditRule| !matches!(credit, CreditRule::Decay(decay) if *decay != Decay::None);
    let all = ["all".to_owned()];
    let names = if args.model.is_empty() { &all[..] } else { &args.model[..] };
    let models = models(rule, names, |model| without_times(&model.credit))?;
    let found = models.iter().map(|model| attribute_paths(&paths, model).map_err(|error| Stop::bad(error.to_string())));
    let found: Vec<PathAttribution> = found.collect::<Result<_, _>>()?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => credit_paths::print(&mut out, &found)?,
        ExplainFormat::Json => credit_paths::json(&mut out, policy.label(), &found)?,
    }
    out.flush()?;
    say(format!("Policy: {}", label(policy.label())));
    let sum = |of: fn(&ChannelPath) -> u32| paths.iter().map(|path| u64::from(of(path))).sum::<u64>();
    let (conversions, nulls) = (sum(|path| path.conversions), sum(|path| path.nulls));
    say(format!("Paths: {} with {} conversions and {} nulls", thousands(paths.len() as u64), thousands(conversions), thousands(nulls)));
    Ok(Done::Well)
}

/// The paths of the file; every row that cannot be read is told.
fn read(args: &AttributePathsArgs) -> Result<Vec<ChannelPath>, Stop> {
    let file = args.paths.display().to_string();
    let mut csv = CsvFile::open(&args.paths).map_err(|why| Stop::bad(format!("{file}: {why}")))?;
    let places = places(&file, csv.header(), &args.columns)?;
    let (mut row, mut paths, mut problems) = (Row::default(), Vec::new(), Vec::new());
    while csv.next(&mut row).map_err(|error| Stop::bad(format!("{file}: cannot be read: {error}")))? {
        match path(&row, places, &args.separator) {
            Ok(path) => paths.push(path),
            Err(why) => problems.push(format!("{file}:{}: {why}", row.line)),
        }
    }
    if problems.is_empty() { Ok(paths) } else { Err(Stop::bad(problems.join("\nerror: "))) }
}

/// Where each of [`COLUMNS`] stands.
fn places(file: &str, header: &[String], renamed: &[String]) -> Result<[Option<usize>; 4], Stop> {
    let mut names = COLUMNS.map(|(name, _)| name.to_owned());
    for one in renamed {
        let wrong = || Stop::bad(format!("--columns {}: write it as NAME=COLUMN, with one of path, conversions, value, nulls", shown(one)));
        let (name, column) = one.split_once('=').ok_or_else(wrong)?;
        let at = COLUMNS.iter().position(|(known, _)| *known == name.trim()).ok_or_else(wrong)?;
        column.trim().clone_into(&mut names[at]);
    }
    let mut places = [None; 4];
    for (at, name) in names.iter().enumerate() {
        places[at] = header.iter().position(|column| column == name);
        let renamed = *name != COLUMNS[at].0;
        if places[at].is_none() && (COLUMNS[at].1 || renamed) {
            let hint = did_you_mean(name, header.iter().map(String::as_str));
            return Err(Stop::bad(format!("{file}: there is no column `{}`{hint}; see --columns", shown(name))));
        }
    }
    Ok(places)
}

fn path(row: &Row, places: [Option<usize>; 4], separator: &str) -> Result<ChannelPath, String> {
    let cell = |at: usize| {
        let bytes = places[at].and_then(|place| row.cells.get(place)).unwrap_or_default();
        std::str::from_utf8(bytes).map(str::trim).map_err(|_| format!("{}: not UTF-8; save the file as UTF-8", COLUMNS[at].0))
    };
    let text = cell(0)?;
    let channels = text.split(separator).map(str::trim).filter(|_| !text.is_empty()).map(String::from).collect::<Vec<_>>();
    if channels.iter().any(String::is_empty) {
        return Err(format!("path: a channel of `{}` has no name", shown(text)));
    }
    Ok(ChannelPath {
        channels,
        conversions: number(cell(1)?, "conversions", "a whole number of 0..=4294967295")?,
        value: number::<Decimal>(cell(2)?, "value", "a decimal number such as 12.5")?,
        nulls: number(cell(3)?, "nulls", "a whole number of 0..=4294967295")?,
    })
}

/// A number; a blank one is 0.
fn number<T: FromStr + Default>(text: &str, what: &str, allowed: &str) -> Result<T, String> {
    if text.is_empty() {
        return Ok(T::default());
    }
    text.parse().map_err(|_| format!("{what}: `{}` is not {allowed}", shown(text)))
}
