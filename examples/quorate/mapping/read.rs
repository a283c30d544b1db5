//! Reading a mapping document: strictly, all problems at once, each with its path.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{Problem, ProblemKind, Problems};

use super::node::Node;
use super::{From, Mapping, Only, Source, Values};
use crate::files::{Column, TABLES, Table};
use crate::words::shown;

/// What joins several columns when the document does not say.
const JOINT: &str = " / ";

const TOP: [&str; 3] = ["schema", "name", "files"];
const SOURCE: [&str; 9] = ["file", "columns", "constants", "values", "only", "id_prefix", "attributes", "optional", "lenient"];

impl Mapping {
    /// Reads a mapping document.
    ///
    /// # Errors
    /// All its problems.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        let node: Node = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(node) => node,
            Err(error) => return Err(Problem::new("", ProblemKind::Unreadable { reason: error.to_string() }).into()),
        };
        let mut read = Read(Problems::default());
        let mapping = read.mapping(&node);
        read.0.or(mapping)
    }
}

/// Collects problems while reading.
struct Read(Problems);

impl Read {
    fn note(&mut self, path: &str, kind: ProblemKind) {
        self.0.push(Problem::new(path, kind));
    }

    fn wrong(&mut self, path: &str, expected: &'static str, node: &Node) {
        self.note(path, ProblemKind::WrongType { expected: expected.into(), found: node.what().into() });
    }

    fn inconsistent(&mut self, path: &str, message: String) {
        self.note(path, ProblemKind::Inconsistent(message.into()));
    }

    fn mapping(&mut self, node: &Node) -> Mapping {
        let fields = self.object("", node);
        self.known("", fields, &TOP);
        match get(fields, "schema") {
            Some(Node::Whole(1)) => {}
            Some(Node::Whole(other)) => self.note("schema", ProblemKind::OutOfRange { value: other.to_string(), allowed: "1..=1".into() }),
            Some(other) => self.wrong("schema", "a whole number", other),
            None => self.note("", ProblemKind::MissingField { name: "schema".into() }),
        }
        let name = self.required_text("", fields, "name");
        let mut files = BTreeMap::new();
        let Some(node) = get(fields, "files") else {
            self.note("", ProblemKind::MissingField { name: "files".into() });
            return Mapping { name, files };
        };
        let tables = self.object("files", node);
        self.known("files", tables, &TABLES.map(Table::name));
        for (table, node) in TABLES.iter().filter_map(|table| get(tables, table.name()).map(|node| (*table, node))) {
            let path = format!("files.{}", table.name());
            let items = self.list(&path, node).iter().enumerate();
            let sources: Vec<Source> = items.map(|(i, node)| self.source(&format!("{path}[{i}]"), table, node)).collect();
            if sources.is_empty() {
                self.inconsistent(&path, "at least one file is needed; leave the table out to read its own file".into());
            }
            files.insert(table, sources);
        }
        Mapping { name, files }
    }

    fn source(&mut self, path: &str, table: Table, node: &Node) -> Source {
        let fields = self.object(path, node);
        self.known(path, fields, &SOURCE);
        let source = Source {
            file: self.required_text(path, fields, "file"),
            columns: self.columns(path, table, fields),
            constants: self.constants(path, table, fields),
            values: self.values(path, table, fields),
            only: self.only(path, fields),
            id_prefix: self.text_if_any(path, fields, "id_prefix"),
            attributes: self.attributes(path, fields),
            optional: self.flag(path, fields, "optional"),
            lenient: self.flag(path, fields, "lenient"),
            native: false,
        };
        self.together(path, table, &source);
        source
    }

