//! The solver of the proofs against enumeration: every answer on small random graphs, over all values there are.
#![cfg(feature = "compiler")]

use std::time::Instant;

use exequatur::prove::formula::{
    Assignment, Course, Curve, CurveId, Graph, Lit, Node, Number, Piece, Term, holds,
};
use exequatur::prove::solver::Solver;

/// Numbers drawn in a fixed order (splitmix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1) as usize) as i64
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Curves that do, in small, what calendars do.
#[derive(Clone, Copy, Debug)]
enum Toy {
    /// The end of the stretch of three that a number is in, with its pieces.
    Ends,
    /// The same without pieces.
    EndsBare,
    /// Goes up and down.
    Waves,
    /// Has no value at every third number.
    Gaps,
    /// Two shifts, as at a change of the clock: a stretch is passed over.
    Forward,
    /// Two shifts the other way: a stretch comes twice.
    Back,
    /// Has no value below zero, and one value from there on.
    Late,
}

const TOYS: [Toy; 7] = [
    Toy::Ends,
    Toy::EndsBare,
    Toy::Waves,
    Toy::Gaps,
    Toy::Forward,
    Toy::Back,
    Toy::Late,
];

impl Curve for Toy {
    fn at(&self, x: i64) -> Option<i64> {
        match self {
            Toy::Ends | Toy::EndsBare => Some(x.div_euclid(3) * 3 + 2),
            Toy::Waves => Some(x + [0, 2, -1, 1, -2][x.rem_euclid(5) as usize]),
            Toy::Gaps => (x.rem_euclid(3) != 0).then_some(x + 1),
            Toy::Forward => Some(if x < 1 { x - 1 } else { x + 1 }),
            Toy::Back => Some(if x < 1 { x + 1 } else { x - 1 }),
            Toy::Late => (x >= 0).then_some(2 + x / 1000),
        }
    }

    fn spread(&self) -> (i64, i64) {
        match self {
            Toy::Ends | Toy::EndsBare => (0, 2),
            Toy::Waves => (-2, 2),
            Toy::Gaps => (1, 1),
            Toy::Forward | Toy::Back => (-1, 1),
            Toy::Late => (-2000, 2),
        }
    }

    fn piece(&self, x: i64) -> Piece {
        let (from, to, course) = match self {
            Toy::Ends => {
                let from = x.div_euclid(3) * 3;
                (from, from + 2, Course::Value(from + 2))
            }
            Toy::Forward if x < 1 => (i64::MIN, 0, Course::Shift(-1)),
            Toy::Forward => (1, i64::MAX, Course::Shift(1)),
            Toy::Back if x < 1 => (-100, 0, Course::Shift(1)),
            Toy::Back => (1, 100, Course::Shift(-1)),
            Toy::Late if x < 0 => (i64::MIN, -1, Course::Nothing),
            _ => {
                let course = self.at(x).map_or(Course::Nothing, Course::Value);
                (x, x, course)
            }
        };
        Piece { from, to, course }
    }

    fn unbroken(&self, x: i64) -> (i64, i64) {
        match self {
            Toy::Ends | Toy::Waves | Toy::Forward => (i64::MIN, i64::MAX),
            Toy::Late if x >= 0 => (0, i64::MAX),
            _ => {
                let piece = self.piece(x);
                (piece.from, piece.to)
            }
        }
    }
}

/// A random graph, and all that it is made of.
struct Random {
    graph: Graph<'static>,
    lits: Vec<Lit>,
    terms: Vec<Term>,
}

