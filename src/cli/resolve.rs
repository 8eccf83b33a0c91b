//! An expectation of a case file to one that can be checked, against a compiled program.
//!
//! Invariant: an expectation is understood whole, or refused with the nearest name. Why against the program and not
//! the sources: a case file can then be run with a pack from which the sources are gone.

use crate::check::ir::{ExpectKind, ExpectNorm, SetExpr};
use crate::json::naming;
use crate::model::{Bits, Currency, EventId, FactId, Money, NormId, RuleId, SetId, Status};
use crate::pack::Program;
use crate::pack::format::NONE16;
use crate::syntax::ast::{self, Name, TargetOf};
use crate::syntax::{nearest, parse_expectation};
use crate::time::instant;

/// Reads and resolves an expectation.
pub(super) fn expectation(program: &Program<'_>, text: &str) -> Result<ExpectKind, String> {
    let expect = parse_expectation(text).map_err(|found| {
        let messages: Vec<String> = found
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect();
        messages.join("; ")
    })?;
    let resolver = Resolver { program };
    Ok(match &expect.kind {
        ast::ExpectKind::Norm(norm) => ExpectKind::Norm(resolver.norm(norm)?),
        ast::ExpectKind::Missing(name) => match resolver.leaf(name) {
            Ok(Leaf::Fact(fact)) => ExpectKind::MissingFact(fact),
            Ok(Leaf::Event(event)) => ExpectKind::MissingEvent(event),
            Err(_) if resolver.has_calendar(name) => {
                ExpectKind::MissingCalendar(bare(name).to_string())
            }
            Err(unknown) => return Err(unknown),
        },
        ast::ExpectKind::Assumed(name) => match resolver.leaf(name)? {
            Leaf::Fact(fact) => ExpectKind::AssumedFact(fact),
            Leaf::Event(event) => ExpectKind::AssumedEvent(event),
        },
        ast::ExpectKind::ConflictOn(target) => ExpectKind::ConflictOn(resolver.norms(target)?),
        ast::ExpectKind::NeedsHuman(rule) => {
            ExpectKind::NeedsHuman(rule.as_ref().map(|rule| resolver.rule(rule)).transpose()?)
        }
        ast::ExpectKind::NeedsNobody => ExpectKind::NeedsNobody,
        ast::ExpectKind::NextChange(None) => ExpectKind::NextChange(None),
        ast::ExpectKind::NextChange(Some(at)) => ExpectKind::NextChange(Some(read_instant(at)?)),
    })
}

enum Leaf {
    Fact(FactId),
    Event(EventId),
}

struct Resolver<'r, 'p> {
    program: &'r Program<'p>,
}

/// The name without its pack: shared names are unique in a link.
fn bare(name: &Name) -> &str {
    name.text.rsplit('/').next().unwrap_or(&name.text)
}

fn unknown<'n>(what: &str, word: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near =
        nearest(word, known).map_or(String::new(), |near| format!(", did you mean `{near}`?"));
    format!("there is no {what} `{word}`{near}")
}

fn read_instant(at: &ast::Instant) -> Result<i64, String> {
    instant::parse(&at.text).map_err(|error| format!("`{}`: {error}", at.text))
}

