//! Formulas over unknown booleans and instants: from the questions of this stage to what a solver decides.
//!
//! A graph holds every formula and every number once, so that two packs that say the same thing in other words often
//! are the same node already. A formula is `true`, a variable, a conjunction, the comparison of two numbers, or the
//! negation of one; a number is whole. Invariant: what a node is made of was made before it, so that a
//! pass in the order of creation sees every part before the whole, and nothing here recurses.

use std::collections::HashMap;

/// A formula: a node, or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lit(u32);

impl Lit {
    /// Always true.
    pub const TRUE: Lit = Lit(0);
    /// Never true.
    pub const FALSE: Lit = Lit(1);

    /// The formula that is always, or never, true.
    #[must_use]
    pub const fn constant(value: bool) -> Lit {
        if value { Lit::TRUE } else { Lit::FALSE }
    }

    /// The formula that is a node.
    #[must_use]
    pub(super) const fn of(node: usize) -> Lit {
        Lit((node as u32) << 1)
    }

    /// Its node.
    #[must_use]
    pub const fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// True if it is the negation of its node.
    #[must_use]
    pub const fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }
}

impl std::ops::Not for Lit {
    type Output = Lit;

    fn not(self) -> Lit {
        Lit(self.0 ^ 1)
    }
}

/// A whole number: an instant in microseconds, a day, an integer, an amount in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(u32);

impl Term {
    /// The literal 0, the first number of every graph.
    pub const ZEROTH: Term = Term(0);

    /// Its place among the numbers.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a formula is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// True.
    True,
    /// A variable.
    Variable,
    /// All of them, at least two, ascending, none twice and none beside its negation.
    And(Box<[Lit]>),
    /// The first is at most the second.
    AtMost(Term, Term),
    /// The curve has a value there.
    Defined(CurveId, Term),
}

/// What a number is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// This one.
    Literal(i64),
    /// A variable between two bounds, both included.
    Free {
        /// Which one, among the variables.
        id: u32,
        /// Its least value.
        least: i64,
        /// Its greatest.
        most: i64,
    },
    /// Another number and a constant; never of a literal or of another sum.
    Plus(Term, i64),
    /// The latest, or the earliest, of those whose formula is true; any number at all where none is.
    Pick {
        /// True for the latest.
        latest: bool,
        /// What is chosen from, at least two.
        of: Box<[(Lit, Term)]>,
    },
    /// The value of a curve at a number; any number at all where it has none.
    Curve(CurveId, Term),
}

/// A curve of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CurveId(pub u32);

/// A function of one number that no formula writes down: the end of a period by a calendar, a local time of day.
///
/// A greater number may have a smaller value: the last day of a month stands for several, a skipped hour is moved on, a full
/// hour waited for.
pub trait Curve {
    /// Its value; none where it has none.
    fn at(&self, x: i64) -> Option<i64>;

    /// Bounds of `at(x) - x`, both included, wherever there is a value.
    fn spread(&self) -> (i64, i64);

    /// What it does around `x`, on a stretch on which that holds without exception.
    fn piece(&self, x: i64) -> Piece {
        Piece {
            from: x,
            to: x,
            course: self.at(x).map_or(Course::Nothing, Course::Value),
        }
    }

    /// The first and last number of a stretch around `x` on which it has a value throughout, or throughout has none.
    /// The wider the better: where it ends, a case without a value must be looked for piece by piece.
    fn unbroken(&self, x: i64) -> (i64, i64) {
        let piece = self.piece(x);
        (piece.from, piece.to)
    }
}

/// A stretch of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first number.
    pub from: i64,
    /// Its last number.
    pub to: i64,
    /// What the curve does there.
    pub course: Course,
}

/// What a curve does on a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It has no value.
    Nothing,
    /// It has this value.
    Value(i64),
    /// It adds this.
    Shift(i64),
}

/// Values of all variables, by node and by number of creation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// For each node, whether it is true; only those of variables are read.
    pub booleans: Vec<bool>,
    /// For each number, its value; only those of free ones are read.
    pub numbers: Vec<i64>,
}

/// All formulas and numbers of a question.
#[derive(Default)]
pub struct Graph<'c> {
    nodes: Vec<Node>,
    known: HashMap<Node, Lit>,
    numbers: Vec<Number>,
    known_numbers: HashMap<Number, Term>,
    curves: Vec<Box<dyn Curve + 'c>>,
    free: u32,
}

