//! `quorate attribute-paths`: credit over channels, by paths that somebody has counted.

use std::io::{self, BufWriter, Write};

use quorate::{
    AttributionError, ChannelPath, CreditRule, Decay, Decimal, ID_BYTES_MAX, PathAttribution, attribute_paths, decimal_from_str,
};

use crate::args::{AttributePathsArgs, ExplainFormat};
use crate::attribute::{ALL, models};
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
    let all = [ALL.to_owned()];
    let names = if args.model.is_empty() { &all[..] } else { &args.model[..] };
    let models = models(rule, names, |model| without_times(&model.credit))?;
    let mut found: Vec<PathAttribution> = Vec::new();
    for model in &models {
        match attribute_paths(&paths, policy, &model.name) {
            Ok(one) => found.push(one),
            Err(error @ AttributionError::TooManyChannels { .. }) if names == all => say(format!("note: {error}; it is left out")),
            Err(error) => return Err(Stop::bad(error.to_string())),
        }
    }
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
    let columns = csv.header().len();
    let (mut row, mut paths, mut problems) = (Row::default(), Vec::new(), Vec::new());
    while csv.next(&mut row).map_err(|error| Stop::bad(format!("{file}: cannot be read: {error}")))? {
        let found = if row.cells.len() == columns {
            path(&row, places, &args.separator)
        } else {
            Err(format!("{} cells, but the header has {columns}", row.cells.len()))
        };
        match found {
            Ok(path) => paths.push(path),
            Err(why) => problems.push(format!("{file}:{}: {why}", row.line)),
        }
    }
    if problems.is_empty() { Ok(paths) } else { Err(Stop::Bad(problems)) }
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
        if header.iter().filter(|column| *column == name).count() > 1 {
            return Err(Stop::bad(format!("{file}: the column `{}` stands more than once", shown(name))));
        }
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
    if let Some(long) = channels.iter().find(|channel| channel.len() > ID_BYTES_MAX) {
        return Err(format!("path: `{}` is longer than {ID_BYTES_MAX} bytes", shown(long)));
    }
    let conversions = cell(1)?;
    if conversions.is_empty() {
        return Err("conversions: the cell is blank; write a whole number".into());
    }
    Ok(ChannelPath { channels, conversions: whole(conversions, "conversions")?, value: value(cell(2)?)?, nulls: whole(cell(3)?, "nulls")? })
}

/// A whole number in digits; a blank one is 0.
fn whole(text: &str, what: &str) -> Result<u32, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if text.is_empty() { Some(0) } else { text.parse().ok().filter(|_| digits) };
    number.ok_or_else(|| format!("{what}: `{}` is not a whole number of 0..=4294967295", shown(text)))
}

/// A value; a blank one is 0.
fn value(text: &str) -> Result<Decimal, String> {
    if text.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let value = decimal_from_str(text, 18).map_err(|error| format!("value: {error}"))?;
    if value.abs() > Decimal::from(1_000_000_000) {
        return Err(format!("value: `{}` is outside -1000000000..=1000000000", shown(text)));
    }
    Ok(value)
}
