//! Laws of credit for single deals and for all of them.

use std::collections::BTreeSet;

use num_traits::Zero as _;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{Deal, DealJourney, Decimal, Grouping, Instant, Outcome, Policy, PolicyDocument, Touch, attribute, attribution_report};

use crate::oracle::{Rational, by_position, fraction, ratio, removal_effects, split};

const MODELS: [(&str, [i64; 5]); 6] = [
    ("first", [100, 0, 0, 0, 0]),
    ("last", [0, 0, 0, 100, 0]),
    ("u_shaped_marketo", [50, 50, 0, 0, 0]),
    ("u_shaped_hubspot", [40, 40, 0, 0, 20]),
    ("w_shaped", [30, 30, 30, 0, 10]),
    ("own", [10, 20, 0, 30, 40]),
];

/// A touch: days after the start, id, person, kind, campaign.
type Row = (i64, Option<u8>, u8, usize, Option<u8>);
const KINDS: [(&str, &str); 4] =
    [("demo_request", "web"), ("webinar_attended", "event"), ("meeting_held", "sales"), ("content_download", "content")];
const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const ROLES: [(&str, u16); 4] = [("economic_buyer", 100), ("champion", 80), ("end_user", 60), ("nobody", 0)];

/// 2^(−age / 7) in billionths, half to even.
const FADED: [i64; 9] =
    [1_000_000_000, 905_723_664, 820_335_356, 742_997_145, 672_950_096, 609_506_827, 552_044_757, 500_000_000, 452_861_832];

/// A deal and its touches in days; all of it small, so that times meet, and milestones come before the first touch and after the last.
#[derive(Clone, Debug)]
struct World {
    rows: Vec<Row>,
    contact: Option<i64>,
    opportunity: Option<i64>,
    closed: i64,
    cents: Option<i64>,
    role_weighted: bool,
}

fn row() -> impl Strategy<Value = Row> {
    (0..8_i64, option::weighted(0.8, 0..6_u8), 0..4_u8, 0..KINDS.len(), option::of(0..2_u8))
}

fn world() -> impl Strategy<Value = World> {
    let cents = prop_oneof![2 => (-1_000..100_000_i64).prop_map(Some), 1 => select(vec![Some(0), Some(1), Some(-1), None])];
    (vec(row(), 0..9), option::weighted(0.8, 0..10_i64), option::weighted(0.8, 0..10_i64), 4..9_i64, cents, any::<bool>()).prop_map(
        |(rows, contact, opportunity, closed, cents, role_weighted)| World { rows, contact, opportunity, closed, cents, role_weighted },
    )
}

/// Noon of a day, so that a time is no date alone.
fn noon(day: i64) -> Instant {
    Instant::from_micros_since_epoch((20_000 + day) * 86_400_000_000 + 43_200_000_000).unwrap()
}

fn touch<'a>(row: &Row) -> Touch<'a> {
    let (day, id, person, kind, campaign) = *row;
    let (role, weight) = ROLES[usize::from(person)];
    Touch {
        at: noon(day),
        id: id.map(|id| IDS[usize::from(id)]),
        contact: IDS[usize::from(person)],
        kind: KINDS[kind].0,
        campaign: campaign.map(|one| IDS[usize::from(one)]),
        role,
        weight,
    }
}

fn deal(world: &World) -> Deal<'static> {
    Deal {
        opportunity: "o1",
        account: "acme",
        group: None,
        contact_created: world.contact.map(noon),
        opportunity_created: world.opportunity.map(noon),
        closed: noon(world.closed),
        outcome: Outcome::Won,
        amount: world.cents.map(|cents| Decimal::new(cents, 2)),
        currency: Some("EUR"),
    }
}

