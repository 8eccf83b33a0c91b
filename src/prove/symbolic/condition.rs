//! Conditions, in the three-valued sense of `docs/LANGUAGE.md` §6.
//!
//! A fact has several values in a case: the one that is given, or else the presumed one. Invariant: these ways exclude one
//! another, and where none is open the fact is unknown.

use super::Reader;
use crate::model::{Compare, Currency, Unit};
use crate::pack::format::{NodeRow, Op, OperandKind, OperandRow};
use crate::pack::program::currency;
use crate::prove::formula::{Lit, Term};
use crate::prove::kleene::Kleene;
use crate::prove::world::{Event, Fact, Value};

/// A number that an operand can be, and when it is.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub when: Lit,
    pub number: Term,
    /// Which currency it has; empty for a number without one.
    currencies: Vec<(Currency, Lit)>,
}

impl Way {
    fn plain(when: Lit, number: Term) -> Way {
        Way {
            when,
            number,
            currencies: Vec::new(),
        }
    }
}

impl Reader<'_, '_> {
    /// What the case says of a fact.
    pub(super) fn fact(&self, fact: u16) -> &Fact {
        &self.world.facts[&self.facts[usize::from(fact)]]
    }

    /// What the case says of an event.
    pub(super) fn event(&self, event: u16) -> Event {
        let row = self.program.events.at(usize::from(event));
        self.world.events[self.program.str(row.name)]
    }

    /// The first where the fact is given, unknown where it is null, the second where nothing is said.
    pub(super) fn by_what_is_said(&mut self, fact: u16, given: Kleene, silent: Kleene) -> Kleene {
        let said = self.fact(fact);
        let (stated, null) = (said.given, said.null);
        let graph = &mut self.world.graph;
        let unsaid = Kleene::choose(graph, null, Kleene::UNKNOWN, silent);
        Kleene::choose(graph, stated, given, unsaid)
    }

    /// The truth of a condition.
    pub(super) fn condition(&mut self, cond: u32) -> Kleene {
        let row = self.program.conds.at(cond as usize);
        if let Some(known) = self.conditions.get(&cond) {
            return *known;
        }
        let (mut stack, mut read) = (Vec::new(), Vec::new());
        for node in self.program.nodes.range(row.nodes.first, row.nodes.count) {
            let truth = match Op::from_u8(node.op) {
                Some(op @ (Op::And | Op::Or)) => {
                    let of = stack.split_off(stack.len().saturating_sub(usize::from(node.a)));
                    if op == Op::And {
                        Kleene::all(&mut self.world.graph, &of)
                    } else {
                        Kleene::any(&mut self.world.graph, &of)
                    }
                }
                Some(Op::Not) => stack.pop().unwrap_or(Kleene::UNKNOWN).opposite(),
                Some(op) => self.leaf(op, node),
                None => Kleene::UNKNOWN,
            };
            stack.push(truth);
            read.push(truth);
        }
        let truth = stack.pop().unwrap_or(Kleene::UNKNOWN);
        if let Some(nodes) = self.nodes.get_mut(cond as usize) {
            *nodes = read;
        }
        // What looks at norms may be read before they are settled; all else says the same whenever it is read.
        if row.after == 0 {
            self.conditions.insert(cond, truth);
        }
        truth
    }

    fn leaf(&mut self, op: Op, node: NodeRow) -> Kleene {
        match op {
            Op::Bool => {
                let given = match self.fact(node.a).value {
                    Value::Bool(lit) => Kleene::known(lit),
                    _ => Kleene::UNKNOWN,
                };
                let row = self.program.facts.at(usize::from(node.a));
                let presumed = Kleene::known(Lit::constant(row.value != 0));
                self.given_or_presumed(node.a, given, presumed)
            }
            Op::Is => self.is_member(node.a, node.b as u16),
            Op::In => self.is_in(node.a, node.b),
            Op::Meets => self.meets(node.b, node.c),
            Op::Int | Op::Money | Op::Instant => self.comparison(op, node),
            Op::Happened => {
                let event = self.event(node.a);
                let graph = &mut self.world.graph;
                let no = if node.flag == 1 {
                    event.not
                } else {
                    graph.and(!event.happened, !event.null)
                };
                Kleene {
                    yes: event.happened,
                    no,
                }
            }
            Op::Known => Kleene::known(self.fact(node.a).given),
            Op::Missed => self.missed(node),
            Op::Met => self.met(node),
            Op::And | Op::Or | Op::Not => Kleene::UNKNOWN,
        }
    }

    fn given_or_presumed(&mut self, fact: u16, given: Kleene, presumed: Kleene) -> Kleene {
        let is_presumed = self.program.facts.at(usize::from(fact)).presumed == 1;
        let silent = if is_presumed {
            presumed
        } else {
            Kleene::UNKNOWN
        };
        self.by_what_is_said(fact, given, silent)
    }

