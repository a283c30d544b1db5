//! `quorate paths --account`: what is said of a group in which somebody is against us, somebody who decides is engaged, and a manager stands outside.

use std::fmt::Write as _;

use serde_json::json;

use crate::acme::{acme, ask, has, object};
use crate::support::Dir;

/// A subsidiary of which three are engaged, one of them decides, two are against us, and whose people report to somebody at the parent.
fn north() -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,name,parent_id\nacme,Acme AG,\nnorth,Acme North,acme\n")
        .with(
            "contacts.csv",
            "contact_id,account_id,name,title,roles,reports_to,relationship,stance\n\
             rep,,Rae Poe,Account Executive,,,own_staff,\n\
             ann,north,Ann Lee,Head of Planning,champion,kim,,\n\
             bea,north,Bea Orr,Planner,end_user,kim,,\n\
             dan,north,Dan Fox,CFO,economic_buyer,,,\n\
             fay,north,Fay Gil,COO,executive_sponsor,,,\n\
             kim,acme,Kim Sol,Group CIO,,,,\n\
             otto,north,Otto Rim,IT Director,technical_evaluator,,,opponent\n\
             pia,north,Pia Vos,,executive_sponsor,,,opponent\n",
        )
        .with("signals.csv", "kind,at,contact_id\ndemo_request,2025-05-01,ann\ndemo_request,2025-05-01,bea\ndemo_request,2025-05-01,dan\n")
        .with(
            "ties.csv",
            "from_id,to_id,kind,strength\nann,dan,knows,40\nbea,dan,knows,30\notto,bea,influences,90\notto,kim,influences,80\n\
             bea,fay,influences,50\npia,otto,knows,70\n",
        )
}

#[test]
fn opponents_engaged_deciders_and_a_manager_outside_are_told_apart() {
    let ran = ask(&north(), "paths", &["--account", "north"]).ends_with(0);
    let expected = "\
Acme North (north), as of 2025-05-05

Who decides, and who leads there
  Dan Fox (dan), CFO: economic buyer, engaged
    from other engaged members, whatever the length: 2 ways that share nobody else
  Fay Gil (fay), COO: executive sponsor, silent
    from engaged members
      0.5         ask Bea Orr (bea), Planner
                    who influences (50) Fay Gil (fay), COO
      0.32        ask Ann Lee (ann), Head of Planning
                    who reports to (80) Kim Sol (kim), Group CIO, at Acme AG
                    who manages (80) Bea Orr (bea), Planner
                    who influences (50) Fay Gil (fay), COO
      0.15        ask Dan Fox (dan), CFO
                    who knows (30) Bea Orr (bea), Planner
                    who influences (50) Fay Gil (fay), COO
    from our own people: no way of at most 4 lines
    from engaged members, whatever the length: 1 way
    on every way: Bea Orr (bea)
  Pia Vos (pia): executive sponsor, against us

Who may decide
  Kim Sol (kim) is the nearest manager of Ann Lee (ann), Bea Orr (bea) and may be the missing decision maker; no member of the group

Who would be missed
  without Bea Orr (bea) no engaged member has a way to Fay Gil (fay)

How far opponents reach
  Otto Rim (otto), IT Director influences Bea Orr (bea) with 0.9 over 1 tie, Fay Gil (fay) with 0.45 over 2 ties
  Pia Vos (pia) influences nobody of the group, by the ties that are known

8 people, 13 lines from one to another. Quality: the strengths of a way's lines, each in hundredths, multiplied.
";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    let found = object(&ask(&north(), "paths", &["--account", "north", "--format", "json"]).ends_with(0));
    let deciding = found["deciding"].as_array().expect("people");
    assert_eq!((&deciding[0]["paths"], &deciding[0]["resilience"]["disjoint"]), (&json!([]), &json!([["ann", "dan"], ["bea", "dan"]])));
    assert_eq!((&deciding[2]["opponent"], &deciding[2]["resilience"]["disjoint"]), (&json!(true), &json!([])));
    assert_eq!(
        (&found["common_manager"]["contact"], &found["common_manager"]["member"], &found["common_manager"]["of"]),
        (&json!("kim"), &json!(false), &json!(["ann", "bea"]))
    );
    assert_eq!(found["people"]["kim"], json!({"name": "Kim Sol", "title": "Group CIO", "account_id": "acme"}));
    assert_eq!((&found["network"]["people"], &found["network"]["lines"]), (&json!(8), &json!(13)));
}

