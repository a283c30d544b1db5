//! Credit for revenue: who and what brought a deal about, to the cent.
//!
//! `collect` makes `journey`s of a graph and its signals, `attribute` gives credit for one of them, touch by touch, and `report` for all, put together by
//! channel, campaign, kind, person or role. `paths` gives credit to the channels of counted paths, by the rules of `credit`, or by a chain over all paths (`chain`, with the numbers of `bound`). What is
//! split into whole units is split by `split`; exact parts are `share`s.

mod attribute;
mod bound;
mod chain;
mod collect;
mod credit;
mod error;
mod journey;
mod paths;
mod report;
mod share;
mod split;

pub use attribute::{Attribution, Credit, attribute};
pub use collect::deal_journeys;
pub use error::{AttributionError, WrongAmount, WrongValue};
pub use journey::{Deal, DealJourney, Touch, TouchCounts};
pub use paths::{ChannelCredit, ChannelPath, MARKOV_CHANNELS_MAX, PathAttribution, SHAPLEY_CHANNELS_MAX, SignedShare, attribute_paths};
pub use report::{AttributionReport, CreditRow, Grouping, Money, attribution_report};
pub use share::{SHARE_PLACES, Share};
