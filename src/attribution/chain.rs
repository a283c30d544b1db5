//! A Markov chain of order 1 over channels, and what would be lost without each.
//!
//! States are the start, the channels, the conversion and nothing (null). A path is a walk from the start over its channels to its end, so every channel
//! is left for somewhere as often as it is entered. A removed channel sends whoever comes there to nothing; its removal effect is the part of the
//! conversions that is lost so (E. Anderl et al. 2016).
//!
//! Found by state reduction: a state `k` is taken out of the chain by leading each way into it on, `w(i,j) += w(i,k) · w(k,j) / Σ w(k,·)`, the loop at
//! `k` left out, which changes nothing about where walks end (W. K. Grassmann, M. I. Taksar and D. P. Heyman, Operations Research 33, 1985). Only sums, products and quotients of positive
//! numbers are formed, so nothing cancels, and all of it is computed with bounds (`bound`). Once all channels but one are out, the chain says how many reach that
//! one and convert from it. To get there for every channel, the chain is halved again and again: one half is taken out for the other. O(channels³), without
//! recursion deeper than their logarithm.

use alloc::vec::Vec;

use super::bound::Bounds;

/// How often walks go from each state to each other one.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// How many channels.
    size: usize,
    /// From the start (row 0) and the channels (rows 1 …) to the channels (columns 0 …), to the conversion and to nothing (the last two columns).
    ways: Vec<Bounds>,
}

/// Of all conversions, those on walks through a channel, and what part of those without it that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    /// The removal effect: 0..=1.
    pub(super) removal: Bounds,
    /// The chance of a walk to end in a conversion.
    pub(super) conversion: Bounds,
}

impl Chain {
    /// A chain of so many channels in which nobody walks.
    pub(super) fn new(size: usize) -> Self {
        Self { size, ways: alloc::vec![Bounds::ZERO; (size + 1) * (size + 2)] }
    }

    const fn at(&self, from: usize, to: usize) -> usize {
        from * (self.size + 2) + to
    }

    /// Lets a sum of walks go from a state (0: the start; a channel's number + 1) to a channel.
    pub(super) fn set(&mut self, from: usize, to: usize, walks: u128) {
        let at = self.at(from, to);
        self.ways[at] = Bounds::whole(walks);
    }

    /// Lets so many walks end there in a conversion, and so many in nothing.
    pub(super) fn set_ends(&mut self, from: usize, conversions: u128, nulls: u128) {
        let at = self.at(from, self.size);
        self.ways[at] = Bounds::whole(conversions);
        self.ways[at + 1] = Bounds::whole(nulls);
    }

    /// The effects by channel. A channel that nobody comes to has none.
    pub(super) fn effects(self) -> Vec<Effect> {
        let mut effects = Vec::with_capacity(self.size);
        // A stack of our own, the first channels on top, so that results come in the order of the channels.
        let mut open = Vec::from([self]);
        while let Some(chain) = open.pop() {
            match chain.size {
                0 => {}
                1 => effects.push(chain.effect()),
                size => {
                    let half = size / 2;
                    open.push(chain.without(0..half));
                    open.push(chain.without(half..size));
                }
            }
        }
        effects
    }

    /// The effect of the only channel.
    fn effect(&self) -> Effect {
        let [reach, converts, leaves] = [0, 1, 2].map(|to| self.ways[self.at(0, to)]);
        let [_, from_there, nothing] = [0, 1, 2].map(|to| self.ways[self.at(1, to)]);
        let ends = from_there.plus(nothing);
        let through = if ends.is_zero() { Bounds::ZERO } else { reach.times(from_there.over(ends)) };
        let (all, walks) = (converts.plus(through), reach.plus(converts).plus(leaves));
        Effect {
            removal: if all.is_zero() { Bounds::ZERO } else { through.over(all) },
            conversion: if walks.is_zero() { Bounds::ZERO } else { all.over(walks) },
        }
    }

    /// The chain in which these channels are gone through and no longer told apart.
    fn without(&self, gone: core::ops::Range<usize>) -> Self {
        let mut chain = self.clone();
        for channel in gone.clone() {
            chain.lead_on(channel, gone.start..channel);
        }
        let kept: Vec<usize> = (0..self.size).filter(|channel| !gone.contains(channel)).collect();
        let mut rest = Self::new(kept.len());
        let rows = core::iter::once(0).chain(kept.iter().map(|channel| channel + 1));
        for (row, from) in rows.enumerate() {
            let columns = kept.iter().copied().chain([self.size, self.size + 1]);
            for (column, to) in columns.enumerate() {
                let at = rest.at(row, column);
                rest.ways[at] = chain.ways[chain.at(from, to)];
            }
        }
        rest
    }

    /// Leads each way into a channel on to where that leads. Channels that are gone already have no ways.
    fn lead_on(&mut self, channel: usize, gone: core::ops::Range<usize>) {
        let columns: Vec<usize> = (0..self.size + 2).filter(|to| *to != channel && !gone.contains(to)).collect();
        let row = self.at(channel + 1, 0);
        let leaving: Vec<(usize, Bounds)> = columns.iter().map(|to| (*to, self.ways[row + to])).filter(|(_, way)| !way.is_zero()).collect();
        let Some(all) = leaving.iter().map(|(_, way)| *way).reduce(Bounds::plus) else { return };
        for from in (0..=self.size).filter(|from| *from != channel + 1 && !gone.contains(&from.wrapping_sub(1))) {
            let into = self.at(from, channel);
            if self.ways[into].is_zero() {
                continue;
            }
            let each = self.ways[into].over(all);
            for (to, way) in &leaving {
                let at = self.at(from, *to);
                self.ways[at] = self.ways[at].plus(each.times(*way));
            }
        }
    }
}
