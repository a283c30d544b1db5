//! Reading a tally's document: everything is checked, and every problem comes with its path.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use serde::de::{Deserialize, Deserializer, Error};

use super::bulk::Intake;
use super::content::Says;
use super::entry::{COUNT_MAX, Entry};
use super::error::TallyError;
use super::names::{KINDS, Limit, SOLUTIONS, TEXTS_MAX, admit, small};
use super::subjects::Sort;
use super::{Day, SignalTally};
use crate::document::{Node, Reader, note, parse_json, wrong};
use crate::id::{AccountId, ContactId, EmailAddress, KindName, SolutionName};
use crate::problem::{Problem, ProblemKind, Problems};
use crate::signal::{Signal, Subject};

impl SignalTally {
    /// Reads a tally from its document.
    ///
    /// ```json
    /// {"schema": 1, "duplicates": 1,
    ///  "accounts": [], "emails": [],
    ///  "contacts": [{"id": "ann", "counts": [{"kind": "page_view", "days": {"2025-05-01": 3}},
    ///                                        {"kind": "demo_request", "solution": "analytics", "days": {"2025-05-02": 1}}]}],
    ///  "identified": [{"id": "web-17", "subject": {"contact": "ann"}, "kind": "demo_request", "at": "2025-05-02T09:30:00Z",
    ///                  "solution": "analytics", "campaign": "spring"}]}
    /// ```
    ///
    /// `counts` hold every signal that counts, the identified ones too. An id stands in `identified` once for each of its contents, of which
    /// the least counts. `quarantined` is left out when false. The lists may be absent and in any order.
    ///
    /// # Errors
    /// [`Problems`] when the text is no JSON, has fields, names or values that the form does not have, repeats an id, a line or a content,
    /// identifies a signal that it does not count, gives fewer duplicates than its contents need, or goes beyond a limit.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    fn from_node(node: &Node) -> Result<Self, Problems> {
        let problems = RefCell::new(Problems::default());
        let mut reader = Reader::new(node, "", &problems);
        reader.whole("schema", 1_u8..=1);
        let mut intake = Intake::default();
        for sort in Sort::ALL {
            for subject in reader.objects(sort.list()) {
                read_subject(&mut intake, sort, subject);
            }
        }
        let duplicates = reader.whole_if_any("duplicates", 0..=u64::MAX).unwrap_or(0);
        let rows: Vec<Option<Signal>> = reader.objects("identified").into_iter().map(read_signal).collect();
        reader.finish();
        if !problems.borrow().is_empty() {
            return Err(problems.into_inner());
        }
        let rows: Vec<Signal> = rows.into_iter().flatten().collect();
        finish(intake, &rows, duplicates)
    }
}

