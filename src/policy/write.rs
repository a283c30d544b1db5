//! Writing a policy document: one tree for one meaning. Flags and lists that a reader may leave out are written; values that are absent
//! (the cap of an uncapped channel, a bound, a role) are left out, so that formats without a null can carry them too.

use alloc::string::ToString;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::document::{
    ChannelRule, Decay, DecayStep, ExitRule, FitRule, Fraction, GroupRule, HandRaiseRule, KindRule, MomentumRule, PersonRule,
    PolicyDocument, RoleRule, RollUp, Seat, StageRule, Template,
};
use super::read::SCHEMA;
use super::write_rule::{criterion, rule};
use super::write_titles;
use super::{attribution, back_test, follow_up, network};
use crate::contact::Relationship;
use crate::document::Node;

/// The document as a tree, fields in the order of the types.
pub(super) fn node(document: &PolicyDocument) -> Node {
    map([
        ("schema", whole(SCHEMA)),
        ("name", Node::text(&*document.name)),
        ("version", Node::text(&*document.version)),
        ("roles", list(&document.roles, role)),
        ("templates", list(&document.templates, template)),
        ("default_template", Node::text(document.default_template.as_str())),
        ("membership", Node::text(document.membership.as_str())),
        ("excluded_relationships", list(&document.excluded_relationships, |one| relationship(*one))),
        ("relationship_domains", list(&document.relationship_domains, write_titles::relationship_domains)),
        ("evidence", write_titles::evidence(&document.evidence)),
        ("titles", write_titles::titles(&document.titles)),
        ("network", network::write(&document.network)),
        ("attribution", attribution::write(&document.attribution)),
        ("channels", list(&document.channels, channel)),
        ("kinds", list(&document.kinds, kind)),
        ("person", person(&document.person)),
        ("group", group(&document.group)),
        ("momentum", momentum(&document.momentum)),
        ("fit", fit(&document.fit)),
        ("stages", stages(&document.stages)),
        ("hand_raise", hand_raise(&document.hand_raise)),
        ("qualification", rule(&document.qualification)),
        ("exclusion", rule(&document.exclusion)),
        ("exit", exit(&document.exit)),
        ("follow_up", follow_up::write(document.follow_up)),
        ("back_test", back_test::write(&document.back_test)),
    ])
}

