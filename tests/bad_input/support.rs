//! A small good data set in memory, defects put into it, and the example run on it as people run it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};

/// The day of every assessment.
pub(crate) const DAY: &str = "2025-05-05";

/// The good data set: two families of accounts, every file, nothing wrong.
const GOOD: [(&str, &str); 8] = [
    (
        "accounts.csv",
        "account_id,name,aliases,domains,parent_id,industry,employees,revenue,country,technologies,fit_score,excluded\n\
        acme,Acme AG,Acme;ACME,acme.example,,Software,120,1500000.50,DE,crm;erp,,\n\
        beta,\"Beta, Söhne \"\"GmbH\"\"\",,,acme,,,,,,,no\n\
        gamma,,,,,,,,,,,\n",
    ),
    (
        "contacts.csv",
        "contact_id,account_id,person_id,name,email,title,roles,reports_to,stance,relationship,active,created_at\n\
        ann,acme,,Ann Lee,ann@acme.example,CFO,economic_buyer,,supporter,,,2025-01-10\n\
        bob,acme,,Bob Ray,,,champion,ann,,,yes,2025-01-10T08:00:00Z\n\
        cyd,beta,,,,,,ann,,,,\n\
        gus,gamma,,,,,decision_maker,,,,,\n\
        rep,,,Rita Ray,,,,,,own_staff,,\n",
    ),
    ("groups.csv", "group_id,account_id,solution,template,membership\ngroup-1,acme,analytics,light,explicit\n"),
    ("members.csv", "group_id,contact_id,role\ngroup-1,ann,economic_buyer\ngroup-1,bob,champion\n"),
    ("ties.csv", "from_id,to_id,kind,strength\nann,bob,works_with,70\nrep,ann,knows,50\n"),
    (
        "outcomes.csv",
        "opportunity_id,account_id,group_id,created_at,closed_at,outcome,amount,currency\n\
        deal-1,acme,group-1,2024-05-01T09:00:00Z,2024-06-01,lost,10.50,EUR\n\
        deal-2,beta,,2025-04-01,,,,\n",
    ),
    ("dispositions.csv", "group_id,at,verdict,reason\ngroup-1,2025-04-01,accepted,\nbeta,2025-04-02T10:00:00+02:00,rejected,too early\n"),
    (
        "signals.csv",
        "signal_id,contact_id,account_id,email,kind,at,solution,campaign,quarantined,recorded_at\n\
        s-1,ann,,,demo_request,2025-05-01,analytics,,,\n\
        s-2,bob,,,webinar_attended,2025-05-02T09:30:00Z,,spring,no,2025-05-03\n\
        s-3,,gamma,,intent_high,2025-05-02,,,,\n\
        ,gus,,,page_view,2025-05-02,,,,\n\
        ,gus,,,page_view,2025-05-02,,,1,\n\
        ,,,someone@else.example,page_view,2025-05-02,,,,\n",
    ),
];

/// A problem that a run must report: where it is, its code and its words.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) file: &'static str,
    pub(crate) line: u64,
    pub(crate) code: &'static str,
    pub(crate) words: String,
}

impl Said {
    pub(crate) fn new(file: &'static str, line: u64, code: &'static str, words: impl Into<String>) -> Self {
        Self { file, line, code, words: words.into() }
    }

    /// A row that is left out only because a row it names is left out: no news to somebody who mends that one.
    fn follows(&self) -> bool {
        self.code == "unusable_reference"
    }
}

/// A data set in memory: the bytes of each file.
#[derive(Clone, Debug)]
pub(crate) struct Files(BTreeMap<&'static str, Vec<u8>>);

impl Files {
    pub(crate) fn good() -> Self {
        Self(GOOD.iter().map(|(file, text)| (*file, text.as_bytes().to_vec())).collect())
    }

    /// With other bytes for a file.
    pub(crate) fn with(mut self, file: &'static str, bytes: impl AsRef<[u8]>) -> Self {
        self.0.insert(file, bytes.as_ref().to_vec());
        self
    }

    pub(crate) fn without(mut self, file: &'static str) -> Self {
        self.0.remove(file).expect("it was there");
        self
    }

    /// With more bytes at the end of a file.
    pub(crate) fn and(mut self, file: &'static str, bytes: impl AsRef<[u8]>) -> Self {
        self.0.get_mut(file).expect("a file of the data set").extend_from_slice(bytes.as_ref());
        self
    }

    /// With one more row, its cells given by column.
    pub(crate) fn row(self, file: &'static str, cells: &[(&str, &str)]) -> Self {
        let header = records(&self.0[file]).swap_remove(0).1;
        let names: Vec<&str> = header.iter().map(|cell| std::str::from_utf8(cell).expect("UTF-8")).collect();
        assert!(cells.iter().all(|(name, _)| names.contains(name)), "{cells:?} are no columns of {file}");
        let value = |name: &&str| cells.iter().find(|(column, _)| column == name).map_or("", |(_, value)| value);
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(names.iter().map(value)).expect("a row");
        self.and(file, writer.into_inner().expect("a row"))
    }

    /// The line of the row that would come next.
    pub(crate) fn next_line(&self, file: &str) -> u64 {
        self.0[file].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>() + 1
    }

    /// The rows of a file that begin at these lines; and the files without them.
    fn split(&self, said: &[Said]) -> (Vec<ByteRecord>, Self) {
        let (mut gone, mut left) = (Vec::new(), self.clone());
        for (file, bytes) in &mut left.0 {
            let is_bad = |line: u64| said.iter().any(|one| one.file == *file && one.line == line);
            let rows = records(bytes);
            if !rows.iter().any(|(line, _)| is_bad(*line)) {
                continue;
            }
            let (bad, good): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(line, _)| is_bad(*line));
            gone.extend(bad.into_iter().map(|(_, cells)| cells));
            let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for (_, cells) in &good {
                writer.write_byte_record(cells).expect("a row");
            }
            *bytes = writer.into_inner().expect("rows");
        }
        (gone, left)
    }

    /// The bytes of each file.
    #[allow(dead_code, reason = "shared with another test program, which uses it")]
    pub(crate) fn into_bytes(self) -> BTreeMap<&'static str, Vec<u8>> {
        self.0
    }

    /// The files in a directory of their own.
    pub(crate) fn written(&self) -> Dir {
        let dir = Dir::empty();
        for (file, bytes) in &self.0 {
            dir.write(file, bytes);
        }
        dir
    }
}

