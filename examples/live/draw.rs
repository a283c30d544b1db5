//! Numbers drawn from a seed, and signals drawn from them.

use std::error::Error;

use quorate::{Day, Instant, Signal};

use crate::portfolio::Portfolio;

/// A generator of numbers (SplitMix64): small, the same everywhere, and good enough to spread signals.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `n`, each as likely as any other; 0 below nothing.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // INVARIANT: 32 bits times a number of 64 fit into 128, and the result is below `n`.
        usize::try_from((u128::from(self.next() >> 32) * n as u128) >> 32).unwrap_or(0)
    }

    /// A number below `n`, the lower the likelier: a few stand out, as busy people and great accounts do.
    pub(crate) fn low(&mut self, n: usize) -> usize {
        let below = self.below(n) + 1;
        self.below(below)
    }
}

/// Signals that come in.
pub(crate) struct Stream<'a> {
    portfolio: &'a Portfolio,
    today: Day,
}

impl<'a> Stream<'a> {
    pub(crate) const fn new(portfolio: &'a Portfolio, today: Day) -> Self {
        Self { portfolio, today }
    }

    /// The next signal after those sent: 97 of 100 are new, two come again, one with another time than before.
    pub(crate) fn next(&self, sent: &[Signal], draw: &mut Draw) -> Result<Signal, Box<dyn Error>> {
        let again = draw.below(100);
        if again >= 3 || sent.is_empty() {
            return self.new_signal(sent.len(), draw);
        }
        let mut signal = sent[draw.below(sent.len())].clone();
        if again == 0 {
            signal.at = self.time(draw)?;
        }
        Ok(signal)
    }

    /// Who is heard of and how are those of a signal of the past.
    fn new_signal(&self, number: usize, draw: &mut Draw) -> Result<Signal, Box<dyn Error>> {
        let (contact, kind) = self.portfolio.subject_and_kind(draw);
        Ok(Signal::of_contact(contact, kind, self.time(draw)?)?.with_id(&format!("live-{number}"))?)
    }

    /// Mostly today; one of ten came late.
    fn time(&self, draw: &mut Draw) -> Result<Instant, Box<dyn Error>> {
        let late = if draw.below(10) == 0 { 1 + draw.below(5) } else { 0 };
        let day = self.today.minus_days(u16::try_from(late)?);
        Ok(format!("{day}T{:02}:{:02}:00Z", draw.below(24), draw.below(60)).parse()?)
    }
}