fn random_graph(draw: &mut Draw) -> Random {
    let mut graph = Graph::new();
    let (booleans, numbers, width) = draw.of(&[(4, 1, 9), (3, 2, 7), (2, 3, 5), (1, 4, 4)]);
    let mut lits: Vec<Lit> = (0..booleans).map(|_| graph.variable()).collect();
    let mut terms: Vec<Term> = Vec::new();
    for _ in 0..numbers {
        let least = draw.between(-4, 2);
        terms.push(graph.free(least, least + draw.between(0, width - 1)));
    }
    terms.push(graph.literal(draw.between(-3, 3)));
    let curves: Vec<CurveId> = (0..2)
        .map(|_| graph.add_curve(Box::new(draw.of(&TOYS))))
        .collect();
    for _ in 0..draw.between(5, 30) {
        match draw.below(10) {
            0 => {
                let term = draw.of(&terms);
                terms.push(graph.plus(term, draw.between(-3, 3)));
            }
            1 | 2 => {
                let of: Vec<(Lit, Term)> = (0..draw.between(1, 4))
                    .map(|_| (signed(draw, &lits), draw.of(&terms)))
                    .collect();
                terms.push(graph.pick(draw.below(2) == 0, of));
            }
            3 => {
                let (curve, at) = (draw.of(&curves), draw.of(&terms));
                let (defined, value) = graph.value_of(curve, at);
                lits.push(defined);
                terms.push(value);
            }
            4..7 => {
                let (a, b) = (draw.of(&terms), draw.of(&terms));
                lits.push(match draw.below(3) {
                    0 => graph.at_most(a, b),
                    1 => graph.less(a, b),
                    _ => graph.equal(a, b),
                });
            }
            7 => {
                let (a, b, c) = (
                    signed(draw, &lits),
                    signed(draw, &lits),
                    signed(draw, &lits),
                );
                lits.push(graph.choose(a, b, c));
            }
            _ => {
                let of: Vec<Lit> = (0..draw.between(2, 4))
                    .map(|_| signed(draw, &lits))
                    .collect();
                lits.push(if draw.below(2) == 0 {
                    graph.all(of)
                } else {
                    graph.any(of)
                });
            }
        }
    }
    Random { graph, lits, terms }
}

fn signed(draw: &mut Draw, lits: &[Lit]) -> Lit {
    let lit = draw.of(lits);
    if draw.below(2) == 0 { lit } else { !lit }
}

/// Everything under every assignment there is.
fn enumerate(graph: &Graph<'_>) -> Vec<Assignment> {
    let mut all = vec![Assignment {
        booleans: vec![false; graph.nodes().len()],
        numbers: vec![0; graph.numbers().len()],
    }];
    for (place, node) in graph.nodes().iter().enumerate() {
        if let Node::Variable = node {
            let mut others = all.clone();
            others.iter_mut().for_each(|one| one.booleans[place] = true);
            all.append(&mut others);
        }
    }
    for (place, number) in graph.numbers().iter().enumerate() {
        if let Number::Free { least, most, .. } = number {
            let values = *least..=*most;
            all = values
                .flat_map(|value| {
                    let mut with = all.clone();
                    with.iter_mut().for_each(|one| one.numbers[place] = value);
                    with
                })
                .collect();
        }
    }
    all.iter().map(|one| graph.evaluate(one)).collect()
}

fn all_hold(all: &Assignment, lits: &[Lit]) -> bool {
    lits.iter().all(|lit| holds(all, *lit))
}

#[test]
fn answers_are_those_of_enumeration() {
    let (mut some, mut none) = (0, 0);
    for seed in 0..3000 {
        let mut draw = Draw(seed);
        let Random {
            mut graph, lits, ..
        } = random_graph(&mut draw);
        let every = enumerate(&graph);
        let mut kept = Solver::new();
        for question in 0..12 {
            let goal: Vec<Lit> = (0..draw.between(1, 5))
                .map(|_| signed(&mut draw, &lits))
                .collect();
            let expected = every.iter().any(|one| all_hold(one, &goal));
            // What the solver learnt from earlier questions must not change an answer.
            for (name, solver) in [("kept", &mut kept), ("fresh", &mut Solver::new())] {
                let found = solver.solve(&mut graph, &goal).unwrap();
                let context = format!("seed {seed}, question {question}, {name} solver");
                assert_eq!(found.is_some(), expected, "{context}");
                if let Some(found) = found {
                    assert!(all_hold(&graph.evaluate(&found), &goal), "{context}");
                }
            }
            if expected {
                some += 1;
            } else {
                none += 1;
            }
        }
    }
    // Both answers are common, so that neither is tested by accident only.
    assert!(
        some > 8000 && none > 8000,
        "{some} with a case, {none} without"
    );
}

