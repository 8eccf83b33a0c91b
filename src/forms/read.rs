//! What the tables name, found in a case and its decision.
//!
//! Invariant: a fact counts if it was given, and an event if it has happened; what is presumed, unknown or yet to come
//! supports no field. A name that the rules do not have is as one of which nothing is said.

use super::record::Origin;
use super::table::{Source, Test};
use crate::eval::{Decision, Entry, EventSlot, FactSlot, FactValue, Named, Part};
use crate::json::naming;
use crate::model::{EventId, FactId, Outcome, VersionId, ZoneId};
use crate::pack::Program;

/// A decision, asked by names.
#[derive(Clone, Copy)]
pub(super) struct Reader<'v, 'd> {
    pub(super) decision: &'v Decision<'d>,
    /// By whose clock days are told; UTC, if no rule calls for the form.
    zone: Option<ZoneId>,
}

impl<'v, 'd> Reader<'v, 'd> {
    pub(super) fn new(decision: &'v Decision<'d>, norms: &[&str]) -> Reader<'v, 'd> {
        let reader = Reader {
            decision,
            zone: None,
        };
        let entry = norms.iter().find_map(|norm| {
            let mut parts = reader.parts(norm);
            parts.find_map(|part| reader.operational(part))
        });
        Reader {
            decision,
            zone: entry.map(|entry| decision.zone(&entry)),
        }
    }

    pub(super) fn program(&self) -> &'d Program<'d> {
        self.decision.program()
    }

    /// The parts of a norm, and of each of its members, in what was decided.
    pub(super) fn parts(&self, norm: &str) -> impl Iterator<Item = &'d Part> + use<'_, 'v, 'd> {
        let (program, norm) = (self.program(), norm.to_string());
        let own = self.decision.parts().iter();
        own.filter(move |part| part.beside.is_none() && program.norm_name(part.norm).0 == norm)
    }

    /// The parts of a norm in which it is due.
    pub(super) fn due(&self, norm: &str) -> impl Iterator<Item = &'d Part> + use<'_, 'v, 'd> {
        self.parts(norm)
            .filter(|part| part.outcome == Outcome::Must)
    }

    /// The effect of a part that counts.
    pub(super) fn operational(&self, part: &Part) -> Option<Entry> {
        let entries = self.decision.entries(part);
        entries.get(usize::from(part.operational?)).copied()
    }

    /// The rule of the effect that counts.
    pub(super) fn rule(&self, part: &Part) -> Option<VersionId> {
        let entry = self.operational(part)?;
        let row = self.program().effects.at(entry.effect.index());
        Some(VersionId(row.version))
    }

    fn find_fact(&self, name: &str) -> Option<FactId> {
        let program = self.program();
        let rows = (0u16..).zip(program.facts.iter());
        let mut named = rows.filter(|(_, row)| program.str(row.name) == name);
        named.next().map(|(id, _)| FactId(id))
    }

    fn find_event(&self, name: &str) -> Option<EventId> {
        let program = self.program();
        let rows = (0u16..).zip(program.events.iter());
        let mut named = rows.filter(|(_, row)| program.str(row.name) == name);
        named.next().map(|(id, _)| EventId(id))
    }

    /// A fact that was given.
    pub(super) fn fact(&self, name: &str) -> Option<FactValue> {
        let fact = self.find_fact(name)?;
        match self.decision.case().facts.get(fact.index()) {
            Some(FactSlot::Given(value)) => Some(*value),
            _ => None,
        }
    }

    /// When an event happened.
    pub(super) fn happened(&self, name: &str) -> Option<i64> {
        let event = self.find_event(name)?;
        match self.decision.case().events.get(event.index()) {
            Some(EventSlot::At(at)) if *at <= self.decision.now() => Some(*at),
            _ => None,
        }
    }

