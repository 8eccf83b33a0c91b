//! Rules and cases as a programmer would lay them out by hand: plain numbers, no names, nothing unknown.
//!
//! Both hand-written rows share it. A case is 24 numbers, read from text by a `struct` of which `serde` makes the reader.
//! A rule is a few tests in one array with those of all rules, the narrowest first. Invariant: a rule applies if all its
//! tests hold.

use crate::engine::{Failure, Known};
use crate::generator::Atom;
use serde::Deserialize;

/// How many facts a case has: eight booleans, eight members, eight integers.
pub const FACTS: usize = 24;

/// The value of each fact.
pub type Values = [u16; FACTS];

/// One conjunct: of the values from `from` on, so many.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    pub fact: u8,
    /// The members, or truth values, that pass; an integer passes by its bounds alone.
    mask: u8,
    from: u16,
    count: u16,
}

impl Test {
    pub fn of(atom: &Atom) -> Test {
        let set = |fact: usize, mask: u8| Test {
            fact: fact as u8,
            mask,
            from: 0,
            count: 0,
        };
        let range = |fact: &usize, from: usize, to: usize| Test {
            fact: (16 + fact) as u8,
            mask: 0,
            from: from as u16,
            count: (to - from) as u16,
        };
        match atom {
            Atom::Is(fact, value) => set(*fact, if *value { 2 } else { 1 }),
            Atom::OneOf(fact, members) => set(
                8 + fact,
                members.iter().fold(0, |mask, member| mask | 1 << member),
            ),
            Atom::Below(fact, bound) => range(fact, 0, *bound),
            Atom::From(fact, bound) => range(fact, *bound, 1_000),
        }
    }

    #[inline(always)]
    pub fn holds(&self, values: &Values) -> bool {
        let value = values[usize::from(self.fact)];
        if self.fact < 16 {
            self.mask >> (value & 7) & 1 == 1
        } else {
            value.wrapping_sub(self.from) < self.count
        }
    }

    /// What part of all cases passes.
    pub fn share(&self) -> f64 {
        match self.fact {
            0..8 => 0.5,
            8..16 => f64::from(self.mask.count_ones()) / 8.0,
            _ => f64::from(self.count) / 1_000.0,
        }
    }
}

/// The tests of all rules, one after the other, and where those of each rule end.
#[derive(Default)]
pub struct Tests {
    tests: Vec<Test>,
    ends: Vec<u32>,
}

impl Tests {
    pub fn of(rules: &[Vec<Atom>]) -> Tests {
        let mut made = Tests::default();
        for atoms in rules {
            let mut tests: Vec<Test> = atoms.iter().map(Test::of).collect();
            tests.sort_by(|one, other| one.share().total_cmp(&other.share()));
            made.tests.extend(tests);
            made.ends.push(made.tests.len() as u32);
        }
        made
    }

    /// The tests of one rule.
    #[inline(always)]
    pub fn rule(&self, number: usize) -> &[Test] {
        let start = if number == 0 {
            0
        } else {
            self.ends[number - 1]
        };
        &self.tests[start as usize..self.ends[number] as usize]
    }

    pub fn rules(&self) -> usize {
        self.ends.len()
    }
}

/// The values of a case of which all is known.
pub fn values(known: &Known) -> Values {
    let mut values = [0; FACTS];
    for (at, value) in known.bools.iter().enumerate() {
        values[at] = u16::from(*value);
    }
    for (at, value) in known.members.iter().enumerate() {
        values[8 + at] = *value as u16;
    }
    for (at, value) in known.integers.iter().enumerate() {
        values[16 + at] = *value as u16;
    }
    values
}

/// The values of a case from its text.
pub fn read(text: &str) -> Result<Values, Failure> {
    let case: Case = serde_json::from_str(text)?;
    let Case {
        b0,
        b1,
        b2,
        b3,
        b4,
        b5,
        b6,
        b7,
        e0,
        e1,
        e2,
        e3,
        e4,
        e5,
        e6,
        e7,
        i0,
        i1,
        i2,
        i3,
        i4,
        i5,
        i6,
        i7,
    } = case;
    let mut values = [0; FACTS];
    for (at, value) in [b0, b1, b2, b3, b4, b5, b6, b7].into_iter().enumerate() {
        values[at] = u16::from(value);
    }
    for (at, value) in [e0, e1, e2, e3, e4, e5, e6, e7].into_iter().enumerate() {
        values[8 + at] = value as u16;
    }
    values[16..].copy_from_slice(&[i0, i1, i2, i3, i4, i5, i6, i7]);
    Ok(values)
}

/// A case as its text has it.
#[rustfmt::skip]
#[derive(Deserialize)]
struct Case {
    b0: bool, b1: bool, b2: bool, b3: bool, b4: bool, b5: bool, b6: bool, b7: bool,
    e0: Member, e1: Member, e2: Member, e3: Member, e4: Member, e5: Member, e6: Member, e7: Member,
    i0: u16, i1: u16, i2: u16, i3: u16, i4: u16, i5: u16, i6: u16, i7: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Member {
    M0,
    M1,
    M2,
    M3,
    M4,
    M5,
    M6,
    M7,
}
