//! What a policy says about credit for revenue: meaning, document and checks.

use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::check::{Check, Names, Place};
use super::document::{Decay, Tier};
use super::limits::{self, LABEL_BYTES_MAX};
use super::read::StandIns;
use super::{Policy, read, validate, write};
use crate::document::{Node, Reader, note, token_of};
use crate::id::KindName;
use crate::problem::ProblemKind;

/// The most models. Source: our choice.
const MODELS_MAX: usize = 100;

/// How credit for an opportunity is given to the touches before its close. Source: the rules, section 12.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionRule {
    /// The name of the model that is asked unless another is named.
    pub model: String,
    /// Touches count from so many days before the close on, that day included: 1..=3,650.
    pub look_back_days: u16,
    /// Tiers whose kinds are no touches, each once. Our default leaves out what counts against a group and what counts for nothing.
    pub left_out_tiers: Vec<Tier>,
    /// Further kinds that are no touches, each once.
    pub left_out_kinds: Vec<KindName>,
    /// Whether a touch counts as much as the role of its person weighs.
    pub role_weighted: bool,
    /// The models, 1 to 100, each name once.
    pub models: Vec<AttributionModel>,
}

/// A named way of giving credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionModel {
    /// Its name, 1 to 256 bytes.
    pub name: String,
    /// What it does.
    pub credit: CreditRule,
}

/// How credit is spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreditRule {
    /// Over the touches of a deal by their place: those at the milestones, and those between them.
    Positions(Positions),
    /// Over the touches of a deal by their age at the close; [`Decay::None`] gives every touch the same.
    Decay(Decay),
    /// Over the channels of all deals, by what all of them together show.
    Channels(ChannelMethod),
}

/// How channels are weighed by the paths of all deals, won and lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelMethod {
    /// By removal effects: what part of the conversions would be lost if whoever comes to the channel went no further, in a Markov chain of order 1 (E. Anderl, I. Becker,
    /// F. von Wangenheim and J. H. Schumann, "Mapping the customer journey", International Journal of Research in Marketing 33, 2016).
    Markov,
    /// By the Shapley value of each channel, where a set of channels is worth the conversions of the paths that use no other (L. S. Shapley, 1953).
    Shapley,
}