    /// The members that a fact was given with.
    pub(super) fn members(&self, name: &str) -> Option<Vec<&'d str>> {
        let program = self.program();
        let of = program.facts.at(self.find_fact(name)?.index()).of;
        match self.fact(name)? {
            FactValue::Member(member) => Some(vec![naming::member(program, of, member)]),
            FactValue::Members(set) => Some(
                set.iter()
                    .map(|member| naming::member(program, of, member))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The day of an instant, and the zone by whose clock it is told.
    pub(super) fn day(&self, at: i64) -> (String, &'d str) {
        match self.zone {
            None => (at_utc(at), "UTC"),
            Some(zone) => {
                let program = self.program();
                let day = naming::day(program.zone(zone).date_at(at));
                (
                    day.to_string(),
                    program.str(program.zones.at(zone.index()).name),
                )
            }
        }
    }

    /// Where a test holds, what it rests on.
    pub(super) fn holds(&self, test: Test) -> Option<Origin> {
        let among = |name: &'static str, list: &[&str]| {
            let members = self.members(name)?;
            Some(members.iter().any(|member| list.contains(member)))
        };
        let (name, holds) = match test {
            Test::True(name) => (name, self.fact(name) == Some(FactValue::Bool(true))),
            Test::False(name) => (name, self.fact(name) == Some(FactValue::Bool(false))),
            Test::In(name, list) => (name, among(name, list) == Some(true)),
            Test::NotIn(name, list) => (name, among(name, list) == Some(false)),
            Test::Includes(name, member) => (name, among(name, &[member]) == Some(true)),
            Test::Below(name, most) => {
                let less = matches!(self.fact(name), Some(FactValue::Int(value)) if value < most);
                (name, less)
            }
            Test::Happened(name) => return self.event(name).map(|(_, origin)| origin),
            Test::Must(norm) => {
                let part = self.due(norm).next()?;
                return Some(self.of_norm(part));
            }
        };
        holds.then_some(Origin::Fact { fact: name })
    }

    /// When an event happened, and the event as what a value rests on.
    pub(super) fn event(&self, name: &'static str) -> Option<(i64, Origin)> {
        let at = self.happened(name)?;
        Some((at, Origin::event(name, at)))
    }

    /// A norm as what a value rests on, with the rule by which it is due.
    pub(super) fn of_norm(&self, part: &Part) -> Origin {
        Origin::Norm {
            norm: naming::norm(self.program(), part.norm),
            rule: self
                .rule(part)
                .map(|version| naming::version(self.program(), version)),
        }
    }

    /// The facts and events that a source looks at and of which nothing was said.
    pub(super) fn unsaid(&self, source: &Source) -> Vec<Named> {
        let mut asks = Vec::new();
        let mut look = |name: &str| {
            let named = match (self.find_fact(name), self.find_event(name)) {
                (Some(fact), _) if self.fact(name).is_none() => Named::Fact(fact),
                (None, Some(event)) if self.unheard(event) => Named::Event(event),
                _ => return,
            };
            if !asks.contains(&named) {
                asks.push(named);
            }
        };
        for name in names_of(source) {
            look(name);
        }
        asks
    }

    /// True if the rules have a fact or event that a source looks at.
    pub(super) fn knows(&self, source: &Source) -> bool {
        let names = names_of(source);
        let mut known = names
            .iter()
            .filter(|name| self.find_fact(name).is_some() || self.find_event(name).is_some());
        known.next().is_some()
    }

    fn unheard(&self, event: EventId) -> bool {
        let slot = self.decision.case().events.get(event.index());
        matches!(slot, Some(EventSlot::Absent | EventSlot::Null))
    }
}

fn at_utc(at: i64) -> String {
    naming::day(i32::try_from(at.div_euclid(86_400_000_000)).unwrap_or(0)).to_string()
}

/// The facts and events that a source looks at.
fn names_of(source: &Source) -> Vec<&'static str> {
    match source {
        Source::Members(fact, _) => vec![*fact],
        Source::Day(events) | Source::At(events) => events.to_vec(),
        Source::Places(_) | Source::Cites(_) => Vec::new(),
        Source::Rows(rows) => {
            let tests = rows.iter().flat_map(|row| row.when);
            tests.filter_map(|test| name_of(*test)).collect()
        }
    }
}

fn name_of(test: Test) -> Option<&'static str> {
    match test {
        Test::True(name)
        | Test::False(name)
        | Test::In(name, _)
        | Test::NotIn(name, _)
        | Test::Includes(name, _)
        | Test::Below(name, _)
        | Test::Happened(name) => Some(name),
        Test::Must(_) => None,
    }
}
