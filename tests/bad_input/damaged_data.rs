//! Damaged data sets and mapping documents, given to the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use serde_json::json;

use crate::damage::{self, Dice, TEXTS};
use crate::support::{Dir, Files, Ran, run as command};

const FILES: [&str; 8] =
    ["accounts.csv", "contacts.csv", "groups.csv", "members.csv", "ties.csv", "outcomes.csv", "dispositions.csv", "signals.csv"];

type Data = BTreeMap<&'static str, Vec<u8>>;

/// Damages data sets and reads them.
pub(crate) fn run(number: u32) {
    let seeds = [Files::good().into_bytes(), sample()];
    let dir = Dir::empty();
    dir.write("policy.json", command(&["policy"]).out);
    let mut ends = [0_u32; 3];
    for case in 0..number {
        let mut dice = Dice::new(99, case);
        let data = damaged(&seeds[usize::from(dice.roll(4) == 0)], &mut dice);
        match read(&dir, &data, dice.roll(4) == 0) {
            Ok(end) => ends[end] += 1,
            Err(why) => panic!("data set {case}: {why}\n{}", shown(&data)),
        }
    }
    let least = number / 20;
    assert!(ends.iter().all(|end| *end >= least), "whole, with bad rows, unusable: {ends:?}: too tame or too wild");
}

/// The sample portfolio.
fn sample() -> Data {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    FILES.iter().map(|file| (*file, fs::read(directory.join(file)).expect("the sample portfolio"))).collect()
}

fn shown(data: &Data) -> String {
    let file = |(file, bytes): (&&str, &Vec<u8>)| {
        format!("== {file}\n{}\n", String::from_utf8_lossy(bytes).chars().take(3_000).collect::<String>())
    };
    data.iter().map(file).collect::<Vec<_>>().concat()
}

fn rows(bytes: &[u8]) -> Vec<ByteRecord> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.byte_records().map(|row| row.expect("a row")).collect()
}

fn written(rows: &[ByteRecord]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_byte_record(row).expect("a row");
    }
    writer.into_inner().expect("rows")
}

/// A data set with one to three of its files damaged.
fn damaged(whole: &Data, dice: &mut Dice) -> Data {
    let mut data = whole.clone();
    for _ in 0..=dice.roll(3) {
        let file = FILES[dice.roll(FILES.len())];
        let Some(bytes) = data.get(file) else { continue };
        let new = match dice.roll(20) {
            0 => None,
            1..=4 => Some(damage::bytes(bytes, dice)),
            5 => {
                let mut all = rows(bytes);
                if let Some(header) = all.first_mut() {
                    cell(header, dice, "");
                }
                Some(written(&all))
            }
            6..=10 => {
                let mut all = rows(bytes);
                for _ in 0..=dice.roll(3) {
                    reorder(&mut all, dice);
                }
                Some(written(&all))
            }
            _ => {
                let mut all = rows(bytes);
                for _ in 0..=dice.roll(3) {
                    let at = 1 + dice.roll(all.len().saturating_sub(1));
                    // A value of another row, which is the value of another record, or any text.
                    let other = all.get(dice.roll(all.len())).and_then(|row| row.get(dice.roll(row.len())));
                    let other = other.and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or("").to_string();
                    if let Some(row) = all.get_mut(at) {
                        cell(row, dice, &other);
                    }
                }
                Some(written(&all))
            }
        };
        match new {
            Some(bytes) => drop(data.insert(file, bytes)),
            None => drop(data.remove(file)),
        }
    }
    data
}

/// One cell becomes something else.
fn cell(row: &mut ByteRecord, dice: &mut Dice, other: &str) {
    let at = dice.roll(row.len());
    let new: Vec<Vec<u8>> = row
        .iter()
        .enumerate()
        .flat_map(|(i, old)| {
            if i != at {
                return vec![old.to_vec()];
            }
            match dice.roll(10) {
                0 => vec![],
                1 => vec![old.to_vec(), old.to_vec()],
                2 => vec![damage::bytes(old, dice)],
                3 => vec!["x".repeat(5_000).into_bytes()],
                4 => vec![[old, b";", other.as_bytes()].concat()],
                5..=7 => vec![other.as_bytes().to_vec()],
                _ => vec![dice.pick(&TEXTS).as_bytes().to_vec()],
            }
        })
        .collect();
    *row = ByteRecord::from(new);
}

/// A row goes, comes twice, or changes places with another.
fn reorder(all: &mut Vec<ByteRecord>, dice: &mut Dice) {
    if all.len() < 2 {
        return;
    }
    let (at, other) = (1 + dice.roll(all.len() - 1), 1 + dice.roll(all.len() - 1));
    match dice.roll(3) {
        0 => drop(all.remove(at)),
        1 => all.swap(at, other),
        _ => {
            let again = all[at].clone();
            all.insert(other, again);
        }
    }
}

