//! The rules for zen-engine: one decision table, a row a rule and a column a fact, compiled.
//!
//! Compilation gives the table its index over members and booleans and turns each cell into opcodes. Beyond that the
//! expressions of the columns themselves are put into the cache of opcodes, which the crate leaves to be parsed for each
//! case, and the context of other nodes is switched off, which no row reads. A case is a `Variable`, made beforehand,
//! whose clone is the count of a reference; the text is read by the crate's own deserializer. The answer comes as a
//! future that never waits: it is polled once.

use crate::engine::{Engine, Failure, Form, Known, quoted};
use crate::generator::{Atom, Facts};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use zen_engine::model::GraphContent;
use zen_engine::{Decision, Variable, ZEN_CONFIG};
use zen_expression::Isolate;

pub struct Zen {
    decision: Decision,
    cases: Vec<Variable>,
    texts: Vec<String>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    ZEN_CONFIG.nodes_in_context.store(false, Ordering::Relaxed);
    let columns: Vec<String> = ["b", "e", "i"]
        .iter()
        .flat_map(|letter| (0..8).map(move |number| format!("{letter}{number}")))
        .collect();
    let inputs = columns
        .iter()
        .map(|name| json!({ "id": name, "name": name, "field": name }));
    let rows = rules
        .iter()
        .enumerate()
        .map(|(number, atoms)| row(number, atoms));
    let table = json!({
        "hitPolicy": "first",
        "inputs": inputs.collect::<Vec<Value>>(),
        "outputs": [{ "id": "rule", "name": "rule", "field": "rules[]" }],
        "rules": rows.collect::<Vec<Value>>(),
    });
    let graph = json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "content": {} },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": table },
            { "id": "out", "name": "out", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "first", "sourceId": "in", "targetId": "table" },
            { "id": "second", "sourceId": "table", "targetId": "out" },
        ],
    });
    let mut content: GraphContent = serde_json::from_value(graph)?;
    content.compile();
    let cache = content
        .compiled_cache
        .as_mut()
        .ok_or("nothing was compiled")?;
    let opcodes = Arc::get_mut(cache).ok_or("the opcodes are shared")?;
    let mut isolate = Isolate::new();
    for name in columns {
        let column = isolate.compile_standard(&name)?;
        opcodes
            .standard
            .insert(name.into(), column.bytecode().to_vec().into());
    }
    Ok(Box::new(Zen {
        decision: Decision::from(content),
        cases: Vec::new(),
        texts: Vec::new(),
    }))
}

fn row(number: usize, atoms: &[Atom]) -> Value {
    let mut cells = Map::new();
    cells.insert("_id".to_string(), json!(format!("r{number}")));
    cells.insert("rule".to_string(), json!(number.to_string()));
    for atom in atoms {
        let (column, cell) = match atom {
            Atom::Is(fact, value) => (format!("b{fact}"), value.to_string()),
            Atom::OneOf(fact, members) => (format!("e{fact}"), quoted(members)),
            Atom::Below(fact, bound) => (format!("i{fact}"), format!("< {bound}")),
            Atom::From(fact, bound) => (format!("i{fact}"), format!(">= {bound}")),
        };
        cells.insert(column, json!(cell));
    }
    Value::Object(cells)
}

/// What a future gives that never waits.
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

impl Zen {
    fn answer(&self, case: usize, form: Form) -> Result<Variable, Failure> {
        let case = match form {
            Form::Own => self.cases[case].clone(),
            Form::Text => serde_json::from_str(&self.texts[case])?,
        };
        let answer = now(self.decision.evaluate(case)).ok_or("a table waits for nothing")?;
        Ok(answer.map_err(|error| error.to_string())?.result)
    }
}

impl Engine for Zen {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let text = Known::of(facts)?.json();
            self.cases.push(serde_json::from_str(&text)?);
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        black_box(self.answer(case, form).expect("zen-engine decides"));
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        let answer = self
            .answer(case, form)
            .expect("zen-engine decides")
            .to_value();
        let rules = answer["rules"].as_array();
        let numbers = rules.into_iter().flatten().filter_map(Value::as_u64);
        numbers.map(|number| number as u32).collect()
    }
}
