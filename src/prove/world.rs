//! Everything that a case can say, as variables: from the vocabulary of one or several programs to formulas.
//!
//! Facts, events and packs of several programs are the same where they have the same name, so that two versions of a
//! rule set are asked about one case. Invariant: `constraints` hold of every case there is, and every assignment under
//! which they hold is a case that the evaluator takes.

use std::collections::{BTreeMap, HashMap};

use super::enumeration::{Enumeration, enumerations, members};
use super::formula::{CurveId, Graph, Lit, Term};
use super::symbolic::{Counted, WorkingDays};
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::model::{Currency, PackStatus};
use crate::pack::Program;
use crate::pack::format::{FactRow, OperandKind};
use crate::pack::program::currency;

/// The days that a law date can have: those of the range of instants, in every zone.
const DAYS: (i64, i64) = (
    INSTANT_MIN / 86_400_000_000 - 1,
    INSTANT_END / 86_400_000_000 + 1,
);
/// The greatest amount in minor units: far beyond every amount that a program compares, and sums of two fit.
pub(super) const MINOR_MAX: i64 = 1 << 61;

/// The value of a fact, where it is given.
#[derive(Clone, Debug)]
pub enum Value {
    /// True or false.
    Bool(Lit),
    /// Exactly one of the kept members, by index in the enumeration.
    Member(BTreeMap<usize, Lit>),
    /// Some of the kept members.
    Members(BTreeMap<usize, Lit>),
    /// An integer or an instant.
    Number(Term),
    /// An amount: its minor units, and which of the currencies it has.
    Money(Term, Vec<(Currency, Lit)>),
}

/// What a case says of a fact: a value, `null`, or nothing.
#[derive(Clone, Debug)]
pub struct Fact {
    /// It is given a value.
    pub given: Lit,
    /// It is said to be unknown.
    pub null: Lit,
    /// The value.
    pub value: Value,
    /// The name of its enumeration; empty for the other types.
    pub of: String,
}

/// What a case says of an event: when it happened, that it has not, `null`, or nothing.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// It happened, at or before now.
    pub happened: Lit,
    /// It is said to be unknown.
    pub null: Lit,
    /// It is said not to have happened.
    pub not: Lit,
    /// When it happened.
    pub at: Term,
}

/// All that a question about some programs can vary.
pub struct World<'c> {
    /// The formulas.
    pub graph: Graph<'c>,
    /// Facts by name. A fact whose type differs between programs has one entry for each, marked with its number.
    pub facts: BTreeMap<String, Fact>,
    /// Events by name.
    pub events: BTreeMap<String, Event>,
    /// Packs that the host may adopt, by name.
    pub adopted: BTreeMap<String, Lit>,
    /// Enumerations by name.
    pub enums: BTreeMap<String, Enumeration>,
    /// The instant of the evaluation.
    pub now: Term,
    /// A law date is asked for.
    pub dated: Lit,
    /// The law date, in days.
    pub law_date: Term,
    /// The host gives service levels: for `without undue delay`, for `expeditiously`.
    pub levels: [Lit; 2],
    /// Where a service level ends a duty: which of the two, when, from which instant, and at which.
    ///
    /// How long a level is is one number for many duties, and each of these ends is a number of its own: what is proved
    /// for all of them holds, and a counter-case may be none.
    pub ends_of_levels: Vec<(usize, Lit, Term, Term)>,
    /// The same by what a level is counted from: which of the two, whether there is an anchor, and where.
    pub(super) counted_levels: HashMap<(usize, Lit, Term), (Lit, Term)>,
    /// What holds of every case.
    pub constraints: Vec<Lit>,
    /// Curves by how they count: programs that count in the same way share them.
    curves: HashMap<Counted<'c>, CurveId>,
    /// Counts of working days, by which the next one is bounded.
    pub(super) working: Vec<WorkingDays<'c>>,
}

