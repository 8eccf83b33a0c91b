//! Solver: from formulas that are to hold together to values of all variables under which they do, or to none.
//!
//! Exact: clauses go to a solver of clauses, comparisons are differences that are searched for cycles, and curves are
//! learnt piece by piece where a case needs them. Invariant: a case is given only after all formulas were evaluated
//! under it, and "none" rests only on what every case satisfies. What a question costs depends on its cone, not
//! on the graph. The same questions in the same order have the same answers: nothing here is drawn by lot, and
//! the limits count work, not time.

mod budget;
mod cone;
mod differences;
mod tables;
mod theory;
mod translate;

use batsat::{Lit as SatLit, SolverInterface as _, lbool};

use crate::prove::formula::{Assignment, Graph, Lit, Node, Number, holds};

pub use budget::{Beyond, CONFLICTS_MAX, PARTS_MAX, REFINEMENTS_MAX};
use cone::{Cone, Part};
use tables::Applied;
use theory::{Question, Work};
use translate::Translation;

/// Translated parts beyond which the translation starts anew if the cone of a question is much smaller: every old
/// clause over a shared variable is visited when that is assigned.
const PARTS_KEPT: usize = 4_000;
/// How many times larger than the cone a translation may become before it starts anew.
const PARTS_TIMES: usize = 3;

/// Looks at curves that one wish may cost. What is wished is the form of a case, and not whether there is one.
const WISH_LOOKS: u64 = 300;

/// Answers questions about one graph, and keeps what it learnt of it.
pub struct Solver {
    translation: Translation,
    cone: Cone,
    work: Work,
    refinements: u64,
    /// How many of them a question may cost.
    patience: u64,
}

impl Default for Solver {
    fn default() -> Solver {
        Solver::new()
    }
}

impl Solver {
    /// One that has been asked nothing yet.
    #[must_use]
    pub fn new() -> Solver {
        Solver {
            translation: Translation::new(),
            cone: Cone::default(),
            work: Work::default(),
            refinements: 0,
            patience: REFINEMENTS_MAX,
        }
    }

    /// How many looks at curves the last question cost.
    #[must_use]
    pub fn looks(&self) -> u64 {
        self.refinements
    }

    /// Sets how many looks at curves each later question may cost, at most [`REFINEMENTS_MAX`].
    pub fn set_patience(&mut self, refinements: u64) {
        self.patience = refinements.min(REFINEMENTS_MAX);
    }

    /// An assignment under which all of `goal` hold; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If a limit is reached.
    pub fn solve(
        &mut self,
        graph: &mut Graph<'_>,
        goal: &[Lit],
    ) -> Result<Option<Assignment>, Beyond> {
        self.solve_wishing(graph, goal, &[])
    }

    /// The same, and each wish in order is granted where that is possible together with the goal and the wishes
    /// granted before it; a wish that would take too many looks at curves is passed over.
    ///
    /// # Errors
    ///
    /// If a limit is reached.
    pub fn solve_wishing(
        &mut self,
        graph: &mut Graph<'_>,
        goal: &[Lit],
        wishes: &[Lit],
    ) -> Result<Option<Assignment>, Beyond> {
        self.prepare(graph, goal, wishes)?;
        let mut wanted: Vec<Lit> = goal.to_vec();
        let Some(mut found) = self.search(graph, &wanted)? else {
            return Ok(None);
        };
        let patience = self.patience;
        for wish in wishes {
            wanted.push(*wish);
            if holds(&found, *wish) {
                continue;
            }
            self.patience = patience.min(self.refinements + WISH_LOOKS);
            let answer = self.search(graph, &wanted);
            self.patience = patience;
            match answer {
                Ok(Some(better)) => found = better,
                Ok(None) | Err(Beyond::Refinements) => {
                    wanted.pop();
                }
                Err(beyond) => return Err(beyond),
            }
        }
        Ok(Some(found))
    }

