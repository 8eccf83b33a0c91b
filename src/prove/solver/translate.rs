//! Translation: from the parts of a cone to clauses and unknowns.
//!
//! Every formula is defined both ways (Tseitin), so that what the variables and comparisons are decides everything
//! else, and only those are decided. Invariant: whatever the graph's evaluation gives satisfies every clause here;
//! nothing is added that a question alone would need, so that all questions share one translation.

use batsat::{Lit as SatLit, SolverInterface as _, SolverOpts, lbool};

use crate::prove::formula::{Course, CurveId, Graph, Lit, Node, Number, Piece, Term};

use super::budget::{Budget, Sat};
use super::cone::Part;
use super::tables::{Applied, Definition, Lesson, Pick, Place, Tables};

/// Clauses, and what their literals stand for.
pub(super) struct Translation {
    /// The clauses.
    pub(super) sat: Sat,
    /// What they stand for.
    pub(super) tables: Tables,
}

impl Translation {
    /// Nothing translated yet.
    pub(super) fn new() -> Translation {
        let mut sat = Sat::new(SolverOpts::default(), Budget::default());
        let yes = SatLit::new(sat.new_var(lbool::TRUE, true), true);
        sat.add_clause_reuse(&mut vec![yes]);
        Translation {
            sat,
            tables: Tables::new(yes),
        }
    }

    /// The literal of a formula that has been translated.
    pub(super) fn lit(&self, lit: Lit) -> SatLit {
        literal_of(&self.tables, lit)
    }

    /// Translates those parts that are not yet.
    pub(super) fn add(&mut self, graph: &Graph<'_>, parts: &[Part]) {
        self.tables.nodes.resize(graph.nodes().len(), SatLit::UNDEF);
        self.tables
            .numbers
            .resize(graph.numbers().len(), Place::NOWHERE);
        for part in parts {
            match part {
                Part::Node(node) => {
                    let node = *node as usize;
                    if self.tables.nodes[node] == SatLit::UNDEF {
                        self.tables.nodes[node] = self.node(graph, &graph.nodes()[node]);
                        self.tables.parts += 1;
                    }
                }
                Part::Number(term) => {
                    if self.tables.numbers[term.index()].unknown == Place::NOWHERE.unknown {
                        self.tables.numbers[term.index()] = self.number(graph, *term);
                        self.tables.parts += 1;
                    }
                }
            }
        }
    }

    fn decided(&mut self) -> SatLit {
        SatLit::new(self.sat.new_var(lbool::UNDEF, true), true)
    }

    fn clause(&mut self, of: &[SatLit]) {
        self.sat.add_clause_reuse(&mut of.to_vec());
    }

    /// The literal that is true exactly if all of these are.
    fn both_ways(&mut self, of: &[SatLit]) -> SatLit {
        let whole = SatLit::new(self.sat.new_var(lbool::UNDEF, true), true);
        let mut back = Vec::with_capacity(of.len() + 1);
        back.push(whole);
        for lit in of {
            self.clause(&[!whole, *lit]);
            back.push(!*lit);
        }
        self.sat.add_clause_reuse(&mut back);
        whole
    }

    fn node(&mut self, graph: &Graph<'_>, node: &Node) -> SatLit {
        match node {
            Node::True => self.tables.yes,
            Node::Variable => self.decided(),
            Node::And(of) => {
                let of: Vec<SatLit> = of.iter().map(|lit| self.lit(*lit)).collect();
                self.both_ways(&of)
            }
            Node::AtMost(a, b) => {
                let (a, b) = (self.place(*a), self.place(*b));
                self.tables.at_most(&mut self.sat, a, b)
            }
            Node::Defined(curve, at) => {
                let applied = self.apply(graph, *curve, *at);
                self.tables.applied[applied as usize].defined
            }
        }
    }

    fn place(&self, term: Term) -> Place {
        self.tables.numbers[term.index()]
    }

