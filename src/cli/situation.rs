//! A case that was found, as JSON: what `exq eval` takes, and the circumstances beside it.
//!
//! Invariant: nothing that is said of a fact or event is left out, and what is left out is absent.

use serde_json::{Map, Value, json};

use crate::eval::EventSlot;
use crate::pack::Program;
use crate::prove::situation::{Said, Situation};
use crate::time::Date;
use crate::time::instant::Display;

/// A case with the circumstances in which it is asked.
pub(super) fn case_json(programs: &[Program<'_>], case: &Situation) -> Value {
    json!({
        "at": Display(case.now).to_string(),
        "law_date": case.law_date.map(|day| Date::from_days(day).to_string()),
        "adopt": case.adopted,
        "service_level": {
            "undue_delay_microseconds": case.service.undue_delay,
            "expeditiously_microseconds": case.service.expeditiously,
        },
        "facts": facts_json(programs, case),
    })
}

/// What is said of facts and events, as `exq eval` takes it.
#[must_use]
pub fn facts_json(programs: &[Program<'_>], case: &Situation) -> Value {
    let mut tree = Map::new();
    for (name, said) in &case.facts {
        let (name, _) = name.split_once(" as ").unwrap_or((name, ""));
        let mut rows = programs.iter().flat_map(|program| {
            let rows = program.facts.iter();
            rows.map(|row| (program.str(row.name), row.ty))
        });
        let is_instant = rows.any(|(other, ty)| other == name && ty == 5);
        put(&mut tree, name, fact_json(said, is_instant));
    }
    for (name, slot) in &case.events {
        let value = match slot {
            EventSlot::At(at) => json!(Display(*at).to_string()),
            EventSlot::Not => json!(false),
            EventSlot::Null => Value::Null,
            EventSlot::Absent => continue,
        };
        put(&mut tree, name, value);
    }
    Value::Object(tree)
}

fn fact_json(said: &Said, is_instant: bool) -> Value {
    match said {
        Said::Null => Value::Null,
        Said::Bool(value) => json!(value),
        Said::Member(name) => json!(name),
        Said::Members(names) => json!(names),
        Said::Number(at) if is_instant => json!(Display(*at).to_string()),
        Said::Number(value) => json!(value),
        Said::Money(money) => {
            json!({ "amount": money.to_string(), "currency": money.currency.as_str() })
        }
    }
}

/// Puts a value under a name with dots.
fn put(tree: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            tree.insert(name.to_string(), value);
        }
        Some((first, rest)) => {
            let below = tree.entry(first.to_string()).or_insert_with(|| json!({}));
            if let Value::Object(below) = below {
                put(below, rest, value);
            }
        }
    }
}