    /// What can be said only of a source as a whole.
    fn together(&mut self, path: &str, table: Table, source: &Source) {
        for name in source.constants.keys().filter(|name| source.columns.contains_key(*name)) {
            self.inconsistent(&format!("{path}.constants.{name}"), format!("`{name}` has a column and a constant; keep one"));
        }
        for name in source.values.keys().filter(|name| !source.columns.contains_key(*name)) {
            self.inconsistent(
                &format!("{path}.values.{name}"),
                format!("`{name}` has no entry in `columns`; its values come from nowhere"),
            );
        }
        let has = |name: &str| source.columns.contains_key(name) || source.constants.contains_key(name);
        let needed = |column: &&Column| column.required && !table.instead_of(column.name).iter().any(|name| has(name));
        for column in table.columns().iter().filter(needed).filter(|column| !has(column.name)) {
            self.inconsistent(path, format!("`{}` needs a column or a constant", column.name));
        }
        if table == Table::Signals && !["contact_id", "account_id", "email"].iter().any(|name| has(name)) {
            self.inconsistent(path, "a signal needs a `contact_id`, an `account_id` or an `email`".into());
        }
        if table != Table::Signals && !source.id_prefix.is_empty() {
            self.inconsistent(&format!("{path}.id_prefix"), "only signals have prefixed ids".into());
        }
        if table != Table::Accounts && !source.attributes.is_empty() {
            self.inconsistent(&format!("{path}.attributes"), "only accounts have custom attributes".into());
        }
    }

