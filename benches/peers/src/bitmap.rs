//! The floor: hand-written bitmaps over these very rules.
//!
//! For each value of each fact there is a bitmap of the rules that this value does not rule out; an integer has a value
//! for each step of ten, as the bounds are multiples of ten. A case selects one bitmap a fact. Those with the fewest
//! rules left are ANDed, most selective first, block by block, and a block of which nothing is left is left; what
//! survives is tested like in `scan`. It is tuned on this workload and knows no unknown facts, no norms and no dates:
//! what a full decision costs above it is what those cost.

use crate::engine::{Engine, Failure, Form, Known};
use crate::generator::{Atom, Facts};
use crate::plain::{FACTS, Test, Tests, Values, read, values};
use std::hint::black_box;

/// Words of one block: 512 rules.
const BLOCK: usize = 8;
/// So many bitmaps are ANDed at most; the rest rules out too little to be worth its reading.
const ANDED: usize = 16;
/// From so many blocks on, it pays to sort the bitmaps of a case by the rules that they leave.
const SORTED: usize = 2;
/// Values of an integer that no bound tells apart.
const STEP: u16 = 10;

pub struct Bitmap {
    tests: Tests,
    /// By column, the blocks of its bitmap.
    blocks: Vec<[u64; BLOCK]>,
    /// Blocks of one bitmap.
    each: usize,
    /// By column, the rules that are left.
    ones: Vec<u32>,
    /// By fact, its first column.
    first: [usize; FACTS],
    cases: Vec<Values>,
    texts: Vec<String>,
    applying: Vec<u32>,
}

/// Columns of each fact.
fn columns(fact: usize) -> usize {
    match fact {
        0..8 => 2,
        8..16 => 8,
        _ => 1_000 / usize::from(STEP),
    }
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let each = rules.len().div_ceil(64 * BLOCK);
    let mut first = [0; FACTS];
    let mut count = 0;
    for (fact, first) in first.iter_mut().enumerate() {
        *first = count;
        count += columns(fact);
    }
    let mut made = Bitmap {
        tests: Tests::of(rules),
        blocks: vec![[0; BLOCK]; count * each],
        each,
        ones: vec![0; count],
        first,
        cases: Vec::new(),
        texts: Vec::new(),
        applying: Vec::new(),
    };
    for (rule, atoms) in rules.iter().enumerate() {
        let tests: Vec<Test> = atoms.iter().map(Test::of).collect();
        for (fact, first) in first.iter().enumerate() {
            let test = tests.iter().find(|test| usize::from(test.fact) == fact);
            for value in 0..columns(fact) {
                let mut values = [0; FACTS];
                values[fact] = value as u16 * if fact < 16 { 1 } else { STEP };
                if test.is_none_or(|test| test.holds(&values)) {
                    let word = &mut made.blocks[(first + value) * each + rule / 64 / BLOCK]
                        [rule / 64 % BLOCK];
                    *word |= 1 << (rule % 64);
                    made.ones[first + value] += 1;
                }
            }
        }
    }
    Ok(Box::new(made))
}

impl Bitmap {
    fn find(&mut self, values: &Values) {
        let mut chosen = [(0, 0); FACTS];
        for (fact, chosen) in chosen.iter_mut().enumerate() {
            let value = if fact < 16 {
                values[fact]
            } else {
                values[fact] / STEP
            };
            let column = self.first[fact] + usize::from(value);
            *chosen = (self.ones[column], column);
        }
        if self.each >= SORTED {
            chosen.sort_unstable();
        }
        self.applying.clear();
        for block in 0..self.each {
            let mut left = self.blocks[chosen[0].1 * self.each + block];
            for pair in chosen[1..ANDED].chunks(2) {
                for (_, column) in pair {
                    let other = &self.blocks[column * self.each + block];
                    left.iter_mut()
                        .zip(other)
                        .for_each(|(left, other)| *left &= other);
                }
                if left == [0; BLOCK] {
                    break;
                }
            }
            for (word, mut left) in left.into_iter().enumerate() {
                while left != 0 {
                    let rule = (block * BLOCK + word) * 64 + left.trailing_zeros() as usize;
                    left &= left - 1;
                    if self.tests.rule(rule).iter().all(|test| test.holds(values)) {
                        self.applying.push(rule as u32);
                    }
                }
            }
        }
    }
}

impl Engine for Bitmap {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let known = Known::of(facts)?;
            self.cases.push(values(&known));
            self.texts.push(known.json());
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        let values = match form {
            Form::Own => self.cases[case],
            Form::Text => read(&self.texts[case]).expect("the case is read"),
        };
        self.find(&values);
        black_box(&self.applying);
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        self.decide(case, form);
        self.applying.clone()
    }
}
