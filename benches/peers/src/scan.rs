//! A hand-written scan: every rule is tested, one after the other, over plain numbers, with its narrowest test first.
//!
//! It is what a programmer would write who has the rules and no engine. It knows no unknown facts, no norms and no dates.

use crate::engine::{Engine, Failure, Form, Known};
use crate::generator::{Atom, Facts};
use crate::plain::{Tests, Values, read, values};
use std::hint::black_box;

pub struct Scan {
    tests: Tests,
    cases: Vec<Values>,
    texts: Vec<String>,
    applying: Vec<u32>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    Ok(Box::new(Scan {
        tests: Tests::of(rules),
        cases: Vec::new(),
        texts: Vec::new(),
        applying: Vec::new(),
    }))
}

impl Engine for Scan {
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
        self.applying.clear();
        for rule in 0..self.tests.rules() {
            if self.tests.rule(rule).iter().all(|test| test.holds(&values)) {
                self.applying.push(rule as u32);
            }
        }
        black_box(&self.applying);
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        self.decide(case, form);
        self.applying.clone()
    }
}
