//! Signals: of contacts, accounts and nobody known, at the edges of windows, in bursts, repeated and contradicted.

use super::Vocabulary;
use super::draw::{age, maybe, name, second, word};
use crate::world::{Account, Contact, Day, Signal, Subject, TODAY, World, date, moment};
use proptest::prelude::*;
use proptest::sample::Index;

const MOST: usize = 60;

#[derive(Clone, Debug)]
enum Who {
    /// One of the first contacts, so that some people have many signals.
    Busy(Index),
    Contact(Index),
    /// Every contact of an account, once each: the whole group was at one event.
    Everyone(Index),
    Account(Index),
    Email(Index),
    Stranger(Subject),
}

/// Signals alike but for the day; on each day `count` of them.
#[derive(Clone, Debug)]
struct Draft {
    who: Who,
    kind: String,
    ages: Vec<Day>,
    second: i64,
    /// How the time is written.
    style: usize,
    solution: Option<String>,
    campaign: Option<String>,
    quarantined: bool,
    has_id: bool,
    count: usize,
}

/// What an echo of an identified signal says differently.
#[derive(Clone, Copy, Debug)]
enum Echo {
    Same,
    OtherSpelling,
    OtherTime,
    OtherCampaign,
    OtherSort,
    OtherKind,
    OtherSolution,
    OtherMark,
}

#[derive(Clone, Debug)]
pub struct Drafts {
    signals: Vec<Draft>,
    /// Which signal is echoed, how, and where the echo stands.
    echoes: Vec<(Index, Echo, Index)>,
}

pub fn drafts(vocabulary: &Vocabulary) -> BoxedStrategy<Drafts> {
    let drafts = |range| prop::collection::vec(draft(vocabulary), range);
    let signals = prop_oneof![1 => drafts(0..=2), 3 => drafts(1..=10), 4 => drafts(8..=30)];
    let echo = || (any::<Index>(), prop::sample::select(ECHOES.to_vec()), any::<Index>());
    let echoes = prop_oneof![1 => Just(Vec::new()), 1 => prop::collection::vec(echo(), 1..=4)];
    (signals, echoes).prop_map(|(signals, echoes)| Drafts { signals, echoes }).boxed()
}

const ECHOES: [Echo; 8] = [
    Echo::Same,
    Echo::OtherSpelling,
    Echo::OtherTime,
    Echo::OtherCampaign,
    Echo::OtherSort,
    Echo::OtherKind,
    Echo::OtherSolution,
    Echo::OtherMark,
];

fn draft(vocabulary: &Vocabulary) -> impl Strategy<Value = Draft> + use<> {
    let ages = prop_oneof![6 => prop::collection::vec(age(), 1), 1 => prop::collection::vec(age(), 2..=5)];
    let count = prop_oneof![16 => Just(1_usize), 2 => 2_usize..=4, 1 => 5_usize..=12];
    let marks = (prop::bool::weighted(0.04), prop::bool::weighted(0.3));
    let times = (ages, second(), prop_oneof![5 => Just(0_usize), 2 => 1_usize..7]);
    let about = (maybe(0.3, word(&["crm", "erp", "other"])), maybe(0.2, word(&["spring", "Frühling, \"25\""])));
    (who(), kind(vocabulary), times, about, marks, count).prop_map(
        |(who, kind, (ages, second, style), (solution, campaign), (quarantined, has_id), count)| Draft {
            who,
            kind,
            ages,
            second,
            style,
            solution,
            campaign,
            quarantined,
            has_id,
            count,
        },
    )
}

fn who() -> impl Strategy<Value = Who> {
    let stranger = prop_oneof![
        Just(Subject::Contact("nobody".to_owned())),
        Just(Subject::Account("nowhere".to_owned())),
        Just(Subject::Email("who@else.example".to_owned())),
    ];
    prop_oneof![
        9 => any::<Index>().prop_map(Who::Busy),
        8 => any::<Index>().prop_map(Who::Contact),
        1 => any::<Index>().prop_map(Who::Everyone),
        2 => any::<Index>().prop_map(Who::Account),
        1 => any::<Index>().prop_map(Who::Email),
        1 => stranger.prop_map(Who::Stranger),
    ]
}

fn kind(vocabulary: &Vocabulary) -> BoxedStrategy<String> {
    let strong = if vocabulary.strong.is_empty() { &vocabulary.kinds } else { &vocabulary.strong };
    let often_capped = word(&["page_view", "email_click", "ad_click", "form_fill", "intent_high", "pricing_page"]);
    let negative = word(&["unsubscribe", "careers_page"]);
    let strange = word(&["mystery", "live_chat"]);
    prop_oneof![6 => name(&vocabulary.kinds), 6 => name(strong), 4 => often_capped, 1 => negative, 1 => strange].boxed()
}