    fn prepare(&mut self, graph: &Graph<'_>, goal: &[Lit], wishes: &[Lit]) -> Result<(), Beyond> {
        self.cone.gather(graph, goal.iter().chain(wishes).copied());
        let parts = self.cone.order().len();
        if parts > PARTS_MAX {
            return Err(Beyond::Parts(parts));
        }
        if self.translation.tables.parts > PARTS_KEPT + PARTS_TIMES * parts {
            self.translation = Translation::new();
            self.work = Work::default();
        }
        self.translation.add(graph, self.cone.order());
        self.translation.sat.cb_mut().restart();
        self.refinements = 0;
        Ok(())
    }

    fn search(&mut self, graph: &Graph<'_>, wanted: &[Lit]) -> Result<Option<Assignment>, Beyond> {
        let wanted_here = wanted.iter().map(|lit| self.translation.lit(*lit));
        let mut assumed: Vec<SatLit> = wanted_here.collect();
        // The pieces of curves that this search has learnt: first it stays on them. Else it might try one piece after
        // the other, as each time the values fall just beside what was learnt.
        let mut stays: Vec<[SatLit; 2]> = Vec::new();
        loop {
            let Translation { sat, tables } = &mut self.translation;
            let mut question = Question {
                graph,
                tables,
                work: &mut self.work,
                goal: wanted,
                levels: 0,
            };
            assumed.truncate(wanted.len());
            assumed.extend(stays.iter().flatten());
            let answer = sat.solve_limited_th(&mut question, &assumed);
            if answer == lbool::FALSE {
                let before = stays.len();
                stays.retain(|stay| {
                    let mut sides = stay.iter();
                    !sides.any(|side| sat.unsat_core_contains_var(side.var()))
                });
                if stays.len() == before {
                    return Ok(None);
                }
                continue;
            }
            if answer != lbool::TRUE {
                return Err(Beyond::Conflicts);
            }
            if self.work.astray.is_empty() {
                return self.found(graph, wanted).map(Some);
            }
            self.learn(graph, &mut stays);
            if self.refinements > self.patience {
                return Err(Beyond::Refinements);
            }
        }
    }

    /// Learns the curves where the values found are not theirs.
    fn learn(&mut self, graph: &Graph<'_>, stays: &mut Vec<[SatLit; 2]>) {
        let (work, translation) = (&mut self.work, &mut self.translation);
        let unknowns = 0..translation.tables.unknowns.len() as u32;
        translation.tables.last = unknowns.map(|of| work.differences.value(of)).collect();
        for (one, other) in work.at_odds.drain(..) {
            translation.learn_pair(one, other);
        }
        for (applied, point) in work.astray.drain(..) {
            self.refinements += 1;
            let Applied { curve, value, .. } = translation.tables.applied[applied as usize];
            let is = graph.curve(curve).at(point).unwrap_or(0);
            // As it is with the right value, not as it was with the wrong one.
            translation.tables.last[value as usize] = i128::from(is);
            stays.push(translation.learn(graph, applied, point));
        }
        translation.tables.last.clear();
    }

    /// The assignment that was found, with the value of everything in the cone.
    fn found(&self, graph: &Graph<'_>, wanted: &[Lit]) -> Result<Assignment, Beyond> {
        let Translation { sat, tables } = &self.translation;
        let mut rested_on = vec![false; tables.unknowns.len()];
        for unknown in &self.work.unknowns {
            rested_on[*unknown as usize] = true;
        }
        let mut all = self.cone.blank();
        for part in self.cone.order() {
            match *part {
                Part::Node(node) => {
                    let node = node as usize;
                    if let Node::Variable = graph.nodes()[node] {
                        all.booleans[node] = sat.value_lit(tables.nodes[node]) == lbool::TRUE;
                    }
                }
                Part::Number(term) => {
                    if let Number::Free { least, .. } = graph.number(term) {
                        let unknown = tables.numbers[term.index()].unknown;
                        all.numbers[term.index()] = if rested_on[unknown as usize] {
                            let value = self.work.differences.value(unknown);
                            i64::try_from(value).map_err(|_| Beyond::Unsound)?
                        } else {
                            *least
                        };
                    }
                }
            }
        }
        self.cone.evaluate(graph, &mut all);
        if wanted.iter().all(|lit| holds(&all, *lit)) {
            Ok(all)
        } else {
            Err(Beyond::Unsound)
        }
    }
}
