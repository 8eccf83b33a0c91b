//! Scenarios to what a reader can check by hand: what is given, when it is asked, what must be answered.
//!
//! Invariant: everything that a scenario gives or expects is said; nothing is computed here, so that a page shows the
//! expectations as they were written and the test run shows that they hold.

use super::catalogue::Message;
use super::html::Html;
use super::voice::Voice;
use crate::explain::shared::{self, status};
use crate::model::{Kind, Status, Truth};
use crate::syntax::ast::{
    Expect, ExpectKind, ExpectNorm, ExpectOutcome, Given, GivenKind, ScenarioDecl, ServiceLevel,
};

impl Voice<'_, '_> {
    /// A scenario, with the number that its place in the page has.
    pub(super) fn scenario(&self, number: usize, scenario: &ScenarioDecl) -> Html {
        let mut inner = Html::element("h3", &self.text(&scenario.title));
        inner.push(&Html::class(
            "p",
            "asked",
            &self.say(Message::AskedAt, &[self.instant(&scenario.at)]),
        ));
        let mut given: Vec<Html> = Vec::new();
        if let Some(date) = scenario.law_date {
            given.push(self.say(Message::LawOf, &[self.date(date, 0)]));
        }
        for name in &scenario.adopt {
            let pack = self
                .book
                .packs
                .iter()
                .position(|pack| pack.name() == name.text);
            let title = pack.map_or_else(|| Html::code(&name.text), |pack| self.pack_title(pack));
            given.push(self.say(Message::Adopted, &[title]));
        }
        given.extend(scenario.levels.iter().map(|level| self.level(level)));
        given.extend(scenario.given.iter().map(|given| self.given(given)));
        if !given.is_empty() {
            inner.push(&Html::element("h4", &self.say(Message::GivenHead, &[])));
            inner.push(&Html::list("given", &given));
        }
        let expected: Vec<Html> = scenario
            .expect
            .iter()
            .map(|expect| self.expectation(expect))
            .collect();
        inner.push(&Html::element("h4", &self.say(Message::ExpectHead, &[])));
        inner.push(&Html::list("expected", &expected));
        let id = format!("scenario-{number}");
        Html::with("article", &[("class", "scenario"), ("id", &id)], &inner)
    }

    fn level(&self, level: &ServiceLevel) -> Html {
        let message = match level.undue_delay {
            true => Message::LevelUndue,
            false => Message::LevelExpeditious,
        };
        let unit = match level.unit.text.trim_end_matches('s') {
            "minute" => Message::Minutes,
            "hour" => Message::Hours,
            "day" => Message::Days,
            "microsecond" => Message::Microseconds,
            _ => Message::Seconds,
        };
        let number = Html::text(&level.n.value.to_string());
        self.say(message, &[self.say(unit, &[number])])
    }

    fn given(&self, given: &Given) -> Html {
        let name = &given.name.text;
        let answer = match &given.kind {
            GivenKind::Bool(true) => self.say(Message::Yes, &[]),
            GivenKind::Bool(false) => self.say(Message::No, &[]),
            GivenKind::Is(value) => self.value(name, value),
            GivenKind::At(at) => self.instant(at),
            GivenKind::Unknown => self.say(Message::NotKnown, &[]),
            GivenKind::NotHappened => self.say(Message::HappenedNot, &[]),
        };
        self.answered(self.question(name), answer)
    }

    fn expectation(&self, expect: &Expect) -> Html {
        match &expect.kind {
            ExpectKind::Norm(norm) => self.of_norm(norm),
            ExpectKind::Missing(name) => self.say(Message::Missing, &[self.question(&name.text)]),
            ExpectKind::Assumed(name) => {
                let message = match self.book.event(&name.text) {
                    Some(_) => Message::AssumedEvent,
                    None => Message::AssumedFact,
                };
                self.say(message, &[self.question(&name.text)])
            }
            ExpectKind::ConflictOn(target) => self.duty(Message::ConflictOn, target),
            ExpectKind::NeedsHuman(None) => self.say(Message::NeedsHuman, &[]),
            ExpectKind::NeedsHuman(Some(rule)) => {
                self.say(Message::NeedsHumanBy, &[self.rule(&rule.text)])
            }
            ExpectKind::NotAskedBy(rule) => self.say(Message::NotAskedBy, &[self.rule(&rule.text)]),
            ExpectKind::NeedsNobody => self.say(Message::NeedsNobody, &[]),
            ExpectKind::NextChange(Some(at)) => self.change(at),
            ExpectKind::NextChange(None) => self.say(Message::NextChangeNever, &[]),
        }
    }

    fn of_norm(&self, norm: &ExpectNorm) -> Html {
        let (message, kind) = match norm.outcome {
            ExpectOutcome::Must => (Message::Must, Kind::Must),
            ExpectOutcome::May => (Message::May, Kind::May),
            ExpectOutcome::MustNot => (Message::MustNot, Kind::MustNot),
            ExpectOutcome::None => (Message::OutcomeNone, Kind::Lifted),
            ExpectOutcome::Undetermined => (Message::OutcomeUndetermined, Kind::Must),
            ExpectOutcome::Conflict => (Message::ConflictOn, Kind::Must),
        };
        let mut more: Vec<Html> = Vec::new();
        if let Some(word) = &norm.status
            && let Some(found) = Status::from_word(&word.text)
        {
            more.push(self.told(status(found, kind), &[]));
        }
        if let Some(due) = &norm.due {
            more.push(self.say(Message::DueAt, &[self.due(due)]));
        }
        if let Some((exclusive, at)) = &norm.alternative {
            let message = if *exclusive {
                Message::OtherBefore
            } else {
                Message::OtherAt
            };
            more.push(self.say(message, &[self.due(at)]));
        }
        if let Some((money, per_day)) = &norm.up_to {
            let money = self.money(money);
            let money = if *per_day {
                self.say(Message::PerDay, &[money])
            } else {
                money
            };
            more.push(self.say(Message::Ceiling, &[money]));
        }
        if let Some(places) = &norm.across {
            more.push(self.say(Message::Where, &[self.set(places, self.book.territory)]));
        }
        if let Some(guard) = norm.guard {
            more.push(match guard {
                Truth::True => self.say(Message::GuardHolds, &[]),
                Truth::False => self.told(shared::Message::WhyGuardFalse, &[]),
                Truth::Unknown => self.told(shared::Message::WhyGuardUnknown, &[]),
            });
        }
        if let Some(rule) = &norm.by {
            more.push(self.say(Message::ByRule, &[self.rule(&rule.text)]));
        }
        if let Some(rule) = &norm.not_by {
            more.push(self.say(Message::NotByRule, &[self.rule(&rule.text)]));
        }
        let said = self.duty(message, &norm.target);
        if more.is_empty() {
            return said;
        }
        let more = Html::joined(&more, Message::Semicolon.text(self.lang));
        self.say(Message::Detail, &[said, Html::class("span", "more", &more)])
    }
}