/// The rows of a file with the lines at which they begin, the header first. The files here have no blank lines.
fn records(bytes: &[u8]) -> Vec<(u64, ByteRecord)> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let rows = reader.byte_records().map(|row| row.expect("a row"));
    rows.map(|row| (row.position().expect("a place").line(), row)).collect()
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The example's binary, which cargo puts beside the directory of the tests.
///
/// `cargo test` builds it, `cargo test --test …` and `cargo test --examples` do not: an old one would be tested in silence.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let tests = std::env::current_exe().expect("the test has a path");
        let profile = tests.parent().and_then(Path::parent).expect("tests lie in target/<profile>/deps");
        let binary = profile.join("examples").join(format!("quorate{}", std::env::consts::EXE_SUFFIX));
        let built = fs::metadata(&binary).and_then(|meta| meta.modified()).ok();
        let written = sources(&binary.with_extension("d")).iter().filter_map(|path| fs::metadata(path).ok()?.modified().ok()).max();
        assert!(
            built >= written,
            "{} is older than its sources; `cargo build --example quorate --profile test` makes it",
            binary.display()
        );
        binary
    })
}

/// The files that went into the binary, as cargo lists them beside it: `binary: file file …`.
fn sources(list: &Path) -> Vec<PathBuf> {
    let list = fs::read_to_string(list).unwrap_or_default();
    let files = list.split_once(": ").map_or("", |(_, files)| files).replace("\\ ", "\0");
    files.split_whitespace().map(|file| PathBuf::from(file.replace('\0', " "))).collect()
}

/// Runs the example.
pub(crate) fn run(arguments: &[&str]) -> Ran {
    let mut command = Command::new(binary());
    command.args(arguments).env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    let output = command.output().expect("the example runs");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// A directory of a test's own, gone when the test is done.
#[derive(Debug)]
pub(crate) struct Dir(PathBuf);

impl Dir {
    pub(crate) fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("bad-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a directory can be made");
        Self(path)
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(file), bytes).expect("a file can be written");
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }

    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.path())
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("the file is there")
    }

    pub(crate) fn assess(&self, more: &[&str]) -> Ran {
        run(&[&["assess", "--data", self.path(), "--as-of", DAY, "--format", "jsonl"], more].concat())
    }

    pub(crate) fn check(&self, more: &[&str]) -> Ran {
        run(&[&["check", "--data", self.path()], more].concat())
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        // A directory left behind lies in target and does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A sentence about what differs, or nothing.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}\n   found    {found:?}\n   expected {expected:?}")) }
}