/// Runs the commands on a data set and compares what they say; how a run without `--rejects` and one with it end: 0 whole, 1 with bad rows, 2
/// unusable.
fn read(dir: &Dir, data: &Data, own_policy: bool) -> Result<usize, String> {
    for file in FILES {
        let _ = fs::remove_file(dir.file(file));
    }
    let _ = fs::remove_file(dir.file("rejects.out"));
    for (file, bytes) in data {
        dir.write(file, bytes);
    }
    // Without a policy, a fit score changes the policy of all; with one, every account is judged alone.
    let (policy, rejects) = (dir.file("policy.json"), dir.file("rejects.out"));
    let policy: &[&str] = if own_policy { &[] } else { &["--policy", &policy] };
    let stopped = sound(dir.assess(policy), &[0, 2])?;
    let went_on = sound(dir.assess(&[policy, &["--rejects", &rejects]].concat()), &[0, 1, 2])?;
    if stopped.code == 2 && !stopped.out.is_empty() {
        return Err(format!("a run that stopped printed {:?}", stopped.out));
    }
    if stopped.code == 0 {
        // Nothing was wrong, so that nothing is left out.
        let alike = went_on.code == 0 && went_on.out == stopped.out && rejected(dir).is_empty();
        return if alike { counted(dir, data).map(|()| 0) } else { Err(format!("well without --rejects, with it {went_on:?}")) };
    }
    if went_on.code == 2 {
        let alike = went_on.out.is_empty() && went_on.err == stopped.err;
        return if alike { Ok(2) } else { Err(format!("{stopped:?}\n{went_on:?}")) };
    }
    if went_on.code == 0 {
        return Err(format!("a run stopped, with --rejects nothing was found: {stopped:?}"));
    }
    counted(dir, data)?;
    lines_are_right(dir, data)?;
    if !own_policy {
        without_rejects(dir, data, &went_on)?;
    }
    Ok(1)
}

/// A run that ended by itself, with one of those codes.
fn sound(ran: Ran, codes: &[i32]) -> Result<Ran, String> {
    let panicked = ran.err.contains("panicked") || !codes.contains(&ran.code);
    let mute = ran.code == 2 && !ran.err.lines().any(|line| line.starts_with("error: "));
    if panicked || mute { Err(format!("{ran:?}")) } else { Ok(ran) }
}

/// Every rejected row begins on the line that is said, as an editor counts lines.
fn lines_are_right(dir: &Dir, data: &Data) -> Result<(), String> {
    let plain = |text: &[u8]| -> Vec<u8> { text.iter().copied().filter(|byte| !b"\"\r".contains(byte)).collect() };
    for row in rows(&dir.read("rejects.out")).iter().skip(1).filter(|row| &row[2] != b"header") {
        let (file, line) = (String::from_utf8_lossy(&row[0]), String::from_utf8_lossy(&row[1]));
        let bytes = &data[&*file];
        // A carriage return alone ends a row too; see the open defects.
        let alone = bytes.iter().zip(bytes.iter().skip(1).chain([&0])).any(|(one, next)| *one == b'\r' && *next != b'\n');
        let at: usize = line.parse().map_err(|_| format!("{file}: line {line}"))?;
        let there = at.checked_sub(1).and_then(|at| bytes.split(|byte| *byte == b'\n').nth(at)).map(plain);
        let first = row.get(4).and_then(|cell| cell.split(|byte| *byte == b'\n').next()).map(plain).unwrap_or_default();
        if !alone && !there.is_some_and(|there| there.starts_with(&first)) {
            return Err(format!("{file}: line {line} does not begin with {:?}", String::from_utf8_lossy(&first)));
        }
    }
    Ok(())
}

/// The rejected rows by file, their cells only.
fn rejected(dir: &Dir) -> BTreeMap<String, Vec<ByteRecord>> {
    let mut found: BTreeMap<String, Vec<ByteRecord>> = BTreeMap::new();
    for row in rows(&dir.read("rejects.out")).iter().skip(1).filter(|row| &row[2] != b"header") {
        let file = String::from_utf8_lossy(&row[0]).into_owned();
        found.entry(file).or_default().push(row.iter().skip(4).collect());
    }
    found
}

