//! Which answers are open: a set of false, unknown and true.

/// A set of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Answers(u8);

impl Answers {
    pub(super) const NONE: Self = Self(0);
    pub(super) const FALSE: Self = Self(1);
    pub(super) const UNKNOWN: Self = Self(2);
    pub(super) const TRUE: Self = Self(4);
    /// False or true.
    pub(super) const KNOWN: Self = Self(5);
    /// False or unknown.
    pub(super) const NOT_TRUE: Self = Self(3);
    pub(super) const ANY: Self = Self(7);
    /// Each single answer.
    pub(super) const EACH: [Self; 3] = [Self::FALSE, Self::UNKNOWN, Self::TRUE];

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether one of the other set's answers is open.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing is left to choose.
    pub(super) const fn is_settled(self) -> bool {
        self.0.count_ones() < 2
    }

    /// The answers to the opposite: true and false change places.
    pub(super) const fn negated(self) -> Self {
        Self(self.0 & Self::UNKNOWN.0 | (self.0 & 1) << 2 | self.0 >> 2)
    }

    /// The answers to "is it true": unknown becomes false.
    pub(super) const fn certain(self) -> Self {
        let no = if self.meets(Self::NOT_TRUE) { Self::FALSE } else { Self::NONE };
        self.both(Self::TRUE).with(no)
    }

    /// Whether the same answer is always given, and it is yes, or never yes.
    pub(super) fn is_constant(self) -> bool {
        !self.is_empty() && (!self.meets(Self::TRUE) || self == Self::TRUE)
    }
}

impl From<bool> for Answers {
    fn from(known: bool) -> Self {
        if known { Self::TRUE } else { Self::FALSE }
    }
}
