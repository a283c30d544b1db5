//! Changing a policy document in the places that a comparison names: a second, independent reading of its paths.

use quorate::Difference;
use serde_json::Value;

/// A step of a path: a field, or an item by name or number.
enum Step {
    Field(String),
    Item(String),
}

/// The document with some differences of it made, as they are in the later document.
///
/// What is added goes to the end of its list; the order of lists decides no verdict.
pub fn patched(before: &Value, after: &Value, differences: &[&Difference]) -> Value {
    let mut document = before.clone();
    let real: Vec<&&Difference> = differences.iter().filter(|one| !one.path.starts_with("order of ")).collect();
    let changed = real.iter().filter(|one| one.before.is_some() && one.after.is_some());
    let added = real.iter().filter(|one| one.before.is_none());
    // From the last to the first, so that numbers stay those of the document.
    let removed = real.iter().rev().filter(|one| one.after.is_none());
    for difference in changed.chain(added).chain(removed) {
        set(&mut document, after, difference);
    }
    document
}

fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (field, mut items) = part.split_at(part.find('[').unwrap_or(part.len()));
        steps.push(Step::Field(field.to_owned()));
        while let Some(rest) = items.strip_prefix('[') {
            let (item, left) = rest.split_once(']').expect("a closed bracket");
            steps.push(Step::Item(item.to_owned()));
            items = left;
        }
    }
    steps
}

fn set(document: &mut Value, after: &Value, difference: &Difference) {
    let mut path = steps(&difference.path);
    let counted = path.iter().any(|step| matches!(step, Step::Item(item) if item.parse::<usize>().is_ok()));
    let value = match &difference.after {
        None => None,
        // Numbers are those of the earlier document, so that only what is said of the place can be used.
        Some(text) if counted => Some(parsed(text, find(document, &path), &difference.path)),
        Some(_) => Some(find(after, &path).expect("the later document has it").clone()),
    };
    let last = path.pop().expect("a path");
    let parent = path.iter().fold(document, |at, step| child(at, step).expect("the earlier document has it"));
    match (last, value) {
        (Step::Field(name), Some(value)) => parent[name] = value,
        (Step::Field(name), None) => drop(parent.as_object_mut().expect("an object").remove(&name)),
        (Step::Item(name), value) => {
            let place = place(parent, &name).filter(|_| difference.before.is_some());
            let items = parent.as_array_mut().expect("a list");
            match (place, value) {
                (Some(place), Some(value)) => items[place] = value,
                (Some(place), None) => drop(items.remove(place)),
                (None, value) => items.extend(value),
            }
        }
    }
}

/// A value from its text: a text where one stands or a bound is added, else JSON.
fn parsed(text: &str, existing: Option<&Value>, path: &str) -> Value {
    let bound = existing.is_none() && (path.ends_with(".at_least") || path.ends_with(".at_most"));
    let is_text = existing.is_some_and(Value::is_string) || bound;
    if is_text && !text.starts_with('{') { Value::from(text) } else { serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)) }
}

fn find<'a>(document: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(document, |at, step| match step {
        Step::Field(name) => at.get(name),
        Step::Item(name) => at.get(place(at, name)?),
    })
}

fn child<'a>(at: &'a mut Value, step: &Step) -> Option<&'a mut Value> {
    match step {
        Step::Field(name) => at.get_mut(name),
        Step::Item(name) => {
            let place = place(at, name)?;
            at.get_mut(place)
        }
    }
}

fn place(list: &Value, name: &str) -> Option<usize> {
    let items = list.as_array()?;
    let named = items.iter().position(|item| item == name || item["name"] == name || item["role"] == name);
    named.or_else(|| name.parse().ok().filter(|place| *place < items.len()))
}
