//! One bad row at the end of a file of what happened: outcomes, dispositions, signals.

use crate::rows::{START, each, long};

#[test]
fn outcomes() {
    let (long_id, long_text) = (long(300), long(5_000));
    let deal = |id, account, created| [("opportunity_id", id), ("account_id", account), ("created_at", created)];
    let with = |name, value| [("opportunity_id", "x"), ("account_id", "acme"), ("created_at", "2025-01-05"), (name, value)];
    let closed = |outcome, at| {
        [("opportunity_id", "x"), ("account_id", "acme"), ("created_at", "2025-01-05T12:00:00Z"), ("outcome", outcome), ("closed_at", at)]
    };
    each(
        "outcomes.csv",
        &[
            (&deal("deal-1", "acme", "2025-01-01"), "duplicate_id", "column `opportunity_id`: opportunity `deal-1` is there already"),
            (&deal("", "acme", "2025-01-01"), "blank", "column `opportunity_id`: blank; a value is needed"),
            (
                &deal(&long_id, "acme", "2025-01-01"),
                "id_too_long",
                &format!("column `opportunity_id`: opportunity id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&deal("x", "", "2025-01-01"), "blank", "column `account_id`: blank; a value is needed"),
            (&deal("x", "akme", "2025-01-01"), "unknown_id", "column `account_id`: unknown account `akme` (did you mean `acme`?)"),
            (&deal("x", "acme", ""), "blank", "column `created_at`: blank; a value is needed"),
            (
                &deal("x", "acme", "2025-06-31"),
                "not_a_day",
                "column `created_at`: `2025-06-31` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &deal("x", "acme", "2025-05-05T24:01:00Z"),
                "not_a_time",
                "column `created_at`: `2025-05-05T24:01:00Z` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            ),
            (
                &deal("x", "acme", "2025-05-05T10:00:00.1234567Z"),
                "time_too_precise",
                "column `created_at`: `2025-05-05T10:00:00.1234567Z` is finer than a microsecond; leave out the digits beyond six",
            ),
            (&with("group_id", "grup-1"), "unknown_id", "column `group_id`: unknown group `grup-1` (did you mean `group-1`?)"),
            (&with("group_id", "gamma"), "group_of_another_account", "column `group_id`: group `gamma` is not of account `acme`"),
            (
                &with("group_id", &long_id),
                "id_too_long",
                &format!("column `group_id`: group id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("closed_at", "soon"),
                "not_a_time",
                "column `closed_at`: `soon` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            ),
            (&with("closed_at", "2025-01-04"), "closes_before_created", "column `closed_at`: opportunity `x` closes before it was created"),
            (
                &closed("lost", "2025-01-04T23:59:59Z"),
                "closes_before_created",
                "column `closed_at`: opportunity `x` closes before it was created",
            ),
            (&closed("won", ""), "close_missing", "column `closed_at`: opportunity `x` is won but has no `closed_at`"),
            (&closed("lost", ""), "close_missing", "column `closed_at`: opportunity `x` is lost but has no `closed_at`"),
            (&closed("wonn", "2025-02-01"), "not_allowed", "column `outcome`: `wonn` is none of open, won, lost (did you mean `won`?)"),
            (&closed("pending", "2025-02-01"), "not_allowed", "column `outcome`: `pending` is none of open, won, lost"),
            (&with("amount", "1.00001"), "number_too_precise", "column `amount`: `1.00001` has more than 4 decimals"),
            (
                &with("amount", "12,50"),
                "not_a_number",
                "column `amount`: `12,50` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &with("amount", "1E+3"),
                "not_a_number",
                "column `amount`: `1E+3` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &with("amount", "$5"),
                "not_a_number",
                "column `amount`: `$5` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &with("currency", &long_text),
                "value_too_long",
                &format!("column `currency`: currency `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
        ],
    );
}

#[test]
fn dispositions() {
    let (long_id, long_text) = (long(300), long(5_000));
    let said = |group, at, verdict| [("group_id", group), ("at", at), ("verdict", verdict)];
    each(
        "dispositions.csv",
        &[
            (
                &said("group-9", "2025-01-01", "accepted"),
                "unknown_id",
                "column `group_id`: unknown group `group-9` (did you mean `group-1`?)",
            ),
            (&said("acme", "2025-01-01", "accepted"), "unknown_id", "column `group_id`: unknown group `acme`"),
            (&said("", "2025-01-01", "accepted"), "blank", "column `group_id`: blank; a value is needed"),
            (
                &said(&long_id, "2025-01-01", "accepted"),
                "id_too_long",
                &format!("column `group_id`: group id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&said("beta", "", "accepted"), "blank", "column `at`: blank; a value is needed"),
            (
                &said("beta", "2023-02-29", "accepted"),
                "not_a_day",
                "column `at`: `2023-02-29` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &said("beta", "2025-05-05T10:61:00Z", "accepted"),
                "not_a_time",
                "column `at`: `2025-05-05T10:61:00Z` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            ),
            (&said("beta", "2025-01-01", ""), "blank", "column `verdict`: blank; a value is needed"),
            (
                &said("beta", "2025-01-01", "acepted"),
                "not_allowed",
                "column `verdict`: `acepted` is none of accepted, rejected (did you mean `accepted`?)",
            ),
            (&said("beta", "2025-01-01", "maybe"), "not_allowed", "column `verdict`: `maybe` is none of accepted, rejected"),
            (
                &[("group_id", "beta"), ("at", "2025-01-01"), ("verdict", "rejected"), ("reason", &long_text)],
                "value_too_long",
                &format!("column `reason`: reason `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
        ],
    );
}

#[test]
fn signals() {
    let (long_id, million) = (long(300), long(1_000_000));
    let signal = |kind, at| [("contact_id", "ann"), ("kind", kind), ("at", at)];
    let with = |name, value| [("contact_id", "ann"), ("kind", "page_view"), ("at", "2025-05-01"), (name, value)];
    let of = |name, value| [("kind", "page_view"), ("at", "2025-05-01"), (name, value)];
    let no_time = |text: &str| format!("column `at`: `{text}` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date");
    each(
        "signals.csv",
        &[
            (&signal("", "2025-05-01"), "blank", "column `kind`: blank; a value is needed"),
            (&signal("page_view", ""), "blank", "column `at`: blank; a value is needed"),
            (
                &signal(&million, "2025-05-01"),
                "id_too_long",
                &format!("column `kind`: kind `{START}…` has 1000000 bytes; at most 256 are allowed"),
            ),
            (
                &signal("page\0view", "2025-05-01"),
                "id_control_character",
                "column `kind`: kind `page\\0view` holds a control character; remove it",
            ),
            (
                &signal("page_view", "2025-02-30"),
                "not_a_day",
                "column `at`: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (&signal("page_view", "1/5/2025"), "not_a_time", &no_time("1/5/2025")),
            (&signal("page_view", "45778"), "not_a_time", &no_time("45778")),
            (
                &signal("page_view", "1746057600"),
                "not_a_day",
                "column `at`: `1746057600` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (&signal("page_view", "2025-02-30T10:00:00Z"), "not_a_time", &no_time("2025-02-30T10:00:00Z")),
            (&signal("page_view", "2025-05-05T25:00:00Z"), "not_a_time", &no_time("2025-05-05T25:00:00Z")),
            (&signal("page_view", "2025-05-05T10:00:61Z"), "not_a_time", &no_time("2025-05-05T10:00:61Z")),
            (&signal("page_view", "2025-05-05T10:00:00+99:00"), "not_a_time", &no_time("2025-05-05T10:00:00+99:00")),
            (&signal("page_view", "2025-05-05T10:00:00[Europe/Berlin]"), "not_a_time", &no_time("2025-05-05T10:00:00[Europe/Berlin]")),
            (
                &signal("page_view", "2025-05-05T10:00:00.0000001Z"),
                "time_too_precise",
                "column `at`: `2025-05-05T10:00:00.0000001Z` is finer than a microsecond; leave out the digits beyond six",
            ),
            (
                &signal("page_view", "1899-12-31T23:59:59Z"),
                "time_out_of_range",
                "column `at`: `1899-12-31` is outside 1900-01-01..=2199-12-31",
            ),
            (&signal("page_view", "9999-12-31"), "time_out_of_range", "column `at`: `9999-12-31` is outside 1900-01-01..=2199-12-31"),
            (
                &signal("page_view", "2199-12-31T23:59:59-01:00"),
                "time_out_of_range",
                "column `at`: `2199-12-31T23:59:59-01:00` is outside 1900-01-01..=2199-12-31",
            ),
            // The last second of a calendar, as exports write "never"; and seconds and offsets that no clock shows.
            (
                &signal("page_view", "9999-12-31T23:59:59Z"),
                "time_out_of_range",
                "column `at`: `9999-12-31` is outside 1900-01-01..=2199-12-31",
            ),
            (&signal("page_view", "2025-05-04T10:30:60Z"), "not_a_time", &no_time("2025-05-04T10:30:60Z")),
            (&signal("page_view", "2025-05-04T10:30:00+25:00"), "not_a_time", &no_time("2025-05-04T10:30:00+25:00")),
            (&signal("page_view", "20250504T103000Z"), "not_a_time", &no_time("20250504T103000Z")),
            (
                &[("kind", "page_view"), ("at", "2025-05-01")],
                "no_subject",
                "the signal is nobody's: `contact_id`, `account_id` and `email` are blank; one of them is needed",
            ),
            (
                &of("contact_id", &long_id),
                "id_too_long",
                &format!("column `contact_id`: contact id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &of("account_id", &long_id),
                "id_too_long",
                &format!("column `account_id`: account id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&of("email", &long_id), "id_too_long", &format!("column `email`: email `{START}…` has 300 bytes; at most 256 are allowed")),
            (
                &of("contact_id", "an\tn"),
                "id_control_character",
                "column `contact_id`: contact id `an\\tn` holds a control character; remove it",
            ),
            (
                &with("signal_id", &long_id),
                "id_too_long",
                &format!("column `signal_id`: signal id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("solution", &long_id),
                "id_too_long",
                &format!("column `solution`: solution `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("campaign", &long_id),
                "id_too_long",
                &format!("column `campaign`: campaign `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("account_id", &long_id),
                "id_too_long",
                &format!("column `account_id`: account id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&with("quarantined", "bot"), "not_allowed", "column `quarantined`: `bot` is none of true, false, yes, no, 1, 0"),
            (
                &with("recorded_at", "later"),
                "not_a_time",
                "column `recorded_at`: `later` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            ),
            (
                &with("recorded_at", "2025-11-31"),
                "not_a_day",
                "column `recorded_at`: `2025-11-31` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
        ],
    );
}