    fn number(&mut self, graph: &Graph<'_>, term: Term) -> Place {
        match graph.number(term) {
            Number::Literal(value) => Place::literal(i128::from(*value)),
            Number::Free { least, most, .. } => {
                let range = (i128::from(*least), i128::from(*most));
                self.unknown(Definition::Free, range)
            }
            Number::Plus(inner, more) => self.place(*inner).plus(i128::from(*more)),
            Number::Pick { latest, of } => self.pick(term, *latest, of),
            Number::Curve(curve, at) => {
                let applied = self.apply(graph, *curve, *at);
                let unknown = self.tables.applied[applied as usize].value;
                Place { unknown, more: 0 }
            }
        }
    }

    fn unknown(&mut self, definition: Definition, range: (i128, i128)) -> Place {
        let unknown = self.tables.unknown(definition, range);
        Place { unknown, more: 0 }
    }

    /// At least (or at most) every candidate that stands, and equal to one of them; zero where none stands.
    fn pick(&mut self, term: Term, latest: bool, of: &[(Lit, Term)]) -> Place {
        let (mut least, mut most) = (0, 0);
        for (_, candidate) in of {
            let range = self.tables.range(self.place(*candidate));
            (least, most) = (least.min(range.0), most.max(range.1));
        }
        let picked = self.unknown(Definition::Free, (least, most));
        let mut bounds = Vec::with_capacity(of.len());
        let mut one = Vec::with_capacity(of.len() + 1);
        let mut nothing = Vec::with_capacity(of.len());
        for (stands, candidate) in of {
            let (stands, candidate) = (self.lit(*stands), self.place(*candidate));
            let up = self.tables.at_most(&mut self.sat, candidate, picked);
            let down = self.tables.at_most(&mut self.sat, picked, candidate);
            let (beyond, reached) = if latest { (up, down) } else { (down, up) };
            self.clause(&[!stands, beyond]);
            one.push(self.both_ways(&[stands, reached]));
            nothing.push(!stands);
            bounds.push((beyond, reached));
        }
        let nothing = self.both_ways(&nothing);
        let zero = self.zero(picked);
        self.clause(&[!nothing, zero.0]);
        self.clause(&[!nothing, zero.1]);
        one.push(nothing);
        self.clause(&one);
        self.tables.unknowns[picked.unknown as usize] = Definition::Pick(Pick {
            term,
            bounds: bounds.into_boxed_slice(),
            zero,
        });
        picked
    }

    fn zero(&mut self, place: Place) -> (SatLit, SatLit) {
        let zero = Place::literal(0);
        (
            self.tables.at_most(&mut self.sat, place, zero),
            self.tables.at_most(&mut self.sat, zero, place),
        )
    }

    fn apply(&mut self, graph: &Graph<'_>, curve: CurveId, at: Term) -> u32 {
        let at = self.place(at);
        if let Some(known) = self.tables.application(curve, at) {
            return known;
        }
        let (nearest, farthest) = graph.curve(curve).spread();
        let (nearest, farthest) = (i128::from(nearest), i128::from(farthest));
        let (least, most) = self.tables.range(at);
        let range = ((least + nearest).min(0), (most + farthest).max(0));
        let place = self.unknown(Definition::Free, range);
        // A value is tried first: where one is missing, the case is rare.
        let defined = SatLit::new(self.sat.new_var(lbool::TRUE, true), true);
        let (low, high) = (at.plus(nearest), at.plus(farthest));
        let apart = [
            self.tables.at_most(&mut self.sat, low, place),
            self.tables.at_most(&mut self.sat, place, high),
        ];
        let zero = self.zero(place);
        for (apart, zero) in apart.into_iter().zip([zero.0, zero.1]) {
            self.clause(&[!defined, apart]);
            self.clause(&[defined, zero]);
        }
        let applied = self.tables.apply(Applied {
            curve,
            at,
            defined,
            value: place.unknown,
            apart,
            zero: [zero.0, zero.1],
            lessons: Vec::new(),
        });
        self.tables.unknowns[place.unknown as usize] = Definition::Curve(applied);
        // Most curves have a value at every number that is possible: then this settles it.
        let first = i64::try_from(least).unwrap_or(if least < 0 { i64::MIN } else { i64::MAX });
        self.learn_unbroken(graph, applied, first);
        applied
    }

