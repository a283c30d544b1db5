//! What the parts of a rule must answer for the rule to give a wanted answer.

use super::answers::Answers;
use super::tree::{How, Tree};

/// For a part and all parts within it, the answers that are left to each when the part is to give a wanted one. `found` has the answers that
/// are open for each. O(parts within it).
pub(super) fn demands(tree: &Tree<'_>, part: usize, wanted: Answers, found: &[Answers], demanded: &mut [Answers]) {
    let first = tree.parts[part].first;
    demanded[first..=part].fill(Answers::ANY);
    demanded[part] = wanted;
    for at in (first..=part).rev() {
        let of = &tree.parts[at].of;
        let Some((whose, answers)) = demand(tree.parts[at].how, demanded[at], of, found) else { continue };
        for of in of.iter().filter(|of| found[**of].meets(whose)) {
            demanded[*of] = answers;
        }
    }
}

/// What a part demands of those of its parts for which one of some answers is open.
fn demand(how: How, wanted: Answers, of: &[usize], found: &[Answers]) -> Option<(Answers, Answers)> {
    match how {
        How::Asks(_) => None,
        How::Not => Some((Answers::ANY, wanted.negated())),
        How::Certainly if wanted == Answers::TRUE => Some((Answers::ANY, Answers::TRUE)),
        How::Certainly => (wanted == Answers::FALSE).then_some((Answers::ANY, Answers::NOT_TRUE)),
        How::AtLeast(n) => {
            let count = |is_so: fn(Answers) -> bool| of.iter().filter(|of| is_so(found[**of])).count();
            if wanted == Answers::TRUE {
                // Just enough of them can be true: each of those must be.
                (count(|of| of.meets(Answers::TRUE)) == n).then_some((Answers::TRUE, Answers::TRUE))
            } else if wanted == Answers::FALSE {
                // One more that is not false would be enough to leave it open.
                (count(|of| !of.meets(Answers::FALSE)) + 1 == n).then_some((Answers::FALSE, Answers::FALSE))
            } else {
                // One more that is true would be enough to make it true.
                let full = !wanted.meets(Answers::TRUE) && count(|of| of == Answers::TRUE) + 1 == n;
                full.then_some((Answers::NOT_TRUE, Answers::NOT_TRUE))
            }
        }
    }
}