impl<'p> Resolver<'_, 'p> {
    fn norm(&self, written: &ast::ExpectNorm) -> Result<ExpectNorm, String> {
        let status = |word: &Name| {
            let known = || {
                Status::ALL
                    .iter()
                    .filter(|status| **status != Status::Nothing)
            };
            let found = known().find(|status| status.word() == word.text).copied();
            found.ok_or_else(|| unknown("status", &word.text, known().map(|status| status.word())))
        };
        Ok(ExpectNorm {
            norms: self.norms(&written.target)?,
            outcome: written.outcome.outcome(),
            due: written.due.as_ref().map(read_instant).transpose()?,
            alternative: written
                .alternative
                .as_ref()
                .map(|(before, at)| read_instant(at).map(|at| (*before, at)))
                .transpose()?,
            status: written.status.as_ref().map(status).transpose()?,
            by: written
                .by
                .as_ref()
                .map(|rule| self.rule(rule))
                .transpose()?,
            across: written
                .across
                .as_ref()
                .map(|set| self.set(set))
                .transpose()?,
            up_to: written
                .up_to
                .as_ref()
                .map(|(amount, per_day)| money(amount).map(|amount| (amount, *per_day)))
                .transpose()?,
        })
    }

    fn leaf(&self, name: &Name) -> Result<Leaf, String> {
        let word = bare(name);
        let fact = self
            .program
            .facts
            .iter()
            .position(|row| self.program.str(row.name) == word);
        if let Some(fact) = fact {
            return Ok(Leaf::Fact(FactId(id(fact))));
        }
        let event = self
            .program
            .events
            .iter()
            .position(|row| self.program.str(row.name) == word);
        if let Some(event) = event {
            return Ok(Leaf::Event(EventId(id(event))));
        }
        let facts = self
            .program
            .facts
            .iter()
            .map(|row| self.program.str(row.name));
        let events = self
            .program
            .events
            .iter()
            .map(|row| self.program.str(row.name));
        Err(unknown("fact or event", word, facts.chain(events)))
    }

    fn has_calendar(&self, name: &Name) -> bool {
        let mut calendars = self.program.calendars.iter();
        calendars.any(|row| self.program.str(row.name) == bare(name))
    }

    /// The norms of a target: a whole family, or the members named.
    fn norms(&self, target: &ast::Target) -> Result<Vec<NormId>, String> {
        let word = bare(&target.norm);
        let norms = (0u16..).map(NormId).zip(self.program.norms.iter());
        let family: Vec<(NormId, &str)> = norms
            .filter(|(_, row)| self.program.str(row.name) == word)
            .map(|(norm, row)| (norm, self.program.str(row.member)))
            .collect();
        if family.is_empty() {
            let known = self
                .program
                .norms
                .iter()
                .map(|row| self.program.str(row.name));
            return Err(unknown("norm", word, known));
        }
        let members: Vec<&str> = match &target.of {
            None => return Ok(family.into_iter().map(|(norm, _)| norm).collect()),
            Some(TargetOf::Members(names)) => names.iter().map(bare).collect(),
            Some(TargetOf::Name(name)) => vec![bare(name)],
        };
        let find = |member: &&str| {
            let found = family
                .iter()
                .find(|(_, known)| known == member)
                .map(|(norm, _)| *norm);
            found.ok_or_else(|| {
                unknown(
                    &format!("member of `{word}`"),
                    member,
                    family.iter().map(|(_, known)| *known),
                )
            })
        };
        members.iter().map(find).collect()
    }

    fn rule(&self, name: &Name) -> Result<RuleId, String> {
        let full = |rule: u16| {
            let (pack, name) = self.program.rule_name(RuleId(rule));
            (format!("{pack}/{name}"), name)
        };
        let all: Vec<(String, &str)> = (0..id(self.program.rules.len())).map(full).collect();
        let fits = |(full, bare): &(String, &str)| *full == name.text || *bare == name.text;
        let mut found = (0u16..).zip(&all).filter(|(_, rule)| fits(rule));
        match (found.next(), found.next()) {
            (Some((rule, _)), None) => Ok(RuleId(rule)),
            (Some((_, (first, _))), Some((_, (second, _)))) => Err(format!(
                "`{}` may be `{first}` or `{second}`, write which",
                name.text
            )),
            (None, _) => Err(unknown(
                "rule",
                &name.text,
                all.iter().map(|(full, _)| full.as_str()),
            )),
        }
    }

    fn set(&self, set: &ast::SetExpr) -> Result<SetExpr, String> {
        let both = |a: &ast::SetExpr, b: &ast::SetExpr| {
            Ok::<_, String>((Box::new(self.set(a)?), Box::new(self.set(b)?)))
        };
        Ok(match set {
            ast::SetExpr::Members(names, _) => {
                let mut members = Bits::EMPTY;
                for name in names {
                    members.insert(self.place(bare(name))?);
                }
                SetExpr::Members(members)
            }
            ast::SetExpr::Name(name) => self.named_set(bare(name))?,
            ast::SetExpr::Union(a, b) => {
                let (a, b) = both(a, b)?;
                SetExpr::Union(a, b)
            }
            ast::SetExpr::Intersect(a, b) => {
                let (a, b) = both(a, b)?;
                SetExpr::Intersect(a, b)
            }
            ast::SetExpr::Minus(a, b) => {
                let (a, b) = both(a, b)?;
                SetExpr::Minus(a, b)
            }
        })
    }

    fn place(&self, word: &str) -> Result<u16, String> {
        let territory = self.program.territory;
        if territory == NONE16 {
            return Err("these rules have no territory, so that `across` says nothing".to_string());
        }
        let count = id(self.program.enums.at(usize::from(territory)).members.count as usize);
        let name = |place: u16| naming::member(self.program, territory, place);
        let found = (0..count).find(|place| name(*place) == word);
        found.ok_or_else(|| unknown("place", word, (0..count).map(name)))
    }

    fn named_set(&self, word: &str) -> Result<SetExpr, String> {
        let territory = self.program.territory;
        let set = self
            .program
            .sets
            .iter()
            .position(|row| row.of == territory && self.program.str(row.name) == word);
        if let Some(set) = set {
            return Ok(SetExpr::Set(SetId(id(set))));
        }
        let places = |ty: u8, of: u16| ty == 2 && of == territory;
        let fact = self
            .program
            .facts
            .iter()
            .position(|row| places(row.ty, row.of) && self.program.str(row.name) == word);
        if let Some(fact) = fact {
            return Ok(SetExpr::Fact(FactId(id(fact))));
        }
        let sets = self
            .program
            .sets
            .iter()
            .map(|row| self.program.str(row.name));
        Err(unknown("set of places", word, sets))
    }
}

fn money(money: &ast::Money) -> Result<Money, String> {
    let currency = Currency::parse(&money.currency)
        .ok_or_else(|| format!("`{}` is no currency", money.currency))?;
    let wrong = || format!("`{} {}` is no amount", money.amount, money.currency);
    Money::parse(&money.amount, currency).ok_or_else(wrong)
}

/// An index as an id: tables are held to that when a pack is loaded.
fn id(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