    /// Learns from where to where a curve has a value, or none, around a point.
    fn learn_unbroken(&mut self, graph: &Graph<'_>, applied: u32, point: i64) {
        let Applied {
            curve, at, defined, ..
        } = self.tables.applied[applied as usize];
        let curve = graph.curve(curve);
        let (from, to) = curve.unbroken(point);
        let inside = self.inside(at, from, to);
        let has_value = curve.at(point).is_some();
        let conclusion = if has_value { defined } else { !defined };
        self.lesson(applied, None, inside.to_vec(), vec![conclusion]);
    }

    /// That a number lies on a stretch.
    fn inside(&mut self, at: Place, from: i64, to: i64) -> [SatLit; 2] {
        let (from, to) = (
            Place::literal(i128::from(from)),
            Place::literal(i128::from(to)),
        );
        [
            self.tables.at_most(&mut self.sat, from, at),
            self.tables.at_most(&mut self.sat, at, to),
        ]
    }

    /// Learns what a curve does around a point, for one application of it; the comparisons that keep it on that piece.
    pub(super) fn learn(&mut self, graph: &Graph<'_>, applied: u32, point: i64) -> [SatLit; 2] {
        let Applied {
            curve,
            at,
            defined,
            value,
            ..
        } = self.tables.applied[applied as usize];
        let curve = graph.curve(curve);
        let value = Place {
            unknown: value,
            more: 0,
        };
        let Piece { from, to, course } = curve.piece(point);
        let inside = self.inside(at, from, to);
        let lands = match course {
            Course::Nothing => None,
            Course::Value(value) => Some(Place::literal(i128::from(value))),
            Course::Shift(more) => Some(at.plus(i128::from(more))),
        };
        let mut conclusions = vec![if lands.is_some() { defined } else { !defined }];
        if let Some(lands) = lands {
            conclusions.push(self.tables.at_most(&mut self.sat, value, lands));
            conclusions.push(self.tables.at_most(&mut self.sat, lands, value));
        }
        self.lesson(applied, None, inside.to_vec(), conclusions);
        self.learn_unbroken(graph, applied, point);
        inside
    }

    /// Learns that two applications of one curve at one number are the same.
    pub(super) fn learn_pair(&mut self, one: u32, other: u32) {
        let of = |place: u32| {
            let applied = &self.tables.applied[place as usize];
            let unknown = applied.value;
            (applied.at, applied.defined, Place { unknown, more: 0 })
        };
        let ((a, a_defined, a_value), (b, b_defined, b_value)) = (of(one), of(other));
        let up = self.tables.at_most(&mut self.sat, a, b);
        let not_above = self.tables.at_most(&mut self.sat, a_value, b_value);
        let down = self.tables.at_most(&mut self.sat, b, a);
        let not_below = self.tables.at_most(&mut self.sat, b_value, a_value);
        let same = |more: SatLit| vec![up, down, more];
        self.lesson(
            one,
            Some(other),
            same(a_defined),
            vec![b_defined, not_above, not_below],
        );
        self.lesson(one, Some(other), same(b_defined), vec![a_defined]);
    }

    fn lesson(
        &mut self,
        of: u32,
        other: Option<u32>,
        premises: Vec<SatLit>,
        conclusions: Vec<SatLit>,
    ) {
        let mut clause: Vec<SatLit> = Vec::with_capacity(premises.len() + 1);
        for conclusion in &conclusions {
            clause.clear();
            clause.extend(premises.iter().map(|premise| !*premise));
            clause.push(*conclusion);
            self.sat.add_clause_reuse(&mut clause);
        }
        let lesson = Lesson {
            other,
            premises,
            conclusions,
        };
        if let Some(other) = other {
            let back = Lesson {
                other: Some(of),
                ..lesson.clone()
            };
            self.tables.applied[other as usize].lessons.push(back);
        }
        self.tables.applied[of as usize].lessons.push(lesson);
    }
}

/// The literal of a formula that has been translated.
pub(super) fn literal_of(tables: &Tables, lit: Lit) -> SatLit {
    let node = tables.nodes[lit.node()];
    if lit.is_negated() { !node } else { node }
}
