//! Canonical JSON: one text for one meaning, so that equal documents hash alike.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::node::Node;

/// The tree as JSON without white space, the fields of every object in the order of their UTF-8 bytes, texts escaped as `serde_json` does
/// (only what must be).
pub(crate) fn canonical_json(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Null | Node::Float => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Whole(value) => out.push_str(&value.to_string()),
        Node::Text(text) => write_text(text, out),
        Node::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Node::Map(fields) => write_map(fields, out),
    }
}

fn write_map(fields: &[(String, Node)], out: &mut String) {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    out.push('{');
    for (i, (name, value)) in sorted.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

fn write_text(text: &str, out: &mut String) {
    // A text always serialises; the fallback keeps the function total.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}
