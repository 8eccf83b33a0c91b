//! Tables of a translation: what the literals of the clauses stand for, and the unknowns that their differences bound.
//!
//! Every comparison of the graph becomes `x - y <= c` over unknowns, so that one fact is one literal however it was
//! written: `not a <= b + c` is `b - a <= -c - 1`, numbers being whole. Invariant: comparisons of the same two unknowns
//! are bound to one another by clauses as they are made, the smaller bound implying the greater.

use std::collections::BTreeMap;

use batsat::{Lit as SatLit, SolverInterface as _, lbool};

use crate::prove::formula::{CurveId, Term};

use super::budget::Sat;

/// An unknown and a constant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The unknown; 0 is zero itself.
    pub(super) unknown: u32,
    /// What is added to it.
    pub(super) more: i128,
}

impl Place {
    /// Where nothing has been put yet.
    pub(super) const NOWHERE: Place = Place {
        unknown: u32::MAX,
        more: 0,
    };

    /// A literal number.
    pub(super) const fn literal(value: i128) -> Place {
        Place {
            unknown: 0,
            more: value,
        }
    }

    /// With more added.
    pub(super) const fn plus(self, more: i128) -> Place {
        Place {
            unknown: self.unknown,
            more: self.more + more,
        }
    }
}

/// What one unknown is, beyond its bounds.
#[derive(Clone, Debug)]
pub(super) enum Definition {
    /// Nothing more.
    Free,
    /// The latest or earliest of some numbers.
    Pick(Pick),
    /// The value of a curve, by its place among the applications.
    Curve(u32),
}

/// A latest or earliest.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    /// The number.
    pub(super) term: Term,
    /// For each candidate: the result lies at or beyond it, and it lies at or beyond the result.
    pub(super) bounds: Box<[(SatLit, SatLit)]>,
    /// It is at most, and at least, zero: what it is where no candidate stands.
    pub(super) zero: (SatLit, SatLit),
}

/// A curve at a number.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    /// The curve.
    pub(super) curve: CurveId,
    /// Where.
    pub(super) at: Place,
    /// It has a value there.
    pub(super) defined: SatLit,
    /// The value; zero where it has none.
    pub(super) value: u32,
    /// What follows from whether it has one: the spread, or zero.
    pub(super) apart: [SatLit; 2],
    /// It is at most, and at least, zero.
    pub(super) zero: [SatLit; 2],
    /// What has been learnt of it.
    pub(super) lessons: Vec<Lesson>,
}

/// What a curve does while all premises hold.
#[derive(Clone, Debug)]
pub(super) struct Lesson {
    /// The application that it compares with, if it compares with one: the question must rest on both.
    pub(super) other: Option<u32>,
    /// Comparisons of the argument, and perhaps that there is a value.
    pub(super) premises: Vec<SatLit>,
    /// What follows.
    pub(super) conclusions: Vec<SatLit>,
}

/// `x - y <= most`, with the first unknown before the second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison {
    /// What is bounded.
    pub(super) x: u32,
    /// What is subtracted.
    pub(super) y: u32,
    /// The greatest difference.
    pub(super) most: i128,
}

/// All tables.
pub(super) struct Tables {
    /// The literal that is true.
    pub(super) yes: SatLit,
    /// For each node of the graph its literal; `SatLit::UNDEF` where it has none yet.
    pub(super) nodes: Vec<SatLit>,
    /// For each number of the graph where it stands.
    pub(super) numbers: Vec<Place>,
    /// For each unknown what it is.
    pub(super) unknowns: Vec<Definition>,
    /// For each unknown its least and greatest value.
    pub(super) ranges: Vec<(i128, i128)>,
    /// For each unknown the value it had last, while a curve is learnt: a new comparison is first tried as it was then.
    /// Tried the other way, the search would leave the piece just learnt, and every next one.
    pub(super) last: Vec<i128>,
    /// All applications of curves.
    pub(super) applied: Vec<Applied>,
    /// How many nodes and numbers have been translated.
    pub(super) parts: usize,
    applied_at: BTreeMap<(CurveId, u32, i128), u32>,
    by_pair: BTreeMap<(u32, u32, i128), SatLit>,
    // For each variable of the clauses the comparison that it stands for, if it stands for one.
    comparisons: Vec<Option<Comparison>>,
}

