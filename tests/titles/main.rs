//! Titles: what they are read to say.

#![allow(clippy::unwrap_used, reason = "a test says what it expects in the shortest way")]

mod languages;
