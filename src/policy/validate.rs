//! The meaning of a policy document: every range, name and reference, checked as a whole.

use alloc::format;
use alloc::vec::Vec;

use super::check::{Check, Names, Place, Unread};
use super::document::{
    Bands, ChannelRule, Decay, DecayStep, ExitRule, FitTier, Fraction, GroupRule, HandRaiseRule, KindRule, MomentumRule, PersonRule,
    PolicyDocument, RoleRule, RollUp, Seat, StageRule, Template, Threads, Tier,
};
use super::limits;
use super::validate_fit;
use super::validate_rule;
use super::validate_titles;
use super::{attribution, back_test, follow_up, network};
use crate::contact::Relationship;
use crate::problem::{Problem, ProblemKind};
use crate::title::TitleReader;

/// The name that stands for "no role".
pub(super) const UNKNOWN: &str = "unknown";
/// The tiers that say something for the buyer.
pub(super) const POSITIVE_TIERS: [Tier; 5] = [Tier::Decisive, Tier::High, Tier::Medium, Tier::Low, Tier::Trace];
/// The tiers of fit that have a threshold.
pub(super) const THRESHOLD_TIERS: [FitTier; 2] = [FitTier::A, FitTier::B];

/// The names that a document defines.
pub(super) struct Defined<'d> {
    pub(super) roles: Names<'d>,
    templates: Names<'d>,
    channels: Names<'d>,
    pub(super) kinds: Names<'d>,
}

/// The reader of the document's own rules for titles, if it has any; it is built to check them.
///
/// O(n log n) in the size of the document.
///
/// # Errors
/// Every problem of the document's meaning, silent about the places that could not be read.
pub(super) fn validate(document: &PolicyDocument, unread: &Unread) -> Result<Option<TitleReader>, Vec<Problem>> {
    let check = &mut Check::new(unread);
    let root = &Place::Root;
    check.text(&root.field("name"), &document.name, limits::LABEL_BYTES_MAX);
    check.text(&root.field("version"), &document.version, limits::LABEL_BYTES_MAX);
    let defined = define(check, document);
    roles(check, &root.field("roles"), &document.roles, &defined.roles);
    templates(check, &root.field("templates"), document, &defined.roles);
    check.reference(&root.field("default_template"), &defined.templates, document.default_template.as_str());
    relationships(check, &root.field("excluded_relationships"), &document.excluded_relationships);
    validate_titles::relationship_domains(check, &root.field("relationship_domains"), &document.relationship_domains);
    network::validate(check, &root.field("network"), &document.network);
    attribution::validate(check, &root.field("attribution"), &document.attribution, &defined.kinds);
    validate_titles::evidence(check, &root.field("evidence"), &document.evidence);
    let own = validate_titles::titles(check, &root.field("titles"), document, &defined.roles);
    channels(check, &root.field("channels"), &document.channels);
    kinds(check, &root.field("kinds"), &document.kinds, &defined.channels);
    person(check, &root.field("person"), &document.person);
    group(check, &root.field("group"), &document.group);
    momentum(check, &root.field("momentum"), &document.momentum);
    validate_fit::fit(check, &root.field("fit"), &document.fit, &defined.kinds);
    stages(check, &root.field("stages"), &document.stages);
    hand_raise(check, &root.field("hand_raise"), &document.hand_raise);
    validate_rule::rule(check, &root.field("qualification"), &document.qualification, &defined.roles);
    validate_rule::rule(check, &root.field("exclusion"), &document.exclusion, &defined.roles);
    exit(check, &root.field("exit"), &document.exit);
    follow_up::validate(check, &root.field("follow_up"), document.follow_up);
    back_test::validate(check, &root.field("back_test"), &document.back_test);
    let found = core::mem::replace(check, Check::new(unread)).into_found();
    if found.is_empty() { Ok(own) } else { Err(found) }
}