impl Tables {
    /// Empty ones; this literal is always true.
    pub(super) fn new(yes: SatLit) -> Tables {
        Tables {
            yes,
            nodes: Vec::new(),
            numbers: Vec::new(),
            unknowns: vec![Definition::Free],
            ranges: vec![(0, 0)],
            last: Vec::new(),
            applied: Vec::new(),
            parts: 0,
            applied_at: BTreeMap::new(),
            by_pair: BTreeMap::new(),
            comparisons: Vec::new(),
        }
    }

    /// The comparison that a literal stands for, as if it were not negated.
    pub(super) fn comparison(&self, lit: SatLit) -> Option<Comparison> {
        let place = lit.var().idx() as usize;
        self.comparisons.get(place).copied().flatten()
    }

    /// A new unknown.
    pub(super) fn unknown(&mut self, definition: Definition, range: (i128, i128)) -> u32 {
        self.unknowns.push(definition);
        self.ranges.push(range);
        self.unknowns.len() as u32 - 1
    }

    /// The least and the greatest that a number can be.
    pub(super) fn range(&self, place: Place) -> (i128, i128) {
        let (least, most) = self.ranges[place.unknown as usize];
        (least + place.more, most + place.more)
    }

    /// The application of a curve at a place, if there is one.
    pub(super) fn application(&self, curve: CurveId, at: Place) -> Option<u32> {
        let found = self.applied_at.get(&(curve, at.unknown, at.more));
        found.copied()
    }

    /// Adds an application.
    pub(super) fn apply(&mut self, applied: Applied) -> u32 {
        let place = self.applied.len() as u32;
        let at = applied.at;
        self.applied_at
            .insert((applied.curve, at.unknown, at.more), place);
        self.applied.push(applied);
        place
    }

    /// The literal that the first number is at most the second.
    pub(super) fn at_most(&mut self, sat: &mut Sat, a: Place, b: Place) -> SatLit {
        self.difference(sat, a.unknown, b.unknown, b.more - a.more)
    }

    fn difference(&mut self, sat: &mut Sat, x: u32, y: u32, most: i128) -> SatLit {
        let ((x_least, x_most), (y_least, y_most)) =
            (self.ranges[x as usize], self.ranges[y as usize]);
        let (always, never) = if x == y {
            (most >= 0, most < 0)
        } else {
            (x_most - y_least <= most, x_least - y_most > most)
        };
        if always || never {
            return if always { self.yes } else { !self.yes };
        }
        if x > y {
            return !self.difference(sat, y, x, -most - 1);
        }
        if let Some(lit) = self.by_pair.get(&(x, y, most)) {
            return *lit;
        }
        let first_tried = match (self.last.get(x as usize), self.last.get(y as usize)) {
            (Some(x), Some(y)) => lbool::new(x - y <= most),
            _ => lbool::UNDEF,
        };
        let lit = SatLit::new(sat.new_var(first_tried, true), true);
        let smaller = self.by_pair.range((x, y, i128::MIN)..(x, y, most));
        if let Some((_, smaller)) = smaller.last() {
            sat.add_clause_reuse(&mut vec![!*smaller, lit]);
        }
        let greater = self.by_pair.range((x, y, most)..=(x, y, i128::MAX));
        if let Some((_, greater)) = greater.into_iter().next() {
            sat.add_clause_reuse(&mut vec![!lit, *greater]);
        }
        self.by_pair.insert((x, y, most), lit);
        let place = lit.var().idx() as usize;
        self.comparisons.resize(place + 1, None);
        self.comparisons[place] = Some(Comparison { x, y, most });
        lit
    }
}