    fn columns(&mut self, path: &str, table: Table, fields: &[(String, Node)]) -> BTreeMap<&'static str, From> {
        let mut columns = BTreeMap::new();
        for (name, path, node) in self.by_column(path, table, fields, "columns") {
            if let Some(from) = self.from(&path, node) {
                columns.insert(name, from);
            }
        }
        columns
    }

    /// `{"where": "A", "is": ["x", "y"]}`.
    fn only(&mut self, path: &str, fields: &[(String, Node)]) -> Option<Only> {
        let (path, node) = (format!("{path}.only"), get(fields, "only")?);
        let fields = self.object(&path, node);
        self.known(&path, fields, &["where", "is"]);
        let mut needed = |name: &'static str| {
            let node = get(fields, name);
            if node.is_none() {
                self.note(&path, ProblemKind::MissingField { name: name.into() });
            }
            node
        };
        let (from, is) = (needed("where"), needed("is"));
        let from = from.and_then(|node| self.from(&format!("{path}.where"), node));
        let is = is.map(|node| self.texts(&format!("{path}.is"), node));
        Some(Only { from: from?, is: is?.iter().map(|value| value.trim().to_lowercase()).collect() })
    }

    /// `"A"`, `["A", "B"]`, `{"join": ["A", "B"], "with": " "}` or `{"first": ["A", "B"]}`.
    fn from(&mut self, path: &str, node: &Node) -> Option<From> {
        let from = match node {
            Node::Text(name) => From::Joined(vec![name.clone()], JOINT.into()),
            Node::List(_) => From::Joined(self.texts(path, node), JOINT.into()),
            Node::Map(fields) => match get(fields, "first") {
                Some(list) => {
                    self.known(path, fields, &["first"]);
                    From::First(self.texts(&format!("{path}.first"), list))
                }
                None => self.join(path, fields)?,
            },
            other => {
                self.wrong(path, "a column, a list of columns, or an object with `join` or `first`", other);
                return None;
            }
        };
        if from.columns().iter().all(String::is_empty) {
            self.inconsistent(path, "no column is named".into());
            return None;
        }
        Some(from)
    }

    fn join(&mut self, path: &str, fields: &[(String, Node)]) -> Option<From> {
        self.known(path, fields, &["join", "with", "first"]);
        let Some(list) = get(fields, "join") else {
            self.note(path, ProblemKind::MissingField { name: "join".into() });
            return None;
        };
        let with = if get(fields, "with").is_some() { self.text_if_any(path, fields, "with") } else { JOINT.into() };
        Some(From::Joined(self.texts(&format!("{path}.join"), list), with))
    }

    fn constants(&mut self, path: &str, table: Table, fields: &[(String, Node)]) -> BTreeMap<&'static str, String> {
        let mut constants = BTreeMap::new();
        for (name, path, node) in self.by_column(path, table, fields, "constants") {
            constants.insert(name, self.text(&path, node));
        }
        constants
    }

    fn values(&mut self, path: &str, table: Table, fields: &[(String, Node)]) -> BTreeMap<&'static str, Values> {
        let mut all = BTreeMap::new();
        for (name, path, node) in self.by_column(path, table, fields, "values") {
            let mut values = Values::default();
            let listed = self.object(&path, node);
            self.repeats(&path, listed);
            for (value, meaning) in listed {
                let meaning = self.text(&format!("{path}.{}", shown(value)), meaning);
                values.insert(value.trim().into(), meaning);
            }
            all.insert(name, values);
        }
        all
    }

    /// `["Region"]`, or `{"segment": "Segment__c"}` to give the attribute another name.
    fn attributes(&mut self, path: &str, fields: &[(String, Node)]) -> Vec<(String, String)> {
        let path = format!("{path}.attributes");
        match get(fields, "attributes") {
            None => Vec::new(),
            Some(Node::Map(named)) => {
                self.repeats(&path, named);
                named.iter().map(|(name, node)| (name.clone(), self.text(&format!("{path}.{}", shown(name)), node))).collect()
            }
            Some(node) => self.texts(&path, node).into_iter().map(|column| (column.clone(), column)).collect(),
        }
    }

    /// The entries of an object whose fields are columns of the table, each with its path; unknown columns are noted.
    fn by_column<'n>(
        &mut self,
        path: &str,
        table: Table,
        fields: &'n [(String, Node)],
        field: &str,
    ) -> Vec<(&'static str, String, &'n Node)> {
        let path = format!("{path}.{field}");
        let Some(node) = get(fields, field) else { return Vec::new() };
        let entries = self.object(&path, node);
        let names: Vec<&'static str> = table.columns().iter().map(|column| column.name).collect();
        self.known(&path, entries, &names);
        let known = entries.iter().filter_map(|(name, node)| names.iter().find(|known| *known == name).map(|known| (*known, node)));
        known.map(|(name, node)| (name, format!("{path}.{name}"), node)).collect()
    }

    fn known(&mut self, path: &str, fields: &[(String, Node)], known: &[&str]) {
        for (name, _) in fields.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let suggestion = quorate::nearest_name(name, known.iter().copied());
            self.note(path, ProblemKind::UnknownField { name: shown(name), suggestion });
        }
        self.repeats(path, fields);
    }

    fn repeats(&mut self, path: &str, fields: &[(String, Node)]) {
        let mut seen = BTreeSet::new();
        for (name, _) in fields {
            if !seen.insert(name) {
                self.note(path, ProblemKind::RepeatedField { name: shown(name) });
            }
        }
    }

    fn object<'n>(&mut self, path: &str, node: &'n Node) -> &'n [(String, Node)] {
        if let Node::Map(fields) = node {
            return fields;
        }
        self.wrong(path, "an object", node);
        &[]
    }

    fn list<'n>(&mut self, path: &str, node: &'n Node) -> &'n [Node] {
        if let Node::List(items) = node {
            return items;
        }
        self.wrong(path, "a list", node);
        &[]
    }

    fn text(&mut self, path: &str, node: &Node) -> String {
        if let Node::Text(text) = node {
            return text.clone();
        }
        self.wrong(path, "a text", node);
        String::new()
    }

    fn texts(&mut self, path: &str, node: &Node) -> Vec<String> {
        self.list(path, node).iter().enumerate().map(|(i, node)| self.text(&format!("{path}[{i}]"), node)).collect()
    }

    fn text_if_any(&mut self, path: &str, fields: &[(String, Node)], name: &str) -> String {
        get(fields, name).map_or_else(String::new, |node| self.text(&below(path, name), node))
    }

    fn required_text(&mut self, path: &str, fields: &[(String, Node)], name: &'static str) -> String {
        if get(fields, name).is_none() {
            self.note(path, ProblemKind::MissingField { name: name.into() });
        }
        self.text_if_any(path, fields, name)
    }

    fn flag(&mut self, path: &str, fields: &[(String, Node)], name: &str) -> bool {
        match get(fields, name) {
            None => false,
            Some(Node::Bool(value)) => *value,
            Some(other) => {
                self.wrong(&below(path, name), "true or false", other);
                false
            }
        }
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.into() } else { format!("{path}.{name}") }
}

/// A field that is there and not null.
fn get<'n>(fields: &'n [(String, Node)], name: &str) -> Option<&'n Node> {
    fields.iter().find(|(field, _)| field == name).map(|(_, node)| node).filter(|node| !matches!(node, Node::Null))
}
