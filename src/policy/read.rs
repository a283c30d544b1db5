//! Reading a policy document: every problem of its shape, with a stand-in wherever a value could not be read.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::str::FromStr;

use rust_decimal::Decimal;

use super::document::{
    Bands, ChannelRule, Decay, DecayStep, ExitRule, FitTier, Fraction, GroupRule, HandRaiseRule, KindRule, MomentumRule, PersonRule,
    PolicyDocument, RoleRule, RollUp, Seat, StageRule, Template, Threads, Tier,
};
use super::limits::{self, DecimalLimit};
use super::read_rule;
use super::read_titles;
use super::{attribution, back_test, follow_up, network};
use crate::account::Membership;
use crate::contact::Relationship;
use crate::document::{Node, Reader, not_allowed, note, wrong};
use crate::id::{ChannelName, KindName, RoleName, TemplateName};
use crate::problem::{ProblemKind, Problems};

/// The version of the format.
pub(super) const SCHEMA: u16 = 1;

/// An object without fields, read where one is missing.
static EMPTY: Node = Node::Map(Vec::new());

/// Names that stand where none could be read.
pub(super) struct StandIns {
    pub(super) role: RoleName,
    pub(super) kind: KindName,
    channel: ChannelName,
    template: TemplateName,
}

impl StandIns {
    fn new() -> Option<Self> {
        let name = "(unread)";
        Some(Self { role: name.parse().ok()?, kind: name.parse().ok()?, channel: name.parse().ok()?, template: name.parse().ok()? })
    }
}

/// Reads a document. The result may only be used when no problem was noted; `None` is impossible but for a defect of this module.
pub(super) fn read(node: &Node, problems: &RefCell<Problems>) -> Option<PolicyDocument> {
    let names = StandIns::new()?;
    let mut r = Reader::new(node, "", problems);
    r.whole("schema", SCHEMA..=SCHEMA);
    let document = PolicyDocument {
        name: r.text("name"),
        version: r.text("version"),
        roles: list(&mut r, "roles").into_iter().map(|item| role(item, &names)).collect(),
        templates: list(&mut r, "templates").into_iter().map(|item| template(item, &names)).collect(),
        default_template: name(&mut r, "default_template", &names.template),
        membership: r.word("membership", &Membership::ALL).unwrap_or(Membership::All),
        excluded_relationships: relationships(&mut r, "excluded_relationships"),
        relationship_domains: read_titles::relationship_domains(&mut r),
        evidence: read_titles::evidence(r.object_if_any("evidence")),
        titles: read_titles::titles(r.object_if_any("titles"), &names),
        network: r.object_if_any("network").map_or_else(Default::default, network::read),
        attribution: r.object_if_any("attribution").map_or_else(Default::default, |section| attribution::read(section, &names)),
        channels: list(&mut r, "channels").into_iter().map(|item| channel(item, &names)).collect(),
        kinds: list(&mut r, "kinds").into_iter().map(|item| kind(item, &names)).collect(),
        person: person(object(&mut r, "person")),
        group: group(object(&mut r, "group")),
        momentum: momentum(object(&mut r, "momentum")),
        fit: read_rule::fit(object(&mut r, "fit"), &names),
        stages: stages(object(&mut r, "stages")),
        hand_raise: hand_raise(object(&mut r, "hand_raise")),
        qualification: read_rule::rule_field(&mut r, "qualification", &names),
        exclusion: read_rule::rule_field(&mut r, "exclusion", &names),
        exit: exit(object(&mut r, "exit")),
        follow_up: r.object_if_any("follow_up").map_or_else(Default::default, follow_up::read),
        back_test: r.object_if_any("back_test").map_or_else(Default::default, back_test::read),
    };
    r.finish();
    Some(document)
}

/// A list of objects that must be there.
pub(super) fn list<'a>(r: &mut Reader<'a>, field: &'static str) -> Vec<Reader<'a>> {
    r.required(field).map_or_else(Vec::new, |_| r.objects(field))
}

/// An object that must be there; an empty one stands in.
pub(super) fn object<'a>(r: &mut Reader<'a>, field: &'static str) -> Reader<'a> {
    r.object(field).unwrap_or_else(|| Reader::new(&EMPTY, r.path(field), r.problems()))
}

/// A name that must be there.
pub(super) fn name<T: Clone + FromStr<Err: Into<ProblemKind>>>(r: &mut Reader<'_>, field: &'static str, stand_in: &T) -> T {
    r.parsed(field).unwrap_or_else(|| stand_in.clone())
}

pub(super) fn decimal(r: &mut Reader<'_>, field: &'static str, limit: &DecimalLimit) -> Decimal {
    r.decimal(field, limit.places, limit.least, limit.most)
}

pub(super) fn tier(r: &mut Reader<'_>, field: &'static str) -> Tier {
    r.word(field, &Tier::ALL).unwrap_or(Tier::Decisive)
}

