//! The searches against the plainest ones, on graphs of every shape; by hand; and what they cost.

mod by_hand;
mod case;
mod cost;
mod laws;
