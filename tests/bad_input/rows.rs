//! One bad row at the end of a file of the good data set: who there is. What happened stands in `events.rs`.

use crate::support::{Files, Said, bad_rows, none_differs};

type Cells<'a> = &'a [(&'a str, &'a str)];

/// The rows of a table: the cells of the bad row, the code and the words of its one problem.
#[track_caller]
pub(crate) fn each(file: &'static str, table: &[(Cells<'_>, &'static str, &str)]) {
    none_differs(table.iter().map(|(cells, code, words)| {
        let line = Files::good().next_line(file);
        let result = bad_rows(&Files::good().row(file, cells), &[Said::new(file, line, code, *words)]);
        (format!("{file} {cells:?}").chars().take(160).collect(), result)
    }));
}

pub(crate) fn long(letters: usize) -> String {
    "x".repeat(letters)
}

pub(crate) const START: &str = "xxxxxxxxxxxxxxxxxxxxxxxx";

#[test]
fn accounts() {
    let (long_id, long_text, million) = (long(300), long(5_000), long(1_000_000));
    let id = |value| ("account_id", value);
    each(
        "accounts.csv",
        &[
            (&[id("acme")], "duplicate_id", "column `account_id`: account `acme` is there already"),
            (&[("name", "Nameless")], "blank", "column `account_id`: blank; a value is needed"),
            (&[id(" "), ("name", "Nameless")], "blank", "column `account_id`: blank; a value is needed"),
            (&[id(&long_id)], "id_too_long", &format!("column `account_id`: account id `{START}…` has 300 bytes; at most 256 are allowed")),
            (&[id("a\tb")], "id_control_character", "column `account_id`: account id `a\\tb` holds a control character; remove it"),
            (&[id("a\0b")], "id_control_character", "column `account_id`: account id `a\\0b` holds a control character; remove it"),
            (&[id("a\nb")], "id_control_character", "column `account_id`: account id `a\\nb` holds a control character; remove it"),
            (&[id("x"), ("parent_id", "acm")], "unknown_id", "column `parent_id`: unknown account `acm` (did you mean `acme`?)"),
            (&[id("x"), ("parent_id", "nobody-like-it")], "unknown_id", "column `parent_id`: unknown account `nobody-like-it`"),
            (
                &[id("x"), ("parent_id", &long_id)],
                "id_too_long",
                &format!("column `parent_id`: account id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&[id("x"), ("parent_id", "x")], "cycle", "column `parent_id`: parents go in a circle: `x` → `x`"),
            (
                &[id("x"), ("employees", "1.5")],
                "not_a_whole_number",
                "column `employees`: `1.5` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "-1")],
                "not_a_whole_number",
                "column `employees`: `-1` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "+5")],
                "not_a_whole_number",
                "column `employees`: `+5` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "1e3")],
                "not_a_whole_number",
                "column `employees`: `1e3` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "1,200")],
                "not_a_whole_number",
                "column `employees`: `1,200` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "1 200")],
                "not_a_whole_number",
                "column `employees`: `1 200` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "a dozen")],
                "not_a_whole_number",
                "column `employees`: `a dozen` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("employees", "１２")],
                "not_a_whole_number",
                "column `employees`: `１２` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &[id("x"), ("revenue", "1e6")],
                "not_a_number",
                "column `revenue`: `1e6` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", "1,000.50")],
                "not_a_number",
                "column `revenue`: `1,000.50` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", "1.000.000")],
                "not_a_number",
                "column `revenue`: `1.000.000` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", "1_000")],
                "not_a_number",
                "column `revenue`: `1_000` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", "€5")],
                "not_a_number",
                "column `revenue`: `€5` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", "NaN")],
                "not_a_number",
                "column `revenue`: `NaN` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("revenue", ".5")],
                "not_a_number",
                "column `revenue`: `.5` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (&[id("x"), ("revenue", "0.12345")], "number_too_precise", "column `revenue`: `0.12345` has more than 4 decimals"),
            (&[id("x"), ("revenue", "-1")], "value_out_of_range", "column `revenue`: revenue `-1` is outside 0.."),
            (&[id("x"), ("fit_score", "12.34567")], "number_too_precise", "column `fit_score`: `12.34567` has more than 4 decimals"),
            (
                &[id("x"), ("fit_score", "good")],
                "not_a_number",
                "column `fit_score`: `good` is no decimal number; write digits with at most one point, such as `12.5`",
            ),
            (
                &[id("x"), ("name", &long_text)],
                "value_too_long",
                &format!("column `name`: name `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("name", &million)],
                "value_too_long",
                &format!("column `name`: name `{START}…` has 1000000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id(&million)],
                "id_too_long",
                &format!("column `account_id`: account id `{START}…` has 1000000 bytes; at most 256 are allowed"),
            ),
            (
                &[id("x"), ("employees", &million)],
                "not_a_whole_number",
                &format!("column `employees`: `{}…` is no whole number; write digits alone, such as `1200`", long(60)),
            ),
            (
                &[id("x"), ("revenue", &million)],
                "not_a_number",
                &format!("column `revenue`: `{}…` is no decimal number; write digits with at most one point, such as `12.5`", long(60)),
            ),
            (
                &[id("x"), ("aliases", &format!("a;{long_text}"))],
                "value_too_long",
                &format!("column `aliases`: aliases `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("domains", &long_text)],
                "value_too_long",
                &format!("column `domains`: domains `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("industry", &long_text)],
                "value_too_long",
                &format!("column `industry`: industry `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("country", &long_text)],
                "value_too_long",
                &format!("column `country`: country `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("technologies", &long_text)],
                "value_too_long",
                &format!("column `technologies`: technologies `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &[id("x"), ("excluded", &long_text)],
                "value_too_long",
                &format!("column `excluded`: excluded `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
        ],
    );
}

#[test]
fn contacts() {
    let (long_id, long_text, million) = (long(300), long(5_000), long(1_000_000));
    let own = |id| [("contact_id", id), ("account_id", "acme")];
    let with = |name, value| [("contact_id", "x"), ("account_id", "acme"), (name, value)];
    each(
        "contacts.csv",
        &[
            (&own("ann"), "duplicate_id", "column `contact_id`: contact `ann` is there already"),
            (&own(""), "blank", "column `contact_id`: blank; a value is needed"),
            (&own(&long_id), "id_too_long", &format!("column `contact_id`: contact id `{START}…` has 300 bytes; at most 256 are allowed")),
            (&own("x\u{7f}"), "id_control_character", "column `contact_id`: contact id `x\\u{7f}` holds a control character; remove it"),
            (
                &[("contact_id", "x")],
                "no_account",
                "column `account_id`: contact `x` has no account; name its account, or say that it is `own_staff`",
            ),
            (
                &[("contact_id", "x"), ("account_id", "gama")],
                "unknown_id",
                "column `account_id`: unknown account `gama` (did you mean `gamma`?)",
            ),
            (
                &[("contact_id", "x"), ("account_id", &long_id)],
                "id_too_long",
                &format!("column `account_id`: account id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("person_id", &long_id),
                "id_too_long",
                &format!("column `person_id`: person id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &with("person_id", "a\0"),
                "id_control_character",
                "column `person_id`: person id `a\\0` holds a control character; remove it",
            ),
            (
                &with("name", &long_text),
                "value_too_long",
                &format!("column `name`: name `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &with("email", &long_text),
                "value_too_long",
                &format!("column `email`: email `{START}…` has 5000 bytes; at most 4096 are allowed"),
            ),
            (
                &with("title", &million),
                "value_too_long",
                &format!("column `title`: title `{START}…` has 1000000 bytes; at most 4096 are allowed"),
            ),
            (&with("roles", "chmpion"), "unknown_name", "column `roles`: unknown role `chmpion` (did you mean `champion`?)"),
            (
                &with("roles", "Economic Buyer"),
                "unknown_name",
                "column `roles`: unknown role `Economic Buyer` (did you mean `economic_buyer`?)",
            ),
            (
                &with("roles", "champion; janitor"),
                "unknown_name",
                "column `roles`: unknown role `janitor`; the policy knows economic_buyer, decision_maker, executive_sponsor, champion, \
            technical_evaluator, influencer, end_user, procurement_legal, coach, unknown",
            ),
            (
                &with("roles", &million),
                "id_too_long",
                &format!("column `roles`: role `{START}…` has 1000000 bytes; at most 256 are allowed"),
            ),
            (&with("roles", "champion;coach;champion"), "repeated_role", "column `roles`: role `champion` is given twice; keep one"),
            (&with("reports_to", "anna"), "unknown_id", "column `reports_to`: unknown contact `anna` (did you mean `ann`?)"),
            (
                &with("reports_to", "x"),
                "cycle",
                "column `reports_to`: reporting lines go in a circle: `x` → `x`; --self-report-is-top takes that as having no manager",
            ),
            (
                &with("reports_to", "gus"),
                "reports_across_families",
                "column `reports_to`: contact `x` cannot report to `gus`: their accounts have no common parent",
            ),
            (
                &with("reports_to", "rep"),
                "reports_across_families",
                "column `reports_to`: contact `x` cannot report to `rep`: their accounts have no common parent",
            ),
            (
                &with("stance", "oponent"),
                "not_allowed",
                "column `stance`: `oponent` is none of supporter, neutral, opponent, unknown (did you mean `opponent`?)",
            ),
            (
                &with("stance", &million),
                "not_allowed",
                &format!("column `stance`: `{}…` is none of supporter, neutral, opponent, unknown", long(60)),
            ),
            (
                &with("relationship", "customer"),
                "not_allowed",
                "column `relationship`: `customer` is none of employee, consultant, partner, competitor, student, own_staff",
            ),
            (&with("active", "ja"), "not_allowed", "column `active`: `ja` is none of true, false, yes, no, 1, 0"),
            (&with("active", "2"), "not_allowed", "column `active`: `2` is none of true, false, yes, no, 1, 0"),
            (
                &with("created_at", "2025-02-29"),
                "not_a_day",
                "column `created_at`: `2025-02-29` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &with("created_at", "2025-13-01"),
                "not_a_day",
                "column `created_at`: `2025-13-01` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &with("created_at", "2025-04-31"),
                "not_a_day",
                "column `created_at`: `2025-04-31` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &with("created_at", "05/05/2025"),
                "not_a_day",
                "column `created_at`: `05/05/2025` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &with("created_at", "5/5/2025"),
                "not_a_time",
                "column `created_at`: `5/5/2025` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            ),
            (
                &with("created_at", "0000-00-00"),
                "not_a_day",
                "column `created_at`: `0000-00-00` is no day; write `YYYY-MM-DD`, a date that exists",
            ),
            (
                &with("created_at", "1899-12-31"),
                "time_out_of_range",
                "column `created_at`: `1899-12-31` is outside 1900-01-01..=2199-12-31",
            ),
            (
                &with("created_at", "2200-01-01T00:00:00Z"),
                "time_out_of_range",
                "column `created_at`: `2200-01-01` is outside 1900-01-01..=2199-12-31",
            ),
            (
                &with("created_at", &million),
                "not_a_time",
                &format!("column `created_at`: `{}…` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date", long(60)),
            ),
        ],
    );
}

#[test]
fn groups() {
    let (long_id, million) = (long(300), long(1_000_000));
    let group = |id, account| [("group_id", id), ("account_id", account)];
    let with = |name, value| [("group_id", "x"), ("account_id", "gamma"), (name, value)];
    each(
        "groups.csv",
        &[
            (&group("group-1", "acme"), "duplicate_id", "column `group_id`: group `group-1` is there already"),
            (&group("", "beta"), "blank", "column `group_id`: blank; a value is needed"),
            (&group("x", ""), "blank", "column `account_id`: blank; a value is needed"),
            (
                &group(&long_id, "beta"),
                "id_too_long",
                &format!("column `group_id`: group id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&group("x\ry", "beta"), "id_control_character", "column `group_id`: group id `x\\ry` holds a control character; remove it"),
            (&group("x", "betta"), "unknown_id", "column `account_id`: unknown account `betta` (did you mean `beta`?)"),
            (
                &group("gamma", "beta"),
                "group_named_like_account",
                "column `group_id`: group `gamma` of account `beta` has the id of another account; give it another id",
            ),
            (&with("template", "standrad"), "unknown_name", "column `template`: unknown template `standrad` (did you mean `standard`?)"),
            (
                &with("template", "deluxe"),
                "unknown_name",
                "column `template`: unknown template `deluxe`; the policy knows light, standard, enterprise",
            ),
            (
                &with("template", &million),
                "id_too_long",
                &format!("column `template`: template `{START}…` has 1000000 bytes; at most 256 are allowed"),
            ),
            (
                &with("membership", "explict"),
                "not_allowed",
                "column `membership`: `explict` is none of all, explicit (did you mean `explicit`?)",
            ),
            (&with("membership", "some"), "not_allowed", "column `membership`: `some` is none of all, explicit"),
            (
                &with("solution", &long_id),
                "id_too_long",
                &format!("column `solution`: solution `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&with("solution", "a\0b"), "id_control_character", "column `solution`: solution `a\\0b` holds a control character; remove it"),
        ],
    );
}

#[test]
fn members() {
    let (long_id, million) = (long(300), long(1_000_000));
    let member = |group, contact, role| [("group_id", group), ("contact_id", contact), ("role", role)];
    each(
        "members.csv",
        &[
            (&member("group-2", "ann", "coach"), "unknown_id", "column `group_id`: unknown group `group-2` (did you mean `group-1`?)"),
            (&member("acme", "ann", "coach"), "unknown_id", "column `group_id`: unknown group `acme`"),
            (&member("group-1", "abn", "coach"), "unknown_id", "column `contact_id`: unknown contact `abn` (did you mean `ann`?)"),
            (&member("", "ann", "coach"), "blank", "column `group_id`: blank; a value is needed"),
            (&member("group-1", "", "coach"), "blank", "column `contact_id`: blank; a value is needed"),
            (&member("group-1", "ann", ""), "blank", "column `role`: blank; a value is needed"),
            (
                &member(&long_id, "ann", "coach"),
                "id_too_long",
                &format!("column `group_id`: group id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &member("group-1", &long_id, "coach"),
                "id_too_long",
                &format!("column `contact_id`: contact id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &member("group-1", "ann", &million),
                "id_too_long",
                &format!("column `role`: role `{START}…` has 1000000 bytes; at most 256 are allowed"),
            ),
            (&member("group-1", "ann", "couch"), "unknown_name", "column `role`: unknown role `couch` (did you mean `coach`?)"),
            (
                &member("group-1", "ann", "coach;influencer"),
                "unknown_name",
                "column `role`: unknown role `coach;influencer`; the policy knows economic_buyer, decision_maker, executive_sponsor, champion, \
            technical_evaluator, influencer, end_user, procurement_legal, coach, unknown",
            ),
            (
                &member("group-1", "cyd", "coach"),
                "member_of_another_account",
                "column `contact_id`: contact `cyd` is not of account `acme`, which group `group-1` belongs to",
            ),
            (
                &member("gamma", "ann", "coach"),
                "member_of_another_account",
                "column `contact_id`: contact `ann` is not of account `gamma`, which group `gamma` belongs to",
            ),
            (
                &member("group-1", "rep", "coach"),
                "member_of_another_account",
                "column `contact_id`: contact `rep` is not of account `acme`, which group `group-1` belongs to",
            ),
            (
                &member("group-1", "ann", "economic_buyer"),
                "repeated_member",
                "contact `ann` is named as `economic_buyer` for group `group-1` already",
            ),
        ],
    );
}

#[test]
fn ties() {
    let long_id = long(300);
    let tie = |from, to, kind, strength| [("from_id", from), ("to_id", to), ("kind", kind), ("strength", strength)];
    each(
        "ties.csv",
        &[
            (&tie("an", "bob", "knows", "1"), "unknown_id", "column `from_id`: unknown contact `an` (did you mean `ann`?)"),
            (&tie("ann", "bobb", "knows", "1"), "unknown_id", "column `to_id`: unknown contact `bobb` (did you mean `bob`?)"),
            (&tie("ann", "acme", "knows", "1"), "unknown_id", "column `to_id`: unknown contact `acme`"),
            (&tie("", "bob", "knows", "1"), "blank", "column `from_id`: blank; a value is needed"),
            (&tie("ann", "", "knows", "1"), "blank", "column `to_id`: blank; a value is needed"),
            (&tie("ann", "bob", "", "1"), "blank", "column `kind`: blank; a value is needed"),
            (&tie("ann", "bob", "knows", ""), "blank", "column `strength`: blank; a value is needed"),
            (
                &tie(&long_id, "bob", "knows", "1"),
                "id_too_long",
                &format!("column `from_id`: contact id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (
                &tie("ann", &long_id, "knows", "1"),
                "id_too_long",
                &format!("column `to_id`: contact id `{START}…` has 300 bytes; at most 256 are allowed"),
            ),
            (&tie("ann", "ann", "knows", "1"), "self_tie", "column `to_id`: contact `ann` is tied to itself"),
            (
                &tie("ann", "bob", "work_with", "1"),
                "not_allowed",
                "column `kind`: `work_with` is none of influences, works_with, knows (did you mean `works_with`?)",
            ),
            (&tie("ann", "bob", "likes", "1"), "not_allowed", "column `kind`: `likes` is none of influences, works_with, knows"),
            (&tie("ann", "bob", "knows", "0"), "value_out_of_range", "column `strength`: `0` is outside 1..=100"),
            (&tie("ann", "bob", "knows", "101"), "value_out_of_range", "column `strength`: `101` is outside 1..=100"),
            (&tie("ann", "bob", "knows", "257"), "value_out_of_range", "column `strength`: `257` is outside 1..=100"),
            (
                &tie("ann", "bob", "knows", "-5"),
                "not_a_whole_number",
                "column `strength`: `-5` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &tie("ann", "bob", "knows", "0.5"),
                "not_a_whole_number",
                "column `strength`: `0.5` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &tie("ann", "bob", "knows", "80%"),
                "not_a_whole_number",
                "column `strength`: `80%` is no whole number; write digits alone, such as `1200`",
            ),
            (
                &tie("ann", "bob", "works_with", "70"),
                "repeated_tie",
                "contact `ann` has a tie `works_with` of strength 70 to `bob` already",
            ),
        ],
    );
}
