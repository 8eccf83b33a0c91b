//! The rules for regorus: one definition of a partial set a rule, compiled for its virtual machine.
//!
//! The set `fired` is the answer. The machine, its program and its registers are kept; a case is a value of the crate,
//! made beforehand, whose clone is the count of a reference; the text is read by the crate.

use crate::engine::{Engine, Failure, Form, Known, quoted};
use crate::generator::{Atom, Facts};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Rc, Value};
use std::hint::black_box;

const ENTRY: &str = "data.made.fired";

pub struct Regorus {
    machine: RegoVM,
    cases: Vec<Value>,
    texts: Vec<String>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let mut text = String::from("package made\nimport rego.v1\n");
    for (number, atoms) in rules.iter().enumerate() {
        let atoms: Vec<String> = atoms.iter().map(written).collect();
        text += &format!("fired contains {number} if {{ {} }}\n", atoms.join("; "));
    }
    let mut engine = regorus::Engine::new();
    engine.add_policy("made.rego".to_string(), text)?;
    let policy = engine.compile_with_entrypoint(&Rc::from(ENTRY))?;
    let program = Compiler::compile_from_policy(&policy, &[ENTRY])?;
    program.validate_limits()?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_max_instructions(usize::MAX);
    Ok(Box::new(Regorus {
        machine,
        cases: Vec::new(),
        texts: Vec::new(),
    }))
}

fn written(atom: &Atom) -> String {
    match atom {
        Atom::Is(fact, true) => format!("input.b{fact}"),
        Atom::Is(fact, false) => format!("input.b{fact} == false"),
        Atom::OneOf(fact, members) => match members.as_slice() {
            [only] => format!("input.e{fact} == \"m{only}\""),
            several => format!("input.e{fact} in {{{}}}", quoted(several)),
        },
        Atom::Below(fact, bound) => format!("input.i{fact} < {bound}"),
        Atom::From(fact, bound) => format!("input.i{fact} >= {bound}"),
    }
}

impl Regorus {
    fn answer(&mut self, case: usize, form: Form) -> Result<Value, Failure> {
        self.machine.set_input(match form {
            Form::Own => self.cases[case].clone(),
            Form::Text => Value::from_json_str(&self.texts[case])?,
        });
        Ok(self.machine.execute()?)
    }
}

impl Engine for Regorus {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let text = Known::of(facts)?.json();
            self.cases.push(Value::from_json_str(&text)?);
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        black_box(self.answer(case, form).expect("regorus decides"));
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        let answer = self.answer(case, form).expect("regorus decides");
        let numbers = answer
            .as_set()
            .expect("a set is defined")
            .iter()
            .map(Value::as_u32);
        numbers
            .collect::<Result<_, _>>()
            .expect("rules are numbers")
    }
}