pub(super) fn fit_tier(r: &mut Reader<'_>, field: &'static str) -> FitTier {
    r.word(field, &FitTier::ALL).unwrap_or(FitTier::A)
}

fn role(mut r: Reader<'_>, names: &StandIns) -> RoleRule {
    let role = RoleRule {
        name: name(&mut r, "name", &names.role),
        weight: r.whole("weight", limits::WEIGHT),
        decides: r.flag("decides", false),
        champions: r.flag("champions", false),
    };
    r.finish();
    role
}

fn template(mut r: Reader<'_>, names: &StandIns) -> Template {
    let template = Template {
        name: name(&mut r, "name", &names.template),
        seats: list(&mut r, "seats").into_iter().map(|item| seat(item, names)).collect(),
        functions: read_titles::functions(&mut r),
        title_roles: read_titles::title_roles(&mut r, "title_roles", names),
    };
    r.finish();
    template
}

fn seat(mut r: Reader<'_>, names: &StandIns) -> Seat {
    let seat = Seat { role: name(&mut r, "role", &names.role), count: r.whole("count", limits::SEAT_COUNT) };
    r.finish();
    seat
}

fn relationships(r: &mut Reader<'_>, field: &'static str) -> Vec<Relationship> {
    r.required(field).map_or_else(Vec::new, |_| words(r, field, &Relationship::ALL, Relationship::default()))
}

