//! Documents and data sets that were damaged at random, from a fixed seed: whatever comes is refused with reasons or fully usable.
//!
//! JSON documents are damaged as text (bytes, pieces) and as trees (values, types, names, depth) and read in process; what is accepted must
//! also be assessed, verified and written back. Data sets are damaged as bytes, cells, rows and headers and given to the command line.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "a test program, with std, that fails by panicking"
)]

#[path = "bad_input/damage.rs"]
mod damage;
#[path = "bad_input/damaged_data.rs"]
mod damaged_data;
#[path = "bad_input/damaged_json.rs"]
mod damaged_json;
#[allow(dead_code, reason = "shared with another test program, which uses the rest")]
#[path = "bad_input/support.rs"]
mod support;

/// How many documents and data sets are damaged.
const JSON: [(damaged_json::Sort, u32); 4] = [
    (damaged_json::Sort::Policy, 4_000),
    (damaged_json::Sort::PolicySet, 500),
    (damaged_json::Sort::Portfolio, 4_000),
    (damaged_json::Sort::Tally, 2_500),
];
const MAPPINGS: u32 = 400;
const DATA_SETS: u32 = 1_000;

#[test]
fn no_panic_from_mutated_documents() {
    let json: u32 = JSON.iter().map(|(_, number)| number).sum();
    assert!(json + MAPPINGS + DATA_SETS >= 10_000);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for (sort, number) in JSON {
                damaged_json::run(sort, number);
            }
            damaged_data::mappings(MAPPINGS);
        });
        threads.spawn(|| damaged_data::run(DATA_SETS));
    });
}
