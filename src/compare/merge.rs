//! Two documents laid over one another: where they differ, and any document between them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::align::{self, Slot};
use super::difference::Difference;
use crate::document::{Node, canonical_json};

/// What the path of a difference of order begins with.
pub(super) const ORDER: &str = "order of ";

/// Fields that a document may leave out, so that one more or less is a difference of its own.
const OPTIONAL: [&str; 4] = ["cap", "role", "at_least", "at_most"];

/// Fields of a document that mean nothing to an assessment.
const LABELS: [&str; 2] = ["name", "version"];

/// Two documents in one, every difference a switch between them, by its number.
#[derive(Debug)]
pub(super) enum Merge {
    /// What both say.
    Same(Node),
    /// One difference: what one of them says.
    Either { number: usize, before: Option<Node>, after: Option<Node> },
    /// An object of both.
    Fields(Vec<(String, Merge)>),
    /// A list of both; where the order differs, the number of that difference and the places in their other order.
    Items { items: Vec<Merge>, reordered: Option<(usize, Vec<usize>)> },
}

impl Merge {
    /// Lays two policies over one another. The name and version are the earlier one's.
    pub(super) fn of(before: &Node, after: &Node) -> (Self, Vec<Difference>) {
        let mut finder = Finder { found: Vec::new() };
        let merged = match (before, after) {
            (Node::Map(b), Node::Map(a)) => finder.fields("", b, a),
            _ => finder.merge("", before, after),
        };
        (merged, finder.found)
    }

    /// The document in which the differences that are switched on are the later one's; `None`: there is nothing in this place.
    pub(super) fn build(&self, on: &impl Fn(usize) -> bool) -> Option<Node> {
        match self {
            Self::Same(node) => Some(node.clone()),
            Self::Either { number, before, after } => if on(*number) { after } else { before }.clone(),
            Self::Fields(fields) => {
                let fields = fields.iter().filter_map(|(name, value)| value.build(on).map(|value| (name.clone(), value)));
                Some(Node::Map(fields.collect()))
            }
            Self::Items { items, reordered: Some((number, order)) } if on(*number) => {
                Some(Node::List(order.iter().filter_map(|place| items[*place].build(on)).collect()))
            }
            Self::Items { items, .. } => Some(Node::List(items.iter().filter_map(|item| item.build(on)).collect())),
        }
    }
}

struct Finder {
    found: Vec<Difference>,
}

impl Finder {
    // Recursion is bounded: documents are at most 100 deep.
    fn merge(&mut self, path: &str, before: &Node, after: &Node) -> Merge {
        match (before, after) {
            _ if before == after => Merge::Same(before.clone()),
            (Node::Map(b), Node::Map(a)) if comparable(b, a) => self.fields(path, b, a),
            (Node::List(b), Node::List(a)) => self.items(path, b, a).unwrap_or_else(|| self.either(path, Some(before), Some(after))),
            _ => self.either(path, Some(before), Some(after)),
        }
    }

    fn either(&mut self, path: &str, before: Option<&Node>, after: Option<&Node>) -> Merge {
        self.found.push(Difference { path: path.into(), before: before.map(text), after: after.map(text), count: 1 });
        Merge::Either { number: self.found.len() - 1, before: before.cloned(), after: after.cloned() }
    }

    fn fields(&mut self, path: &str, before: &[(String, Node)], after: &[(String, Node)]) -> Merge {
        let names: (Vec<&str>, Vec<&str>) = (field_names(before).collect(), field_names(after).collect());
        let (slots, _) = align::by_name(&names.0, &names.1);
        let merged = slots.into_iter().map(|(b, a)| {
            let (b, a) = (b.map(|b| &before[b]), a.map(|a| &after[a]));
            let name = b.or(a).map_or("", |(name, _)| name);
            let at = if path.is_empty() { name.into() } else { format!("{path}.{name}") };
            let value = match (b, a) {
                (Some((_, b)), _) if path.is_empty() && LABELS.contains(&name) => Merge::Same(b.clone()),
                (Some((_, b)), Some((_, a))) => self.merge(&at, b, a),
                (b, a) => self.either(&at, b.map(|(_, b)| b), a.map(|(_, a)| a)),
            };
            (name.into(), value)
        });
        Merge::Fields(merged.collect())
    }

    /// `None`: the lists are too long to be compared item by item.
    fn items(&mut self, path: &str, before: &[Node], after: &[Node]) -> Option<Merge> {
        let Some((b, a)) = align::names(before).zip(align::names(after)) else {
            let slots = align::by_content(before, after)?;
            let at = |slot: &Slot| format!("{path}[{}]", slot.0.or(slot.1).unwrap_or(0));
            let items = slots.iter().map(|slot| self.slot(&at(slot), *slot, before, after)).collect();
            return Some(Merge::Items { items, reordered: None });
        };
        let (earlier, later) = align::by_name(&b, &a);
        let name = |slot: &Slot| slot.0.map(|i| b[i]).or_else(|| slot.1.map(|i| a[i])).unwrap_or("");
        let items = earlier.iter().map(|slot| self.slot(&format!("{path}[{}]", name(slot)), *slot, before, after)).collect();
        let reordered = (earlier != later).then(|| {
            let path = format!("{ORDER}{path}");
            self.found.push(Difference { path, before: Some(b.join(", ")), after: Some(a.join(", ")), count: 1 });
            let places = later.iter().filter_map(|slot| earlier.iter().position(|one| one == slot));
            (self.found.len() - 1, places.collect())
        });
        Some(Merge::Items { items, reordered })
    }