impl<'c> World<'c> {
    /// The world of some programs.
    #[must_use]
    pub fn new(programs: &[Program<'c>]) -> World<'c> {
        let mut graph = Graph::new();
        let now = graph.free(INSTANT_MIN, INSTANT_END - 1);
        let dated = graph.variable();
        let law_date = graph.free(DAYS.0, DAYS.1);
        let levels = [graph.variable(), graph.variable()];
        let mut world = World {
            graph,
            facts: BTreeMap::new(),
            events: BTreeMap::new(),
            adopted: BTreeMap::new(),
            enums: enumerations(programs),
            now,
            dated,
            law_date,
            levels,
            ends_of_levels: Vec::new(),
            counted_levels: HashMap::new(),
            constraints: Vec::new(),
            curves: HashMap::new(),
            working: Vec::new(),
        };
        let currencies = currencies(programs);
        for program in programs {
            for index in 0..program.facts.len() {
                let (name, row) = (fact_name(programs, program, index), program.facts.at(index));
                if !world.facts.contains_key(&name) {
                    let fact = world.fact(programs, program, &row, &currencies);
                    world.facts.insert(name, fact);
                }
            }
            for row in program.events.iter() {
                let name = program.str(row.name).to_string();
                if !world.events.contains_key(&name) {
                    let event = world.event();
                    world.events.insert(name, event);
                }
            }
            for row in program.packs.iter() {
                let name = program.str(row.name).to_string();
                let status = PackStatus::from_u8(row.status);
                if status.is_some_and(PackStatus::adoptable) && !world.adopted.contains_key(&name) {
                    let adopted = world.graph.variable();
                    world.adopted.insert(name, adopted);
                }
            }
        }
        world
    }

    /// The curve of a way to count.
    pub(super) fn curve(&mut self, counted: Counted<'c>) -> CurveId {
        let graph = &mut self.graph;
        let new = || graph.add_curve(Box::new(counted));
        *self.curves.entry(counted).or_insert_with(new)
    }

    fn never_both(&mut self, a: Lit, b: Lit) {
        let both = self.graph.and(a, b);
        self.constraints.push(!both);
    }

    /// One of them and no two, where `given`: without any, it cannot be given.
    fn exactly_one(&mut self, given: Lit, of: &[Lit]) {
        let any = self.graph.any(of.iter().copied());
        let any = self.graph.or(!given, any);
        self.constraints.push(any);
        for (index, one) in of.iter().enumerate() {
            for other in &of[index + 1..] {
                self.never_both(*one, *other);
            }
        }
    }

    fn event(&mut self) -> Event {
        let graph = &mut self.graph;
        let event = Event {
            happened: graph.variable(),
            null: graph.variable(),
            not: graph.variable(),
            at: graph.free(INSTANT_MIN, INSTANT_END - 1),
        };
        let past = graph.at_most(event.at, self.now);
        let past = graph.or(!event.happened, past);
        self.constraints.push(past);
        self.never_both(event.happened, event.null);
        self.never_both(event.happened, event.not);
        self.never_both(event.null, event.not);
        event
    }

    fn fact(
        &mut self,
        programs: &[Program<'_>],
        program: &Program<'_>,
        row: &FactRow,
        currencies: &[Currency],
    ) -> Fact {
        let (given, null) = (self.graph.variable(), self.graph.variable());
        self.never_both(given, null);
        let mut of = String::new();
        if matches!(row.ty, 1 | 2) {
            of = program
                .str(program.enums.at(usize::from(row.of)).name)
                .to_string();
        }
        let value = match row.ty {
            0 => Value::Bool(self.graph.variable()),
            1 => {
                let kept = self.kept(&of, true);
                let lits: Vec<Lit> = kept.values().copied().collect();
                self.exactly_one(given, &lits);
                Value::Member(kept)
            }
            2 => Value::Members(self.kept(&of, false)),
            3 => {
                let (least, most) = shared_range(programs, program, row);
                Value::Number(self.graph.free(least, most))
            }
            4 => {
                let minor = self.graph.free(-MINOR_MAX, MINOR_MAX);
                let pairs: Vec<(Currency, Lit)> = currencies
                    .iter()
                    .map(|currency| (*currency, self.graph.variable()))
                    .collect();
                let lits: Vec<Lit> = pairs.iter().map(|(_, lit)| *lit).collect();
                self.exactly_one(given, &lits);
                Value::Money(minor, pairs)
            }
            _ => Value::Number(self.graph.free(INSTANT_MIN, INSTANT_END - 1)),
        };
        Fact {
            given,
            null,
            value,
            of,
        }
    }

    /// A variable for each kept member; for a fact of one member, only those that it can have.
    fn kept(&mut self, of: &str, single: bool) -> BTreeMap<usize, Lit> {
        let Some(enumeration) = self.enums.get(of) else {
            return BTreeMap::new();
        };
        let open = |member: &usize| !(single && enumeration.crowds[*member]);
        let kept: Vec<usize> = enumeration.kept().filter(open).collect();
        let graph = &mut self.graph;
        kept.into_iter()
            .map(|member| (member, graph.variable()))
            .collect()
    }
}

/// The name of a fact in the world. A fact that another program has with another type is not the same fact.
pub(super) fn fact_name(programs: &[Program<'_>], program: &Program<'_>, index: usize) -> String {
    let row = program.facts.at(index);
    let name = program.str(row.name);
    let type_of = |program: &Program<'_>, row: &FactRow| {
        let of = matches!(row.ty, 1 | 2).then(|| {
            let of = program.enums.at(usize::from(row.of));
            program.str(of.name).to_string()
        });
        (row.ty, of)
    };
    let own = type_of(program, &row);
    let first = programs.iter().find_map(|other| {
        let mut rows = other.facts.iter();
        let row = rows.find(|row| other.str(row.name) == name)?;
        Some((type_of(other, &row), row))
    });
    match first {
        Some((ty, other)) if ty != own || (row.ty == 3 && apart(&row, &other)) => {
            format!(
                "{name} as {}",
                TYPES.get(usize::from(row.ty)).unwrap_or(&"other")
            )
        }
        _ => name.to_string(),
    }
}

/// Words that tell a fact from one of the same name and another type.
const TYPES: [&str; 6] = ["bool", "member", "set", "integer", "money", "instant"];

/// True if no integer is in the ranges of both.
fn apart(a: &FactRow, b: &FactRow) -> bool {
    a.least > b.most || b.least > a.most
}

/// The integers that a fact can have in every program that has it.
fn shared_range(programs: &[Program<'_>], program: &Program<'_>, row: &FactRow) -> (i64, i64) {
    let name = program.str(row.name);
    let (mut least, mut most) = (row.least, row.most);
    for other in programs {
        for fact in other
            .facts
            .iter()
            .filter(|fact| other.str(fact.name) == name)
        {
            if fact.ty == 3 && !apart(row, &fact) {
                least = least.max(fact.least);
                most = most.min(fact.most);
            }
        }
    }
    (least, most)
}

/// Every currency that a program compares an amount with, and one that none does.
fn currencies(programs: &[Program<'_>]) -> Vec<Currency> {
    let mut found = Vec::new();
    for program in programs {
        let literals = program.operands.iter();
        let literals = literals.filter(|row| row.kind == OperandKind::Literal as u8);
        let presumed = program
            .facts
            .iter()
            .filter(|row| row.ty == 4 && row.presumed == 1);
        let terms = program.terms.iter();
        let numbers = literals.map(|row| row.currency);
        let numbers = numbers.chain(presumed.map(|row| row.currency));
        let numbers = numbers.chain(terms.map(|row| row.currency));
        found.extend(numbers.filter(|number| *number != 0).map(currency));
    }
    found.sort_unstable_by_key(|currency: &Currency| currency.0);
    found.dedup();
    let known = [
        "EUR", "USD", "GBP", "CHF", "JPY", "SEK", "PLN", "CAD", "AUD", "INR",
    ];
    let others = known.iter().filter_map(|code| Currency::parse(code));
    let other = others.clone().find(|code| !found.contains(code));
    found.extend(other.or_else(|| Currency::parse("XTS")));
    found
}

/// How a program sees the members of an enumeration: for each of its members the world's.
pub(super) fn lens(world: &World<'_>, program: &Program<'_>, of: u16) -> Vec<Option<usize>> {
    let name = program.str(program.enums.at(usize::from(of)).name);
    let names = members(program, of);
    match world.enums.get(name) {
        Some(enumeration) => names.iter().map(|name| enumeration.find(name)).collect(),
        None => vec![None; names.len()],
    }
}
