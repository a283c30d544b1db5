//! Everything is in the bench.
