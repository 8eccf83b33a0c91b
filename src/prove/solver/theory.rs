//! Theory: from an assignment of truth to all literals to values of all unknowns that bear it out, or to a conflict.
//!
//! Only what the question rests on is borne out: of a conjunction that is false, one false part. A comparison that
//! nothing rests on may say what it likes, and its two numbers need no values. Invariant: where values are found,
//! they and the variables make every formula of the question true, but for the curves, whose values are compared
//! with those found and learnt where they differ.

use batsat::{Lit as SatLit, Theory, TheoryArg, lbool};

use crate::prove::formula::{Graph, Lit, Node, Number};

use super::differences::{Differences, Edge};
use super::tables::{Definition, Tables};
use super::translate::literal_of;

/// Memory of the theory, kept between questions.
#[derive(Default)]
pub(super) struct Work {
    /// The values found last.
    pub(super) differences: Differences,
    /// The unknowns that the question rests on.
    pub(super) unknowns: Vec<u32>,
    /// The places among the applications of curves whose value is not that of the curve, and where.
    pub(super) astray: Vec<(u32, i64)>,
    /// Two applications of one curve at one number that contradict one another, the one made first before the other.
    pub(super) at_odds: Vec<(u32, u32)>,
    edges: Vec<Edge>,
    open: Vec<Lit>,
    curves: Vec<u32>,
    clause: Vec<SatLit>,
    // The round in which something was last rested on.
    round: u32,
    nodes: Vec<u32>,
    unknowns_at: Vec<u32>,
    bits: Vec<u32>,
    curves_at: Vec<u32>,
}

/// True the first time in a round.
fn first_time(marks: &mut Vec<u32>, place: usize, round: u32) -> bool {
    if marks.len() <= place {
        marks.resize(place + 1, 0);
    }
    std::mem::replace(&mut marks[place], round) != round
}

/// One question, as the solver of clauses sees it.
pub(super) struct Question<'a, 'c> {
    /// The formulas.
    pub(super) graph: &'a Graph<'c>,
    /// What the literals stand for.
    pub(super) tables: &'a Tables,
    /// Memory.
    pub(super) work: &'a mut Work,
    /// What must hold.
    pub(super) goal: &'a [Lit],
    /// Decision levels.
    pub(super) levels: usize,
}

impl Theory for Question<'_, '_> {
    fn final_check(&mut self, acts: &mut TheoryArg<'_>) {
        self.rest(acts);
        let Work {
            differences,
            unknowns,
            edges,
            clause,
            ..
        } = &mut *self.work;
        let cycle = differences.settle(self.tables.unknowns.len(), unknowns, edges);
        if cycle.is_empty() {
            self.compare_curves(acts);
            return;
        }
        clause.clear();
        // A clause of one literal would be enqueued as it is, even if it is false already without any decision.
        clause.push(!self.tables.yes);
        for edge in cycle {
            let because = edges[edge as usize].because;
            if because != SatLit::UNDEF {
                clause.push(!because);
            }
        }
        clause.sort_unstable();
        clause.dedup();
        acts.raise_conflict(clause, false);
    }

    fn create_level(&mut self) {
        self.levels += 1;
    }

    fn pop_levels(&mut self, n: usize) {
        self.levels -= n;
    }

    fn n_levels(&self) -> usize {
        self.levels
    }

    fn explain_propagation(&mut self, _p: SatLit) -> &[SatLit] {
        // Nothing is ever propagated from here.
        &[]
    }
}

impl Question<'_, '_> {
    fn is_true(acts: &TheoryArg<'_>, lit: SatLit) -> bool {
        acts.value(lit.var()) == lbool::new(lit.sign())
    }

    /// Collects the bounds that the question rests on.
    fn rest(&mut self, acts: &TheoryArg<'_>) {
        let work = &mut *self.work;
        work.round = work.round.wrapping_add(1);
        if work.round == 0 {
            for marks in [
                &mut work.nodes,
                &mut work.unknowns_at,
                &mut work.bits,
                &mut work.curves_at,
            ] {
                marks.fill(0);
            }
            work.round = 1;
        }
        work.edges.clear();
        work.unknowns.clear();
        work.curves.clear();
        work.open.clear();
        work.open.extend_from_slice(self.goal);
        self.unknown(0);
        let mut done = 0;
        loop {
            while let Some(lit) = self.work.open.pop() {
                self.formula(acts, lit);
            }
            let Some(unknown) = self.work.unknowns.get(done).copied() else {
                break;
            };
            done += 1;
            self.definition(acts, unknown);
        }
    }

    /// Rests on a formula, whatever its truth is.
    fn formula(&mut self, acts: &TheoryArg<'_>, lit: Lit) {
        let node = lit.node();
        if !first_time(&mut self.work.nodes, node, self.work.round) {
            return;
        }
        let sat = self.tables.nodes[node];
        match &self.graph.nodes()[node] {
            Node::True | Node::Variable => {}
            Node::AtMost(..) => self.bound(acts, sat),
            Node::Defined(curve, at) => {
                let at = self.tables.numbers[at.index()];
                if let Some(applied) = self.tables.application(*curve, at) {
                    self.curve(acts, applied);
                }
            }
            Node::And(of) => {
                if Self::is_true(acts, sat) {
                    self.work.open.extend_from_slice(of);
                    return;
                }
                let (tables, work) = (self.tables, &mut *self.work);
                let is_false = |lit: &&Lit| Self::is_true(acts, !literal_of(tables, **lit));
                let known = |lit: &&Lit| work.nodes.get(lit.node()) == Some(&work.round);
                let cheap = |lit: &&Lit| matches!(self.graph.nodes()[lit.node()], Node::Variable);
                let broken = || of.iter().filter(is_false);
                let chosen = broken()
                    .find(known)
                    .or_else(|| broken().find(cheap))
                    .or_else(|| broken().next());
                work.open.extend(chosen);
            }
        }
    }

