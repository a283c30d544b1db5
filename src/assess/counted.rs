//! How many signals caps take from a person, for who asks for no lines.

use super::caps::Cuttable;
use super::cutting::{CuttingOrder, key};
use super::sums::Cut;
use super::tallied::TalliedKind;
use super::used::{Used, UsedList};

/// A person's signals with what is left of each day's points, for who counts those that caps take. Which day is later is the same from wherever days count.
pub(super) struct Counted<'c, U> {
    pub(super) kinds: &'c [TalliedKind],
    pub(super) used: UsedList<'c, U>,
    /// In line units, of each of these.
    pub(super) left: &'c mut [i64],
}

impl<U: Used> Counted<'_, U> {
    fn kind(&self, at: usize) -> &TalliedKind {
        &self.kinds[usize::from(self.used.all[at].kind())]
    }

    /// Notes those from which caps may take something. O(used).
    #[allow(clippy::needless_bitwise_bool, reason = "without jumps")]
    pub(super) fn note_concerned(&self, cut: &Cut, order: &mut CuttingOrder) {
        let concerned = cut.concerned();
        order.note_wanted(self.used.all.iter().zip(&*self.left).map(|(one, left)| {
            let kind = &self.kinds[usize::from(one.kind())];
            let wanted = (concerned[usize::from(kind.positive)] & kind.lane_bit != 0) & (*left != 0);
            (key(one.day(), kind.number_of_line()), wanted)
        }));
    }
}

impl<U: Used> Cuttable for Counted<'_, U> {
    fn lane(&self, at: usize) -> usize {
        self.kind(at).lane.into()
    }
    fn counted(&mut self, at: usize) -> &mut i64 {
        &mut self.left[at]
    }
    fn signals(&self, at: usize) -> u64 {
        self.used.all[at].signals().min(self.kind(at).daily_cap.into())
    }
    fn settled(&mut self, _: usize, _: bool, _: bool) {}
}