/// The default policy with kinds of our own channels and one more model.
fn policy(role_weighted: bool) -> Policy {
    let mut document: PolicyDocument = Policy::default().document().clone();
    document.attribution.role_weighted = role_weighted;
    document.channels.clear();
    document.kinds.retain(|kind| KINDS.iter().any(|(name, _)| *name == kind.name.as_str()));
    for (kind, channel) in KINDS {
        document.channels.push(quorate::ChannelRule { name: channel.parse().unwrap(), cap: None });
        document.kinds.iter_mut().find(|one| one.name.as_str() == kind).expect("a kind of the default policy").channel =
            channel.parse().unwrap();
    }
    let mut own = document.attribution.model("w_shaped").unwrap().clone();
    let percent = |number: i64| Decimal::new(number, 0);
    own.name = "own".into();
    own.credit = quorate::CreditRule::Positions(quorate::Positions {
        first: percent(10),
        contact_created: percent(20),
        opportunity_created: percent(0),
        closed: percent(30),
        middle: percent(40),
    });
    document.attribution.models.push(own);
    Policy::new(document).unwrap()
}

/// The touches that count, in their order, and where the milestones stand.
fn expected_touches(world: &World) -> (Vec<Row>, [usize; 3]) {
    let mut rows: Vec<Row> = world.rows.iter().filter(|row| row.0 <= world.closed).copied().collect();
    // An absent id comes before any; kinds are compared by name.
    rows.sort_by_key(|row| (row.0, row.1, row.2, KINDS[row.3].0, row.4));
    let last = rows.len().saturating_sub(1);
    let stands = |day: Option<i64>, next: usize| day.map_or(next, |day| rows.iter().filter(|row| row.0 <= day).count().saturating_sub(1));
    let opportunity = stands(world.opportunity, last);
    let contact = stands(world.contact, opportunity);
    (rows, [contact, opportunity, last])
}

fn weights(world: &World, model: &str, percents: Option<[i64; 5]>) -> Vec<Rational> {
    let (rows, stands) = expected_touches(world);
    if rows.is_empty() {
        return Vec::new();
    }
    let shares = match percents {
        Some(percents) => by_position(percents, stands, rows.len()),
        None if model == "linear" => vec![ratio(1, 1); rows.len()],
        // Half after seven days, rounded to nine decimals.
        None => rows.iter().map(|row| ratio(FADED[usize::try_from(world.closed - row.0).unwrap()], 1)).collect(),
    };
    let weight = |row: &Row| if world.role_weighted { ratio(ROLES[usize::from(row.2)].1.into(), 1) } else { ratio(1, 1) };
    shares.into_iter().zip(&rows).map(|(share, row)| share * weight(row)).collect()
}

fn all_models() -> impl Iterator<Item = (&'static str, Option<[i64; 5]>)> {
    MODELS.into_iter().map(|(name, percents)| (name, Some(percents))).chain([("linear", None), ("time_decay", None)])
}

