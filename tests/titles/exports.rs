//! Titles of two public exports. Nothing of the data is kept here; `QUORATE_DATA` names the folder that has it.

use std::fs::File;

use quorate::{JobFunction, Seniority, TitleReader};

use crate::data_folder;

/// One column of a file.
fn column(folder: &str, file: &str, column: &str) -> Option<Vec<String>> {
    let path = data_folder(folder)?.join(file);
    let mut reader = csv::Reader::from_reader(File::open(path).unwrap());
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    Some(reader.records().map(|record| record.unwrap()[at].to_string()).collect())
}

/// What the stated ranks of the Enron addresses mean.
fn is_right(title: &str, seniority: Option<Seniority>, function: Option<JobFunction>) -> bool {
    match title {
        "CEO" | "President" => seniority == Some(Seniority::CLevel),
        "Vice President" => seniority == Some(Seniority::Vp),
        "Managing Director" | "Director" => seniority.is_some_and(|found| found <= Seniority::Director),
        "Manager" => seniority == Some(Seniority::Manager),
        "Employee" => seniority.is_none_or(|found| found == Seniority::Individual),
        "Trader" => seniority == Some(Seniority::Individual) && matches!(function, Some(JobFunction::Sales | JobFunction::Finance)),
        "In House Lawyer" => seniority == Some(Seniority::Individual) && function == Some(JobFunction::Legal),
        other => panic!("a rank that this test does not know: {other}"),
    }
}

#[test]
fn every_stated_rank_of_enron_is_read_right() {
    let Some(titles) = column("enron-titles-email", "people.csv", "role") else { return };
    let reader = TitleReader::built_in();
    let stated: Vec<&String> = titles.iter().filter(|title| !title.is_empty()).collect();
    for title in &stated {
        let reading = reader.read(title);
        assert!(
            is_right(title, reading.seniority.as_ref().map(|one| one.value), reading.function.as_ref().map(|one| one.value)),
            "{title}: {reading:?}"
        );
    }
    assert_eq!((titles.len(), stated.len()), (184, 130), "the file is another one");
}

#[test]
fn every_typical_title_of_the_buying_group_definitions_has_a_rank_and_a_function() {
    let Some(cells) = column("opsmadeez-buying-groups", "buying_group_definitions.csv", "Typical Titles") else { return };
    let reader = TitleReader::built_in();
    let titles: Vec<&str> = cells.iter().flat_map(|cell| cell.split(',')).map(str::trim).collect();
    for title in &titles {
        let reading = reader.read(title);
        assert!(reading.seniority.is_some() && reading.function.is_some(), "{title}: {reading:?}");
    }
    assert_eq!(titles.len(), 18, "the file is another one");
}