impl ChannelMethod {
    /// Both methods with their tokens, in declaration order.
    pub const ALL: [(&'static str, Self); 2] = [("markov", Self::Markov), ("shapley", Self::Shapley)];
}

/// What the touch at each milestone is given, in percent: 0..=100, at most 4 decimals, together 100.
///
/// A touch that stands at several milestones has the sum. A milestone whose time is not known stands at the next one that is. What is meant for the
/// middle goes to the milestones in equal parts where nothing lies between them. Source: Adobe Marketo Measure and `HubSpot`, whose models are these with
/// other numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// The first touch.
    pub first: Decimal,
    /// The last touch before the first of the people was filed as a contact.
    pub contact_created: Decimal,
    /// The last touch before the opportunity was created.
    pub opportunity_created: Decimal,
    /// The last touch before the close.
    pub closed: Decimal,
    /// All touches between the first and the last of these milestones together, each as much.
    pub middle: Decimal,
}

impl Positions {
    /// The parts with their names in documents, the milestones in their order and then the middle.
    pub const fn parts(&self) -> [(&'static str, Decimal); 5] {
        [
            ("first", self.first),
            ("contact_created", self.contact_created),
            ("opportunity_created", self.opportunity_created),
            ("closed", self.closed),
            ("middle", self.middle),
        ]
    }
}

impl Default for AttributionRule {
    /// What the default policy says; it stands in where a document says nothing.
    fn default() -> Self {
        Policy::default().document().attribution.clone()
    }
}

impl AttributionRule {
    /// The model of that name.
    pub fn model(&self, name: &str) -> Option<&AttributionModel> {
        self.models.iter().find(|model| model.name == name)
    }
}

pub(super) fn read(mut r: Reader<'_>, names: &StandIns) -> AttributionRule {
    let rule = AttributionRule {
        model: r.text("model"),
        look_back_days: r.whole("look_back_days", limits::DAYS),
        left_out_tiers: read::words(&mut r, "left_out_tiers", &Tier::ALL, Tier::Ignored),
        left_out_kinds: read::names(&mut r, "left_out_kinds", &names.kind),
        role_weighted: r.flag("role_weighted", false),
        models: read::list(&mut r, "models").into_iter().map(model).collect(),
    };
    r.finish();
    rule
}

/// The fields of which a model has one.
const FORMS: [&str; 3] = ["positions", "decay", "channels"];

fn model(mut r: Reader<'_>) -> AttributionModel {
    let name = r.text("name");
    let positions = r.object_if_any("positions").map(|section| CreditRule::Positions(positions(section)));
    let decay = r.object_if_any("decay").map(|section| CreditRule::Decay(read::decay(section)));
    let channels = r.word_if_any("channels", &ChannelMethod::ALL).map(CreditRule::Channels);
    let is_given = |name: &&&str| r.fields().iter().any(|(field, node)| field == **name && *node != Node::Null);
    if FORMS.iter().filter(is_given).count() != 1 {
        let words = "a model has one of `positions`, `decay` and `channels`";
        note(r.problems(), r.here().into(), ProblemKind::Inconsistent(words.into()));
    }
    let credit = positions.or(decay).or(channels);
    r.finish();
    AttributionModel { name, credit: credit.unwrap_or(CreditRule::Decay(Decay::None)) }
}

fn positions(mut r: Reader<'_>) -> Positions {
    let mut part = |name| {
        let limit = &limits::PERCENT;
        r.decimal_if_any(name, limit.places, limit.least, limit.most).unwrap_or_default()
    };
    let positions = Positions {
        first: part("first"),
        contact_created: part("contact_created"),
        opportunity_created: part("opportunity_created"),
        closed: part("closed"),
        middle: part("middle"),
    };
    r.finish();
    positions
}

pub(super) fn write(rule: &AttributionRule) -> Node {
    write::map([
        ("model", Node::text(&*rule.model)),
        ("look_back_days", write::whole(rule.look_back_days)),
        ("left_out_tiers", write::list(&rule.left_out_tiers, |tier| Node::text(tier.as_str()))),
        ("left_out_kinds", write::list(&rule.left_out_kinds, |kind| Node::text(kind.as_str()))),
        ("role_weighted", Node::Bool(rule.role_weighted)),
        ("models", write::list(&rule.models, write_model)),
    ])
}

fn write_model(model: &AttributionModel) -> Node {
    let credit = match &model.credit {
        CreditRule::Positions(positions) => ("positions", write_positions(positions)),
        CreditRule::Decay(decay) => ("decay", write::decay(decay)),
        CreditRule::Channels(method) => ("channels", Node::text(token_of(&ChannelMethod::ALL, *method))),
    };
    write::map([("name", Node::text(&*model.name)), credit])
}

/// The parts that are given anything.
fn write_positions(positions: &Positions) -> Node {
    write::map_of_present(positions.parts().map(|(name, part)| (name, (!part.is_zero()).then(|| write::decimal(part)))))
}

pub(super) fn validate(check: &mut Check<'_>, at: &Place<'_>, rule: &AttributionRule, kinds: &Names<'_>) {
    check.whole(&at.field("look_back_days"), rule.look_back_days, &limits::DAYS);
    check.once(&at.field("left_out_tiers"), "tier", rule.left_out_tiers.iter().map(|tier| tier.as_str()));
    let left_out = &at.field("left_out_kinds");
    check.once(left_out, "kind", rule.left_out_kinds.iter().map(KindName::as_str));
    for (i, kind) in rule.left_out_kinds.iter().enumerate() {
        check.reference(&left_out.item(i), kinds, kind.as_str());
    }
    let models = &at.field("models");
    check.at_most(models, "models", rule.models.len(), MODELS_MAX);
    let names = check.names(models, "model", rule.models.iter().map(|model| &*model.name));
    for (i, model) in rule.models.iter().enumerate() {
        let at = &models.item(i);
        check.text(&at.field("name"), &model.name, LABEL_BYTES_MAX);
        match &model.credit {
            CreditRule::Positions(positions) => validate_positions(check, &at.field("positions"), positions),
            CreditRule::Decay(decay) => validate::decay(check, &at.field("decay"), decay),
            CreditRule::Channels(_) => {}
        }
    }
    check.reference(&at.field("model"), &names, &rule.model);
}

fn validate_positions(check: &mut Check<'_>, at: &Place<'_>, positions: &Positions) {
    for (name, part) in positions.parts() {
        check.decimal(&at.field(name), part, &limits::PERCENT);
    }
    let parts = positions.parts();
    let places = parts.map(|(name, _)| at.field(name));
    let sum: Decimal = parts.iter().map(|(_, part)| *part).sum();
    if sum != Decimal::ONE_HUNDRED && check.read(&places.each_ref()) {
        check.unfit(at, alloc::format!("the parts add up to {}; they must add up to 100", sum.normalize()));
    } else if positions.middle == Decimal::ONE_HUNDRED {
        check.unfit(at, "everything is for the middle; give a milestone a part, or every touch the same by `decay` of the type `none`");
    }
}