fn cents(money: Decimal) -> i64 {
    let mut money = money;
    money.rescale(2);
    i64::try_from(money.mantissa()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn attribution_sums_to_the_cent(world in world()) {
        let policy = policy(world.role_weighted);
        let journey = DealJourney::new(&policy, deal(&world), world.rows.iter().map(touch));
        for (name, percents) in all_models() {
            let found = attribute(&journey, &policy, name, 2).unwrap();
            let weights = weights(&world, name, percents);
            let sum: Rational = weights.iter().sum();
            let shares: Vec<Rational> = weights.iter().map(|weight| if sum.is_zero() { Rational::zero() } else { weight / &sum }).collect();
            prop_assert_eq!(found.credits.iter().map(|one| fraction(&one.share.fraction())).collect::<Vec<_>>(), shares, "{}", name);
            let Some(amount) = world.cents else {
                prop_assert!(found.unattributed.is_none() && found.credits.iter().all(|one| one.amount.is_none()));
                continue;
            };
            let sign = if amount < 0 { -1 } else { 1 };
            let given = split(amount.unsigned_abs(), &weights);
            let got: Vec<i64> = found.credits.iter().map(|one| cents(one.amount.unwrap())).collect();
            let signed = |units: u64| sign * i64::try_from(units).unwrap();
            let expected: Vec<i64> = given.as_ref().map_or_else(|| vec![0; got.len()], |given| given.iter().map(|one| signed(*one)).collect());
            prop_assert_eq!(&got, &expected, "{}", name);
            prop_assert_eq!(got.iter().sum::<i64>() + cents(found.unattributed.unwrap()), amount);
            prop_assert_eq!(cents(found.unattributed.unwrap()), if given.is_some() { 0 } else { amount });
        }
    }

    #[test]
    fn touches_of_one_moment_may_come_in_any_order(world in world(), shift in 0..9_usize) {
        let policy = policy(world.role_weighted);
        let mut turned = world.rows.clone();
        turned.rotate_left(shift.min(world.rows.len()));
        let one = DealJourney::new(&policy, deal(&world), world.rows.iter().map(touch));
        prop_assert_eq!(&one, &DealJourney::new(&policy, deal(&world), turned.iter().rev().map(touch)));
        prop_assert_eq!(one.touches().map(|touch| touch.at).collect::<Vec<_>>(), expected_touches(&world).0.iter().map(|row| noon(row.0)).collect::<Vec<_>>());
    }

    /// One touch told as two of one moment: together they are given what the one was, and its channel what it was by the first and the last touch.
    #[test]
    fn splitting_a_touch_conserves_the_total(world in world(), which in 0..9_usize) {
        prop_assume!(!world.rows.is_empty() && world.cents.is_some());
        let policy = policy(false);
        let mut rows = world.rows.clone();
        rows.push(rows[which % rows.len()]);
        for (name, _) in all_models() {
            let report = |rows: &[Row]| {
                let journey = DealJourney::new(&policy, deal(&world), rows.iter().map(touch));
                attribution_report(&[journey], &policy, name, Grouping::Channel, |_| 2).unwrap()
            };
            let (one, two) = (report(&world.rows), report(&rows));
            prop_assert_eq!(&one.revenue, &two.revenue);
            prop_assert_eq!(&one.unattributed_revenue, &two.unattributed_revenue);
            let shares = |of: &quorate::AttributionReport| of.rows.iter().map(|row| (row.name.clone(), row.conversions.clone())).collect::<Vec<_>>();
            prop_assert!(!["first", "last"].contains(&name) || shares(&one) == shares(&two), "{}", name);
        }
    }

    /// However it is put together, a report adds up, and says what its deals say one by one.
    #[test]
    fn reports_add_up_to_their_deals(worlds in vec(world(), 0..5)) {
        let policy = policy(false);
        let journeys: Vec<DealJourney<'_>> = worlds.iter().map(|world| {
            let currency = Some(if world.closed % 2 == 0 { "EUR" } else { "JPY" });
            let amount = world.cents.map(|cents| if currency == Some("JPY") { Decimal::from(cents) } else { Decimal::new(cents, 2) });
            let outcome = if world.contact == Some(0) { Outcome::Lost } else { Outcome::Won };
            DealJourney::new(&policy, Deal { currency, amount, outcome, ..deal(world) }, world.rows.iter().map(touch))
        }).collect();
        let digits = |currency: Option<&str>| if currency == Some("JPY") { 0 } else { 2 };
        let won: Vec<&DealJourney<'_>> = journeys.iter().filter(|one| one.deal().outcome == Outcome::Won).collect();
        for (name, _) in all_models().chain([("markov", None), ("shapley", None)]) {
            for (_, by) in Grouping::ALL {
                let over_channels = ["markov", "shapley"].contains(&name);
                let found = attribution_report(&journeys, &policy, name, by, digits);
                if over_channels && by != Grouping::Channel {
                    prop_assert_eq!(found.unwrap_err().code(), "needs_all_deals");
                    continue;
                }
                let found = found.unwrap();
                prop_assert_eq!(found.won, u64::try_from(won.len()).unwrap());
                let conversions: Rational = found.rows.iter().map(|row| fraction(&row.conversions.fraction())).sum();
                prop_assert_eq!(conversions + ratio(i64::try_from(found.unattributed).unwrap(), 1), ratio(i64::try_from(found.won).unwrap(), 1), "{}", name);
                for currency in ["EUR", "JPY"] {
                    let of = |money: &[quorate::Money]| money.iter().filter(|one| one.currency.as_deref() == Some(currency)).map(|one| one.amount).sum::<Decimal>();
                    let all: Decimal = won.iter().filter(|one| one.deal().currency == Some(currency)).filter_map(|one| one.deal().amount).sum();
                    let rows: Decimal = found.rows.iter().map(|row| of(&row.revenue)).sum();
                    prop_assert_eq!(of(&found.revenue), all);
                    prop_assert_eq!(rows + of(&found.unattributed_revenue), all, "{} by {:?}", name, by);
                    if over_channels {
                        let mine = |name: &str| found.rows.iter().find(|row| row.name.as_deref() == Some(name)).map_or(Decimal::ZERO, |row| of(&row.revenue));
                        for (channel, money) in over_all_channels(name, &journeys, currency, &digits) {
                            prop_assert_eq!(mine(channel), money, "{} {} {}", name, channel, currency);
                        }
                        continue;
                    }
                    for row in &found.rows {
                        let mine = won.iter().filter(|one| one.deal().currency == Some(currency)).flat_map(|journey| {
                            let credits = attribute(journey, &policy, name, digits(Some(currency))).unwrap().credits;
                            credits.into_iter().filter(|credit| key(by, credit) == row.name.as_deref()).filter_map(|credit| credit.amount).collect::<Vec<_>>()
                        });
                        prop_assert_eq!(of(&row.revenue), mine.sum::<Decimal>(), "{} by {:?}", name, by);
                    }
                }
            }
        }
    }
}