/// A list of words that may be absent.
pub(super) fn words<T: Copy>(r: &mut Reader<'_>, field: &'static str, allowed: &[(&'static str, T)], stand_in: T) -> Vec<T> {
    let one = |text: &str| {
        let found = allowed.iter().find(|(token, _)| *token == text).map(|(_, value)| *value);
        found.ok_or_else(|| not_allowed(text, allowed.iter().map(|(token, _)| *token)))
    };
    texts(r, field, one, &stand_in)
}

/// A list of names that may be absent.
pub(super) fn names<T: Clone + FromStr<Err: Into<ProblemKind>>>(r: &mut Reader<'_>, field: &'static str, stand_in: &T) -> Vec<T> {
    texts(r, field, |text| text.parse().map_err(Into::into), stand_in)
}

fn texts<T: Clone>(r: &mut Reader<'_>, field: &'static str, one: impl Fn(&str) -> Result<T, ProblemKind>, stand_in: &T) -> Vec<T> {
    let problems = r.problems();
    let read = |(path, node): (String, &Node)| {
        let found = match node {
            Node::Text(text) => one(text),
            other => Err(wrong("a text", other)),
        };
        found.unwrap_or_else(|problem| {
            note(problems, path, problem);
            stand_in.clone()
        })
    };
    r.items(field).into_iter().map(read).collect()
}

fn channel(mut r: Reader<'_>, names: &StandIns) -> ChannelRule {
    let limit = &limits::CHANNEL_CAP;
    let channel =
        ChannelRule { name: name(&mut r, "name", &names.channel), cap: r.decimal_if_any("cap", limit.places, limit.least, limit.most) };
    r.finish();
    channel
}

fn kind(mut r: Reader<'_>, names: &StandIns) -> KindRule {
    let kind = KindRule {
        name: name(&mut r, "name", &names.kind),
        tier: tier(&mut r, "tier"),
        points: decimal(&mut r, "points", &limits::SIGNAL_POINTS),
        daily_cap: r.whole("daily_cap", limits::DAILY_CAP),
        decay: decay(object(&mut r, "decay")),
        window_days: r.whole("window_days", limits::DAYS),
        channel: name(&mut r, "channel", &names.channel),
        sales_action: r.flag("sales_action", false),
    };
    r.finish();
    kind
}

/// The words for the sorts of decay, in declaration order.
#[derive(Clone, Copy)]
enum DecayType {
    None,
    Exponential,
    Linear,
    Steps,
    TwoRateLinear,
}

const DECAY_TYPES: [(&str, DecayType); 5] = [
    ("none", DecayType::None),
    ("exponential", DecayType::Exponential),
    ("linear", DecayType::Linear),
    ("steps", DecayType::Steps),
    ("two_rate_linear", DecayType::TwoRateLinear),
];

pub(super) fn decay(mut r: Reader<'_>) -> Decay {
    // Which fields there may be depends on the type: without it nothing is said about them.
    let Some(sort) = r.word("type", &DECAY_TYPES) else { return Decay::None };
    let decay = match sort {
        DecayType::None => Decay::None,
        DecayType::Exponential => Decay::Exponential { half_life_days: r.whole("half_life_days", limits::DAYS) },
        DecayType::Linear => Decay::Linear { days: r.whole("days", limits::DAYS) },
        DecayType::Steps => Decay::Steps(list(&mut r, "steps").into_iter().map(decay_step).collect()),
        DecayType::TwoRateLinear => Decay::TwoRateLinear {
            knee_day: r.whole("knee_day", limits::DAYS),
            knee_factor: decimal(&mut r, "knee_factor", &limits::FACTOR),
            zero_day: r.whole("zero_day", limits::DAYS),
        },
    };
    r.finish();
    decay
}

fn decay_step(mut r: Reader<'_>) -> DecayStep {
    let step = DecayStep { from_day: r.whole("from_day", limits::AGE), factor: decimal(&mut r, "factor", &limits::FACTOR) };
    r.finish();
    step
}

fn person(mut r: Reader<'_>) -> PersonRule {
    let person = PersonRule {
        cap: decimal(&mut r, "cap", &limits::PERSON_POINTS),
        engaged_points: decimal(&mut r, "engaged_points", &limits::PERSON_POINTS),
        current_days: r.whole("current_days", limits::AGE),
        seat_full_points: decimal(&mut r, "seat_full_points", &limits::SEAT_POINTS),
        bands: bands(object(&mut r, "bands")),
    };
    r.finish();
    person
}

fn bands(mut r: Reader<'_>) -> Bands {
    let limit = &limits::BAND_POINTS;
    let bands =
        Bands { warm: decimal(&mut r, "warm", limit), hot: decimal(&mut r, "hot", limit), super_hot: decimal(&mut r, "super_hot", limit) };
    r.finish();
    bands
}

fn group(mut r: Reader<'_>) -> GroupRule {
    let group = GroupRule {
        roll_up: roll_up(object(&mut r, "roll_up")),
        threads: threads(object(&mut r, "threads")),
        concentrated_above: fraction(object(&mut r, "concentrated_above")),
    };
    r.finish();
    group
}

/// The words for the roll-ups, in declaration order.
#[derive(Clone, Copy)]
enum RollUpType {
    Weighted,
    Sum,
    ChampionMix,
    Adobe,
}

const ROLL_UP_TYPES: [(&str, RollUpType); 4] =
    [("weighted", RollUpType::Weighted), ("sum", RollUpType::Sum), ("champion_mix", RollUpType::ChampionMix), ("adobe", RollUpType::Adobe)];

fn roll_up(mut r: Reader<'_>) -> RollUp {
    let Some(sort) = r.word("type", &ROLL_UP_TYPES) else { return RollUp::Weighted };
    let roll_up = match sort {
        RollUpType::Weighted => RollUp::Weighted,
        RollUpType::Sum => RollUp::Sum,
        RollUpType::ChampionMix => {
            RollUp::ChampionMix { max: decimal(&mut r, "max", &limits::SHARE), mean: decimal(&mut r, "mean", &limits::SHARE) }
        }
        RollUpType::Adobe => RollUp::Adobe,
    };
    r.finish();
    roll_up
}

fn threads(mut r: Reader<'_>) -> Threads {
    let threads = Threads { thin: r.whole("thin", limits::THIN), multi: r.whole("multi", limits::ANY_COUNT) };
    r.finish();
    threads
}

fn fraction(mut r: Reader<'_>) -> Fraction {
    let fraction =
        Fraction { numerator: r.whole("numerator", limits::ANY_COUNT), denominator: r.whole("denominator", limits::DENOMINATOR) };
    r.finish();
    fraction
}

fn momentum(mut r: Reader<'_>) -> MomentumRule {
    let momentum = MomentumRule {
        days: r.whole("days", limits::DAYS),
        trend_points: decimal(&mut r, "trend_points", &limits::TREND_POINTS),
        trend_percent: decimal(&mut r, "trend_percent", &limits::PERCENT),
    };
    r.finish();
    momentum
}

fn stages(mut r: Reader<'_>) -> StageRule {
    let stages = StageRule {
        closed_days: r.whole("closed_days", limits::AGE),
        engaged_points: decimal(&mut r, "engaged_points", &limits::GROUP_POINTS),
        recycled_days: r.whole("recycled_days", limits::DAYS),
        aware_days: r.whole("aware_days", limits::AGE),
        targeted_fit: fit_tier(&mut r, "targeted_fit"),
    };
    r.finish();
    stages
}

fn hand_raise(mut r: Reader<'_>) -> HandRaiseRule {
    let rule = HandRaiseRule {
        tier: tier(&mut r, "tier"),
        within_days: r.whole("within_days", limits::AGE),
        fit_floor: fit_tier(&mut r, "fit_floor"),
    };
    r.finish();
    rule
}

fn exit(mut r: Reader<'_>) -> ExitRule {
    let exit = ExitRule {
        below_points: decimal(&mut r, "below_points", &limits::GROUP_POINTS),
        below_days: r.whole("below_days", limits::AGE),
        silence_days: r.whole("silence_days", limits::DAYS),
        cool_down_days: r.whole("cool_down_days", limits::AGE),
    };
    r.finish();
    exit
}
