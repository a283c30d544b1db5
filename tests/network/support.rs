//! What several tests need.

use std::io::Write as _;
use std::path::PathBuf;

use quorate::WarmPath;

use crate::oracle::{Oracle, Way};

/// A folder of the public data, or `None`, said loudly, when `QUORATE_DATA` does not say where it is.
pub fn data_folder(name: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Past the harness, so that it is seen although the test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds {name}");
        return None;
    };
    Some(PathBuf::from(shared).join(name))
}

/// The rows of a CSV file as texts by column name.
pub fn rows(folder: &std::path::Path, file: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let row = |record: csv::StringRecord| names.iter().cloned().zip(record.iter().map(String::from)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// People, lines and quality of a path, told alike by the library and by the oracle.
pub type Told = (Vec<String>, Vec<(&'static str, u8)>, u64);

pub fn told(path: &WarmPath) -> Told {
    let hops = path.hops.iter().map(|hop| (hop.kind.token(), hop.strength)).collect();
    (path.people().map(String::from).collect(), hops, u64::try_from(path.quality.units()).unwrap())
}

pub fn told_of(oracle: &Oracle, way: &Way) -> Told {
    (way.iter().map(|one| oracle.people[*one].clone()).collect(), oracle.hops(way), oracle.quality(way))
}
