//! A case with the circumstances in which it is asked: from an assignment of the world's variables to what the evaluator
//! takes.
//!
//! Invariant: the evaluator says of a situation what the formulas say under its assignment. Names stand for facts, events
//! and members, so that one situation can be put to several programs.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::{Assignment, Lit, Term, holds};
use super::world::{Fact, Value, World, fact_name};
use crate::eval::{
    Case, Decision, EventSlot, FactSlot, FactValue, Memory, Options, ServiceLevels, evaluate,
};
use crate::model::{Bits, Currency, Money, PackId};
use crate::pack::Program;

/// What is said of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is unknown.
    Null,
    /// True or false.
    Bool(bool),
    /// A member.
    Member(String),
    /// Members.
    Members(BTreeSet<String>),
    /// An integer or an instant.
    Number(i64),
    /// An amount.
    Money(Money),
}

/// A case, and the circumstances in which it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// When it is asked.
    pub now: i64,
    /// The law date, if one is asked for, in days since 1970-01-01.
    pub law_date: Option<i32>,
    /// The packs that the host adopts.
    pub adopted: BTreeSet<String>,
    /// The host's service levels.
    pub service: ServiceLevels,
    /// What is said of facts.
    pub facts: BTreeMap<String, Said>,
    /// What is said of events; those that are absent are left out.
    pub events: BTreeMap<String, EventSlot>,
}

/// A situation as a program takes it.
#[derive(Clone, Debug)]
pub struct Slots {
    /// By fact.
    pub facts: Vec<FactSlot>,
    /// By event.
    pub events: Vec<EventSlot>,
    /// The packs that are adopted.
    pub adopt: Vec<PackId>,
}

impl Situation {
    /// The situation of an assignment in which every node and number has its value.
    #[must_use]
    pub fn of(world: &World<'_>, all: &Assignment) -> Situation {
        let number = |term: Term| all.numbers[term.index()];
        let is = |lit: Lit| holds(all, lit);
        let mut found = Situation {
            now: number(world.now),
            law_date: is(world.dated).then(|| number(world.law_date) as i32),
            ..Situation::default()
        };
        for (level, there, from, end) in &world.ends_of_levels {
            if is(*there) {
                let length = Some(number(*end).saturating_sub(number(*from)));
                match level {
                    0 => found.service.undue_delay = length,
                    _ => found.service.expeditiously = length,
                }
            }
        }
        for (name, lit) in &world.adopted {
            if is(*lit) {
                found.adopted.insert(name.clone());
            }
        }
        for (name, fact) in &world.facts {
            if is(fact.null) {
                found.facts.insert(name.clone(), Said::Null);
            } else if is(fact.given) {
                found.facts.insert(name.clone(), given(world, fact, all));
            }
        }
        for (name, event) in &world.events {
            let slot = if is(event.happened) {
                EventSlot::At(number(event.at))
            } else if is(event.null) {
                EventSlot::Null
            } else if is(event.not) {
                EventSlot::Not
            } else {
                continue;
            };
            found.events.insert(name.clone(), slot);
        }
        found
    }

    /// The situation as a program takes it; what the program has no name for is left out.
    #[must_use]
    pub fn slots(&self, programs: &[Program<'_>], program: &Program<'_>) -> Slots {
        let facts = (0..program.facts.len()).map(|index| {
            let name = fact_name(programs, program, index);
            let said = self.facts.get(&name);
            said.map_or(FactSlot::Absent, |said| slot(program, index, said))
        });
        let events = program.events.iter().map(|row| {
            let slot = self.events.get(program.str(row.name));
            slot.copied().unwrap_or(EventSlot::Absent)
        });
        let packs = program.packs.iter().enumerate();
        let adopt = packs.filter(|(_, row)| self.adopted.contains(program.str(row.name)));
        Slots {
            facts: facts.collect(),
            events: events.collect(),
            adopt: adopt.map(|(index, _)| PackId(index as u16)).collect(),
        }
    }

    /// Gives the situation to the evaluator, and reads its decision; none, if the evaluator refuses the case.
    pub fn judge<R>(
        &self,
        programs: &[Program<'_>],
        program: &Program<'_>,
        read: impl FnOnce(&Decision<'_>) -> R,
    ) -> Option<R> {
        let slots = self.slots(programs, program);
        let case = Case {
            facts: &slots.facts,
            events: &slots.events,
        };
        let mut memory = Memory::new(program);
        let mut workspace = memory.workspace();
        let decision = evaluate(program, &case, &self.options(&slots), &mut workspace).ok()?;
        Some(read(&decision))
    }

    /// When and as what it is asked.
    #[must_use]
    pub fn options<'s>(&self, slots: &'s Slots) -> Options<'s> {
        Options {
            now: self.now,
            law_date: self.law_date,
            adopt: &slots.adopt,
            service: self.service,
        }
    }
}

/// The value that an assignment gives to a fact.
fn given(world: &World<'_>, fact: &Fact, all: &Assignment) -> Said {
    let enumeration = world.enums.get(&fact.of);
    let name = |index: usize| {
        let name = enumeration.and_then(|of| of.names.get(index));
        name.cloned().unwrap_or_default()
    };
    match &fact.value {
        Value::Bool(lit) => Said::Bool(holds(all, *lit)),
        Value::Member(of) => {
            let member = of.iter().find(|(_, lit)| holds(all, **lit));
            Said::Member(member.map(|(index, _)| name(*index)).unwrap_or_default())
        }
        Value::Members(of) => {
            let inside = |index: usize| of.get(&index).is_some_and(|lit| holds(all, *lit));
            let stands = enumeration.map_or(&[][..], |of| &of.stands);
            // Those that are left out are in exactly where the one is that stands for them.
            let members = (0..stands.len()).filter(|member| inside(stands[*member]));
            Said::Members(members.map(name).collect())
        }
        Value::Number(term) => Said::Number(all.numbers[term.index()]),
        Value::Money(term, of) => {
            let currency = of.iter().find(|(_, lit)| holds(all, *lit));
            Said::Money(Money {
                minor: all.numbers[term.index()],
                currency: currency.map_or(Currency(*b"XTS"), |(currency, _)| *currency),
            })
        }
    }
}

/// What is said of a fact, as a program takes it.
fn slot(program: &Program<'_>, index: usize, said: &Said) -> FactSlot {
    let row = program.facts.at(index);
    let find = |name: &str| {
        let members = program.enums.at(usize::from(row.of)).members;
        let mut names = program.members.range(members.first, members.count);
        names.position(|row| program.str(row.name) == name)
    };
    FactSlot::Given(match said {
        Said::Null => return FactSlot::Null,
        Said::Bool(value) => FactValue::Bool(*value),
        Said::Member(name) => match find(name) {
            Some(member) => FactValue::Member(member as u16),
            None => return FactSlot::Absent,
        },
        Said::Members(names) => {
            let mut bits = Bits::EMPTY;
            for member in names.iter().filter_map(|name| find(name)) {
                bits.insert(member as u16);
            }
            FactValue::Members(bits)
        }
        Said::Number(value) if row.ty == 5 => FactValue::Instant(*value),
        Said::Number(value) => FactValue::Int(*value),
        Said::Money(money) => FactValue::Money(*money),
    })
}