fn define<'d>(check: &mut Check<'_>, document: &'d PolicyDocument) -> Defined<'d> {
    let root = &Place::Root;
    Defined {
        roles: check.names(&root.field("roles"), "role", document.roles.iter().map(|role| role.name.as_str())),
        templates: check.names(&root.field("templates"), "template", document.templates.iter().map(|template| template.name.as_str())),
        channels: check.names(&root.field("channels"), "channel", document.channels.iter().map(|channel| channel.name.as_str())),
        kinds: check.names(&root.field("kinds"), "kind", document.kinds.iter().map(|kind| kind.name.as_str())),
    }
}

fn roles(check: &mut Check<'_>, at: &Place<'_>, roles: &[RoleRule], names: &Names<'_>) {
    check.at_most(at, "roles", roles.len(), limits::ROLES_MAX);
    if names.complete() && !names.contains(UNKNOWN) {
        check.unfit(at, "the role `unknown` is missing; add it with the weight of people without a role");
    }
    for (i, role) in roles.iter().enumerate() {
        let at = &at.item(i);
        check.whole(&at.field("weight"), role.weight, &limits::WEIGHT);
        if role.name.as_str() == UNKNOWN && role.decides {
            check.unfit(&at.field("decides"), "`unknown` stands for no role and cannot decide");
        }
        if role.name.as_str() == UNKNOWN && role.champions {
            check.unfit(&at.field("champions"), "`unknown` stands for no role and cannot champion");
        }
    }
}

fn templates(check: &mut Check<'_>, at: &Place<'_>, document: &PolicyDocument, roles: &Names<'_>) {
    check.at_most(at, "templates", document.templates.len(), limits::TEMPLATES_MAX);
    if document.templates.is_empty() {
        check.unfit(at, "the list is empty; give at least one template");
    }
    for (i, template) in document.templates.iter().enumerate().take(limits::TEMPLATES_MAX) {
        let at = &at.item(i);
        seats(check, &at.field("seats"), template, document, roles);
        let anybody = validate_titles::for_anybody(check, at, template);
        validate_titles::roles(check, &at.field("title_roles"), &template.title_roles, (roles, anybody));
    }
}

fn seats(check: &mut Check<'_>, at: &Place<'_>, template: &Template, document: &PolicyDocument, roles: &Names<'_>) {
    check.at_most(at, "seats", template.seats.len(), limits::ROLES_MAX);
    let seats = &template.seats[..template.seats.len().min(limits::ROLES_MAX)];
    for (i, seat) in seats.iter().enumerate() {
        seat_of(check, &at.item(i), seat, &seats[..i], roles);
    }
    if seats.is_empty() {
        check.unfit(at, "the list is empty; give at least one seat");
    } else if check.read_whole(at) && check.read_whole(&Place::Root.field("roles")) {
        seats_together(check, at, seats, &document.roles);
    }
}

fn seat_of(check: &mut Check<'_>, at: &Place<'_>, seat: &Seat, earlier: &[Seat], roles: &Names<'_>) {
    let role = &at.field("role");
    check.reference(role, roles, seat.role.as_str());
    if seat.role.as_str() == UNKNOWN {
        check.unfit(role, "`unknown` stands for no role and takes no seat");
    } else if earlier.iter().any(|other| other.role == seat.role) {
        check.note(role, ProblemKind::Repeated { what: "role", name: seat.role.as_str().into() });
    }
    check.whole(&at.field("count"), seat.count, &limits::SEAT_COUNT);
}

/// What only all seats of a template together can get wrong.
fn seats_together(check: &mut Check<'_>, at: &Place<'_>, seats: &[Seat], roles: &[RoleRule]) {
    let weight = |seat: &Seat| roles.iter().find(|role| role.name == seat.role).map(|role| role.weight);
    if seats.iter().all(|seat| weight(seat) == Some(0)) {
        check.unfit(at, "the weights of the roles add up to 0; a template needs one role above 0");
    }
    if common_count(seats).is_none() {
        check.unfit(at, format!("the counts have a least common multiple above {}; use fewer different counts", limits::COMMON_COUNT_MAX));
    }
}

/// The least common multiple of the counts, unless it is beyond what is allowed. A count of 0 is reported by itself and left out here.
fn common_count(seats: &[Seat]) -> Option<u64> {
    let counts = seats.iter().map(|seat| u64::from(seat.count)).filter(|count| *count > 0);
    let mut common = 1;
    for count in counts {
        // At most 10^12 × 65,535 before the test: within 64 bits.
        common = common / greatest_common_divisor(common, count) * count;
        if common > limits::COMMON_COUNT_MAX {
            return None;
        }
    }
    Some(common)
}

const fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn relationships(check: &mut Check<'_>, at: &Place<'_>, relationships: &[Relationship]) {
    check.once(at, "relationship", relationships.iter().map(|one| one.as_str()));
}

fn channels(check: &mut Check<'_>, at: &Place<'_>, channels: &[ChannelRule]) {
    check.at_most(at, "channels", channels.len(), limits::CHANNELS_MAX);
    for (i, channel) in channels.iter().enumerate() {
        if let Some(cap) = channel.cap {
            check.decimal(&at.item(i).field("cap"), cap, &limits::CHANNEL_CAP);
        }
    }
}

fn kinds(check: &mut Check<'_>, at: &Place<'_>, kinds: &[KindRule], channels: &Names<'_>) {
    check.at_most(at, "kinds", kinds.len(), limits::KINDS_MAX);
    for (i, kind) in kinds.iter().enumerate().take(limits::KINDS_MAX) {
        let at = &at.item(i);
        check.decimal(&at.field("points"), kind.points, &limits::SIGNAL_POINTS);
        check.whole(&at.field("daily_cap"), kind.daily_cap, &limits::DAILY_CAP);
        decay(check, &at.field("decay"), &kind.decay);
        check.whole(&at.field("window_days"), kind.window_days, &limits::DAYS);
        check.reference(&at.field("channel"), channels, kind.channel.as_str());
    }
}

pub(super) fn decay(check: &mut Check<'_>, at: &Place<'_>, decay: &Decay) {
    match decay {
        Decay::None => {}
        Decay::Exponential { half_life_days } => check.whole(&at.field("half_life_days"), *half_life_days, &limits::DAYS),
        Decay::Linear { days } => check.whole(&at.field("days"), *days, &limits::DAYS),
        Decay::Steps(steps) => decay_steps(check, &at.field("steps"), steps),
        Decay::TwoRateLinear { knee_day, knee_factor, zero_day } => {
            let (knee, zero) = (&at.field("knee_day"), &at.field("zero_day"));
            check.whole(knee, *knee_day, &limits::DAYS);
            check.decimal(&at.field("knee_factor"), *knee_factor, &limits::FACTOR);
            check.whole(zero, *zero_day, &limits::DAYS);
            if zero_day <= knee_day && check.read(&[knee, zero]) {
                check.unfit(zero, "`zero_day` must be after `knee_day`");
            }
        }
    }
}

fn decay_steps(check: &mut Check<'_>, at: &Place<'_>, steps: &[DecayStep]) {
    if steps.is_empty() {
        check.unfit(at, "the list is empty; give at least one step");
    }
    for (i, step) in steps.iter().enumerate() {
        let place = &at.item(i);
        check.whole(&place.field("from_day"), step.from_day, &limits::AGE);
        check.decimal(&place.field("factor"), step.factor, &limits::FACTOR);
        match i.checked_sub(1) {
            None if step.from_day != 0 => check.unfit(&place.field("from_day"), "the first step must begin at day 0"),
            None => {}
            Some(before) => decay_steps_in_turn(check, (&at.item(before), &steps[before]), (place, step)),
        }
    }
}

fn decay_steps_in_turn(check: &mut Check<'_>, before: (&Place<'_>, &DecayStep), step: (&Place<'_>, &DecayStep)) {
    let (day, factor) = (&step.0.field("from_day"), &step.0.field("factor"));
    if step.1.from_day <= before.1.from_day && check.read(&[&before.0.field("from_day")]) {
        check.unfit(day, "a step must begin after the one before it");
    }
    if step.1.factor > before.1.factor && check.read(&[&before.0.field("factor")]) {
        check.unfit(factor, "a factor must not be above the one before it");
    }
}

