//! How large a difference is: the regions of the finite abstraction in which there is one.
//!
//! What a difference says of a case is made of atoms: variables (a boolean, a member, a value that is given, null or
//! absent, an event that happened) and comparisons of numbers. A region is one truth of every atom of which the formula
//! of the difference is made, as some case has it; two cases of one region are told apart by nothing in it. Invariant:
//! values of what a case leaves out are fixed, so that they make no regions; the count is exact up
//! to [`REGIONS_MAX`], and where it is not, it says so.

use crate::model::limits::INSTANT_MIN;
use crate::prove::formula::{Lit, Node, Number, holds};
use crate::prove::question::{Inquiry, Seen};
use crate::prove::world::Value;

/// Regions that are counted of one difference: each costs a question, and nobody reads more.
pub const REGIONS_MAX: usize = 200;

/// How often calendars and local times are looked up for one count: to prove that there is no other region can take a look
/// at each change of the clock in a century.
const LOOKS_MAX: u64 = 500;

/// How many regions there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regions {
    /// So many.
    Exactly(usize),
    /// So many were found, and the count ended there.
    AtLeast(usize),
}

impl std::fmt::Display for Regions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Regions::Exactly(1) => f.write_str("1 region"),
            Regions::Exactly(count) => write!(f, "{count} regions"),
            Regions::AtLeast(1) => f.write_str("1 region or more"),
            Regions::AtLeast(count) => write!(f, "{count} regions or more"),
        }
    }
}

/// Counts the regions in which a formula holds.
pub(super) fn count(inquiry: &mut Inquiry<'_>, goal: Lit) -> Regions {
    let mut seen = Seen::default();
    seen.variables(&inquiry.world.graph, &[goal]);
    let nodes = inquiry.world.graph.nodes();
    let is_atom = |node: &usize| !matches!(nodes[*node], Node::True | Node::And(_));
    let mut atoms: Vec<usize> = seen.nodes.iter().copied().filter(is_atom).collect();
    atoms.sort_unstable();
    let mut wanted = vec![goal];
    wanted.extend(pins(inquiry, &seen));
    let (mut open, mut looks) = (Lit::TRUE, LOOKS_MAX);
    for found in 0..=REGIONS_MAX {
        let mut goal = wanted.clone();
        goal.push(open);
        let all = match inquiry.solve_within(&goal, &mut looks) {
            Ok(Some(all)) if found < REGIONS_MAX => all,
            Ok(None) => return Regions::Exactly(found),
            Ok(Some(_)) | Err(_) => return Regions::AtLeast(found.max(1)),
        };
        let graph = &mut inquiry.world.graph;
        let lits = atoms.iter().map(|node| {
            let lit = Lit::of(*node);
            if holds(&all, lit) { lit } else { !lit }
        });
        let region = graph.all(lits.collect::<Vec<_>>());
        open = graph.and(open, !region);
    }
    Regions::AtLeast(REGIONS_MAX)
}

/// What fixes the values that a case leaves out.
fn pins(inquiry: &mut Inquiry<'_>, seen: &Seen) -> Vec<Lit> {
    let world = &mut inquiry.world;
    let graph = &mut world.graph;
    let mut pins = Vec::new();
    for fact in world.facts.values() {
        let lits: Vec<Lit> = match &fact.value {
            Value::Bool(lit) => vec![*lit],
            Value::Member(of) | Value::Members(of) => of.values().copied().collect(),
            Value::Money(_, of) => of.iter().map(|(_, lit)| *lit).collect(),
            Value::Number(_) => Vec::new(),
        };
        for lit in lits
            .into_iter()
            .filter(|lit| seen.nodes.contains(&lit.node()))
        {
            pins.push(graph.or(fact.given, !lit));
        }
        if let Value::Number(term) | Value::Money(term, _) = fact.value
            && seen.numbers.contains(&term.index())
            && let Number::Free { least, .. } = *graph.number(term)
        {
            let least = graph.literal(least);
            let least = graph.at_most(term, least);
            pins.push(graph.or(fact.given, least));
        }
    }
    for event in world.events.values() {
        if seen.numbers.contains(&event.at.index()) {
            let first = graph.literal(INSTANT_MIN);
            let first = graph.at_most(event.at, first);
            pins.push(graph.or(event.happened, first));
        }
    }
    if seen.numbers.contains(&world.law_date.index())
        && let Number::Free { least, .. } = *graph.number(world.law_date)
    {
        let least = graph.literal(least);
        let least = graph.at_most(world.law_date, least);
        pins.push(graph.or(world.dated, least));
    }
    // A number that nothing gives is zero, as it is where formulas are evaluated.
    let mut numbers: Vec<usize> = seen.numbers.iter().copied().collect();
    numbers.sort_unstable();
    for index in numbers {
        let term = graph.number_at(index);
        let there = match graph.number(term).clone() {
            Number::Pick { of, .. } => graph.any(of.iter().map(|(lit, _)| *lit)),
            Number::Curve(curve, at) => graph.value_of(curve, at).0,
            _ => continue,
        };
        let nothing = graph.equal(term, crate::prove::formula::Term::ZEROTH);
        pins.push(graph.or(there, nothing));
    }
    pins
}
