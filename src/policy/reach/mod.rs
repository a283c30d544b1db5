//! What of a policy can never make a difference: rules that are never or always true, stages that no group can reach.
//!
//! Sound: what is claimed holds for every graph, tally and day. Every step takes more for possible than is: bounds that no data can pass
//! (`bounds`), answers that follow from one another (`imply`, `table`), and a search of limited length over the answers that are left
//! (`search`). What it cannot decide it does not claim.

mod answers;
mod bounds;
mod demand;
mod imply;
mod model;
mod rule;
mod search;
mod stage;
mod table;
mod tree;

use alloc::vec::Vec;

use self::answers::Answers;
use self::bounds::Bounds;
use self::model::Model;
use self::stage::Own;
use self::tree::Tree;
use super::document::FitSource;
use super::finding::Finding;
use super::{Compiled, PolicyDocument};

/// A policy with the answers that its rules can have.
#[derive(Debug)]
struct Reach<'p> {
    document: &'p PolicyDocument,
    bounds: Bounds<'p>,
    tree: Tree<'p>,
    /// The answers that each part of the tree can have.
    possible: Vec<Answers>,
}

/// The findings: those of the rules in the order of the document, then those of the stages in their order.
pub(super) fn findings(document: &PolicyDocument, compiled: &Compiled) -> Vec<Finding> {
    let bounds = Bounds::of(compiled, document);
    let own = Own::of(document);
    let mut tree = Tree::new(document.fit.source == FitSource::None);
    let qualification = tree.rule(&compiled.qualification, "qualification");
    let exclusion = tree.rule(&compiled.exclusion, "exclusion");
    let qualified = stage::qualified(&mut tree, &own, (qualification, exclusion), document.fit.source);
    let model = Model::of(&bounds, &tree.tests);
    let possible = search::possible(&tree, &model);
    let reach = Reach { document, bounds, tree, possible };
    let mut findings = rule::qualification(&reach, qualification);
    findings.extend(rule::exclusion(&reach, exclusion));
    findings.extend(stage::findings(&reach, &qualified));
    findings
}