impl<'de> Deserialize<'de> for SignalTally {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn read_subject(intake: &mut Intake, sort: Sort, mut reader: Reader<'_>) {
    let text = match sort {
        Sort::Account => reader.parsed::<AccountId>("id").map(|id| String::from(id.as_str())),
        Sort::Contact => reader.parsed::<ContactId>("id").map(|id| String::from(id.as_str())),
        Sort::Email => reader.parsed::<EmailAddress>("id").map(|id| String::from(id.as_str())),
    };
    // A subject without a readable id is read on, for its other problems.
    let subject = text.and_then(|text| number_subject(intake, sort, &text).map_err(|problem| reader.note("id", problem)).ok());
    let mut lines = BTreeSet::new();
    for line in reader.objects("counts") {
        read_line(intake, sort, subject.unwrap_or(0), line, &mut lines);
    }
    reader.finish();
}

fn number_subject(intake: &mut Intake, sort: Sort, text: &str) -> Result<u32, ProblemKind> {
    let roster = &mut intake.tally.subjects_mut(sort).roster;
    let number = Limit { what: sort.what(), most: TEXTS_MAX }.number(roster, text)?;
    if (number as usize) < roster.len() {
        return Err(ProblemKind::Repeated { what: sort.what(), name: text.into() });
    }
    admit(roster, number, text);
    Ok(number)
}

/// What the days of one line have in common, so that a repeated line is seen.
type Line = (KindName, Option<SolutionName>, bool);

fn read_line(intake: &mut Intake, sort: Sort, subject: u32, mut reader: Reader<'_>, lines: &mut BTreeSet<Line>) {
    let kind = reader.parsed::<KindName>("kind");
    let solution = reader.parsed_if_any::<SolutionName>("solution");
    let quarantined = reader.flag("quarantined", false);
    let days = read_days(&mut reader);
    if let Some(kind) = kind {
        if let Some((kind, solution)) = number_line(intake, &kind, solution.as_ref(), &reader) {
            for (day, count) in days {
                // INVARIANT: the count was checked, so it fits.
                if let Some(entry) = Entry::of_key(Entry::one(kind, day, solution, quarantined).key(), count.into()) {
                    intake.count(sort, subject, entry);
                }
            }
        }
        let name = String::from(kind.as_str());
        if !lines.insert((kind, solution, quarantined)) {
            note(reader.problems(), reader.here().into(), ProblemKind::Repeated { what: "line of kind", name });
        }
    }
    reader.finish();
}

/// The numbers of a line's kind and solution; a limit that is passed is noted.
fn number_line(intake: &mut Intake, kind: &KindName, solution: Option<&SolutionName>, reader: &Reader<'_>) -> Option<(u16, Option<u16>)> {
    let SignalTally { kinds, solutions, .. } = &mut intake.tally;
    let number = KINDS.number(kinds, kind.as_str()).map_err(|error| reader.note("kind", error)).ok()?;
    admit(kinds, number, kind.as_str());
    let Some(solution) = solution else { return Some((small(number), None)) };
    let about = SOLUTIONS.number(solutions, solution.as_str()).map_err(|error| reader.note("solution", error)).ok()?;
    admit(solutions, about, solution.as_str());
    Some((small(number), Some(small(about))))
}

/// The counts of a line by day.
fn read_days(reader: &mut Reader<'_>) -> Vec<(Day, u32)> {
    let fields = match reader.required("days") {
        None => return Vec::new(),
        Some(Node::Map(fields)) => fields,
        Some(other) => {
            reader.note("days", wrong("an object of days with their counts", other));
            return Vec::new();
        }
    };
    let mut seen = BTreeSet::new();
    let mut days = Vec::with_capacity(fields.len());
    for (text, count) in fields {
        match read_day(text, count) {
            Ok((day, _)) if !seen.insert(day) => reader.note("days", ProblemKind::RepeatedField { name: text.clone() }),
            Ok(counted) => days.push(counted),
            Err(problem) => reader.note(&format!("days.{}", crate::problem::excerpt(text)), problem),
        }
    }
    days
}

fn read_day(text: &str, count: &Node) -> Result<(Day, u32), ProblemKind> {
    let day = text.parse()?;
    let Node::Whole(whole) = count else { return Err(wrong("a whole number", count)) };
    let count = u32::try_from(*whole).ok().filter(|count| (1..=COUNT_MAX).contains(count));
    let out_of_range = || ProblemKind::OutOfRange { value: format!("{whole}"), allowed: format!("1..={COUNT_MAX}").into() };
    Ok((day, count.ok_or_else(out_of_range)?))
}

fn read_signal(mut reader: Reader<'_>) -> Option<Signal> {
    let id = reader.parsed("id");
    let subject = reader.object("subject").and_then(read_whom);
    let kind = reader.parsed("kind");
    let at = reader.parsed("at");
    let solution = reader.parsed_if_any("solution");
    let campaign = reader.parsed_if_any("campaign");
    let quarantined = reader.flag("quarantined", false);
    reader.finish();
    // The id is there, or its absence was noted.
    id.as_ref()?;
    Some(Signal { id, subject: subject?, kind: kind?, at: at?, solution, campaign, quarantined, recorded_at: None })
}

fn read_whom(mut reader: Reader<'_>) -> Option<Subject> {
    let given = reader.fields().iter().filter(|(_, value)| *value != Node::Null).count();
    let account = reader.parsed_if_any("account").map(Subject::Account);
    let contact = reader.parsed_if_any("contact").map(Subject::Contact);
    let email = reader.parsed_if_any("email").map(Subject::Email);
    if given != 1 {
        note(
            reader.problems(),
            reader.here().into(),
            ProblemKind::Inconsistent("give exactly one of `account`, `contact` and `email`".into()),
        );
    }
    reader.finish();
    account.or(contact).or(email)
}

/// The tally of rows that are well-formed, if they fit together.
fn finish(mut intake: Intake, rows: &[Signal], duplicates: u64) -> Result<SignalTally, Problems> {
    let mut problems = Problems::default();
    let counting = counting_rows(rows, &mut problems);
    for (i, row) in rows.iter().enumerate() {
        let entered = intake.tally.content_of(row).and_then(|content| intake.identify(row, content, None));
        problems.extend(entered.err().map(|error| Problem::new(format!("identified[{i}]"), error)));
    }
    if duplicates < intake.tally.duplicates {
        let needed = format!("`{duplicates}` is less than the {} that the signals of one id need", intake.tally.duplicates);
        problems.push(Problem::new("duplicates", ProblemKind::Inconsistent(needed.into())));
    }
    intake.tally.duplicates = duplicates;
    let tally = problems.or(intake)?.finish_counted().map_err(|error| Problem::new("", error))?;
    let mut problems = Problems::default();
    for i in uncounted(&tally, rows, &counting) {
        let id = rows[i].id.as_ref().map_or_else(String::new, |id| id.as_str().into());
        problems.push(Problem::new(format!("identified[{i}]"), TallyError::NotCounted { id }));
    }
    problems.or(tally)
}

/// The rows that count: the least of each id. Repeated rows are noted.
fn counting_rows(rows: &[Signal], problems: &mut Problems) -> Vec<usize> {
    let key = |row: &usize| (rows[*row].id.as_ref(), Says::from(&rows[*row]));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let repeated = order.windows(2).filter(|pair| key(&pair[0]) == key(&pair[1])).map(|pair| pair[1]);
    let mut repeated: Vec<usize> = repeated.collect();
    repeated.sort_unstable();
    problems.extend(repeated.into_iter().map(|row| {
        let name = rows[row].id.as_ref().map_or_else(String::new, |id| id.as_str().into());
        Problem::new(format!("identified[{row}]"), ProblemKind::Repeated { what: "signal", name })
    }));
    order.dedup_by(|later, earlier| rows[*later].id == rows[*earlier].id);
    order
}

/// The rows among those that count for which the counts have no room, in order.
fn uncounted(tally: &SignalTally, rows: &[Signal], counting: &[usize]) -> Vec<usize> {
    let placed = |row: &usize| tally.content_of(&rows[*row]).ok().map(|content| (content.sort, content.subject, content.one(), *row));
    let mut placed: Vec<_> = counting.iter().filter_map(placed).collect();
    placed.sort_unstable();
    let mut missing = Vec::new();
    for run in placed.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let (sort, subject, one, _) = run[0];
        let counted = tally.subjects(sort).blocks.count(subject, one) as usize;
        missing.extend(run.iter().skip(counted).map(|(_, _, _, row)| *row));
    }
    missing.sort_unstable();
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    /// Reads a document and gives its problems, each with its path.
    fn problems(text: &str) -> Vec<String> {
        let problems = SignalTally::from_json(text).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_problem_of_the_shape_comes_at_once_with_its_path() {
        let text = r#"{"schema":2,"dupes":1,"duplicates":-1,"accounts":{},
            "contacts":[{"id":"ann","counts":[
                {"kind":"a","days":{"2025-05-01":0,"2025-02-30":1,"2025-05-02":1.5,"2025-05-03":1,"2025-05-03":2}},
                {"kind":"b","days":{}},{"kind":"b","days":{"2025-05-03":1}},
                {"kind":" b","quarantined":1,"solution":7},
                {"days":[]}]},{"id":"ann"},{"id":""}],
            "identified":[{"id":"s","subject":{"account":"x","email":"y"},"kind":"a","at":"noon"},{"subject":{},"kind":"a","at":"2025-05-01"}]}"#;
        let expected = [
            "schema: `2` is outside 1..=1",
            "accounts: an object where a list is expected",
            "contacts[0].counts[0].days.2025-05-01: `0` is outside 1..=2097151",
            "contacts[0].counts[0].days.2025-02-30: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists",
            "contacts[0].counts[0].days.2025-05-02: a number with a point (write decimals as text, such as \"12.5\") where a whole number is expected",
            "contacts[0].counts[0].days: field `2025-05-03` stands twice; keep one",
            "contacts[0].counts[2]: line of kind `b` is given twice; keep one",
            "contacts[0].counts[3].kind: kind ` b` begins or ends with white space; trim it",
            "contacts[0].counts[3].solution: a whole number where a text is expected",
            "contacts[0].counts[3].quarantined: a whole number where true or false is expected",
            "contacts[0].counts[3]: field `days` is missing",
            "contacts[0].counts[4]: field `kind` is missing",
            "contacts[0].counts[4].days: a list where an object of days with their counts is expected",
            "contacts[1].id: contact `ann` is given twice; keep one",
            "contacts[2].id: contact id is blank; give it an id",
            "duplicates: `-1` is outside 0..=18446744073709551615",
            "identified[0].subject: give exactly one of `account`, `contact` and `email`",
            "identified[0].at: `noon` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            "identified[1]: field `id` is missing",
            "identified[1].subject: give exactly one of `account`, `contact` and `email`",
            ": unknown field `dupes`",
        ];
        assert_eq!(problems(text), expected.map(|line| line.trim_start_matches(": ")));
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let signal = |id: &str, at: &str| alloc::format!(r#"{{"id":"{id}","subject":{{"contact":"ann"}},"kind":"a","at":"{at}"}}"#);
        let document = |count: u32, duplicates: u64, signals: &[String]| {
            let counts = alloc::format!(r#"[{{"id":"ann","counts":[{{"kind":"a","days":{{"2025-05-01":{count}}}}}]}}]"#);
            alloc::format!(r#"{{"schema":1,"duplicates":{duplicates},"contacts":{counts},"identified":[{}]}}"#, signals.join(","))
        };
        let (one, two, other) = (signal("s1", "2025-05-01"), signal("s2", "2025-05-01T10:00:00Z"), signal("s1", "2025-05-02"));
        assert_eq!(problems(&document(1, 0, &[one.clone(), two.clone()])), ["identified[1]: signal `s2` is identified but not counted"]);
        assert_eq!(problems(&document(2, 0, &[one.clone(), one.clone()]))[0], "identified[1]: signal `s1` is given twice; keep one");
        let few = "duplicates: `0` is less than the 1 that the signals of one id need";
        assert_eq!(problems(&document(2, 0, &[other.clone(), one.clone()])), [few]);
        // The greater content of an id needs no count.
        let tally = SignalTally::from_json(&document(2, 1, &[other, two, one])).unwrap();
        assert_eq!((tally.signals(), tally.identified(), tally.conflicts().count()), (3, 2, 1));
    }

    #[test]
    fn the_sum_of_all_signals_is_checked() {
        let text = alloc::format!(
            r#"{{"schema":1,"duplicates":{},"emails":[{{"id":"x@y","counts":[{{"kind":"a","days":{{"2025-05-01":1}}}}]}}]}}"#,
            u64::MAX
        );
        assert_eq!(problems(&text), ["more than 18446744073709551615 signals in all"]);
    }

    #[test]
    fn the_text_written_is_that_of_the_canonical_tree() {
        let text = r#"{"schema":1,"duplicates":7,"accounts":[{"id":"ü\"","counts":[{"kind":"b","quarantined":true,"days":{"2199-12-31":2}},
            {"kind":"b","solution":"s","days":{"1900-01-01":1,"1999-01-01":9}},{"kind":"a","days":{"2025-05-01":1}}]}],
            "identified":[{"id":"x","subject":{"account":"ü\""},"kind":"a","at":"2025-05-01T01:00:00.5Z","campaign":"c"}]}"#;
        let written = SignalTally::from_json(text).unwrap().to_json();
        assert_eq!(written, crate::document::canonical_json(&parse_json(&written).unwrap()));
    }
}