/// The answer for the good data set.
fn good_answer() -> &'static str {
    static ANSWER: OnceLock<String> = OnceLock::new();
    ANSWER.get_or_init(|| {
        let ran = Files::good().written().assess(&[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    })
}

/// A data set with bad rows: that exactly these problems are said, that a run without `--rejects` ends there, and that a run with it writes
/// those rows unchanged, leaves out nothing else and answers as if they had never been there.
pub(crate) fn bad_rows(files: &Files, said: &[Said]) -> Result<(), String> {
    let dir = files.written();
    let news: Vec<&Said> = said.iter().filter(|one| !one.follows()).collect();
    let line = |one: &Said| format!("{}:{}: {}", one.file, one.line, one.words);

    let ran = dir.assess(&[]);
    let mut expected: Vec<String> = news.iter().map(|one| format!("error: {}", line(one))).collect();
    let total = format!("error: {}; mend them, or leave those rows out with --rejects FILE", total(&news));
    expected.push(total);
    same("assess says", &ran.err.lines().map(String::from).collect(), &expected)?;
    same("assess ends with", &(ran.code, ran.out.as_str()), &(2, ""))?;

    let ran = dir.check(&[]);
    let expected: Vec<String> = said.iter().map(line).collect();
    same("check says", &ran.out.lines().take_while(|line| !line.is_empty()).map(String::from).collect(), &expected)?;
    same("check ends with", &(ran.code, ran.err.as_str()), &(1, ""))?;
    let all: Vec<&Said> = said.iter().collect();
    let last = format!("Problems: {}.", self::total(&all));
    same("check's total is", &ran.out.lines().last().unwrap_or_default(), &last.as_str())?;

    let ran = dir.assess(&["--rejects", &dir.file("rejects.out")]);
    same("assess --rejects ends with", &ran.code, &1)?;
    let (gone, left) = files.split(said);
    rejected(&dir.read("rejects.out"), files, said, &gone)?;
    let answer = if left.0 == Files::good().0 { good_answer().into() } else { whole_answer(&left)? };
    same("assess --rejects, against the data without the bad rows, answers", &ran.out, &answer)
}

/// The answer for files in which nothing is wrong.
fn whole_answer(files: &Files) -> Result<String, String> {
    let ran = files.written().assess(&[]);
    same(
        "assess without the bad rows ends with",
        &(ran.code, ""),
        &(0, ran.err.lines().find(|line| line.starts_with("error")).unwrap_or("")),
    )?;
    Ok(ran.out)
}

/// That the rejects are those rows as they were, in order, each with its codes and reasons, under the header of its file.
fn rejected(bytes: &[u8], files: &Files, said: &[Said], gone: &[ByteRecord]) -> Result<(), String> {
    let mut expected: Vec<ByteRecord> = Vec::new();
    let mut gone = gone.iter();
    let mut order: Vec<(&str, u64)> = said.iter().map(|one| (one.file, one.line)).collect();
    order.dedup();
    // `gone` is ordered by the names of the files, the rejects by the order in which files are read.
    let mut cells: BTreeMap<(&str, u64), &ByteRecord> = BTreeMap::new();
    let mut by_name = order.clone();
    by_name.sort_unstable();
    cells.extend(by_name.into_iter().filter_map(|place| Some((place, gone.next()?))));
    for (i, place) in order.iter().enumerate() {
        if i == 0 || order[i - 1].0 != place.0 {
            let header = records(&files.0[place.0]).swap_remove(0).1;
            expected.push([place.0.as_bytes(), b"1", b"header", b""].into_iter().chain(header.iter()).collect());
        }
        let here: Vec<&Said> = said.iter().filter(|one| (one.file, one.line) == *place).collect();
        let codes = here.iter().map(|one| one.code).collect::<Vec<_>>().join("; ");
        let reasons = here.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join("; ");
        let line = place.1.to_string();
        let head = [place.0.as_bytes(), line.as_bytes(), codes.as_bytes(), reasons.as_bytes()];
        let cells = cells.get(place).ok_or_else(|| format!("no row begins at {place:?}"))?;
        expected.push(head.into_iter().chain(cells.iter()).collect());
    }
    let found: Vec<ByteRecord> = records(bytes).into_iter().skip(1).map(|(_, row)| row).collect();
    same("the rejects are", &found, &expected)
}

/// `3 problems in 2 rows (2 unknown_id, 1 not_a_day)`.
fn total(said: &[&Said]) -> String {
    let mut places: Vec<(&str, u64)> = said.iter().map(|one| (one.file, one.line)).collect();
    places.sort_unstable();
    places.dedup();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for one in said {
        *codes.entry(one.code).or_default() += 1;
    }
    let mut codes: Vec<(&str, usize)> = codes.into_iter().collect();
    codes.sort_by_key(|(code, number)| (usize::MAX - number, *code));
    let codes: Vec<String> = codes.into_iter().map(|(code, number)| format!("{number} {code}")).collect();
    let plural = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    format!("{} in {} ({})", plural(said.len(), "problem"), plural(places.len(), "row"), codes.join(", "))
}

/// Files that cannot be used as a whole: no row can be left out of them, so every command says these lines and ends, with no answer at all.
pub(crate) fn bad_files(files: &Files, said: &[&str]) -> Result<(), String> {
    let dir = files.written();
    let rejects = dir.file("rejects.out");
    let expected: Vec<String> = said.iter().map(|line| format!("error: {}", line.replace("DIR", dir.path()))).collect();
    for (what, ran) in [("check", dir.check(&[])), ("assess", dir.assess(&[])), ("assess --rejects", dir.assess(&["--rejects", &rejects]))]
    {
        same(what, &ran.err.lines().map(String::from).collect(), &expected)?;
        same(what, &(ran.code, ran.out.as_str()), &(2, ""))?;
    }
    Ok(())
}

/// Fails with every row of a table that did not come out as it says.
#[track_caller]
pub(crate) fn none_differs(results: impl IntoIterator<Item = (String, Result<(), String>)>) {
    let wrong: Vec<String> = results.into_iter().filter_map(|(name, result)| result.err().map(|why| format!("{name}: {why}"))).collect();
    assert!(wrong.is_empty(), "{} rows differ\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}
