//! Lists in which each record points at most to one other: circles, what hangs on what, and the tops. All in one pass each, by loops.

use alloc::vec::Vec;

/// Who points to whom, by index.
pub(super) type Targets = [Option<u32>];

/// Every circle, each from some record on along its targets. Cost: linear.
pub(super) fn cycles(targets: &Targets) -> Vec<Vec<u32>> {
    // The walk that saw a record first; a walk that meets its own trail has found a circle.
    let mut seen_by: Vec<Option<u32>> = targets.iter().map(|_| None).collect();
    let mut found = Vec::new();
    for start in indices(targets) {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| seen_by[*here as usize].is_none()) {
            seen_by[here as usize] = Some(start);
            at = targets[here as usize];
        }
        if let Some(entry) = at.filter(|entry| seen_by[*entry as usize] == Some(start)) {
            found.push(circle_through(entry, targets));
        }
    }
    found
}

fn circle_through(entry: u32, targets: &Targets) -> Vec<u32> {
    let next = |at: &u32| targets[*at as usize].filter(|next| *next != entry);
    core::iter::successors(Some(entry), next).collect()
}

/// Marks all that points, at whatever distance, to a marked record, and lists what was newly marked. Cost: linear.
pub(super) fn cascade(targets: &Targets, marked: &mut [bool]) -> Vec<u32> {
    let pointing = Reverse::of(targets);
    let mut open: Vec<u32> = indices(targets).filter(|index| marked[*index as usize]).collect();
    let mut newly = Vec::new();
    while let Some(at) = open.pop() {
        for from in pointing.to(at).iter().filter(|from| !core::mem::replace(&mut marked[**from as usize], true)) {
            open.push(*from);
            newly.push(*from);
        }
    }
    newly
}

/// The top above each record, itself when it points to none. There must be no circle. Cost: linear.
pub(super) fn tops(targets: &Targets) -> Vec<u32> {
    let mut tops: Vec<Option<u32>> = targets.iter().map(|_| None).collect();
    let mut trail = Vec::new();
    for start in indices(targets) {
        let mut at = start;
        let top = loop {
            if let Some(top) = tops[at as usize] {
                break top;
            }
            trail.push(at);
            match targets[at as usize] {
                Some(next) => at = next,
                None => break at,
            }
        };
        for passed in trail.drain(..) {
            tops[passed as usize] = Some(top);
        }
    }
    indices(targets).zip(tops).map(|(index, top)| top.unwrap_or(index)).collect()
}

/// Who points to a record: the sources of all records in one list, and where each record's begin.
struct Reverse {
    sources: Vec<u32>,
    starts: Vec<usize>,
}

impl Reverse {
    fn of(targets: &Targets) -> Self {
        let mut starts: Vec<usize> = core::iter::repeat_n(0, targets.len() + 1).collect();
        for target in targets.iter().flatten() {
            starts[*target as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut sources: Vec<u32> = core::iter::repeat_n(0, starts.last().copied().unwrap_or(0)).collect();
        for (source, target) in indices(targets).zip(targets) {
            if let Some(target) = target {
                sources[next[*target as usize]] = source;
                next[*target as usize] += 1;
            }
        }
        Self { sources, starts }
    }

    fn to(&self, record: u32) -> &[u32] {
        &self.sources[self.starts[record as usize]..self.starts[record as usize + 1]]
    }
}

fn indices(targets: &Targets) -> impl Iterator<Item = u32> + use<> {
    // INVARIANT: a list is as long as the table it fills, which has fewer rows than there are numbers.
    0..u32::try_from(targets.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_whole_and_once() {
        // 0 -> 1 -> 2 -> 0, 3 -> 0 (a tail), 4 -> 4, 5 -> 6 -> none.
        let targets = [Some(1), Some(2), Some(0), Some(0), Some(4), Some(6), None];
        assert_eq!(cycles(&targets), [Vec::from([0, 1, 2]), Vec::from([4])]);
    }

    #[test]
    fn what_hangs_on_a_marked_record_is_marked() {
        let targets = [None, Some(0), Some(1), Some(1), None, Some(4)];
        let mut marked = [false, true, false, false, false, false];
        let mut newly = cascade(&targets, &mut marked);
        newly.sort_unstable();
        assert_eq!(newly, [2, 3]);
        assert_eq!(marked, [false, true, true, true, false, false]);
    }

    #[test]
    fn the_top_is_where_the_pointing_ends() {
        assert_eq!(tops(&[Some(1), Some(2), None, Some(0), None]), [2, 2, 2, 2, 4]);
    }
}
