//! Scenarios as written, to cases and expectations that can be run.
//!
//! Invariant: a scenario gives each fact and event once, with a value that it can have, and expects only what an
//! answer can say.

use std::collections::BTreeMap;

use super::codes;
use super::conditions::{Position, Reader};
use super::ir::{Expect, ExpectKind, ExpectNorm, GivenEvent, Scenario, Value};
use super::link::{Link, Symbol};
use super::literals::text;
use super::names::FACT_OR_EVENT;
use super::report::FileDiagnostic;
use crate::model::{PackId, Status, Unit};
use crate::syntax::ast::{self, GivenKind, ItemKind};
use crate::syntax::nearest;
use crate::time::instant::SECOND;

impl Link<'_> {
    /// All scenarios, in the order of packs.
    pub(super) fn scenarios(&self) -> Vec<Scenario> {
        let mut scenarios = Vec::new();
        for pack in self.pack_ids() {
            for item in &self.pack(pack).ast.items {
                if let ItemKind::Scenario(decl) = &item.kind {
                    scenarios.extend(self.scenario(pack, decl, item));
                }
            }
        }
        scenarios
    }

    fn scenario(
        &self,
        pack: PackId,
        decl: &ast::ScenarioDecl,
        item: &ast::Item,
    ) -> Option<Scenario> {
        let law_date = decl.law_date.as_ref().map(|date| self.date(pack, date));
        let mut scenario = Scenario {
            pack,
            title: text(&decl.title),
            law_date: law_date.flatten(),
            adopt: Vec::new(),
            undue_delay: None,
            expeditiously: None,
            facts: Vec::new(),
            events: Vec::new(),
            now: 0,
            expect: Vec::new(),
            place: self.place(pack, item.span),
        };
        let mut seen = BTreeMap::new();
        let mut all = law_date.is_none_or(|date| date.is_some());
        for name in &decl.adopt {
            match self.adopted(pack, name) {
                Some(adopted) => scenario.adopt.push(adopted),
                None => all = false,
            }
        }
        for level in &decl.levels {
            let length = self.service_level(pack, level);
            all &= length.is_some();
            if level.undue_delay {
                scenario.undue_delay = length;
            } else {
                scenario.expeditiously = length;
            }
        }
        for given in &decl.given {
            if let Some(first) = seen.insert(given.name.text.as_str(), given) {
                let message = format!("`{}` is given twice", given.name.text);
                self.error(
                    FileDiagnostic::error(
                        codes::GIVEN_TWICE,
                        self.place(pack, given.span),
                        message,
                    )
                    .label("the second time")
                    .also(self.place(pack, first.span), "the first time"),
                );
                all = false;
                continue;
            }
            all &= self.given(pack, given, &mut scenario).is_some();
        }
        let now = self.instant(pack, &decl.at);
        for expect in &decl.expect {
            match self.expect(pack, expect) {
                Some(kind) => scenario.expect.push(Expect {
                    kind,
                    place: self.place(pack, expect.span),
                }),
                None => all = false,
            }
        }
        scenario.now = now?;
        all.then_some(scenario)
    }

    /// A pack that a scenario adopts: one whose rules speak only where a host has taken them on.
    fn adopted(&self, pack: PackId, name: &ast::Name) -> Option<PackId> {
        let found = self.pack_or_report(pack, &name.text, name.span)?;
        let status = self.pack(found).status?;
        if status.adoptable() {
            return Some(found);
        }
        let message = format!("pack `{}` cannot be adopted", name.text);
        let place = self.place(pack, name.span);
        self.error(
            FileDiagnostic::error(codes::CANNOT_ADOPT, place, message)
                .label(format!("its status is `{}`", status.word()))
                .help("only `announced` and `voluntary` packs are adopted; leave it out"),
        );
        None
    }

    /// A service level in microseconds of elapsed time.
    fn service_level(&self, pack: PackId, level: &ast::ServiceLevel) -> Option<i64> {
        const UNITS: [(&str, i64); 5] = [
            ("microsecond", 1),
            ("second", SECOND),
            ("minute", 60 * SECOND),
            ("hour", 3_600 * SECOND),
            ("day", 86_400 * SECOND),
        ];
        let written = level.unit.text.as_str();
        let one = written.strip_suffix('s').unwrap_or(written);
        let Some((_, unit)) = UNITS.iter().find(|(word, _)| *word == one) else {
            let message = format!("`{written}` is no unit of a service level");
            let place = self.place(pack, level.unit.span);
            let near = nearest(one, UNITS.iter().map(|(word, _)| *word));
            self.error(
                FileDiagnostic::error(codes::SERVICE_LEVEL, place, message)
                    .label(
                        "expected `minutes`, `hours` or `days` of elapsed time, or a smaller unit",
                    )
                    .near(near),
            );
            return None;
        };
        let longest = i64::from(Unit::Minute.most()) * 60 * SECOND;
        let length = level.n.value.checked_mul(*unit);
        let fits = length.filter(|length| (1..=longest).contains(length));
        if fits.is_none() {
            let message = "a service level is longer than nothing, and at most a hundred years";
            let place = self.place(pack, level.span);
            self.error(
                FileDiagnostic::error(codes::SERVICE_LEVEL, place, message)
                    .label("this is not")
                    .help("write for example `expeditiously within 24 hours`"),
            );
        }
        fits
    }

    fn given(&self, pack: PackId, given: &ast::Given, scenario: &mut Scenario) -> Option<()> {
        let name = &given.name;
        let symbol = self.symbol(pack, name, &FACT_OR_EVENT)?;
        match (symbol, &given.kind) {
            (Symbol::Event(event), kind) => {
                let value = match kind {
                    GivenKind::At(at) => GivenEvent::At(self.instant(pack, at)?),
                    GivenKind::NotHappened => GivenEvent::Not,
                    GivenKind::Unknown => GivenEvent::Unknown,
                    GivenKind::Is(_) | GivenKind::Bool(_) => {
                        let help =
                            format!("write `{0} at INSTANT` or `{0} not happened`", name.text);
                        self.misfit(pack, given, "an event, which has no value", &help);
                        return None;
                    }
                };
                scenario.events.push((event, value));
            }
            (Symbol::Fact(fact), kind) => {
                let value = match kind {
                    GivenKind::Unknown => None,
                    GivenKind::Is(value) => {
                        let ty = self.facts[fact.index()].ty?;
                        Some(self.value(pack, ty, value)?)
                    }
                    GivenKind::Bool(value) => match self.facts[fact.index()].ty? {
                        super::ir::Type::Bool => Some(Value::Bool(*value)),
                        ty => {
                            let found = "a boolean";
                            let wanted = self.type_words(ty);
                            let problem = self.mismatch(pack, given.span, &wanted, found);
                            self.error(problem.help(format!("write `{} is VALUE`", name.text)));
                            return None;
                        }
                    },
                    GivenKind::At(_) | GivenKind::NotHappened => {
                        let help = format!("write `{} is VALUE`", name.text);
                        self.misfit(pack, given, "a fact, which does not happen", &help);
                        return None;
                    }
                };
                scenario.facts.push((fact, value));
            }
            _ => return None,
        }
        Some(())
    }

    fn misfit(&self, pack: PackId, given: &ast::Given, what: &str, help: &str) {
        let message = format!("`{}` is {what}", given.name.text);
        self.error(
            FileDiagnostic::error(codes::GIVEN_MISFIT, self.place(pack, given.span), message)
                .label("this cannot be said of it")
                .help(help),
        );
    }

    fn expect(&self, pack: PackId, expect: &ast::Expect) -> Option<ExpectKind> {
        Some(match &expect.kind {
            ast::ExpectKind::Norm(norm) => {
                ExpectKind::Norm(self.expect_norm(pack, norm, expect.span)?)
            }
            ast::ExpectKind::Missing(name) => self.missing(pack, name)?,
            ast::ExpectKind::Assumed(name) => match self.symbol(pack, name, &FACT_OR_EVENT)? {
                Symbol::Fact(fact) => ExpectKind::AssumedFact(fact),
                Symbol::Event(event) => ExpectKind::AssumedEvent(event),
                _ => return None,
            },
            ast::ExpectKind::ConflictOn(target) => {
                ExpectKind::ConflictOn(self.fixed_norms(pack, target)?)
            }
            ast::ExpectKind::NeedsHuman(None) => ExpectKind::NeedsHuman(None),
            ast::ExpectKind::NeedsHuman(Some(rule)) => {
                ExpectKind::NeedsHuman(Some(self.rule(pack, rule)?))
            }
            ast::ExpectKind::NeedsNobody => ExpectKind::NeedsNobody,
            ast::ExpectKind::NextChange(at) => ExpectKind::NextChange(match at {
                Some(at) => Some(self.instant(pack, at)?),
                None => None,
            }),
        })
    }

    /// What is missing: a fact or an event, else a calendar, also one that a fact may choose and nobody declares.
    fn missing(&self, pack: PackId, name: &ast::Name) -> Option<ExpectKind> {
        let plain = name.text.rsplit('/').next().unwrap_or(&name.text);
        if self.peek(pack, &name.text).is_empty() {
            if self.undeclared.contains_key(&name.text) {
                return Some(ExpectKind::MissingCalendar(name.text.clone()));
            }
            if self.sees_calendar(pack, plain) {
                self.calendar_named(pack, name)?;
                return Some(ExpectKind::MissingCalendar(plain.to_string()));
            }
        }
        Some(match self.symbol(pack, name, &FACT_OR_EVENT)? {
            Symbol::Fact(fact) => ExpectKind::MissingFact(fact),
            Symbol::Event(event) => ExpectKind::MissingEvent(event),
            _ => return None,
        })
    }

    fn expect_norm(
        &self,
        pack: PackId,
        written: &ast::ExpectNorm,
        span: ast::Span,
    ) -> Option<ExpectNorm> {
        let norms = self.fixed_norms(pack, &written.target);
        let due = written.due.as_ref().map(|due| self.instant(pack, due));
        let alternative = written.alternative.as_ref();
        let alternative =
            alternative.map(|(before, at)| self.instant(pack, at).map(|at| (*before, at)));
        let status = written.status.as_ref().map(|w| self.time_status(pack, w));
        let by = written.by.as_ref().map(|rule| self.rule(pack, rule));
        let reader = Reader::of_pack(self, pack, Position::Plain);
        let across = written.across.as_ref().map(|set| reader.across(set));
        let up_to = written.up_to.as_ref();
        let up_to =
            up_to.map(|(money, per_day)| self.money(pack, money).map(|money| (money, *per_day)));
        let norms = norms?;
        // A family of thousands of expectations is not copied without bound.
        if !self.charge_atoms(norms.len() / 16, self.place(pack, span)) {
            return None;
        }
        Some(ExpectNorm {
            norms,
            outcome: written.outcome.outcome(),
            due: flip(due)?,
            alternative: flip(alternative)?,
            status: flip(status)?,
            by: flip(by)?,
            across: flip(across)?,
            up_to: flip(up_to)?,
        })
    }

    fn time_status(&self, pack: PackId, word: &ast::Name) -> Option<Status> {
        let known = Status::from_word(&word.text).filter(|status| *status != Status::Nothing);
        if known.is_none() {
            let words = || {
                let all = Status::ALL.iter().filter(|s| **s != Status::Nothing);
                all.map(|status| status.word())
            };
            let message = format!("`{}` is no status of a duty", word.text);
            let list: Vec<String> = words().map(|word| format!("`{word}`")).collect();
            let problem = FileDiagnostic::error(
                codes::UNKNOWN_TIME_STATUS,
                self.place(pack, word.span),
                message,
            )
            .label(format!("expected one of {}", list.join(", ")));
            self.error(problem.near(nearest(&word.text, words())));
        }
        known
    }
}

/// What was written and understood, or not written at all.
fn flip<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}
