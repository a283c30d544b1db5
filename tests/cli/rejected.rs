//! Rows that cannot be used, put aside: the good ones are assessed, the bad ones lost nowhere.

use crate::support::{Dir, Ran};

fn records(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.byte_records().map(|row| row.expect("a row").iter().map(<[u8]>::to_vec).collect()).collect()
}

/// The accounts of an answer in JSON Lines.
fn accounts(ran: &Ran) -> Vec<String> {
    let objects = ran.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"));
    objects.map(|one| one["account_id"].as_str().expect("an id").into()).collect()
}

#[test]
fn good_rows_are_assessed_and_bad_ones_kept_unchanged() {
    let dir = Dir::small()
        .with("accounts.csv", "account_id,name,employees\nacme,Acme,12\nbeta,\"Be, \"\"ta\"\"\n  two lines \",many\ngamma,\n".as_bytes())
        .with("signals.csv", b"kind,at,contact_id\ndemo_request,2025-05-01,ann\nclick,so\xffon,ann\n".as_slice());
    let rejects = dir.file("rejects.out");
    let ran = dir.assess(&["--format", "jsonl", "--rejects", &rejects]).ends_with(1);
    assert_eq!(accounts(&ran), ["acme"]);
    assert!(ran.err.contains("Left out: 4 problems in 4 rows"), "{}", ran.err);
    let rows = records(&dir.read("rejects.out"));
    let heads: Vec<(&str, &str, &str)> = rows.iter().map(|row| (text(&row[0]), text(&row[1]), text(&row[2]))).collect();
    assert_eq!(
        heads,
        [
            ("file", "line", "code"),
            ("accounts.csv", "1", "header"),
            ("accounts.csv", "3", "not_a_whole_number"),
            ("accounts.csv", "5", "ragged_row"),
            ("contacts.csv", "1", "header"),
            ("contacts.csv", "4", "unusable_reference"),
            ("signals.csv", "1", "header"),
            ("signals.csv", "3", "not_utf8"),
        ]
    );
    let cells = |row: usize| -> Vec<&[u8]> { rows[row][4..].iter().map(Vec::as_slice).collect() };
    assert_eq!(cells(2), [b"beta".as_slice(), b"Be, \"ta\"\n  two lines ", b"many"]);
    assert_eq!(cells(3), [b"gamma".as_slice(), b""]);
    assert_eq!(cells(5), [b"cyd".as_slice(), b"beta", b"Cyd Fox", b""]);
    assert_eq!(cells(7), [b"click".as_slice(), b"so\xffon", b"ann"]);
}

fn text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).expect("UTF-8")
}

#[test]
fn mended_rejects_can_be_put_back() {
    let dir = Dir::small().with("signals.csv", "kind,at,contact_id\ndemo_request,1 May,ann\npage_view,2025-05-02T10:00:00Z,cyd\n");
    dir.assess(&["--rejects", &dir.file("rejects.out")]).ends_with(1);
    let rows = records(&dir.read("rejects.out"));
    let cells: Vec<&str> = rows[2][4..].iter().map(|cell| text(cell)).collect();
    let mended = cells.join(",").replace("1 May", "2025-05-01");
    let whole = dir.with("signals.csv", format!("kind,at,contact_id\n{mended}\npage_view,2025-05-02T10:00:00Z,cyd\n"));
    assert_eq!(whole.assess(&["--format", "jsonl"]).ends_with(0).out, Dir::small().assess(&["--format", "jsonl"]).ends_with(0).out);
}

#[test]
fn every_row_is_either_used_or_rejected() {
    let accounts: String = (0..40).map(|n| if n % 7 == 3 { format!("a{n},x\n") } else { format!("a{n},{n}\n") }).collect();
    let contacts: String = (0..400).map(|n| format!("c{n},a{},{}\n", n % 44, if n % 11 == 0 { "boss" } else { "champion" })).collect();
    let dir = Dir::small()
        .with("accounts.csv", format!("account_id,employees\n{accounts}"))
        .with("contacts.csv", format!("contact_id,account_id,roles\n{contacts}"))
        .with("signals.csv", "kind,at,contact_id\n");
    let ran = dir.check(&["--rejects", &dir.file("rejects.out")]).ends_with(1);
    let usable = ran.out.lines().find_map(|line| line.strip_prefix("Usable: ")).expect("what is usable");
    let numbers: Vec<usize> = usable.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let rejected = records(&dir.read("rejects.out")).iter().filter(|row| row[1] != b"1" && row[1] != b"line").count();
    assert_eq!(numbers.iter().sum::<usize>() + rejected, 440, "{usable}, {rejected} rejected");
}

#[test]
fn without_bad_rows_the_file_is_there_and_says_nothing() {
    let dir = Dir::small();
    dir.assess(&["--rejects", &dir.file("rejects.out")]).ends_with(0);
    assert_eq!(records(&dir.read("rejects.out")).len(), 1);
}

#[test]
fn rejects_never_overwrite_the_data() {
    let dir = Dir::small();
    let before = dir.read("signals.csv");
    let ran = dir.assess(&["--rejects", &dir.file("signals.csv")]).ends_with(2);
    assert!(ran.err.contains("is a file of the data set; write the rejects to another one"), "{}", ran.err);
    assert_eq!(dir.read("signals.csv"), before);
    assert!(dir.assess(&["--rejects", "/nowhere/at/all.csv"]).ends_with(2).err.contains("cannot write /nowhere/at/all.csv"));
}
