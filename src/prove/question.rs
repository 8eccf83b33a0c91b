//! A question about programs: from formulas that should hold to the smallest situation in which they do, or to none.
//!
//! Smallest means that nothing can be left out of it: each fact and event that is given is needed, as far as calendars let
//! that be told. Invariant: "none" is said of every situation there is.

use std::collections::{HashMap, HashSet};

use super::formula::{Assignment, Graph, Lit, Node, Number, Term};
use super::situation::Situation;
use super::solver::{Beyond, Solver};
use super::symbolic::{Symbolic, symbolic};
use super::world::{Fact, Value, World};
use crate::pack::Program;
use crate::time::instant::SECOND;

/// An instant at which cases are told where none is better: a Monday morning, in winter time, in no holiday.
const USUAL_NOW: i64 = 1_772_442_000 * SECOND;
/// The greatest amount, in minor units, that is told where none is better.
const USUAL_AMOUNT: i64 = 100_000_000;
/// How long ago events are told to have happened where nothing else is needed.
const HOUR: i64 = 3_600 * SECOND;

/// A variable of a world: a formula's, or a number's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Variable {
    Of(usize),
    Number(usize),
}

/// Some programs, ready to be asked about.
pub struct Inquiry<'c> {
    /// The programs.
    pub programs: Vec<Program<'c>>,
    /// What a case can say of all of them.
    pub world: World<'c>,
    /// What each of them answers.
    pub said: Vec<Symbolic>,
    solver: Solver,
    /// For each variable, the constraints that speak of it.
    bound: HashMap<Variable, Vec<usize>>,
    /// For each constraint, the variables of which it speaks.
    speaks: Vec<Vec<Variable>>,
}

