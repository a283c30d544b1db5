//! Questions that look at one fact, and the answers that they can have together.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::answers::Answers;
use super::bounds::Bounds;
use crate::exact::decimal_from_str;
use crate::policy::{FitSource, FitTier, Range, Test, Trend, ValueTest};

/// Answers kept for the questions about one attribute; beyond that each of them is taken alone.
const ATTRIBUTE_ANSWERS_MAX: usize = 65_536;

/// Questions by number, and every row of answers that they can have together.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) questions: Vec<usize>,
    pub(super) rows: Vec<Vec<Answers>>,
}

/// The tables of some questions. O(n log n) in the size of the questions, and at most 65,536 answers for each attribute.
pub(super) fn tables(bounds: &Bounds<'_>, tests: &[&Test]) -> Vec<Table> {
    let mut tables = Vec::from([trends(tests), fits(bounds, tests)]);
    tables.extend(attributes(tests));
    tables.retain(|table| table.questions.len() > 1);
    for table in &mut tables {
        table.rows.sort_unstable();
        table.rows.dedup();
    }
    tables
}

/// A group has exactly one trend.
fn trends(tests: &[&Test]) -> Table {
    let asked: Vec<(usize, Trend)> =
        tests.iter().enumerate().filter_map(|(i, test)| if let Test::Trend(trend) = test { Some((i, *trend)) } else { None }).collect();
    let row = |is: Trend| asked.iter().map(|(_, trend)| Answers::from(*trend == is)).collect();
    Table { questions: asked.iter().map(|(i, _)| *i).collect(), rows: Trend::ALL.map(|(_, trend)| row(trend)).into() }
}

/// Tier B begins below tier A, so that no answer about B is below that about A. A supplied score is known or unknown for both.
fn fits(bounds: &Bounds<'_>, tests: &[&Test]) -> Table {
    const NO: Answers = Answers::FALSE;
    const OPEN: Answers = Answers::UNKNOWN;
    const YES: Answers = Answers::TRUE;
    let asked: Vec<(usize, FitTier)> =
        tests.iter().enumerate().filter_map(|(i, test)| if let Test::Fit { tier, .. } = test { Some((i, *tier)) } else { None }).collect();
    // The answers about B, then about A.
    let pairs: &[(Answers, Answers)] = match bounds.fit {
        FitSource::None => &[(OPEN, OPEN)],
        FitSource::Supplied => &[(NO, NO), (YES, NO), (YES, YES), (OPEN, OPEN)],
        FitSource::Criteria => &[(NO, NO), (OPEN, NO), (OPEN, OPEN), (YES, NO), (YES, OPEN), (YES, YES)],
    };
    let row = |(b, a): &(Answers, Answers)| asked.iter().map(|(_, tier)| if *tier == FitTier::A { *a } else { *b }).collect();
    Table { questions: asked.iter().map(|(i, _)| *i).collect(), rows: pairs.iter().map(row).collect() }
}

/// One table for each attribute that several questions ask about.
fn attributes(tests: &[&Test]) -> Vec<Table> {
    let mut by_name: BTreeMap<&str, Vec<(usize, &ValueTest)>> = BTreeMap::new();
    for (i, test) in tests.iter().enumerate() {
        if let Test::Attribute(asked) = test {
            by_name.entry(&asked.name).or_default().push((i, &asked.test));
        }
    }
    by_name.into_values().filter(|asked| asked.len() > 1).filter_map(|asked| attribute(&asked)).collect()
}

/// What can be asked of one attribute: it is absent; it is one of the texts that are named; it is a decimal on or between the bounds that are
/// named; it is some other text. Each of them stands for all values that the questions cannot tell apart.
fn attribute(asked: &[(usize, &ValueTest)]) -> Option<Table> {
    let texts = named_texts(asked)?;
    let bounds = named_bounds(asked);
    if (2 * bounds.len() + 1) * asked.len() > ATTRIBUTE_ANSWERS_MAX {
        return None;
    }
    let mut rows: Vec<Vec<Answers>> = texts.into_values().collect();
    rows.push(asked.iter().map(|_| Answers::UNKNOWN).collect());
    rows.push(asked.iter().map(|(_, test)| if let ValueTest::AnyOf(_) = test { Answers::FALSE } else { Answers::UNKNOWN }).collect());
    rows.extend((0..=2 * bounds.len()).map(|place| asked.iter().map(|(_, test)| at_place(test, &bounds, place)).collect()));
    Some(Table { questions: asked.iter().map(|(i, _)| *i).collect(), rows })
}

/// The answers for each text that a question names.
fn named_texts<'t>(asked: &[(usize, &'t ValueTest)]) -> Option<BTreeMap<&'t str, Vec<Answers>>> {
    let mut texts: BTreeMap<&str, Vec<Answers>> = BTreeMap::new();
    for (place, (_, test)) in asked.iter().enumerate() {
        let ValueTest::AnyOf(any_of) = test else { continue };
        for text in any_of {
            let row = texts.entry(text).or_insert_with(|| asked.iter().map(|(_, test)| unnamed(test, text)).collect());
            row[place] = Answers::TRUE;
        }
        if texts.len() * asked.len() > ATTRIBUTE_ANSWERS_MAX {
            return None;
        }
    }
    Some(texts)
}

/// The answer for a text that the question does not name.
fn unnamed(test: &ValueTest, value: &str) -> Answers {
    match test {
        ValueTest::AnyOf(_) => Answers::FALSE,
        ValueTest::Within(range) => decimal_from_str(value, 28).map_or(Answers::UNKNOWN, |value| within(range, value).into()),
    }
}

fn within(range: &Range, value: Decimal) -> bool {
    range.at_least.is_none_or(|least| least <= value) && range.at_most.is_none_or(|most| value <= most)
}

fn named_bounds(asked: &[(usize, &ValueTest)]) -> Vec<Decimal> {
    let ranges = asked.iter().filter_map(|(_, test)| if let ValueTest::Within(range) = test { Some(range) } else { None });
    let bounds: BTreeSet<Decimal> = ranges.flat_map(|range| [range.at_least, range.at_most]).flatten().collect();
    bounds.into_iter().collect()
}

/// The answer for a decimal that no list names: on the bound of an odd place, between its neighbours on an even one.
fn at_place(test: &ValueTest, bounds: &[Decimal], place: usize) -> Answers {
    let ValueTest::Within(range) = test else { return Answers::FALSE };
    let of = |bound: Decimal| 2 * bounds.partition_point(|one| *one < bound) + 1;
    (range.at_least.is_none_or(|least| of(least) <= place) && range.at_most.is_none_or(|most| place <= of(most))).into()
}
