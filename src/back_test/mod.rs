//! What a policy would have said in the past, by what was known then, and what became of it.

mod events;
mod group_on_day;
mod timeline;

pub use group_on_day::GroupOnDay;
pub use timeline::Timeline;
