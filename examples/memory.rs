//! What a portfolio costs in memory: the bytes that it has asked the allocator for, counted before and after each step.
//!
//! ```text
//! $ cargo run --release --example memory -- WORKLOAD
//! ```
//!
//! `WORKLOAD` is a folder of columns as `throughput` reads it. Told are the graph for each contact, with the texts of ids and without; the tally
//! for each distinct count of a person, kind, solution and day; and the most that each of them had on the way, what was read from files not counted.

#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]

#[path = "workload/mod.rs"]
mod workload;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use peak_alloc::PeakAlloc;
use quorate::{AccountGraph, Policy};
use workload::{Columns, names};

/// Counts what is asked of the allocator.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What a portfolio costs in memory.
#[derive(Parser)]
struct Args {
    /// The folder of columns.
    workload: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = &Args::parse().workload;
    let policy = Policy::default();
    let (kind_names, roles) = names(&policy);

    let (graph, ids) = workload::portfolio(folder, &roles)?;
    let (contacts, texts) = (ids.len().max(1), ids.iter().map(String::len).sum());
    let numbers = workload::numbers(&graph, &ids)?;
    drop(ids);
    let held = HEAP.current_usage().saturating_sub(4 * contacts);
    println!("graph of {contacts} contacts: {} MB, on the way at most {} MB", held >> 20, HEAP.peak_usage() >> 20);
    let each = |held: usize| {
        println!("  {} bytes a contact, {} without the texts of contacts' ids", held / contacts, held.saturating_sub(texts) / contacts);
    };
    each(held);

    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let again = AccountGraph::from_document(graph.to_document())?;
    let (held, most) = (HEAP.current_usage() - before, HEAP.peak_usage() - before);
    println!("the same graph made of a document: {} MB, on the way at most {} MB more", held >> 20, most >> 20);
    each(held);
    drop(again);

    let columns = Columns::read(folder, numbers)?;
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let tally = columns.tally(&graph, &kind_names)?;
    let (held, most) = (HEAP.current_usage() - before, HEAP.peak_usage() - before);
    let counts = tally.counts().count().max(1);
    println!("tally of {} signals: {} MB, on the way at most {} MB", tally.signals(), held >> 20, most >> 20);
    println!("  {counts} distinct counts, {}.{:02} bytes each", held / counts, 100 * held / counts % 100);
    Ok(())
}