impl<'c> Graph<'c> {
    /// An empty graph.
    #[must_use]
    pub fn new() -> Graph<'c> {
        Graph {
            nodes: vec![Node::True],
            numbers: vec![Number::Literal(0)],
            known_numbers: HashMap::from([(Number::Literal(0), Term::ZEROTH)]),
            ..Graph::default()
        }
    }

    /// All nodes, what a node is made of before it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All numbers, what a number is made of before it.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// What a number is made of.
    #[must_use]
    pub fn number(&self, term: Term) -> &Number {
        &self.numbers[term.index()]
    }

    /// The number at a place.
    #[must_use]
    pub(super) const fn number_at(&self, index: usize) -> Term {
        Term(index as u32)
    }

    /// A curve.
    #[must_use]
    pub fn curve(&self, id: CurveId) -> &(dyn Curve + 'c) {
        &*self.curves[id.0 as usize]
    }

    fn push(&mut self, node: Node) -> Lit {
        let lit = Lit((self.nodes.len() as u32) << 1);
        self.nodes.push(node);
        lit
    }

    fn node(&mut self, node: Node) -> Lit {
        if let Some(lit) = self.known.get(&node) {
            return *lit;
        }
        let lit = self.push(node.clone());
        self.known.insert(node, lit);
        lit
    }

    /// A new variable.
    pub fn variable(&mut self) -> Lit {
        self.push(Node::Variable)
    }

    /// All of them.
    pub fn all(&mut self, of: impl IntoIterator<Item = Lit>) -> Lit {
        let mut lits: Vec<Lit> = of.into_iter().filter(|lit| *lit != Lit::TRUE).collect();
        lits.sort_unstable();
        lits.dedup();
        let disputed = lits.windows(2).any(|pair| pair[0] == !pair[1]);
        if disputed || lits.contains(&Lit::FALSE) {
            return Lit::FALSE;
        }
        match lits.as_slice() {
            [] => Lit::TRUE,
            [one] => *one,
            _ => self.node(Node::And(lits.into_boxed_slice())),
        }
    }

    /// One of them.
    pub fn any(&mut self, of: impl IntoIterator<Item = Lit>) -> Lit {
        !self.all(of.into_iter().map(|lit| !lit))
    }

    /// Both.
    pub fn and(&mut self, a: Lit, b: Lit) -> Lit {
        self.all([a, b])
    }

    /// Either.
    pub fn or(&mut self, a: Lit, b: Lit) -> Lit {
        self.any([a, b])
    }

    /// The second where the first is true, else the third.
    pub fn choose(&mut self, which: Lit, then: Lit, otherwise: Lit) -> Lit {
        let (yes, no) = (self.and(which, then), self.and(!which, otherwise));
        self.or(yes, no)
    }

    /// Both or neither.
    pub fn same(&mut self, a: Lit, b: Lit) -> Lit {
        self.choose(a, b, !b)
    }

    fn term(&mut self, number: Number) -> Term {
        if let Some(term) = self.known_numbers.get(&number) {
            return *term;
        }
        let term = Term(self.numbers.len() as u32);
        self.numbers.push(number.clone());
        self.known_numbers.insert(number, term);
        term
    }

    /// A literal.
    pub fn literal(&mut self, value: i64) -> Term {
        self.term(Number::Literal(value))
    }

    /// A new variable between two bounds, the first at most the second.
    pub fn free(&mut self, least: i64, most: i64) -> Term {
        debug_assert!(least <= most, "no number lies between {least} and {most}");
        let most = most.max(least);
        let id = self.free;
        self.free += 1;
        self.term(Number::Free { id, least, most })
    }

    /// A number and a constant. Sums stay far inside 64 bits: instants, days and amounts are bounded.
    pub fn plus(&mut self, term: Term, constant: i64) -> Term {
        match *self.number(term) {
            Number::Literal(value) => self.literal(value.saturating_add(constant)),
            Number::Plus(inner, other) if other.saturating_add(constant) == 0 => inner,
            Number::Plus(inner, other) => {
                self.term(Number::Plus(inner, other.saturating_add(constant)))
            }
            _ if constant == 0 => term,
            _ => self.term(Number::Plus(term, constant)),
        }
    }

    /// The latest, or the earliest, of those whose formula is true.
    pub fn pick(&mut self, latest: bool, of: impl IntoIterator<Item = (Lit, Term)>) -> Term {
        let mut of: Vec<(Lit, Term)> = of
            .into_iter()
            .filter(|(lit, _)| *lit != Lit::FALSE)
            .collect();
        of.sort_unstable();
        of.dedup();
        match of.as_slice() {
            [] => self.literal(0),
            [(_, term)] => *term,
            _ => self.term(Number::Pick {
                latest,
                of: of.into_boxed_slice(),
            }),
        }
    }

    /// Adds a curve.
    pub fn add_curve(&mut self, curve: Box<dyn Curve + 'c>) -> CurveId {
        self.curves.push(curve);
        CurveId(self.curves.len() as u32 - 1)
    }

    /// Whether a curve has a value at a number, and the value.
    pub fn value_of(&mut self, curve: CurveId, at: Term) -> (Lit, Term) {
        let defined = self.node(Node::Defined(curve, at));
        (defined, self.term(Number::Curve(curve, at)))
    }

    /// The first is at most the second.
    pub fn at_most(&mut self, a: Term, b: Term) -> Lit {
        if a == b {
            return Lit::TRUE;
        }
        let ((a, more), (b, other)) = (self.apart(a), self.apart(b));
        if a == b {
            return Lit::constant(more <= other);
        }
        if let (Number::Literal(a), Number::Literal(b)) = (self.number(a), self.number(b)) {
            return Lit::constant(a.saturating_add(more) <= b.saturating_add(other));
        }
        // Constants stand on one side only, so that one comparison is one node.
        let right = self.plus(b, other.saturating_sub(more));
        self.node(Node::AtMost(a, right))
    }

    /// The first is less than the second.
    pub fn less(&mut self, a: Term, b: Term) -> Lit {
        !self.at_most(b, a)
    }

    /// They are equal.
    pub fn equal(&mut self, a: Term, b: Term) -> Lit {
        let (up, down) = (self.at_most(a, b), self.at_most(b, a));
        self.and(up, down)
    }

    /// A number without its constant, and the constant.
    #[must_use]
    pub fn apart(&self, term: Term) -> (Term, i64) {
        match *self.number(term) {
            Number::Plus(inner, constant) => (inner, constant),
            _ => (term, 0),
        }
    }

    /// The truth of every node and the value of every number where the variables have these values.
    #[must_use]
    pub fn evaluate(&self, given: &Assignment) -> Assignment {
        let (nodes, numbers) = (self.nodes.len(), self.numbers.len());
        let mut all = given.clone();
        all.booleans.resize(nodes, false);
        // A number that nothing is said of is its least.
        all.numbers.resize(numbers, i64::MIN);
        // Formulas and numbers are made of one another: both passes go on until nothing is left to do.
        let (mut ready, mut counted) = (vec![false; nodes], vec![false; numbers]);
        loop {
            let mut open = false;
            for index in 0..numbers {
                if !counted[index] {
                    counted[index] = self.is_countable(index, &ready, &counted);
                    if counted[index] {
                        all.numbers[index] = self.value(index, &all);
                    }
                    open |= !counted[index];
                }
            }
            for index in 0..nodes {
                if !ready[index] {
                    ready[index] = self.is_decidable(index, &ready, &counted);
                    if ready[index] {
                        all.booleans[index] = self.truth(index, &all);
                    }
                    open |= !ready[index];
                }
            }
            if !open {
                return all;
            }
        }
    }

    /// Whether all that a number is made of has its truth or value.
    fn is_countable(&self, index: usize, ready: &[bool], counted: &[bool]) -> bool {
        match &self.numbers[index] {
            Number::Literal(_) | Number::Free { .. } => true,
            Number::Plus(term, _) | Number::Curve(_, term) => counted[term.index()],
            Number::Pick { of, .. } => {
                let mut of = of.iter();
                of.all(|(lit, term)| ready[lit.node()] && counted[term.index()])
            }
        }
    }

    /// Whether all that a node is made of has its truth or value.
    fn is_decidable(&self, index: usize, ready: &[bool], counted: &[bool]) -> bool {
        match &self.nodes[index] {
            Node::True | Node::Variable => true,
            Node::And(of) => of.iter().all(|lit| ready[lit.node()]),
            Node::AtMost(a, b) => counted[a.index()] && counted[b.index()],
            Node::Defined(_, term) => counted[term.index()],
        }
    }

    /// The value of a number, from the truth and value of what it is made of; a free one has its own, within its bounds.
    pub(super) fn value(&self, index: usize, all: &Assignment) -> i64 {
        match &self.numbers[index] {
            Number::Literal(value) => *value,
            Number::Free { least, most, .. } => all.numbers[index].max(*least).min(*most),
            Number::Plus(term, constant) => all.numbers[term.index()].saturating_add(*constant),
            Number::Curve(curve, term) => {
                let value = self.curve(*curve).at(all.numbers[term.index()]);
                value.unwrap_or(0)
            }
            Number::Pick { latest, of } => {
                let open = of.iter().filter(|(lit, _)| holds(all, *lit));
                let values = open.map(|(_, term)| all.numbers[term.index()]);
                let picked = if *latest { values.max() } else { values.min() };
                picked.unwrap_or(0)
            }
        }
    }

    /// The truth of a node, from the truth and value of what it is made of; a variable has its own.
    pub(super) fn truth(&self, index: usize, all: &Assignment) -> bool {
        match &self.nodes[index] {
            Node::True => true,
            Node::Variable => all.booleans[index],
            Node::And(of) => of.iter().all(|lit| holds(all, *lit)),
            Node::AtMost(a, b) => all.numbers[a.index()] <= all.numbers[b.index()],
            Node::Defined(curve, term) => {
                let value = self.curve(*curve).at(all.numbers[term.index()]);
                value.is_some()
            }
        }
    }
}

/// Whether a formula is true where every node has its truth.
#[must_use]
pub fn holds(all: &Assignment, lit: Lit) -> bool {
    all.booleans[lit.node()] != lit.is_negated()
}
