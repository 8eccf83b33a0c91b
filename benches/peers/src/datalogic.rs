//! The rules for datalogic-rs: one compiled JSONLogic expression a rule, asked bucket by bucket.
//!
//! The engine has no notion of many rules, so that the host asks the expressions of the case's buckets (`bucket`), one by
//! one, in one arena that is reset for each case: the crate's tier for hot loops. A case is `ParsedData`, which the crate
//! passes through without a conversion; the text is parsed by the crate into the arena, once for all expressions.

use crate::bucket::Buckets;
use crate::engine::{Engine, Failure, Form, Known, member};
use crate::generator::{Atom, Facts};
use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Logic, ParsedData};
use serde_json::{Value, json};
use std::hint::black_box;

pub struct Datalogic {
    engine: datalogic_rs::Engine,
    logic: Vec<Logic>,
    buckets: Buckets,
    cases: Vec<(ParsedData, [usize; 8])>,
    texts: Vec<String>,
    arena: Bump,
    applying: Vec<u32>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let engine = datalogic_rs::Engine::new();
    let buckets = Buckets::new(rules);
    let logic = buckets
        .rest
        .iter()
        .map(|atoms| engine.compile(&written(atoms).to_string()));
    Ok(Box::new(Datalogic {
        logic: logic.collect::<Result<_, _>>()?,
        engine,
        buckets,
        cases: Vec::new(),
        texts: Vec::new(),
        arena: Bump::new(),
        applying: Vec::new(),
    }))
}

fn written(atoms: &[Atom]) -> Value {
    let mut parts: Vec<Value> = atoms.iter().map(condition).collect();
    match parts.len() {
        1 => parts.remove(0),
        _ => json!({ "and": parts }),
    }
}

fn condition(atom: &Atom) -> Value {
    let var = |letter: char, fact: &usize| json!({ "var": format!("{letter}{fact}") });
    match atom {
        Atom::Is(fact, true) => var('b', fact),
        Atom::Is(fact, false) => json!({ "!": [var('b', fact)] }),
        Atom::OneOf(fact, members) => {
            let names: Vec<String> = members.iter().map(|member| format!("m{member}")).collect();
            match names.as_slice() {
                [only] => json!({ "===": [var('e', fact), only] }),
                several => json!({ "in": [var('e', fact), several] }),
            }
        }
        Atom::Below(fact, bound) => json!({ "<": [var('i', fact), bound] }),
        Atom::From(fact, bound) => json!({ ">=": [var('i', fact), bound] }),
    }
}

impl Datalogic {
    fn find(&mut self, case: usize, form: Form) -> Result<(), Failure> {
        self.arena.reset();
        self.applying.clear();
        let arena = &self.arena;
        let (value, members): (&DataValue<'_>, _) = match form {
            Form::Own => {
                let (parsed, members) = &self.cases[case];
                (parsed.value(), *members)
            }
            Form::Text => {
                let value = arena.alloc(DataValue::from_str(&self.texts[case], arena)?);
                (value, members_of(value)?)
            }
        };
        for rule in self.buckets.candidates(members) {
            let found = self
                .engine
                .evaluate(&self.logic[rule as usize], value, arena)?;
            if found.as_bool() == Some(true) {
                self.applying.push(rule);
            }
        }
        Ok(())
    }
}

/// The member of each enumeration, by which the buckets are found.
fn members_of(value: &DataValue<'_>) -> Result<[usize; 8], Failure> {
    let mut members = [0; 8];
    for (name, value) in value.as_object().ok_or("the case is no object")? {
        if let (Some(fact), Some(text)) = (name.strip_prefix('e'), value.as_str()) {
            members[fact.parse::<usize>()?] = member(text)?;
        }
    }
    Ok(members)
}

impl Engine for Datalogic {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let known = Known::of(facts)?;
            let text = known.json();
            self.cases
                .push((ParsedData::from_json(&text)?, known.members));
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        self.find(case, form).expect("datalogic-rs decides");
        black_box(&self.applying);
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        self.decide(case, form);
        let mut applying = self.applying.clone();
        applying.sort_unstable();
        applying
    }
}
