//! The words that stand for the policy's enums in documents and results.

use crate::account::Membership;
use core::fmt;

use super::document::{FitSource, FitTier, Measure, Tier, Trend};

macro_rules! tokens {
    ($($name:ident[$count:literal]: $doc:literal, $($token:literal => $variant:ident),+;)*) => {$(
        impl $name {
            #[doc = concat!($doc, " with its token, in declaration order.")]
            pub const ALL: [(&'static str, Self); $count] = [$(($token, Self::$variant)),+];

            /// The token that stands for it in documents.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $token),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}

tokens! {
    Membership[2]: "Each way of belonging", "all" => All, "explicit" => Explicit;
    Tier[7]: "Every tier", "decisive" => Decisive, "high" => High, "medium" => Medium, "low" => Low, "trace" => Trace, "ignored" => Ignored,
        "negative" => Negative;
    FitSource[3]: "Every source of fit", "none" => None, "criteria" => Criteria, "supplied" => Supplied;
    FitTier[4]: "Every tier of fit", "A" => A, "B" => B, "C" => C, "D" => D;
    Measure[4]: "Every measure", "filled" => Filled, "engaged" => Engaged, "current" => Current, "possible" => Possible;
    Trend[3]: "Every trend", "rising" => Rising, "falling" => Falling, "steady" => Steady;
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn tokens_stand_in_declaration_order_and_show_themselves() {
        assert!(Tier::ALL.is_sorted_by_key(|(_, tier)| *tier));
        assert!(FitTier::ALL.is_sorted_by_key(|(_, tier)| *tier));
        for (token, tier) in Tier::ALL {
            assert_eq!(tier.to_string(), token);
        }
        assert_eq!(FitTier::B.to_string(), "B");
        assert_eq!(Trend::Rising.to_string(), "rising");
    }
}
