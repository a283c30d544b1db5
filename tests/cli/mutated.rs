//! Files that were damaged at random: whatever comes, no panic, and an exit code that is one of the three.

use crate::support::{Dir, repository, run};

/// Damaged data sets that are tried; each is a run of its own.
const RUNS: u64 = 200;

/// A small generator with a fixed seed, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }
}

const PIECES: [&[u8]; 16] = [
    b",",
    b"\"",
    b"\n",
    b"\r\n",
    b";",
    b"",
    b"\xff",
    b"\0",
    b"-1",
    b"99999999999999999999",
    b"2025-02-30",
    b"acme",
    b"true",
    b"1e9",
    "é".as_bytes(),
    b"unknown",
];

/// The content with a few pieces put in, taken out or doubled.
fn damaged(content: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut content = content.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(content.len() + 1);
        let until = (at + dice.roll(12)).min(content.len());
        let piece = match dice.roll(3) {
            0 => content[at..until].repeat(2),
            1 => Vec::new(),
            _ => PIECES[dice.roll(PIECES.len())].to_vec(),
        };
        content.splice(at..until, piece);
    }
    content
}

#[test]
fn no_damaged_file_makes_the_program_panic() {
    let files =
        ["accounts.csv", "contacts.csv", "signals.csv", "groups.csv", "members.csv", "ties.csv", "outcomes.csv", "dispositions.csv"];
    let whole: Vec<Vec<u8>> =
        files.iter().map(|file| std::fs::read(repository("examples/data") + "/" + file).expect("the sample portfolio")).collect();
    let mut dice = Dice(7);
    for run in 0..RUNS {
        let mut dir = Dir::empty();
        let victim = dice.roll(files.len());
        for (number, (file, content)) in files.iter().zip(&whole).enumerate() {
            dir = dir.with(file, if number == victim { damaged(content, &mut dice) } else { content.clone() });
        }
        let rejects = dir.file("rejects.out");
        let ran = if run % 2 == 0 { dir.assess(&["--format", "jsonl"]) } else { dir.assess(&["--format", "table", "--rejects", &rejects]) };
        assert!((0..=2).contains(&ran.code) && !ran.err.contains("panicked"), "run {run}, {}: {}", files[victim], ran.err);
    }
}

#[test]
fn no_damaged_costs_make_the_program_panic_or_lose_a_row() {
    let whole = std::fs::read(repository("examples/data/costs.csv")).expect("the sample portfolio");
    let mut dice = Dice(29);
    for turn in 0..RUNS {
        let costs = damaged(&whole, &mut dice);
        let dir = Dir::small().with("costs.csv", &costs);
        let (data, rejects) = (dir.path(), dir.file("rejects.out"));
        let ran = run(&["campaigns", "--data", &data, "--as-of", "2025-05-05", "--format", "json", "--rejects", &rejects]);
        assert!((0..=2).contains(&ran.code) && !ran.err.contains("panicked"), "turn {turn}: {}", ran.err);
        // Either there is an answer, or there is none at all.
        let answer = serde_json::from_str::<serde_json::Value>(&ran.out);
        assert_eq!(answer.is_ok(), ran.code < 2, "turn {turn}: {}{}", ran.out, ran.err);
    }
}

/// The rows of a CSV text, blank lines left out.
fn rows(text: &[u8]) -> usize {
    csv::ReaderBuilder::new().flexible(true).from_reader(text).byte_records().count()
}

#[test]
fn no_damaged_export_makes_the_program_panic_or_lose_a_lead_or_a_title() {
    let files = ["accounts.csv", "contacts.csv", "signals.csv", "leads.csv", "titles.csv"];
    let whole: Vec<Vec<u8>> =
        files.iter().map(|file| std::fs::read(repository("examples/raw") + "/" + file).expect("the export")).collect();
    let (mut dice, mut whole_answers) = (Dice(13), 0);
    for turn in 0..RUNS {
        let mut dir = Dir::empty();
        let victim = dice.roll(files.len());
        for (number, (file, content)) in files.iter().zip(&whole).enumerate() {
            dir = dir.with(file, if number == victim { damaged(content, &mut dice) } else { content.clone() });
        }
        let (data, leads, titles, rejects) = (dir.path(), dir.file("leads.csv"), dir.file("titles.csv"), dir.file("rejects.out"));
        let (arguments, list) = match turn % 3 {
            0 => (vec!["match", "--data", &data, "--leads", &leads, "--format", "csv"], Some("leads.csv")),
            1 => (vec!["roles", "--titles", &titles, "--format", "csv"], Some("titles.csv")),
            _ => (vec!["assess", "--data", &data, "--as-of", "2025-06-30", "--rejects", &rejects], None),
        };
        let ran = run(&arguments);
        assert!((0..=2).contains(&ran.code) && !ran.err.contains("panicked"), "turn {turn}, {}: {}", files[victim], ran.err);
        if let Some(list) = list.filter(|_| ran.code == 0) {
            assert_eq!(rows(ran.out.as_bytes()), rows(&dir.read(list)), "turn {turn}, {}", files[victim]);
            whole_answers += 1;
        }
    }
    assert!(whole_answers > 50, "{whole_answers}");
}

#[test]
fn no_damaged_mapping_or_policy_makes_the_program_panic() {
    let mapping = std::fs::read(repository("examples/mappings/salesforce.json")).expect("a preset");
    let policy = std::fs::read(repository("examples/mappings/opsmadeez/policy.json")).expect("a policy");
    let mut dice = Dice(11);
    for run in 0..RUNS {
        let dir = Dir::small().with("m.json", damaged(&mapping, &mut dice)).with("p.json", damaged(&policy, &mut dice));
        let ran = if run % 2 == 0 { dir.check(&["--mapping", &dir.file("m.json")]) } else { dir.check(&["--policy", &dir.file("p.json")]) };
        assert!((0..=2).contains(&ran.code) && !ran.err.contains("panicked"), "run {run}: {}", ran.err);
    }
}