/// An object.
pub(super) fn map<const N: usize>(fields: [(&str, Node); N]) -> Node {
    Node::Map(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// An object of the fields that are there.
pub(super) fn map_of_present<const N: usize>(fields: [(&str, Option<Node>); N]) -> Node {
    Node::Map(fields.into_iter().filter_map(|(name, value)| value.map(|value| (name.into(), value))).collect())
}

pub(super) fn list<T>(items: &[T], write: impl Fn(&T) -> Node) -> Node {
    Node::List(items.iter().map(write).collect::<Vec<_>>())
}

pub(super) fn whole(value: impl Into<i128>) -> Node {
    Node::Whole(value.into())
}

/// A decimal in its one form: no trailing zeros, no sign for zero.
pub(super) fn decimal(value: Decimal) -> Node {
    Node::Text(value.normalize().to_string())
}

fn role(role: &RoleRule) -> Node {
    map([
        ("name", Node::text(role.name.as_str())),
        ("weight", whole(role.weight)),
        ("decides", Node::Bool(role.decides)),
        ("champions", Node::Bool(role.champions)),
    ])
}

fn template(template: &Template) -> Node {
    map_of_present([
        ("name", Some(Node::text(template.name.as_str()))),
        ("seats", Some(list(&template.seats, seat))),
        ("functions", write_titles::functions(&template.functions)),
        ("title_roles", write_titles::some(&template.title_roles, write_titles::title_role)),
    ])
}

fn seat(seat: &Seat) -> Node {
    map([("role", Node::text(seat.role.as_str())), ("count", whole(seat.count))])
}

pub(super) fn relationship(relationship: Relationship) -> Node {
    Node::text(relationship.as_str())
}

fn channel(channel: &ChannelRule) -> Node {
    map_of_present([("name", Some(Node::text(channel.name.as_str()))), ("cap", channel.cap.map(decimal))])
}

fn kind(kind: &KindRule) -> Node {
    map([
        ("name", Node::text(kind.name.as_str())),
        ("tier", Node::text(kind.tier.as_str())),
        ("points", decimal(kind.points)),
        ("daily_cap", whole(kind.daily_cap)),
        ("decay", decay(&kind.decay)),
        ("window_days", whole(kind.window_days)),
        ("channel", Node::text(kind.channel.as_str())),
        ("sales_action", Node::Bool(kind.sales_action)),
    ])
}

pub(super) fn decay(decay: &Decay) -> Node {
    match decay {
        Decay::None => map([("type", Node::text("none"))]),
        Decay::Exponential { half_life_days } => map([("type", Node::text("exponential")), ("half_life_days", whole(*half_life_days))]),
        Decay::Linear { days } => map([("type", Node::text("linear")), ("days", whole(*days))]),
        Decay::Steps(steps) => map([("type", Node::text("steps")), ("steps", list(steps, decay_step))]),
        Decay::TwoRateLinear { knee_day, knee_factor, zero_day } => map([
            ("type", Node::text("two_rate_linear")),
            ("knee_day", whole(*knee_day)),
            ("knee_factor", decimal(*knee_factor)),
            ("zero_day", whole(*zero_day)),
        ]),
    }
}

fn decay_step(step: &DecayStep) -> Node {
    map([("from_day", whole(step.from_day)), ("factor", decimal(step.factor))])
}

fn person(person: &PersonRule) -> Node {
    let bands = &person.bands;
    map([
        ("cap", decimal(person.cap)),
        ("engaged_points", decimal(person.engaged_points)),
        ("current_days", whole(person.current_days)),
        ("seat_full_points", decimal(person.seat_full_points)),
        ("bands", map([("warm", decimal(bands.warm)), ("hot", decimal(bands.hot)), ("super_hot", decimal(bands.super_hot))])),
    ])
}

fn group(group: &GroupRule) -> Node {
    map([
        ("roll_up", roll_up(&group.roll_up)),
        ("threads", map([("thin", whole(group.threads.thin)), ("multi", whole(group.threads.multi))])),
        ("concentrated_above", fraction(group.concentrated_above)),
    ])
}

fn roll_up(roll_up: &RollUp) -> Node {
    match roll_up {
        RollUp::Weighted => map([("type", Node::text("weighted"))]),
        RollUp::Sum => map([("type", Node::text("sum"))]),
        RollUp::ChampionMix { max, mean } => map([("type", Node::text("champion_mix")), ("max", decimal(*max)), ("mean", decimal(*mean))]),
        RollUp::Adobe => map([("type", Node::text("adobe"))]),
    }
}

fn fraction(fraction: Fraction) -> Node {
    map([("numerator", whole(fraction.numerator)), ("denominator", whole(fraction.denominator))])
}

fn momentum(momentum: &MomentumRule) -> Node {
    map([
        ("days", whole(momentum.days)),
        ("trend_points", decimal(momentum.trend_points)),
        ("trend_percent", decimal(momentum.trend_percent)),
    ])
}

fn fit(fit: &FitRule) -> Node {
    map([
        ("source", Node::text(fit.source.as_str())),
        ("tiers", map([("A", decimal(fit.tiers.a)), ("B", decimal(fit.tiers.b))])),
        ("criteria", list(&fit.criteria, |one| map([("weight", whole(one.weight)), ("is", criterion(&one.is))]))),
        ("disqualifiers", list(&fit.disqualifiers, criterion)),
    ])
}

fn stages(stages: &StageRule) -> Node {
    map([
        ("closed_days", whole(stages.closed_days)),
        ("engaged_points", decimal(stages.engaged_points)),
        ("recycled_days", whole(stages.recycled_days)),
        ("aware_days", whole(stages.aware_days)),
        ("targeted_fit", Node::text(stages.targeted_fit.as_str())),
    ])
}

fn hand_raise(rule: &HandRaiseRule) -> Node {
    map([
        ("tier", Node::text(rule.tier.as_str())),
        ("within_days", whole(rule.within_days)),
        ("fit_floor", Node::text(rule.fit_floor.as_str())),
    ])
}

fn exit(exit: &ExitRule) -> Node {
    map([
        ("below_points", decimal(exit.below_points)),
        ("below_days", whole(exit.below_days)),
        ("silence_days", whole(exit.silence_days)),
        ("cool_down_days", whole(exit.cool_down_days)),
    ])
}
