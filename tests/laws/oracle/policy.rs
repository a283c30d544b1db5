//! Reading a policy document: nothing is checked, every number becomes a rational.

use super::number::{Q, decimal, whole};
use serde_json::Value;

/// From the weakest to the strongest. Section 4 names no order of the last three; they are below every other one.
const TIERS: [&str; 7] = ["negative", "ignored", "trace", "low", "medium", "high", "decisive"];

pub struct Policy {
    pub document: Value,
    pub roles: Vec<Role>,
    pub kinds: Vec<Kind>,
}

pub struct Role {
    pub name: String,
    pub weight: Q,
    pub decides: bool,
    pub champions: bool,
}

pub struct Kind {
    pub name: String,
    pub tier: usize,
    pub points: Q,
    pub daily_cap: usize,
    pub decay: Value,
    pub window: i64,
    pub channel: String,
    /// Its place in the policy, which orders the lines of one day.
    pub place: usize,
}

/// One required role of a template.
#[derive(Clone)]
pub struct Seats {
    pub role: String,
    pub count: usize,
}

impl Policy {
    pub fn read(document: &Value) -> Self {
        let roles = list(document, "/roles").iter().map(read_role).collect();
        let kinds = list(document, "/kinds").iter().enumerate().map(|(place, kind)| read_kind(kind, place)).collect();
        Self { document: document.clone(), roles, kinds }
    }

    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }

    /// The weight of a role; a role that the policy does not know is none (DESIGN).
    pub fn weight(&self, role: &str) -> Q {
        self.role(role).or_else(|| self.role("unknown")).expect("the role unknown").weight.clone()
    }

    pub fn decides(&self, role: &str) -> bool {
        self.role(role).is_some_and(|role| role.decides)
    }

    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The cap of a channel, or none.
    pub fn channel_cap(&self, name: &str) -> Option<Q> {
        let channel = list(&self.document, "/channels").iter().find(|channel| channel["name"] == name);
        channel.and_then(|channel| channel["cap"].as_str()).map(|cap| decimal(cap).expect("a cap"))
    }

    pub fn has_template(&self, name: &str) -> bool {
        list(&self.document, "/templates").iter().any(|template| template["name"] == name)
    }

    pub fn template(&self, name: &str) -> Vec<Seats> {
        let template = list(&self.document, "/templates").iter().find(|template| template["name"] == name);
        let seats = list(template.expect("a known template"), "/seats");
        seats.iter().map(|seat| Seats { role: text(seat, "/role"), count: count(seat, "/count") }).collect()
    }

    pub fn excludes(&self, relationship: &str) -> bool {
        list(&self.document, "/excluded_relationships").iter().any(|excluded| excluded == relationship)
    }

    /// A decimal of the document.
    pub fn decimal(&self, pointer: &str) -> Q {
        decimal(&text(&self.document, pointer)).unwrap_or_else(|| panic!("{pointer} is no decimal"))
    }

    /// A whole number of the document.
    pub fn number(&self, pointer: &str) -> i64 {
        number(&self.document, pointer)
    }

    pub fn text(&self, pointer: &str) -> String {
        text(&self.document, pointer)
    }

    pub fn at(&self, pointer: &str) -> &Value {
        self.document.pointer(pointer).unwrap_or(&Value::Null)
    }
}

fn read_role(role: &Value) -> Role {
    let is = |pointer: &str| role.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
    Role { name: text(role, "/name"), weight: whole(number(role, "/weight")), decides: is("/decides"), champions: is("/champions") }
}

fn read_kind(kind: &Value, place: usize) -> Kind {
    Kind {
        name: text(kind, "/name"),
        tier: tier(&text(kind, "/tier")),
        points: decimal(&text(kind, "/points")).expect("points"),
        daily_cap: count(kind, "/daily_cap"),
        decay: kind["decay"].clone(),
        window: number(kind, "/window_days"),
        channel: text(kind, "/channel"),
        place,
    }
}

/// The place of a tier: the higher, the stronger.
pub fn tier(name: &str) -> usize {
    TIERS.iter().position(|tier| *tier == name).unwrap_or_else(|| panic!("no tier {name}"))
}

pub fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at {pointer} of {value}")).to_owned()
}

pub fn number(value: &Value, pointer: &str) -> i64 {
    value.pointer(pointer).and_then(Value::as_i64).unwrap_or_else(|| panic!("no number at {pointer} of {value}"))
}

pub fn count(value: &Value, pointer: &str) -> usize {
    usize::try_from(number(value, pointer)).expect("a count")
}

pub fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
