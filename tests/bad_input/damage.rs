//! Damage: chance with a fixed seed, and what it does to bytes and to trees.

use serde_json::{Map, Value, json};

/// A generator (`SplitMix64`, Steele, Lea and Flood 2014) with a fixed seed, so that a failure comes again.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one case: any case can be run alone.
    pub(crate) fn new(what: u64, case: u32) -> Self {
        Self(what.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (u64::from(case) << 20))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides.max(1)).expect("it fits");
        usize::try_from(self.next() % sides).expect("it fits")
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

/// Texts that mean something somewhere, or nothing anywhere.
pub(crate) const TEXTS: [&str; 44] = [
    "",
    " ",
    "0",
    "1",
    "-1",
    "12.5",
    "-0",
    "007",
    "1e9",
    "1,5",
    "+1",
    "0.00001",
    "100.00001",
    "99999999999999999999",
    "4294967296",
    "NaN",
    "340282366920938463463374607431768211456",
    "2025-05-05",
    "1900-01-01",
    "2199-12-31",
    "2025-02-30",
    "2025-05-05T10:00:00Z",
    "2199-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59Z",
    "true",
    "no",
    "unknown",
    "champion",
    "economic_buyer",
    "acme",
    "beta",
    "ann",
    "bob",
    "group-1",
    "page_view",
    "demo_request",
    "opponent",
    "won",
    "explicit",
    "*",
    "é\u{301}",
    "\u{feff}",
    "a\0b",
    "\u{1b}[2J",
];

/// Damages bytes, once or a few times.
pub(crate) fn bytes(content: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PIECES: [&[u8]; 26] = [
        b"",
        b",",
        b"\"",
        b"\"\"",
        b"\n",
        b"\r\n",
        b"\r",
        b";",
        b"\0",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"\\u0000",
        b"\\ud800",
        b"-",
        b".",
        b"1e400",
        b"99999999999999999999",
        b"null",
        b"[[[[[[[[[[[[[[[[[[[[",
        b"\t",
    ];
    let mut content = content.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(content.len() + 1);
        let longest = if dice.roll(8) == 0 { content.len() } else { 14 };
        let until = (at + dice.roll(longest + 1)).min(content.len());
        match dice.roll(6) {
            0 if at < content.len() => content[at] ^= 1 << dice.roll(8),
            1 => drop(content.drain(at..until)),
            2 => drop(content.splice(at..at, content[at..until].to_vec())),
            3 => {
                // A piece of it, elsewhere.
                let to = dice.roll(content.len() + 1);
                drop(content.splice(to..to, content[at..until].to_vec()));
            }
            4 => content.truncate(if dice.roll(4) == 0 { at } else { content.len() }),
            _ => drop(content.splice(at..until.min(at + 2), dice.pick(&PIECES).to_vec())),
        }
    }
    content
}

/// Damages a tree, once or a few times.
pub(crate) fn tree(document: &mut Value, dice: &mut Dice) {
    let times = if dice.roll(3) == 0 { 2 + dice.roll(3) } else { 1 };
    for _ in 0..times {
        let places = places(document);
        let at = places[dice.roll(places.len())].clone();
        let other = document.pointer(&places[dice.roll(places.len())]).cloned().unwrap_or(Value::Null);
        let Some(here) = document.pointer_mut(&at) else { continue };
        match dice.roll(12) {
            0 => *here = other,
            1 => {
                let mine = std::mem::replace(here, other);
                let to = &places[dice.roll(places.len())];
                if let Some(there) = document.pointer_mut(to) {
                    *there = mine;
                }
            }
            2 => deeper(here, if dice.roll(20) == 0 { 150 } else { 1 + dice.roll(40) }, dice),
            3 => rename(here, dice),
            4 => grow_or_shrink(here, dice),
            5..=9 => nudge(here, dice),
            _ => *here = value(dice),
        }
    }
}

/// The pointers to every value.
fn places(document: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.into());
        match value {
            Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| walk(item, &format!("{at}/{i}"), found)),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, item)| walk(item, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

/// Any value of any type.
fn value(dice: &mut Dice) -> Value {
    match dice.roll(12) {
        0 => Value::Null,
        1 => json!(dice.roll(2) == 0),
        2 => json!([]),
        3 => json!({}),
        4 => json!([0, 1, -1, 2, 3, 30, 100, 1_000, 3_650, 65_535, 2_097_151, 2_097_152][dice.roll(12)]),
        5 => json!([u64::MAX, u64::from(u32::MAX), 1 << 53, i64::MAX.unsigned_abs()][dice.roll(4)]),
        6 => json!([i64::MIN, i64::from(i32::MIN), -1][dice.roll(3)]),
        7 => json!([0.5, 1e308, -0.0, 1e-9, 1e20][dice.roll(5)]),
        8 => json!("x".repeat([255, 256, 257, 4_097, 100_000][dice.roll(5)])),
        _ => json!(TEXTS[dice.roll(TEXTS.len())]),
    }
}

/// The value inside lists or objects; a rule inside `not`, since that is a rule again.
fn deeper(here: &mut Value, levels: usize, dice: &mut Dice) {
    let word = dice.pick(&["", "not", "all", "any", "a"]);
    for _ in 0..levels {
        let inner = here.take();
        *here = match word {
            "" => json!([inner]),
            "all" | "any" => json!({word: [inner]}),
            word => json!({word: inner}),
        };
    }
}

/// A field gets another name.
fn rename(here: &mut Value, dice: &mut Dice) {
    if let Value::Object(fields) = here {
        let names: Vec<String> = fields.keys().cloned().collect();
        if let Some(name) = names.get(dice.roll(names.len())) {
            let value = fields.remove(name).unwrap_or_default();
            let new = if dice.roll(2) == 0 { dice.pick(&TEXTS).into() } else { format!("{name}s") };
            fields.insert(new, value);
        }
    }
}

/// An item or field is doubled or goes.
fn grow_or_shrink(here: &mut Value, dice: &mut Dice) {
    match here {
        Value::Array(items) if !items.is_empty() => {
            let at = dice.roll(items.len());
            match dice.roll(4) {
                0 => drop(items.remove(at)),
                1 => items.clear(),
                2 => items.swap(at, 0),
                _ => {
                    let again = items[at].clone();
                    items.push(again);
                }
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(dice.roll(fields.len())).cloned().unwrap_or_default();
            if dice.roll(8) == 0 {
                *fields = Map::new();
            }
            fields.remove(&name);
        }
        other => *other = value(dice),
    }
}

/// A value a little beside what it was: what is still accepted, or only just not.
fn nudge(here: &mut Value, dice: &mut Dice) {
    *here = match here.take() {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(0);
            json!(match dice.roll(4) {
                0 => number.wrapping_add(1),
                1 => number.wrapping_sub(1),
                2 => number.wrapping_mul(10),
                _ => number / 2,
            })
        }
        Value::Bool(flag) => json!(!flag),
        Value::String(text) => json!(match dice.roll(7) {
            0 => format!("{text}0"),
            1 => format!("-{text}"),
            2 => format!("{text}.5"),
            3 => text.chars().rev().collect(),
            4 => text.to_uppercase(),
            5 => text.chars().skip(1).collect(),
            _ => text.replace('5', "6"),
        }),
        Value::Array(mut items) => {
            items.reverse();
            Value::Array(items)
        }
        Value::Object(fields) => Value::Array(fields.into_iter().map(|(_, value)| value).collect()),
        Value::Null => value(dice),
    };
}