#[test]
fn wishes_are_granted_in_order() {
    let mut refused = 0;
    for seed in 0..600 {
        let mut draw = Draw(0xabcd + seed);
        let Random {
            mut graph, lits, ..
        } = random_graph(&mut draw);
        let every = enumerate(&graph);
        let mut solver = Solver::new();
        for question in 0..6 {
            let mut pick =
                |count| -> Vec<Lit> { (0..count).map(|_| signed(&mut draw, &lits)).collect() };
            let (goal, wishes) = (pick(1 + question % 2), pick(5));
            let mut left: Vec<&Assignment> =
                every.iter().filter(|one| all_hold(one, &goal)).collect();
            let found = solver.solve_wishing(&mut graph, &goal, &wishes).unwrap();
            assert_eq!(found.is_some(), !left.is_empty(), "seed {seed}");
            let Some(found) = found else { continue };
            let given = graph.evaluate(&found);
            assert!(all_hold(&given, &goal), "seed {seed}");
            for (place, wish) in wishes.iter().enumerate() {
                let granted: Vec<&Assignment> = left
                    .iter()
                    .copied()
                    .filter(|one| holds(one, *wish))
                    .collect();
                let possible = !granted.is_empty();
                if possible {
                    left = granted;
                } else {
                    refused += 1;
                }
                assert_eq!(holds(&given, *wish), possible, "seed {seed}, wish {place}");
            }
        }
    }
    assert!(refused > 1000, "{refused} refused");
}

#[test]
fn the_values_given_are_those_of_the_graph() {
    for seed in 0..300 {
        let mut draw = Draw(0x77 + seed);
        let Random {
            mut graph,
            lits,
            terms,
        } = random_graph(&mut draw);
        let goal = [signed(&mut draw, &lits)];
        // A wish that says nothing brings the last number into the cone.
        let last = terms[terms.len() - 1];
        let literal = graph.literal(3);
        let wish = graph.at_most(last, literal);
        let Some(found) = Solver::new()
            .solve_wishing(&mut graph, &goal, &[wish])
            .unwrap()
        else {
            continue;
        };
        let all = graph.evaluate(&found);
        assert_eq!(holds(&found, goal[0]), holds(&all, goal[0]));
        assert_eq!(holds(&found, wish), holds(&all, wish));
        if wish != Lit::TRUE && wish != Lit::FALSE {
            let (inner, _) = graph.apart(last);
            assert_eq!(found.numbers[inner.index()], all.numbers[inner.index()]);
        }
    }
}

#[test]
fn the_same_questions_have_the_same_answers() {
    let answers = || -> Vec<Option<Assignment>> {
        let mut draw = Draw(4711);
        let Random {
            mut graph, lits, ..
        } = random_graph(&mut draw);
        let mut solver = Solver::new();
        let mut ask = |_| {
            let goal = [signed(&mut draw, &lits), signed(&mut draw, &lits)];
            solver.solve(&mut graph, &goal).unwrap()
        };
        (0..50).map(&mut ask).collect()
    };
    assert_eq!(answers(), answers());
}

#[test]
fn large_numbers_do_not_overflow() {
    let mut graph = Graph::new();
    let far = 1_000_000_000_000_000_000;
    let (a, b) = (graph.free(-far, far), graph.free(-far, far));
    let apart = graph.plus(b, 2 * far);
    let far_apart = graph.at_most(apart, a);
    let (low, high) = (graph.literal(-far), graph.literal(far));
    let (is_high, is_low) = (graph.equal(a, high), graph.equal(b, low));
    let mut solver = Solver::new();
    let found = solver.solve(&mut graph, &[far_apart]).unwrap().unwrap();
    assert_eq!(
        (found.numbers[a.index()], found.numbers[b.index()]),
        (far, -far)
    );
    let all = graph.evaluate(&found);
    assert!(all_hold(&all, &[far_apart, is_high, is_low]));
    let further = graph.plus(b, 2 * far + 1);
    let too_far = graph.at_most(further, a);
    assert_eq!(solver.solve(&mut graph, &[too_far]).unwrap(), None);
}

/// Rules over shared facts and instants, each written in one of two ways that mean the same.
struct Rules {
    draw: Draw,
    lits: Vec<Lit>,
}

impl Rules {
    fn new(graph: &mut Graph<'_>, seed: u64) -> Rules {
        let mut draw = Draw(seed);
        let mut lits: Vec<Lit> = (0..60).map(|_| graph.variable()).collect();
        let mut terms: Vec<Term> = (0..100).map(|_| graph.free(0, 1_000_000_000_000)).collect();
        for _ in 0..100 {
            let of: Vec<(Lit, Term)> = (0..3)
                .map(|_| (signed(&mut draw, &lits), draw.of(&terms)))
                .collect();
            terms.push(graph.pick(true, of));
        }
        let curve = graph.add_curve(Box::new(Toy::Ends));
        for _ in 0..20 {
            let (_, value) = graph.value_of(curve, draw.of(&terms));
            terms.push(value);
        }
        for _ in 0..600 {
            let (a, b) = (draw.of(&terms), draw.of(&terms));
            let later = graph.plus(b, draw.between(0, 100_000_000));
            lits.push(graph.at_most(a, later));
        }
        Rules { draw, lits }
    }