impl<'c> Inquiry<'c> {
    /// Reads the programs.
    #[must_use]
    pub fn new(programs: &[Program<'c>]) -> Inquiry<'c> {
        let mut world = World::new(programs);
        let said = programs
            .iter()
            .map(|program| symbolic(&mut world, programs, program))
            .collect();
        let mut bound: HashMap<Variable, Vec<usize>> = HashMap::new();
        let mut speaks = Vec::new();
        for (index, constraint) in world.constraints.iter().enumerate() {
            let mut seen = Seen::default();
            let found = seen.variables(&world.graph, &[*constraint]);
            for variable in &found {
                bound.entry(*variable).or_default().push(index);
            }
            speaks.push(found);
        }
        Inquiry {
            programs: programs.to_vec(),
            world,
            said,
            solver: Solver::new(),
            bound,
            speaks,
        }
    }

    /// An assignment under which all of the goal holds, and that is some situation's; none, if there is none.
    ///
    /// # Errors
    /// [`Beyond`], where a limit of the solver ends the search.
    pub fn solve(&mut self, goal: &[Lit]) -> Result<Option<Assignment>, Beyond> {
        let found = self.search(goal, |_, _| Vec::new())?;
        Ok(found.map(|(found, _)| found))
    }

    /// The smallest situation in which all of the goal holds; none, if there is none.
    ///
    /// # Errors
    /// [`Beyond`], where a limit of the solver ends the search.
    pub fn smallest(&mut self, goal: &[Lit]) -> Result<Option<Situation>, Beyond> {
        let found = self.search(goal, wishes)?;
        Ok(found.map(|(found, concerned)| {
            let all = self.world.graph.evaluate(&found);
            let mut case = Situation::of(&self.world, &all);
            if !concerned.contains(&Variable::Number(self.world.now.index())) {
                // Whenever it is asked: then at a usual instant.
                case.now = USUAL_NOW;
            }
            case
        }))
    }

    /// The same as [`Inquiry::solve`], with so many looks at calendars and local times; they are taken from what is left.
    ///
    /// # Errors
    /// [`Beyond`], where a limit of the solver or the last look ends the search.
    pub(super) fn solve_within(
        &mut self,
        goal: &[Lit],
        looks: &mut u64,
    ) -> Result<Option<Assignment>, Beyond> {
        self.solver.set_patience(*looks);
        let answer = self.solve(goal);
        *looks = looks.saturating_sub(self.solver.looks());
        self.solver.set_patience(u64::MAX);
        answer
    }

    /// An assignment under which all of the goal holds, and the variables that the goal concerns.
    fn search(
        &mut self,
        goal: &[Lit],
        wishes: impl FnOnce(&mut World<'c>, &HashSet<Variable>) -> Vec<Lit>,
    ) -> Result<Option<(Assignment, HashSet<Variable>)>, Beyond> {
        if goal.contains(&Lit::FALSE) {
            return Ok(None);
        }
        let (goal, concerned) = self.closed(goal);
        let wishes = wishes(&mut self.world, &concerned);
        let graph = &mut self.world.graph;
        let found = self.solver.solve_wishing(graph, &goal, &wishes)?;
        Ok(found.map(|found| (found, concerned)))
    }

    /// The goal with every constraint on what it speaks of, and all of that.
    fn closed(&self, goal: &[Lit]) -> (Vec<Lit>, HashSet<Variable>) {
        let mut open = Seen::default().variables(&self.world.graph, goal);
        let mut concerned: HashSet<Variable> = open.iter().copied().collect();
        let (mut whole, mut taken) = (goal.to_vec(), HashSet::new());
        while let Some(variable) = open.pop() {
            for index in self.bound.get(&variable).into_iter().flatten() {
                if !taken.insert(*index) {
                    continue;
                }
                whole.push(self.world.constraints[*index]);
                for other in &self.speaks[*index] {
                    if concerned.insert(*other) {
                        open.push(*other);
                    }
                }
            }
        }
        (whole, concerned)
    }
}

/// What a walk through formulas has seen.
#[derive(Default)]
pub(super) struct Seen {
    /// The nodes.
    pub(super) nodes: HashSet<usize>,
    /// The numbers.
    pub(super) numbers: HashSet<usize>,
}

impl Seen {
    /// The variables of some formulas.
    pub(super) fn variables(&mut self, graph: &Graph<'_>, of: &[Lit]) -> Vec<Variable> {
        let mut found = Vec::new();
        let mut lits: Vec<Lit> = of.to_vec();
        let mut terms: Vec<Term> = Vec::new();
        loop {
            if let Some(lit) = lits.pop() {
                if !self.nodes.insert(lit.node()) {
                    continue;
                }
                match &graph.nodes()[lit.node()] {
                    Node::True => {}
                    Node::Variable => found.push(Variable::Of(lit.node())),
                    Node::And(of) => lits.extend(of.iter().copied()),
                    Node::AtMost(a, b) => terms.extend([*a, *b]),
                    Node::Defined(_, term) => terms.push(*term),
                }
            } else if let Some(term) = terms.pop() {
                if !self.numbers.insert(term.index()) {
                    continue;
                }
                match graph.number(term) {
                    Number::Literal(_) => {}
                    Number::Free { .. } => found.push(Variable::Number(term.index())),
                    Number::Plus(term, _) | Number::Curve(_, term) => terms.push(*term),
                    Number::Pick { of, .. } => {
                        lits.extend(of.iter().map(|(lit, _)| *lit));
                        terms.extend(of.iter().map(|(_, term)| *term));
                    }
                }
            } else {
                return found;
            }
        }
    }
}

/// What a small situation is, in the order of what matters most: no circumstances out of the ordinary, nothing said that
/// is not needed, and usual instants.
fn wishes(world: &mut World<'_>, concerned: &HashSet<Variable>) -> Vec<Lit> {
    let is = |lit: Lit| concerned.contains(&Variable::Of(lit.node()));
    let counts = |term: Term| concerned.contains(&Variable::Number(term.index()));
    let mut wishes = Vec::new();
    let circumstances = [world.dated].into_iter().chain(world.levels);
    let circumstances = circumstances.chain(world.adopted.values().copied());
    wishes.extend(circumstances.filter(|lit| is(*lit)).map(|lit| !lit));
    let events: Vec<_> = world
        .events
        .values()
        .filter(|event| is(event.happened) || is(event.null) || is(event.not))
        .copied()
        .collect();
    let mut facts: Vec<Fact> = world
        .facts
        .values()
        .filter(|fact| is(fact.given) || is(fact.null))
        .cloned()
        .collect();
    // What is hardest to read is left out first.
    facts.sort_by_key(|fact| match fact.value {
        Value::Money(..) => 0,
        Value::Number(_) => 1,
        Value::Members(_) => 2,
        Value::Member(_) => 3,
        Value::Bool(_) => 4,
    });
    let graph = &mut world.graph;
    for event in &events {
        wishes.push(graph.all([!event.happened, !event.null, !event.not]));
        wishes.push(!event.null);
    }
    for fact in &facts {
        wishes.push(graph.and(!fact.given, !fact.null));
        wishes.push(!fact.null);
    }
    for fact in &facts {
        match &fact.value {
            Value::Members(of) => {
                wishes.extend(of.values().filter(|lit| is(**lit)).map(|lit| !*lit))
            }
            Value::Money(minor, of) => {
                wishes.extend(of.first().map(|(_, lit)| *lit));
                let (nothing, some) = (graph.literal(0), graph.literal(USUAL_AMOUNT));
                wishes.push(graph.at_most(nothing, *minor));
                wishes.push(graph.at_most(*minor, some));
            }
            _ => {}
        }
    }
    let usual = graph.literal(USUAL_NOW);
    if counts(world.now) {
        wishes.push(graph.equal(world.now, usual));
    }
    for event in &events {
        let at = graph.plus(world.now, -HOUR);
        wishes.push(graph.equal(event.at, at));
    }
    for fact in &facts {
        if let Value::Number(term) = fact.value
            && let Number::Free { least, .. } = *graph.number(term)
        {
            let least = graph.literal(least);
            wishes.push(graph.equal(term, least));
        }
    }
    wishes
}
