//! What a policy promises to qualified groups: meaning, document and checks.

use core::ops::RangeInclusive;

use super::check::{Check, Place};
use super::{Policy, write};
use crate::document::{Node, Reader};

/// A promise in hours: up to a year.
const HOURS: RangeInclusive<u16> = 1..=8_760;

/// How soon sales follows up on a group that came into qualified. Source: the rules, section 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUpRule {
    /// Within how many hours of a hand-raise: 1..=8,760.
    pub hand_raise_hours: u16,
    /// Within how many hours of an entry by the rule: 1..=8,760.
    pub rule_hours: u16,
    /// Whether only the hours from Monday to Friday count, in UTC.
    pub weekdays_only: bool,
}

impl Default for FollowUpRule {
    /// What the default policy says; it stands in where a document says nothing.
    fn default() -> Self {
        Policy::default().document().follow_up
    }
}

pub(super) fn read(mut r: Reader<'_>) -> FollowUpRule {
    let rule = FollowUpRule {
        hand_raise_hours: r.whole("hand_raise_hours", HOURS),
        rule_hours: r.whole("rule_hours", HOURS),
        weekdays_only: r.flag("weekdays_only", false),
    };
    r.finish();
    rule
}

pub(super) fn write(rule: FollowUpRule) -> Node {
    write::map([
        ("hand_raise_hours", write::whole(rule.hand_raise_hours)),
        ("rule_hours", write::whole(rule.rule_hours)),
        ("weekdays_only", Node::Bool(rule.weekdays_only)),
    ])
}

pub(super) fn validate(check: &mut Check<'_>, at: &Place<'_>, rule: FollowUpRule) {
    check.whole(&at.field("hand_raise_hours"), rule.hand_raise_hours, &HOURS);
    check.whole(&at.field("rule_hours"), rule.rule_hours, &HOURS);
}