    /// One more formula over the facts, and the same with its parts grouped otherwise.
    fn formula(&mut self, graph: &mut Graph<'_>, parts: usize) -> (Lit, Lit) {
        let mut some: Vec<(Lit, Lit)> = (0..parts)
            .map(|_| {
                let lit = signed(&mut self.draw, &self.lits);
                (lit, lit)
            })
            .collect();
        while some.len() > 1 {
            let mut next = Vec::new();
            for group in some.chunks(3) {
                let [(a, x), (b, y), (c, z)] = match group {
                    [a, b, c] => [*a, *b, *c],
                    [a, b] => [*a, *b, *b],
                    _ => [group[0]; 3],
                };
                // Alternating, so that neither truth is rare.
                next.push(if self.draw.below(2) == 0 {
                    let inner = graph.and(y, z);
                    (graph.all([a, b, c]), graph.and(inner, x))
                } else {
                    let inner = graph.or(x, z);
                    (graph.any([a, b, c]), graph.or(inner, y))
                });
            }
            some = next;
        }
        some[0]
    }
}

#[test]
fn growth() {
    println!(
        "microseconds for: the first question, one more, one with all rules at work, one proof of all rules"
    );
    for size in [1_000, 10_000, 100_000] {
        let mut graph = Graph::new();
        let mut rules = Rules::new(&mut graph, 7);
        let mut pairs = Vec::new();
        while graph.nodes().len() < size {
            pairs.push(rules.formula(&mut graph, 27));
        }
        let mut solver = Solver::new();
        let mut timed = |graph: &mut Graph<'_>, goal: &[Lit]| {
            let start = Instant::now();
            let found = solver.solve(graph, goal).unwrap();
            (start.elapsed().as_micros(), found)
        };
        // A formula with a part beside its negation may be no question at all.
        pairs.retain(|(a, _)| a.node() != Lit::TRUE.node());
        // The cone of each question is the whole graph.
        let one = graph.any(pairs.iter().flat_map(|(a, b)| [*a, *b]));
        let (first, found) = timed(&mut graph, &[one]);
        assert!(found.is_some());
        let mut more: Vec<u128> = Vec::new();
        for (a, b) in pairs.iter().rev().take(15) {
            let (time, found) = timed(&mut graph, &[one, *a]);
            assert!(found.is_none_or(|found| holds(&found, *b)));
            more.push(time);
        }
        more.sort_unstable();
        print!(
            "{size} nodes: {first}, {} (at most {})",
            more[more.len() / 2],
            more[more.len() - 1]
        );
        if size <= 10_000 {
            let all: Vec<Lit> = pairs.iter().map(|(a, b)| graph.or(*a, !*b)).collect();
            let (time, found) = timed(&mut graph, &all);
            assert!(found.is_some());
            let differ: Vec<Lit> = pairs.iter().map(|(a, b)| !graph.same(*a, *b)).collect();
            let differ = graph.any(differ);
            let (proof, found) = timed(&mut graph, &[differ]);
            assert_eq!(found, None);
            print!(", {time}, {proof}");
        }
        println!();
    }
}

#[test]
fn a_question_does_not_pay_for_the_earlier_ones() {
    let mut graph = Graph::new();
    let mut rules = Rules::new(&mut graph, 8);
    let mut solver = Solver::new();
    for round in 0..4 {
        let start = Instant::now();
        for _ in 0..300 {
            let (a, b) = rules.formula(&mut graph, 81);
            let differ = !graph.same(a, b);
            assert_eq!(solver.solve(&mut graph, &[differ]).unwrap(), None);
            let wish = signed(&mut rules.draw, &rules.lits);
            solver
                .solve_wishing(&mut graph, &[a], &[wish, !b, b])
                .unwrap();
        }
        println!(
            "{round}: {} nodes, {} microseconds a pair",
            graph.nodes().len(),
            start.elapsed().as_micros() / 300
        );
    }
}
