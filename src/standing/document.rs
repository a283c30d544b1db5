//! A standing as a document, so that a service can keep it from one day to the next.
//!
//! `{"day":"2025-06-01","group_id":"acme","place":"in","route":"rule","schema":1,"since":"2025-03-01"}`; out, it has `left` instead of `route`,
//! `since` and `below_since`.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Place, Standing};
use crate::assess::Route;
use crate::day::Day;
use crate::document::{Node, Reader, canonical_json, parse_json};
use crate::id::GroupId;
use crate::problem::{ProblemKind, Problems};

/// The version of the format.
const SCHEMA: u32 = 1;

const PLACES: [(&str, bool); 2] = [("in", true), ("out", false)];
const ROUTES: [(&str, Route); 2] = [(Route::Rule.token(), Route::Rule), (Route::HandRaise.token(), Route::HandRaise)];

impl Standing {
    /// Reads a standing from JSON.
    ///
    /// # Errors
    /// Every problem, each with its path: unknown or missing fields, days out of order; or the one reason why it is no JSON at all.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// The standing as canonical JSON: the same text for the same standing.
    pub fn to_json(&self) -> String {
        canonical_json(&self.to_node())
    }

    /// The one door by which a standing comes from outside.
    fn from_node(node: &Node) -> Result<Self, Problems> {
        let problems = RefCell::new(Problems::default());
        let mut r = Reader::new(node, "", &problems);
        r.whole("schema", SCHEMA..=SCHEMA);
        let (group, day) = (r.parsed::<GroupId>("group_id"), r.parsed::<Day>("day"));
        let place = match r.word("place", &PLACES) {
            Some(true) => read_in(&mut r, day),
            Some(false) => Some(read_out(&mut r, day)),
            // Which fields belong there is not known then.
            None => return Err(problems.into_inner()),
        };
        r.finish();
        let problems = problems.into_inner();
        match (group, day, place) {
            (Some(group), Some(day), Some(place)) => problems.or(Self { group, day, place }),
            _ => Err(problems),
        }
    }

    fn to_node(&self) -> Node {
        let mut fields = Vec::from([
            ("schema".into(), Node::Whole(SCHEMA.into())),
            ("group_id".into(), Node::text(self.group.as_str())),
            ("day".into(), day_node(self.day)),
        ]);
        fields.extend(place_fields(self.place));
        Node::Map(fields)
    }
}

fn read_in(r: &mut Reader<'_>, day: Option<Day>) -> Option<Place> {
    let (route, since) = (r.word("route", &ROUTES), r.parsed::<Day>("since"));
    let below_since = r.parsed_if_any::<Day>("below_since");
    check_order(r, "since", since, None, day);
    check_order(r, "below_since", below_since, since, day);
    if below_since.is_some() && route == Some(Route::HandRaise) {
        r.note("below_since", ProblemKind::Inconsistent("only a group in by the rule has one; leave it out".into()));
    }
    Some(Place::In { route: route?, since: since?, below_since })
}

fn read_out(r: &mut Reader<'_>, day: Option<Day>) -> Place {
    let left = r.parsed_if_any::<Day>("left");
    check_order(r, "left", left, None, day);
    Place::Out { left }
}

/// Notes a day that lies before the entry or after the standing's day.
fn check_order(r: &Reader<'_>, name: &str, found: Option<Day>, from: Option<Day>, to: Option<Day>) {
    let Some(found) = found else { return };
    if let Some(from) = from.filter(|from| found < *from) {
        r.note(name, ProblemKind::Inconsistent(alloc::format!("{found} lies before `since`, {from}").into()));
    }
    if let Some(to) = to.filter(|to| found > *to) {
        r.note(name, ProblemKind::Inconsistent(alloc::format!("{found} lies after `day`, {to}").into()));
    }
}

fn place_fields(place: Place) -> Vec<(String, Node)> {
    let day = |name: &str, day: Day| (String::from(name), day_node(day));
    match place {
        Place::Out { left } => {
            let mut fields = Vec::from([("place".into(), Node::text("out"))]);
            fields.extend(left.map(|left| day("left", left)));
            fields
        }
        Place::In { route, since, below_since } => {
            let mut fields =
                Vec::from([("place".into(), Node::text("in")), ("route".into(), Node::text(route.token())), day("since", since)]);
            fields.extend(below_since.map(|since| day("below_since", since)));
            fields
        }
    }
}

fn day_node(day: Day) -> Node {
    Node::Text(alloc::format!("{day}"))
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node::Map(place_fields(*self)).serialize(serializer)
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_node().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
