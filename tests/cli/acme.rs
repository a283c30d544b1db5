//! One account to ask about, and how the questions about people and lines are asked.

use serde_json::Value;

use crate::support::{DAY, Dir, Ran, run};

/// An account whose champion is engaged and knows a colleague, who knows one of two who decide; one of ours knows a colleague of the other's.
pub(crate) fn acme() -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,name,parent_id\nacme,Acme AG,\nnorth,Acme North,acme\nbeta,Beta GmbH,\n")
        .with(
            "contacts.csv",
            "contact_id,account_id,name,title,roles,reports_to,relationship\n\
             rep,,Rae Poe,Account Executive,,,own_staff\n\
             ann,acme,Ann Lee,Head of Planning,champion,,\n\
             bea,acme,Bea Orr,Planner,end_user,,\n\
             dan,acme,Dan Fox,CFO,economic_buyer,,\n\
             eve,acme,Eve Ash,,decision_maker,,\n\
             gus,acme,Gus Oak,Assistant,end_user,eve,\n\
             nia,north,Nia Elm,Plant Manager,,gus,\n",
        )
        .with("signals.csv", "kind,at,contact_id\ndemo_request,2025-05-01,ann\n")
        .with("ties.csv", "from_id,to_id,kind,strength\nbea,dan,works_with,60\n")
        .with("interactions.csv", ANN_MET_BEA)
}

/// Two meetings and a mail each way on the day: 1 + 3 × 2 + 1.
pub(crate) const ANN_MET_BEA: &str = "from_id,to_id,at,kind\nann,bea,2025-05-05T09:00:00Z,meeting\nbea,ann,2025-05-05,meeting\nann,bea,2025-05-05,mail\n\
                           bea,ann,2025-05-05,mail\n";

#[track_caller]
pub(crate) fn ask(data: &Dir, command: &str, more: &[&str]) -> Ran {
    let path = data.path();
    run(&[&[command, "--data", &path, "--as-of", DAY], more].concat())
}

#[track_caller]
pub(crate) fn object(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("one JSON object")
}

#[track_caller]
pub(crate) fn has(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "`{words}` is missing in\n{text}");
    }
}
