//! Where two policies differ, as data.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::merge::Merge;
use crate::policy::Policy;

/// One place in which two policies differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// Where, such as `kinds[page_view].points` or `qualification.all[0].points.at_least`: what has a name is named, clauses are counted. The
    /// count is that of the earlier policy, that of a clause added the later one's.
    pub path: String,
    /// What stands there in the earlier policy: a text as it is, anything else as canonical JSON; `None`: nothing.
    pub before: Option<String>,
    /// The same in the later policy.
    pub after: Option<String>,
    /// How many single differences it stands for: 1, but for a whole section of two policies that differ in too many places.
    pub count: usize,
}

/// Every place in which the meaning of two policies differs, in the order of the document. Name and version mean nothing.
///
/// Roles, templates, seats, channels, kinds and texts are matched by name, clauses and criteria one by one as far as they ask about the same
/// thing. Something added or taken away is one difference, and so is another order. O(document), times its length for the longest
/// list of clauses.
///
/// ```
/// use quorate::{Policy, differences};
/// let before = Policy::default();
/// let mut document = before.document().clone();
/// document.person.cap = 150.into();
/// document.roles[3].weight = 90;
/// let found = differences(&before, &Policy::new(document)?);
/// let said: Vec<String> = found.iter().map(ToString::to_string).collect();
/// assert_eq!(said, ["roles[champion].weight 80 → 90", "person.cap 200 → 150"]);
/// # Ok::<(), quorate::Problems>(())
/// ```
pub fn differences(before: &Policy, after: &Policy) -> Vec<Difference> {
    let (_, found) = Merge::of(&before.to_node(), &after.to_node());
    found
}

/// The differences section by section: each section's number of the single differences, and what stands for all of them.
pub(super) fn by_section(found: &[Difference]) -> (Vec<Vec<usize>>, Vec<Arc<Difference>>) {
    let mut sections: Vec<(String, Vec<usize>)> = Vec::new();
    for (number, difference) in found.iter().enumerate() {
        let section = section(&difference.path);
        match sections.last_mut() {
            Some((name, numbers)) if name == section => numbers.push(number),
            _ => sections.push((section.into(), Vec::from([number]))),
        }
    }
    let stand_in = |(path, numbers): &(String, Vec<usize>)| {
        Arc::new(Difference { path: path.clone(), before: None, after: None, count: numbers.len() })
    };
    let named = sections.iter().map(stand_in).collect();
    (sections.into_iter().map(|(_, numbers)| numbers).collect(), named)
}

/// The first field of a path; an order is one of its list.
fn section(path: &str) -> &str {
    let path = path.strip_prefix(super::merge::ORDER).unwrap_or(path);
    path.split(['.', '[']).next().unwrap_or(path)
}