    fn slot(&mut self, path: &str, slot: Slot, before: &[Node], after: &[Node]) -> Merge {
        match (slot.0.map(|i| &before[i]), slot.1.map(|i| &after[i])) {
            (Some(before), Some(after)) => self.merge(path, before, after),
            (before, after) => self.either(path, before, after),
        }
    }
}

fn field_names(fields: &[(String, Node)]) -> impl Iterator<Item = &str> {
    fields.iter().map(|(name, _)| name.as_str())
}

/// Whether two objects say the same sort of thing, so that one may take single fields of the other: they share a field, none but optional fields
/// are in one alone, and neither their type nor a fraction differs.
fn comparable(before: &[(String, Node)], after: &[(String, Node)]) -> bool {
    let get = |fields: &[(String, Node)], name: &str| fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
    let lacks = |fields: &[(String, Node)], name: &str| !field_names(fields).any(|one| one == name);
    let mut alone = field_names(before).filter(|name| lacks(after, name)).chain(field_names(after).filter(|name| lacks(before, name)));
    let shares = field_names(before).any(|name| !lacks(after, name));
    let optional = alone.all(|name| OPTIONAL.contains(&name));
    shares && optional && get(before, "type") == get(after, "type") && lacks(before, "numerator")
}

/// A text as it is, anything else as canonical JSON.
fn text(node: &Node) -> String {
    if let Node::Text(text) = node { text.clone() } else { canonical_json(node) }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::policy::Policy;

    /// The default policy with a part of its text replaced.
    #[track_caller]
    fn with(changes: &[(&str, &str)]) -> Policy {
        let text = changes.iter().fold(Policy::default().to_json(), |text, (from, to)| {
            assert!(text.contains(from), "{from} is not in the policy");
            text.replacen(from, to, 1)
        });
        Policy::from_json(&text).unwrap()
    }

    /// What differs, having checked that no difference is the earlier policy and all of them are the later one.
    #[track_caller]
    fn said(before: &Policy, after: &Policy) -> Vec<String> {
        let (merge, found) = Merge::of(&before.to_node(), &after.to_node());
        assert_eq!(merge.build(&|_| false), Some(before.to_node()));
        assert_eq!(merge.build(&|_| true), Some(after.to_node()));
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_clause_more_or_less_leaves_the_others_as_they_are() {
        let rule = r#"{"all":[{"points":{"at_least":"100"}},{"engaged_people":{"at_least":2}}"#;
        let less = with(&[(rule, r#"{"all":[{"engaged_people":{"at_least":3}}"#)]);
        let lines =
            ["qualification.all[0] taken away: {\"points\":{\"at_least\":\"100\"}}", "qualification.all[1].engaged_people.at_least 2 → 3"];
        assert_eq!(said(&Policy::default(), &less), lines);
        let lines =
            ["qualification.all[0] added: {\"points\":{\"at_least\":\"100\"}}", "qualification.all[0].engaged_people.at_least 3 → 2"];
        assert_eq!(said(&less, &Policy::default()), lines);
    }

    #[test]
    fn another_sort_of_thing_is_one_difference_as_a_whole() {
        let linear = with(&[
            (r#"{"half_life_days":60,"type":"exponential"}"#, r#"{"days":9,"type":"linear"}"#),
            (r#"{"all":[{"points""#, r#"{"any":[{"points""#),
            (r#"{"denominator":3,"numerator":2}"#, r#"{"denominator":4,"numerator":3}"#),
        ]);
        let found = said(&Policy::default(), &linear);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("kinds[demo_request].decay {"), "{found:?}");
        assert!(found[2].starts_with("qualification {\"all\":"), "{found:?}");
    }

    #[test]
    fn names_are_matched_and_another_order_is_one_difference() {
        let mut document = Policy::default().into_document();
        document.roles.swap(0, 1);
        document.roles[0].weight = 90;
        let gone = document.templates[1].seats.remove(4);
        document.channels.iter_mut().find(|one| one.cap.is_some()).unwrap().cap = None;
        let after = Policy::new(document).unwrap();
        let found = said(&Policy::default(), &after);
        assert_eq!(found[0], "roles[decision_maker].weight 100 → 90");
        assert_eq!(found[1], "another order of roles");
        assert!(found[2].starts_with(&format!("templates[standard].seats[{}] taken away: ", gone.role)), "{found:?}");
        assert!(found[3].contains(".cap taken away: "), "{found:?}");
        assert_eq!(found.len(), 4);
        said(&after, &Policy::default());
    }
}