    /// Whether a fact of one member has this one.
    pub(super) fn is_member(&mut self, fact: u16, member: u16) -> Kleene {
        let row = self.program.facts.at(usize::from(fact));
        let world = self.in_world(row.of, member);
        let variable = match (&self.fact(fact).value, world) {
            (Value::Member(members), Some(world)) => members.get(&world).copied(),
            _ => None,
        };
        let given = Kleene::known(variable.unwrap_or(Lit::FALSE));
        let presumed = Kleene::known(Lit::constant(row.value == i64::from(member)));
        self.given_or_presumed(fact, given, presumed)
    }

    fn is_in(&mut self, fact: u16, expr: u32) -> Kleene {
        let row = self.program.facts.at(usize::from(fact));
        let set = self.set(expr, row.of);
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        let mut usable = Vec::new();
        for (member, inside) in &set {
            let is = self.is_member(fact, *member);
            let graph = &mut self.world.graph;
            usable.push(is.yes);
            yes.push(graph.and(is.yes, inside.yes));
            no.push(graph.and(is.yes, inside.no));
        }
        // The presumed member may be one that others stand for.
        let graph = &mut self.world.graph;
        let usable = graph.any(usable);
        let all: Vec<Kleene> = set.into_values().collect();
        let (whole, none) = (Kleene::all(graph, &all).yes, Kleene::any(graph, &all).no);
        let (whole, none) = (graph.and(!usable, whole), graph.and(!usable, none));
        yes.push(whole);
        no.push(none);
        Kleene {
            yes: graph.any(yes),
            no: graph.any(no),
        }
    }

    fn comparison(&mut self, op: Op, node: NodeRow) -> Kleene {
        let Some(compare) = Compare::from_u8(node.flag) else {
            return Kleene::UNKNOWN;
        };
        let operands = [node.b, node.c].map(|index| self.program.operands.at(index as usize));
        let [a, b] = operands.map(|row| self.ways(op, row));
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for one in &a {
            for other in &b {
                let graph = &mut self.world.graph;
                let mut shared = Vec::new();
                for (code, is) in &one.currencies {
                    let same = other.currencies.iter().filter(|(other, _)| other == code);
                    for (_, also) in same {
                        shared.push(graph.and(*is, *also));
                    }
                }
                let comparable = if op == Op::Money {
                    graph.any(shared)
                } else {
                    Lit::TRUE
                };
                let here = graph.all([one.when, other.when, comparable]);
                let (x, y) = (one.number, other.number);
                let holds = match compare {
                    Compare::Lt => graph.less(x, y),
                    Compare::Le => graph.at_most(x, y),
                    Compare::Gt => graph.less(y, x),
                    Compare::Ge => graph.at_most(y, x),
                    Compare::Eq => graph.equal(x, y),
                };
                yes.push(graph.and(here, holds));
                no.push(graph.and(here, !holds));
            }
        }
        let graph = &mut self.world.graph;
        Kleene {
            yes: graph.any(yes),
            no: graph.any(no),
        }
    }

    /// What an operand can be.
    fn ways(&mut self, op: Op, row: OperandRow) -> Vec<Way> {
        let ways = match OperandKind::from_u8(row.kind) {
            Some(OperandKind::Fact) => self.number_of(row.id),
            Some(OperandKind::Event) => {
                let event = self.event(row.id);
                vec![Way::plain(event.happened, event.at)]
            }
            Some(OperandKind::Now) => vec![Way::plain(Lit::TRUE, self.world.now)],
            Some(OperandKind::Literal) => {
                let number = self.world.graph.literal(row.value);
                let mut way = Way::plain(Lit::TRUE, number);
                if op == Op::Money {
                    way.currencies.push((currency(row.currency), Lit::TRUE));
                }
                vec![way]
            }
            None => Vec::new(),
        };
        if row.n == 0 {
            return ways;
        }
        let Some(unit) = Unit::from_u8(row.unit) else {
            return Vec::new();
        };
        let n = if row.minus == 1 {
            -i64::from(row.n)
        } else {
            i64::from(row.n)
        };
        ways.into_iter()
            .map(|way| {
                let (there, number) = self.offset(way.number, n, unit, row.zone);
                let when = self.world.graph.and(way.when, there);
                Way {
                    when,
                    number,
                    ..way
                }
            })
            .collect()
    }

    /// The numbers that a fact can be.
    pub(super) fn number_of(&mut self, fact: u16) -> Vec<Way> {
        let row = self.program.facts.at(usize::from(fact));
        let said = self.fact(fact).clone();
        let mut ways = match said.value {
            Value::Number(number) => vec![Way::plain(said.given, number)],
            Value::Money(number, currencies) => vec![Way {
                when: said.given,
                number,
                currencies,
            }],
            _ => return Vec::new(),
        };
        if row.presumed == 1 {
            let graph = &mut self.world.graph;
            let silent = graph.and(!said.given, !said.null);
            let mut way = Way::plain(silent, graph.literal(row.value));
            if row.ty == 4 {
                way.currencies.push((currency(row.currency), Lit::TRUE));
            }
            ways.push(way);
        }
        ways
    }
}