fn person(check: &mut Check<'_>, at: &Place<'_>, person: &PersonRule) {
    check.decimal(&at.field("cap"), person.cap, &limits::PERSON_POINTS);
    check.decimal(&at.field("engaged_points"), person.engaged_points, &limits::PERSON_POINTS);
    check.whole(&at.field("current_days"), person.current_days, &limits::AGE);
    check.decimal(&at.field("seat_full_points"), person.seat_full_points, &limits::SEAT_POINTS);
    bands(check, &at.field("bands"), &person.bands);
}

fn bands(check: &mut Check<'_>, at: &Place<'_>, bands: &Bands) {
    let (warm, hot, super_hot) = (&at.field("warm"), &at.field("hot"), &at.field("super_hot"));
    check.decimal(warm, bands.warm, &limits::BAND_POINTS);
    check.decimal(hot, bands.hot, &limits::BAND_POINTS);
    check.decimal(super_hot, bands.super_hot, &limits::BAND_POINTS);
    if bands.hot <= bands.warm && check.read(&[warm]) {
        check.unfit(hot, "`hot` must be above `warm`");
    }
    if bands.super_hot <= bands.hot && check.read(&[hot]) {
        check.unfit(super_hot, "`super_hot` must be above `hot`");
    }
}

fn group(check: &mut Check<'_>, at: &Place<'_>, group: &GroupRule) {
    let roll_up = &at.field("roll_up");
    if let RollUp::ChampionMix { max, mean } = &group.roll_up {
        check.decimal(&roll_up.field("max"), *max, &limits::SHARE);
        check.decimal(&roll_up.field("mean"), *mean, &limits::SHARE);
    }
    threads(check, &at.field("threads"), &group.threads);
    fraction(check, &at.field("concentrated_above"), group.concentrated_above);
}

fn threads(check: &mut Check<'_>, at: &Place<'_>, threads: &Threads) {
    check.whole(&at.field("thin"), threads.thin, &limits::THIN);
    if threads.multi <= threads.thin && check.read(&[&at.field("thin")]) {
        check.unfit(&at.field("multi"), "`multi` must be above `thin`");
    }
}

fn fraction(check: &mut Check<'_>, at: &Place<'_>, fraction: Fraction) {
    let denominator = &at.field("denominator");
    check.whole(denominator, fraction.denominator, &limits::DENOMINATOR);
    if check.read(&[denominator]) {
        check.whole(&at.field("numerator"), fraction.numerator, &(0..=fraction.denominator));
    }
}

fn momentum(check: &mut Check<'_>, at: &Place<'_>, momentum: &MomentumRule) {
    check.whole(&at.field("days"), momentum.days, &limits::DAYS);
    check.decimal(&at.field("trend_points"), momentum.trend_points, &limits::TREND_POINTS);
    check.decimal(&at.field("trend_percent"), momentum.trend_percent, &limits::PERCENT);
}

fn stages(check: &mut Check<'_>, at: &Place<'_>, stages: &StageRule) {
    check.whole(&at.field("closed_days"), stages.closed_days, &limits::AGE);
    check.decimal(&at.field("engaged_points"), stages.engaged_points, &limits::GROUP_POINTS);
    check.whole(&at.field("recycled_days"), stages.recycled_days, &limits::DAYS);
    check.whole(&at.field("aware_days"), stages.aware_days, &limits::AGE);
    check.word(&at.field("targeted_fit"), stages.targeted_fit, &FitTier::ALL, &THRESHOLD_TIERS);
}

fn hand_raise(check: &mut Check<'_>, at: &Place<'_>, rule: &HandRaiseRule) {
    check.word(&at.field("tier"), rule.tier, &Tier::ALL, &POSITIVE_TIERS);
    check.whole(&at.field("within_days"), rule.within_days, &limits::AGE);
    check.word(&at.field("fit_floor"), rule.fit_floor, &FitTier::ALL, &THRESHOLD_TIERS);
}

fn exit(check: &mut Check<'_>, at: &Place<'_>, exit: &ExitRule) {
    check.decimal(&at.field("below_points"), exit.below_points, &limits::GROUP_POINTS);
    check.whole(&at.field("below_days"), exit.below_days, &limits::AGE);
    check.whole(&at.field("silence_days"), exit.silence_days, &limits::DAYS);
    check.whole(&at.field("cool_down_days"), exit.cool_down_days, &limits::AGE);
}