fn key<'a>(by: Grouping, credit: &quorate::Credit<'_, 'a>) -> Option<&'a str> {
    match by {
        Grouping::Channel => Some(credit.channel),
        Grouping::Campaign => credit.touch.campaign,
        Grouping::Kind => Some(credit.touch.kind),
        Grouping::Person => Some(credit.touch.contact),
        Grouping::Role => Some(credit.touch.role),
    }
}

/// What each channel is given of a currency: by the Shapley value deal by deal, by removal effects all at once, of equal remainders to the first.
fn over_all_channels<'a>(
    model: &str,
    journeys: &[DealJourney<'a>],
    currency: &str,
    digits: &impl Fn(Option<&str>) -> u32,
) -> Vec<(&'a str, Decimal)> {
    let names: BTreeSet<&str> = journeys.iter().flat_map(DealJourney::channels).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let number = |channel: &str| names.iter().position(|name| *name == channel).unwrap();
    let scale = digits(Some(currency));
    let signed = |units: u64, negative: bool| Decimal::new(i64::try_from(units).unwrap() * if negative { -1 } else { 1 }, scale);
    let won = |journey: &&DealJourney<'_>| journey.deal().outcome == Outcome::Won && journey.deal().currency == Some(currency);
    let units = |amount: Decimal| {
        let mut scaled = amount;
        scaled.rescale(scale);
        (u64::try_from(scaled.mantissa().unsigned_abs()).unwrap(), amount.is_sign_negative())
    };
    let mut given = vec![Decimal::ZERO; names.len()];
    if model == "shapley" {
        for journey in journeys.iter().filter(won) {
            let mut met = BTreeSet::new();
            let channels: Vec<usize> = journey.channels().map(number).collect();
            let parts: Vec<Rational> = channels.iter().map(|channel| ratio(i64::from(met.insert(*channel)), 1)).collect();
            let (units, negative) = units(journey.deal().amount.unwrap_or_default());
            for (channel, units) in channels.iter().zip(split(units, &parts).unwrap_or_default()) {
                given[*channel] += signed(units, negative);
            }
        }
    } else {
        let path = |journey: &DealJourney<'_>| {
            let won = journey.deal().outcome == Outcome::Won;
            (journey.channels().map(number).collect(), u32::from(won), u32::from(!won))
        };
        let effects = removal_effects(names.len(), &journeys.iter().map(path).collect());
        let touched = journeys.iter().filter(won).filter(|journey| journey.touches().len() > 0);
        let (units, negative) = units(touched.filter_map(|journey| journey.deal().amount).sum());
        for (channel, units) in split(units, &effects).unwrap_or_default().into_iter().enumerate() {
            given[channel] = signed(units, negative);
        }
    }
    names.into_iter().zip(given).collect()
}