/// Nothing is lost: every row of every file is either used or rejected.
fn counted(dir: &Dir, data: &Data) -> Result<(), String> {
    let ran = sound(dir.check(&[]), &[0, 1])?;
    let rejected = rejected(dir);
    let used = |file: &str| {
        let rows = data.get(file).map_or(0, |bytes| rows(bytes).len().saturating_sub(1));
        rows - rejected.get(file).map_or(0, Vec::len).min(rows)
    };
    let usable = format!("Usable: {}, {}", plural(used("accounts.csv"), "account"), plural(used("contacts.csv"), "contact"));
    let signals = format!("Signals: {} = ", used("signals.csv"));
    for line in [usable, signals] {
        if !ran.out.lines().any(|said| said.starts_with(&line)) {
            return Err(format!("`{line}` is not in\n{}", ran.out));
        }
    }
    for (file, gone) in &rejected {
        if !ran.out.contains(&format!("({} left out)", gone.len())) {
            return Err(format!("{} rows of {file} are rejected, which is not in\n{}", gone.len(), ran.out));
        }
    }
    Ok(())
}

fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The data set without the rejected rows is whole and has the same answer.
fn without_rejects(dir: &Dir, data: &Data, went_on: &Ran) -> Result<(), String> {
    for (file, gone) in rejected(dir) {
        let mut left = rows(&data[file.as_str()]);
        for row in gone {
            // Of several equal rows any may go.
            let at = left.iter().skip(1).rposition(|one| *one == row).ok_or_else(|| format!("{file}: a row is not as it was: {row:?}"))?;
            left.remove(at + 1);
        }
        dir.write(&file, written(&left));
    }
    let ran = sound(dir.assess(&["--policy", &dir.file("policy.json")]), &[0, 2])?;
    if ran.code == 0 && ran.out == went_on.out {
        return Ok(());
    }
    Err(format!("without the rejected rows: {ran:?}\nwith --rejects: {went_on:?}"))
}

/// Damages mapping documents and reads data sets by them.
pub(crate) fn mappings(number: u32) {
    let seeds: [serde_json::Value; 2] = [
        json!({"schema": 1, "name": "one", "files": {
            "accounts": [{"file": "accounts.csv", "columns": {"account_id": "account_id", "parent_id": "parent_id", "name": ["name", "industry"]},
                "attributes": {"segment": "country"}}],
            "signals": [{"file": "signals.csv", "columns": {"signal_id": "signal_id", "contact_id": {"first": ["contact_id", "email"]},
                "account_id": "account_id", "kind": {"join": ["kind"], "with": "-"}, "at": "at"}, "constants": {"solution": "analytics"},
                "values": {"kind": {"page_view": "web", "*": "page_view"}}, "id_prefix": "p:", "lenient": true}],
        }}),
        json!({"schema": 1, "name": "two", "files": {
            "contacts": [{"file": "contacts.csv", "columns": {"contact_id": "contact_id", "account_id": "account_id", "reports_to": "reports_to",
                "relationship": "relationship", "roles": "roles", "stance": "roles"},
                "values": {"stance": {"economic_buyer": "supporter", "*": ""}, "roles": {"champion": "coach;influencer"}}}],
            "groups": [{"file": "outcomes.csv", "columns": {"group_id": "opportunity_id", "account_id": "account_id"}, "optional": true}],
            "members": [{"file": "none.csv", "columns": {"group_id": "g", "contact_id": "c"}, "constants": {"role": "coach"}, "optional": true}],
            "outcomes": [{"file": "outcomes.csv", "columns": {"opportunity_id": "opportunity_id", "account_id": "account_id", "group_id": "opportunity_id",
                "created_at": "created_at", "closed_at": "closed_at", "outcome": ["outcome", "currency"]},
                "values": {"outcome": {"lost / EUR": "lost", "": "open"}}, "lenient": true}],
            "dispositions": [{"file": "none.csv", "columns": {"group_id": "g", "at": "a", "verdict": "v"}, "optional": true}],
        }}),
    ];
    let dir = Files::good().written();
    let mut ends = [0_u32; 3];
    for case in 0..number {
        let mut dice = Dice::new(77, case);
        let mut document = seeds[dice.roll(2)].clone();
        let text = if dice.roll(5) == 0 {
            damage::bytes(document.to_string().as_bytes(), &mut dice)
        } else {
            damage::tree(&mut document, &mut dice);
            document.to_string().into_bytes()
        };
        dir.write("m.json", &text);
        let ran = sound(dir.check(&["--mapping", &dir.file("m.json")]), &[0, 1, 2]).and_then(|ran| {
            let looks_whole = ran.code == 0 && !ran.out.contains("No row has a problem.");
            if looks_whole || (ran.code == 2 && !ran.out.is_empty()) { Err(format!("{ran:?}")) } else { Ok(ran) }
        });
        match ran {
            Ok(ran) => ends[usize::try_from(ran.code).expect("0..=2")] += 1,
            Err(why) => panic!("mapping {case}: {why}\n{}", String::from_utf8_lossy(&text)),
        }
    }
    assert!(
        ends[0] >= number / 20 && ends[1] > 0 && ends[2] >= number / 20,
        "well, with bad rows, refused: {ends:?}: too tame or too wild"
    );
}