pub fn add(world: &mut World, drafts: Drafts) {
    for draft in drafts.signals {
        for subject in subjects(world, &draft.who) {
            for age in &draft.ages {
                add_burst(world, &draft, &subject, *age);
            }
        }
    }
    for (place, echo, to) in drafts.echoes {
        add_echo(world, place, echo, to);
    }
}

/// Empty where there is nobody of the sort.
fn subjects(world: &World, who: &Who) -> Vec<Subject> {
    let contact = |contact: &Contact| Subject::Contact(contact.id.clone());
    let account = |account: &Account| Subject::Account(account.id.clone());
    let busy = &world.contacts[..world.contacts.len().min(3)];
    match who {
        Who::Busy(place) => one(busy, *place).map(contact).into_iter().collect(),
        Who::Contact(place) => one(&world.contacts, *place).map(contact).into_iter().collect(),
        Who::Everyone(place) => {
            let home = one(&world.accounts, *place).map(|account| account.id.as_str());
            world.contacts.iter().filter(|contact| home.is_some() && contact.account.as_deref() == home).map(contact).collect()
        }
        Who::Account(place) => one(&world.accounts, *place).map(account).into_iter().collect(),
        Who::Email(place) => {
            one(&world.contacts, *place).and_then(|contact| contact.email.clone()).map(Subject::Email).into_iter().collect()
        }
        Who::Stranger(subject) => vec![subject.clone()],
    }
}

fn one<T>(items: &[T], place: Index) -> Option<&T> {
    (!items.is_empty()).then(|| place.get(items))
}

fn add_burst(world: &mut World, draft: &Draft, subject: &Subject, age: Day) {
    for number in 0..draft.count {
        if world.signals.len() < MOST {
            let Draft { kind, solution, campaign, quarantined, .. } = draft.clone();
            let id = draft.has_id.then(|| format!("s{},{number}", world.signals.len()));
            let at = spelled(TODAY - age, draft.second, draft.style);
            world.signals.push(Signal { id, subject: subject.clone(), kind, at, solution, campaign, quarantined });
        }
    }
}

/// One instant, written in one of several ways; a date alone only at midnight.
fn spelled(day: Day, second: i64, style: usize) -> String {
    let utc = moment(day, second);
    let bare = utc.trim_end_matches('Z');
    match style {
        1 => format!("{bare}.000Z"),
        2 => format!("{bare}.000000000+00:00"),
        3 => with_offset(day, second, 7_200, "+02:00"),
        4 => with_offset(day, second, -41_400, "-11:30"),
        5 => bare.to_owned(),
        6 if second == 0 => date(day),
        _ => utc,
    }
}

fn with_offset(day: Day, second: i64, offset: i64, written: &str) -> String {
    let local = second + offset;
    let local = moment(day + local.div_euclid(86_400), local.rem_euclid(86_400));
    format!("{}{written}", local.trim_end_matches('Z'))
}

/// Repeats a signal under the same id, perhaps with another content.
fn add_echo(world: &mut World, place: Index, echo: Echo, to: Index) {
    let length = world.signals.len();
    if length == 0 || length >= MOST {
        return;
    }
    let place = place.index(length);
    let id = world.signals[place].id.clone().unwrap_or_else(|| format!("echo {length}"));
    world.signals[place].id = Some(id);
    let signal = altered(world, world.signals[place].clone(), echo);
    world.signals.insert(to.index(length + 1), signal);
}

fn altered(world: &World, signal: Signal, echo: Echo) -> Signal {
    let other = |text: Option<&String>, first: &str| if text.is_some() { None } else { Some(first.to_owned()) };
    match echo {
        Echo::Same => signal,
        Echo::OtherSpelling => Signal { at: signal.at.replace(":00Z", ":00.0+00:00"), ..signal },
        Echo::OtherTime => Signal { at: moment(TODAY - 3, 7), ..signal },
        Echo::OtherCampaign => Signal { campaign: other(signal.campaign.as_ref(), "autumn"), ..signal },
        Echo::OtherSolution => Signal { solution: other(signal.solution.as_ref(), "crm"), ..signal },
        Echo::OtherKind => Signal { kind: "form_fill".to_owned(), ..signal },
        Echo::OtherMark => Signal { quarantined: !signal.quarantined, ..signal },
        Echo::OtherSort => Signal { subject: other_sort(world, &signal.subject), ..signal },
    }
}

/// The account instead of its contact, an e-mail address instead of an account.
fn other_sort(world: &World, subject: &Subject) -> Subject {
    let contact = match subject {
        Subject::Contact(id) => world.contacts.iter().find(|contact| contact.id == *id),
        _ => None,
    };
    let account = contact.and_then(|contact| contact.account.clone());
    account.map_or_else(|| Subject::Email("a@b.example".to_owned()), Subject::Account)
}
