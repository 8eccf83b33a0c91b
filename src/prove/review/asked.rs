//! Questions whose answer is mostly known already: from formulas to whether there is a case in which all of them hold.
//!
//! A case that answered one question often answers others, too, and is cheaper to look at than to search for. Invariant: a
//! case that is looked at satisfies every constraint of the world; "there is none" is said by the solver alone.

use std::collections::HashMap;

use crate::pack::Program;
use crate::prove::formula::{Assignment, Lit, holds};
use crate::prove::question::Inquiry;
use crate::prove::solver::Beyond;

/// How many truths of formulas are kept, over all cases: some megabytes.
const TRUTHS_KEPT: usize = 1 << 23;

/// An inquiry, and the cases that it has found.
pub(super) struct Asked<'q, 'c> {
    pub inquiry: &'q mut Inquiry<'c>,
    cases: Vec<Assignment>,
    known: HashMap<Vec<Lit>, bool>,
}

impl<'q, 'c> Asked<'q, 'c> {
    pub fn new(inquiry: &'q mut Inquiry<'c>) -> Asked<'q, 'c> {
        Asked {
            inquiry,
            cases: Vec::new(),
            known: HashMap::new(),
        }
    }

    pub fn program(&self) -> Program<'c> {
        self.inquiry.programs[0]
    }

    /// Whether there is a case in which all of these hold.
    pub fn possible(&mut self, goal: &[Lit]) -> Result<bool, Beyond> {
        let mut goal = goal.to_vec();
        goal.retain(|lit| *lit != Lit::TRUE);
        goal.sort_unstable();
        goal.dedup();
        if goal.contains(&Lit::FALSE) {
            return Ok(false);
        }
        if goal.is_empty() || self.shown(&goal) {
            return Ok(true);
        }
        if let Some(known) = self.known.get(&goal) {
            return Ok(*known);
        }
        let found = self.inquiry.solve(&goal)?;
        let possible = found.is_some();
        if let Some(found) = found {
            self.keep(&found);
        }
        self.known.insert(goal, possible);
        Ok(possible)
    }

    /// Whether one of the cases so far is one in which all of these hold.
    pub fn shown(&self, goal: &[Lit]) -> bool {
        self.cases.iter().rev().any(|case| all_hold(case, goal))
    }

    /// A case in which all of these hold, with the truth of every formula that there is by now.
    pub fn case(&mut self, goal: &[Lit]) -> Result<Option<Assignment>, Beyond> {
        let found = self.inquiry.solve(goal)?;
        Ok(found.map(|found| self.inquiry.world.graph.evaluate(&found)))
    }

    fn keep(&mut self, found: &Assignment) {
        let size = self.inquiry.world.graph.nodes().len();
        if self.cases.len().saturating_mul(size) >= TRUTHS_KEPT {
            return;
        }
        // What the question does not speak of may have any value, and must still be a case.
        let case = self.inquiry.world.graph.evaluate(found);
        if all_hold(&case, &self.inquiry.world.constraints) {
            self.cases.push(case);
        }
    }
}

/// A formula that is younger than the case is not known to hold.
fn all_hold(case: &Assignment, goal: &[Lit]) -> bool {
    goal.iter()
        .all(|lit| lit.node() < case.booleans.len() && holds(case, *lit))
}