    /// Rests on a comparison, whatever its truth is.
    fn bound(&mut self, acts: &TheoryArg<'_>, lit: SatLit) {
        let place = lit.var().idx() as usize;
        let Some(comparison) = self.tables.comparison(lit) else {
            return;
        };
        if !first_time(&mut self.work.bits, place, self.work.round) {
            return;
        }
        let plain = SatLit::new(lit.var(), true);
        let (x, y) = (comparison.x, comparison.y);
        self.work.edges.push(if Self::is_true(acts, plain) {
            Edge {
                from: y,
                to: x,
                most: comparison.most,
                because: plain,
            }
        } else {
            Edge {
                from: x,
                to: y,
                most: -comparison.most - 1,
                because: !plain,
            }
        });
        self.unknown(x);
        self.unknown(y);
    }

    fn unknown(&mut self, unknown: u32) {
        if first_time(
            &mut self.work.unknowns_at,
            unknown as usize,
            self.work.round,
        ) {
            self.work.unknowns.push(unknown);
        }
    }

    /// Rests on what an unknown is.
    fn definition(&mut self, acts: &TheoryArg<'_>, unknown: u32) {
        let (least, most) = self.tables.ranges[unknown as usize];
        let bounds = [(0, unknown, most), (unknown, 0, -least)];
        let edges = bounds.map(|(from, to, most)| Edge {
            from,
            to,
            most,
            because: SatLit::UNDEF,
        });
        self.work.edges.extend(edges);
        match &self.tables.unknowns[unknown as usize] {
            Definition::Free => {}
            Definition::Curve(applied) => self.curve(acts, *applied),
            Definition::Pick(pick) => {
                let Number::Pick { of, .. } = self.graph.number(pick.term) else {
                    return;
                };
                let mut reached = None;
                for ((stands, _), (beyond, reaches)) in of.iter().zip(&pick.bounds) {
                    self.work.open.push(*stands);
                    if Self::is_true(acts, literal_of(self.tables, *stands)) {
                        self.bound(acts, *beyond);
                        if reached.is_none() && Self::is_true(acts, *reaches) {
                            reached = Some(*reaches);
                        }
                    }
                }
                if let Some(reached) = reached {
                    self.bound(acts, reached);
                } else {
                    self.bound(acts, pick.zero.0);
                    self.bound(acts, pick.zero.1);
                }
            }
        }
    }

    fn curve(&mut self, acts: &TheoryArg<'_>, place: u32) {
        if !first_time(&mut self.work.curves_at, place as usize, self.work.round) {
            return;
        }
        self.work.curves.push(place);
        let applied = &self.tables.applied[place as usize];
        self.unknown(applied.at.unknown);
        self.unknown(applied.value);
        let defined = Self::is_true(acts, applied.defined);
        let bounds = if defined { applied.apart } else { applied.zero };
        for bound in bounds {
            self.bound(acts, bound);
        }
        for lesson in &applied.lessons {
            let rests_on =
                |other| self.work.curves_at.get(other as usize) == Some(&self.work.round);
            if lesson.other.is_some_and(|other| !rests_on(other)) {
                continue;
            }
            let mut premises = lesson.premises.iter();
            match premises.find(|premise| Self::is_true(acts, !**premise)) {
                // A premise that is false is enough; where it is that there is no value, that is rested on already.
                Some(failed) => self.bound(acts, *failed),
                None => {
                    for lit in lesson.premises.iter().chain(&lesson.conclusions) {
                        self.bound(acts, *lit);
                    }
                }
            }
        }
    }

    /// Compares the values found with those of the curves, and where they differ with one another.
    fn compare_curves(&mut self, acts: &TheoryArg<'_>) {
        let work = &mut *self.work;
        work.astray.clear();
        work.at_odds.clear();
        let found = |place: u32| {
            let applied = &self.tables.applied[place as usize];
            let at = work.differences.value(applied.at.unknown) + applied.at.more;
            let value =
                Self::is_true(acts, applied.defined).then(|| work.differences.value(applied.value));
            (applied.curve, at, value)
        };
        for &place in &work.curves {
            let (curve, at, value) = found(place);
            let point = i64::try_from(at).unwrap_or(if at < 0 { i64::MIN } else { i64::MAX });
            if self.graph.curve(curve).at(point).map(i128::from) == value {
                continue;
            }
            work.astray.push((place, point));
            for &other in &work.curves {
                let (other_curve, other_at, other_value) = found(other);
                if other_curve != curve {
                    continue;
                }
                if at == other_at && value != other_value {
                    work.at_odds.push((place.min(other), place.max(other)));
                }
            }
        }
        work.at_odds.sort_unstable();
        work.at_odds.dedup();
    }
}
