//! Titles with what the language says of them.

use quorate::TitleReader;

/// One line of `examples.txt`.
fn check(reader: &TitleReader, line: &str) -> Option<String> {
    let parts: Vec<&str> = line.split(" | ").collect();
    let [title, seniority, function, relationship] = parts[..] else { panic!("four parts: {line}") };
    let reading = reader.read(title);
    let found = [
        reading.seniority.as_ref().map_or("-", |found| found.value.as_str()),
        reading.function.as_ref().map_or("-", |found| found.value.as_str()),
        reading.relationship.as_ref().map_or("-", |found| found.value.as_str()),
    ];
    let right = [seniority, function, relationship].into_iter().zip(found).all(|(expected, found)| expected == "?" || expected == found);
    (!right).then(|| format!("{line}\n    but {found:?}: {reading:?}"))
}

#[test]
fn every_example_is_read_as_the_language_says() {
    let reader = TitleReader::built_in();
    let lines: Vec<&str> = include_str!("examples.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 150, "{}", lines.len());
    let wrong: Vec<String> = lines.iter().filter_map(|line| check(&reader, line)).collect();
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}
