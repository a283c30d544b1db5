//! What only the lines between people can answer: who can introduce us, whose leaving cuts a line, how far influence goes, and who manages whom.
//!
//! `people` makes the people and lines of a day out of a graph; `warm`, `resilience` and `influence` ask about them, `connections` asks all of it for
//! one assessed group (by way of `asker`), `connector` puts its gaps among theirs, and `org` reads the chart of reporting lines. `strength` makes ties of dated interactions.

mod asker;
mod connections;
mod connector;
mod error;
mod influence;
mod managers;
mod naming;
mod org;
mod people;
mod resilience;
mod strength;
mod warm;

pub use connections::{CommonManager, Connections, DecidingPerson, Missed, OpponentReach};
pub use connector::Connector;
pub use error::NetworkError;
pub use influence::Influenced;
pub use org::{OrgChart, OrgPerson};
pub use people::Network;
pub use resilience::Resilience;
pub use strength::{Interaction, InteractionCounts, TiesOfInteractions, ties_of_interactions};
pub use warm::{Hop, HopKind, PathPeople, WarmPath};
