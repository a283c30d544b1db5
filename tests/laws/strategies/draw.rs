//! Small strategies that the others are made of.

use crate::world::{Day, TODAY, date};
use proptest::prelude::*;
use proptest::sample::select;

/// One of some texts.
pub fn word(words: &[&str]) -> BoxedStrategy<String> {
    select(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).boxed()
}

/// One of some owned texts.
pub fn name(names: &[String]) -> BoxedStrategy<String> {
    select(names.to_vec()).boxed()
}

/// Sometimes something.
pub fn maybe<T: std::fmt::Debug + Clone + 'static>(chance: f64, strategy: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<T>> {
    prop::option::weighted(chance, strategy).boxed()
}

/// Ages of signals: at the edges of bands, windows and caps, a few in the future.
pub fn age() -> BoxedStrategy<Day> {
    let edges = vec![0, 0, 0, 1, 2, 13, 14, 28, 29, 30, 31, 58, 60, 89, 90, 91, 179, 180, 181, 364];
    prop_oneof![10 => select(edges), 5 => 0_i64..40, 2 => 0_i64..400, 1 => -40_i64..0].boxed()
}

/// Seconds of a day.
pub fn second() -> BoxedStrategy<i64> {
    prop_oneof![4 => select(vec![0, 1, 36_000, 43_200, 86_399]), 1 => 0_i64..86_400].boxed()
}

/// A rare span of days: from and until.
pub fn span() -> BoxedStrategy<(Option<String>, Option<String>)> {
    let from = select(vec![-1, 0, 1, 27, 28, 29, 100]);
    let length = maybe(0.4, select(vec![1, 28, 29, 200]));
    let until_only = select(vec![-1, 0, 1, 28, 90]).prop_map(|age| (None, Some(date(TODAY - age))));
    let both = (from, length).prop_map(|(age, length): (Day, Option<Day>)| {
        let from = TODAY - age;
        (Some(date(from)), length.map(|length| date(from + length)))
    });
    prop_oneof![94 => Just((None, None)), 4 => both, 2 => until_only].boxed()
}

/// An id that sorts and prints unlike the others: plain ones most often, then with spaces, commas, quotes, accents and emoji.
pub fn styled(styles: &[&str], style: usize, number: usize) -> String {
    styles[style % styles.len()].replace('#', &number.to_string())
}

/// A place in a list of styles, the first one most often.
pub fn style() -> BoxedStrategy<usize> {
    prop_oneof![2 => Just(0_usize), 1 => 0_usize..24].boxed()
}
