//! `quorate family`: parents and subsidiaries, each by itself, those below it, and all together.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use quorate::{AccountAssessment, AccountGraph, Assessor, GroupAssessment};

use crate::args::{ExplainFormat, FamilyArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::ready::Ready;
use crate::show::family;

/// An account in its family.
#[derive(Debug)]
pub struct Node<'a> {
    pub account: &'a str,
    /// The place of the account above among the nodes.
    pub parent: Option<usize>,
    /// How many accounts stand above it among the nodes.
    pub depth: usize,
    /// How many stand directly below it.
    pub children: usize,
    /// `None`: no policy of the set applies to any of its groups.
    pub assessed: Option<&'a AccountAssessment>,
    /// The best group of the account and all below it.
    pub best: Option<&'a GroupAssessment>,
}

/// Reads, assesses, prints.
pub fn run(args: &FamilyArgs) -> Result<Done, Stop> {
    let ready = Ready::read(&args.data)?;
    let graph = &ready.data.graph;
    let assessor = Assessor::new(graph, &ready.data.tally, ready.chosen.policies());
    let assessed = match &args.account {
        Some(id) => assessor.family(id, args.as_of).map_err(|error| Stop::bad(error.to_string()))?,
        None => assessor.assess(args.as_of).accounts,
    };
    let nodes = nodes(args.account.as_deref(), &assessed, graph);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => family::print(&mut out, &nodes, graph, args.as_of)?,
        ExplainFormat::Json => {
            let policies = ready.chosen.all().into_iter().map(|policy| &**policy.label()).collect();
            family::json(&mut out, &nodes, policies, graph, args.as_of)?;
        }
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

/// The accounts, each followed by those below it, by id; a family may be deeper than the program's stack.
fn nodes<'a>(top: Option<&'a str>, assessed: &'a [AccountAssessment], graph: &'a AccountGraph) -> Vec<Node<'a>> {
    let by_id: BTreeMap<&str, &AccountAssessment> = assessed.iter().map(|one| (one.account_id(), one)).collect();
    let mut stack: Vec<(&str, Option<usize>, usize)> = match top {
        Some(top) => vec![(top, None, 0)],
        None => graph.accounts().filter(|id| graph.parent_of(id).is_none()).map(|id| (id, None, 0)).collect(),
    };
    stack.reverse();
    let mut nodes: Vec<Node<'_>> = Vec::new();
    while let Some((account, parent, depth)) = stack.pop() {
        let children = graph.children_of(account);
        let assessed = by_id.get(account).copied();
        let best = assessed.map(AccountAssessment::best);
        stack.extend(children.iter().rev().map(|child| (*child, Some(nodes.len()), depth + 1)));
        nodes.push(Node { account, parent, depth, children: children.len(), assessed, best });
    }
    // Those below come after: from the last on, each is done when its parent is asked.
    for at in (0..nodes.len()).rev() {
        if let (Some(parent), Some(best)) = (nodes[at].parent, nodes[at].best) {
            nodes[parent].best = Some(nodes[parent].best.map_or(best, |other| std::cmp::max_by_key(best, other, |group| group.rank())));
        }
    }
    nodes
}
