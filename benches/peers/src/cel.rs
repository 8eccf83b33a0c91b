//! The rules for cel: one compiled program a rule, asked bucket by bucket.
//!
//! The engine has no notion of many rules, so that the host asks the programs of the case's buckets (`bucket`), one by
//! one. A case is a context with a variable for each fact, made beforehand. The crate reads no JSON; it takes what
//! `serde` gives, so that the text goes through `serde_json` into the variables of one context, which is kept.

use crate::bucket::Buckets;
use crate::engine::{Engine, Failure, Form, Known, member, quoted};
use crate::generator::{Atom, Facts};
use cel::{Context, Env, Program, Value};
use std::hint::black_box;
use std::sync::Arc;

pub struct Cel {
    programs: Vec<Program>,
    buckets: Buckets,
    cases: Vec<(Context<'static, 'static>, [usize; 8])>,
    read: Context<'static, 'static>,
    texts: Vec<String>,
    env: Arc<Env>,
    applying: Vec<u32>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let env = Arc::new(Env::stdlib());
    let buckets = Buckets::new(rules);
    let mut programs = Vec::new();
    for atoms in &buckets.rest {
        let atoms: Vec<String> = atoms.iter().map(written).collect();
        programs.push(env.compile(&atoms.join(" && "))?);
    }
    Ok(Box::new(Cel {
        programs,
        buckets,
        cases: Vec::new(),
        read: Context::with_env(env.clone()),
        texts: Vec::new(),
        env,
        applying: Vec::new(),
    }))
}

fn written(atom: &Atom) -> String {
    match atom {
        Atom::Is(fact, true) => format!("b{fact}"),
        Atom::Is(fact, false) => format!("!b{fact}"),
        Atom::OneOf(fact, members) => match members.as_slice() {
            [only] => format!("e{fact} == \"m{only}\""),
            several => format!("e{fact} in [{}]", quoted(several)),
        },
        Atom::Below(fact, bound) => format!("i{fact} < {bound}"),
        Atom::From(fact, bound) => format!("i{fact} >= {bound}"),
    }
}

impl Cel {
    fn find(&mut self, case: usize, form: Form) -> Result<(), Failure> {
        self.applying.clear();
        let (context, members) = match form {
            Form::Own => (&self.cases[case].0, self.cases[case].1),
            Form::Text => {
                let members = read(&mut self.read, &self.texts[case])?;
                (&self.read, members)
            }
        };
        for rule in self.buckets.candidates(members) {
            if self.programs[rule as usize].execute(context)? == Value::Bool(true) {
                self.applying.push(rule);
            }
        }
        Ok(())
    }
}

/// A case from its text; gives the member of each enumeration, by which the buckets are found.
fn read(context: &mut Context<'static, 'static>, text: &str) -> Result<[usize; 8], Failure> {
    let mut members = [0; 8];
    let facts: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)?;
    for (name, value) in facts {
        if let (Some(fact), Some(text)) = (name.strip_prefix('e'), value.as_str()) {
            members[fact.parse::<usize>()?] = member(text)?;
        }
        // Its own numbers from JSON are unsigned, and do not compare with the signed ones of the rules.
        let value = match value.as_i64() {
            Some(number) => Value::Int(number),
            None => cel::to_value(value)?,
        };
        context.add_variable_from_value(name, value);
    }
    Ok(members)
}

impl Engine for Cel {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let known = Known::of(facts)?;
            let text = known.json();
            let mut context = Context::with_env(self.env.clone());
            read(&mut context, &text)?;
            self.cases.push((context, known.members));
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        self.find(case, form).expect("cel decides");
        black_box(&self.applying);
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        self.decide(case, form);
        let mut applying = self.applying.clone();
        applying.sort_unstable();
        applying
    }
}
