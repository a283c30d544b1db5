//! Standing over time, told from the whole sequence of days: nothing is carried along from one day to the next. Each move is the
//! first day on which something that can be read off the sequence is so.

use super::number::{Q, decimal};
use super::policy::Policy;
use super::time;
use crate::world::{Day, date};
use serde_json::{Value, json};

/// A group on a day, cut down to what a standing looks at.
struct Seen {
    day: Day,
    /// Of the verdict.
    state: String,
    rule: bool,
    points: Q,
    /// The newest hand-raise, and whether it is one that qualifies.
    raised: Option<Day>,
    holds: bool,
    heard: Option<Day>,
}

/// How a group stands at the end of the last day of a sequence, and the moves up to then, as the documents say it, without messages.
#[derive(Clone, Debug)]
pub struct Stand {
    pub place: Value,
    pub moves: Vec<Value>,
}

/// A stretch of days by one route.
#[derive(Clone, Copy)]
struct Stretch {
    rule: bool,
    /// The day it began, which may be later than that on which the group came in.
    from: Day,
    entered: Day,
}

struct Story<'a> {
    policy: &'a Policy,
    days: &'a [Seen],
    moves: Vec<Value>,
}

/// Tells the story of one group from its assessments, one a day without a gap.
pub fn story(policy: &Value, assessments: &[Value]) -> Stand {
    let policy = Policy::read(policy);
    let days: Vec<Seen> = assessments.iter().map(see).collect();
    let mut story = Story { policy: &policy, days: &days, moves: Vec::new() };
    let place = story.tell();
    Stand { place, moves: story.moves }
}

fn see(assessment: &Value) -> Seen {
    let day = |field: &str| assessment[field].as_str().map(time::day_of);
    let verdict = &assessment["verdict"];
    Seen {
        day: day("as_of").expect("a day"),
        state: verdict["state"].as_str().expect("a state").to_owned(),
        rule: verdict["route"] == "rule",
        points: decimal(assessment["points"].as_str().expect("points")).expect("a decimal"),
        raised: day("newest_hand_raise"),
        holds: assessment["hand_raise_holds"] == true,
        heard: day("newest_positive"),
    }
}

fn out(left: Option<Day>) -> Value {
    left.map_or_else(|| json!({"place": "out"}), |left| json!({"place": "out", "left": date(left)}))
}

impl Story<'_> {
    /// Stay after stay, until the days are over.
    fn tell(&mut self) -> Value {
        let (mut left, mut after) = (None, Day::MIN);
        while let Some(mut stretch) = self.entry(left, after) {
            loop {
                let next = self.later(stretch.from).find_map(|today| Some((today.day, self.change(stretch, today)?)));
                let Some((day, (to, reason))) = next else { return self.place(stretch) };
                let from = self.place_on(stretch, day - 1);
                if let Some(rule) = to {
                    stretch = Stretch { rule, from: day, entered: stretch.entered };
                    self.note(day, from, self.place_on(stretch, day), reason);
                } else {
                    self.note(day, from, out(Some(day)), reason);
                    (left, after) = (Some(day), day);
                    break;
                }
            }
        }
        out(left)
    }

    fn later(&self, than: Day) -> impl Iterator<Item = &Seen> {
        self.days.iter().filter(move |seen| seen.day > than)
    }

    fn note(&mut self, day: Day, from: Value, to: Value, reason: Value) {
        self.moves.push(json!({"day": date(day), "from": from, "to": to, "reason": reason}));
    }

    /// "Verdict qualified, and the rule is true with the last leaving ≥ 90 days ago or none, or else a hand-raise dated after the last leaving."
    fn entry(&mut self, left: Option<Day>, after: Day) -> Option<Stretch> {
        let cool_down = self.policy.number("/exit/cool_down_days");
        let cooled = |seen: &&Seen| seen.state == "qualified" && seen.rule && left.is_none_or(|left| seen.day - left >= cool_down);
        let asked = |seen: &&Seen| seen.state == "qualified" && seen.holds && seen.raised > left;
        let by_rule = self.later(after).find(cooled).map(|seen| seen.day);
        let by_hand = self.later(after).find(asked).map(|seen| seen.day);
        let entered = [by_rule, by_hand].into_iter().flatten().min()?;
        let stretch = Stretch { rule: by_rule == Some(entered), from: entered, entered };
        let raised = self.on(entered).raised;
        let reason = if stretch.rule { json!({"code": "rule_true"}) } else { json!({"code": "hand_raise", "day": raised.map(date)}) };
        self.note(entered, out(left), self.place_on(stretch, entered), reason);
        Some(stretch)
    }

    fn on(&self, day: Day) -> &Seen {
        self.days.iter().find(|seen| seen.day == day).expect("a day of the sequence")
    }

    /// What a day does to a stretch that lasted until then: which route follows (none: it leaves), and why.
    fn change(&self, stretch: Stretch, today: &Seen) -> Option<(Option<bool>, Value)> {
        if today.state == "excluded" {
            return Some((None, json!({"code": "excluded"})));
        }
        if stretch.rule {
            let ended = self.ended(stretch, today)?;
            let asked_since = today.raised.filter(|raised| today.holds && *raised > stretch.entered);
            return Some(match asked_since {
                Some(raised) => (Some(false), json!({"code": "hand_raise_holds", "day": date(raised), "ended": ended})),
                None => (None, ended),
            });
        }
        match (today.rule, today.state == "qualified") {
            (true, _) => Some((Some(true), json!({"code": "rule_took_over"}))),
            (false, true) => None,
            (false, false) => Some((None, self.request_over(today))),
        }
    }

    fn request_over(&self, today: &Seen) -> Value {
        let age = today.raised.map(|raised| today.day - raised);
        let young = age.is_some_and(|age| age <= self.policy.number("/hand_raise/within_days"));
        json!({"code": "hand_raise_over", "newest": today.raised.map(date), "days": age, "fit_too_low": young})
    }

    /// "On D − `below_since` ≥ 30, or newest positive age ≥ 180."
    fn ended(&self, stretch: Stretch, today: &Seen) -> Option<Value> {
        let low = self.low_since(stretch, today.day).filter(|since| today.day - since >= self.policy.number("/exit/below_days"));
        if let Some(since) = low {
            let below = super::show(&self.below());
            return Some(json!({"code": "points_low", "below": below, "since": date(since), "days": today.day - since}));
        }
        let silent = today.heard.filter(|heard| today.day - heard >= self.policy.number("/exit/silence_days"))?;
        Some(json!({"code": "silent", "since": date(silent), "days": today.day - silent}))
    }

    fn below(&self) -> Q {
        self.policy.decimal("/exit/below_points")
    }

    /// "The first day of the unbroken run under 70 points", looked for backwards from a day to the start of the stretch.
    fn low_since(&self, stretch: Stretch, day: Day) -> Option<Day> {
        let backwards = self.days.iter().rev().filter(|seen| seen.day <= day && seen.day >= stretch.from);
        let run = backwards.take_while(|seen| seen.points < self.below());
        run.map(|seen| seen.day).last()
    }

    /// The place at the end of the sequence.
    fn place(&self, stretch: Stretch) -> Value {
        self.place_on(stretch, self.days.last().expect("a day").day)
    }

    fn place_on(&self, stretch: Stretch, day: Day) -> Value {
        let route = if stretch.rule { "rule" } else { "hand_raise" };
        let mut place = json!({"place": "in", "route": route, "since": date(stretch.entered)});
        if let Some(since) = self.low_since(stretch, day).filter(|_| stretch.rule) {
            place["below_since"] = json!(date(since));
        }
        place
    }
}