#[test]
fn a_manager_within_the_group_is_no_outsider_and_one_against_us_is_told() {
    let contacts = |stance: &str| {
        format!(
            "contact_id,account_id,name,roles,reports_to,stance\nann,acme,Ann Lee,champion,kim,\nkim,acme,Kim Sol,,,{stance}\n\
             dan,acme,Dan Fox,economic_buyer,,\n"
        )
    };
    let data = acme().without("ties.csv").without("interactions.csv");
    let told = |data: &Dir| ask(data, "paths", &["--account", "acme"]).ends_with(0).out;
    let data = data.with("contacts.csv", contacts(""));
    has(&told(&data), &["\nWho may decide\n  Kim Sol (kim) manages Ann Lee (ann) and may be the missing decision maker\n"]);
    let data = data.with("contacts.csv", contacts("opponent"));
    has(
        &told(&data),
        &["\nWho may decide\n  Kim Sol (kim) manages Ann Lee (ann) and may be the missing decision maker, but is against us\n"],
    );
}

#[test]
fn nobody_to_begin_with_is_told_as_such() {
    let contacts = "contact_id,account_id,name,roles\nann,acme,Ann Lee,champion\ndan,acme,Dan Fox,economic_buyer\n";
    let data = acme().with("contacts.csv", contacts).with("signals.csv", "kind,at,contact_id\n").without("interactions.csv");
    let data = data.with("ties.csv", "from_id,to_id,kind,strength\nann,dan,knows,50\n");
    has(
        &ask(&data, "paths", &["--account", "acme"]).ends_with(0).out,
        &[
            "Dan Fox (dan): economic buyer, silent\n    from engaged members: nobody is engaged\n    from our own people: none of them is known\n    \
             from engaged members, whatever the length: no way at all\n",
        ],
    );
    has(&ask(&data, "paths", &["--account", "beta"]).ends_with(0).out, &["\nWho decides, and who leads there\n  nobody known\n"]);
}

/// A row of a dozen people from the champion to who decides, each of whom somebody against us influences.
fn row() -> Dir {
    let ids: Vec<String> = (0..12).map(|number| format!("m{number:02}")).collect();
    let mut contacts =
        String::from("contact_id,account_id,roles,stance\nann,acme,champion,\ndan,acme,economic_buyer,\nzed,acme,,opponent\n");
    let mut ties = String::from("from_id,to_id,kind,strength\n");
    for id in &ids {
        writeln!(contacts, "{id},acme,end_user,").expect("text");
        writeln!(ties, "zed,{id},influences,50").expect("text");
    }
    let all: Vec<&str> = std::iter::once("ann").chain(ids.iter().map(String::as_str)).chain(["dan"]).collect();
    for pair in all.windows(2) {
        writeln!(ties, "{},{},influences,10", pair[0], pair[1]).expect("text");
    }
    acme().with("contacts.csv", contacts).with("ties.csv", ties).without("interactions.csv")
}

#[test]
fn ten_are_named_and_the_others_are_counted() {
    let out = ask(&row(), "paths", &["--account", "acme"]).ends_with(0).out;
    has(
        &out,
        &[
            "  without ann no engaged member has a way to dan\n  without m00 no engaged",
            "  without m08 no engaged member has a way to dan\n  and 3 more\n",
            "  zed influences m00 with 0.5 over 1 tie, m01 with 0.5 over 1 tie, ",
            "m09 with 0.5 over 1 tie, and 3 more\n",
        ],
    );
    assert!(!out.contains("without m09") && !out.contains("m10 with"), "{out}");
    // Eleven are one more than are named, ten are all.
    let found = object(&ask(&row(), "paths", &["--account", "acme", "--format", "json"]).ends_with(0));
    let lengths = [&found["missed"], &found["opponents"][0]["members"]].map(|all| all.as_array().map(Vec::len));
    assert_eq!(lengths, [Some(13), Some(13)]);
}
