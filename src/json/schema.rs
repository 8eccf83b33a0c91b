//! A pack's facts and events as JSON Schema (2020-12) for its cases, for editors and for hosts in any language.
//!
//! Invariant: what the schema accepts, the reader of cases accepts, but for what a schema cannot say (an instant
//! that does not exist, decimals of a currency).

use serde_json::{Map, Value, json};

use super::naming;
use crate::eval::Named;
use crate::model::{Bits, EventId, FactId, Money};
use crate::pack::Program;
use crate::pack::format::{FactRow, NONE32};
use crate::pack::program::currency;
use crate::time::instant::Display;

/// A pattern for instants; the reader says more.
const INSTANT: &str = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$";

/// The schema of the cases of a pack.
#[must_use]
pub fn schema_for(program: &Program<'_>) -> Value {
    let mut root = object();
    for (id, row) in (0u16..).zip(program.facts.iter()) {
        let leaf = describe(program, Named::Fact(FactId(id)), fact(program, row));
        insert(&mut root, program.str(row.name), leaf);
    }
    for (id, row) in (0u16..).zip(program.events.iter()) {
        let leaf = describe(program, Named::Event(EventId(id)), event());
        insert(&mut root, program.str(row.name), leaf);
    }
    let mut enums = Map::new();
    for (id, row) in (0u16..).zip(program.enums.iter()) {
        let members: Vec<&str> = (0..row.members.count as u16)
            .map(|index| naming::member(program, id, index))
            .collect();
        enums.insert(
            program.str(row.name).to_string(),
            json!({ "enum": members }),
        );
    }
    root.insert(
        "$schema".to_string(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    root.insert("title".to_string(), json!("a case"));
    if !enums.is_empty() {
        root.insert("$defs".to_string(), Value::Object(enums));
    }
    Value::Object(root)
}

fn object() -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("type".to_string(), json!("object"));
    map.insert("additionalProperties".to_string(), json!(false));
    map.insert("properties".to_string(), json!({}));
    map
}

/// Puts a leaf where its name with dots says.
fn insert(group: &mut Map<String, Value>, name: &str, leaf: Value) {
    let Some(Value::Object(properties)) = group.get_mut("properties") else {
        return;
    };
    match name.split_once('.') {
        None => {
            properties.insert(name.to_string(), leaf);
        }
        Some((first, rest)) => {
            let inner = properties
                .entry(first)
                .or_insert_with(|| Value::Object(object()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, leaf);
            }
        }
    }
}

/// Adds the questions, and what is presumed.
fn describe(program: &Program<'_>, name: Named, mut leaf: Value) -> Value {
    let mut lines = Vec::new();
    if let Some(question) = naming::question(program, name) {
        let (en, fr) = (program.str(question.en), program.str(question.fr));
        lines.push(en.to_string());
        if fr != en {
            lines.push(fr.to_string());
        }
    }
    if let Named::Fact(fact) = name {
        let row = program.facts.at(fact.index());
        if row.presumed == 1 {
            let value = presumed(program, row);
            lines.push(format!("Presumed {value} while it is not given."));
        }
    }
    if let (false, Value::Object(map)) = (lines.is_empty(), &mut leaf) {
        map.insert("description".to_string(), json!(lines.join("\n")));
    }
    leaf
}

/// A reference to an enumeration. Names may carry accents, which a URI fragment writes as percent escapes.
fn reference(program: &Program<'_>, of: u16) -> Value {
    let name = program.str(program.enums.at(usize::from(of)).name);
    let mut fragment = String::from("#/$defs/");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            fragment.push(char::from(byte));
        } else {
            fragment.push_str(&format!("%{byte:02X}"));
        }
    }
    json!({ "$ref": fragment })
}

fn fact(program: &Program<'_>, row: FactRow) -> Value {
    match row.ty {
        0 => json!({ "type": ["boolean", "null"] }),
        1 => json!({ "anyOf": [reference(program, row.of), { "type": "null" }] }),
        2 => {
            json!({ "type": ["array", "null"], "uniqueItems": true, "items": reference(program, row.of) })
        }
        3 => json!({ "type": ["integer", "null"], "minimum": row.least, "maximum": row.most }),
        4 => json!({
            "type": ["object", "null"],
            "additionalProperties": false,
            "required": ["amount", "currency"],
            "properties": {
                "amount": { "type": "string", "pattern": r"^-?\d+(\.\d+)?$" },
                "currency": { "type": "string", "pattern": "^[A-Z]{3}$" },
            },
        }),
        _ => json!({ "type": ["string", "null"], "format": "date-time", "pattern": INSTANT }),
    }
}

fn event() -> Value {
    json!({ "anyOf": [
        { "type": "string", "format": "date-time", "pattern": INSTANT },
        { "const": false },
        { "type": "null" },
    ] })
}

/// The presumed value, as the rule language writes it.
fn presumed(program: &Program<'_>, row: FactRow) -> String {
    match row.ty {
        0 => (row.value == 1).to_string(),
        1 => naming::member(program, row.of, row.value as u16).to_string(),
        2 => {
            let bits = if row.bits == NONE32 {
                Bits::EMPTY
            } else {
                program.members_of(row.bits)
            };
            let members: Vec<&str> = bits
                .iter()
                .map(|index| naming::member(program, row.of, index))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        3 => row.value.to_string(),
        4 => {
            let money = Money {
                minor: row.value,
                currency: currency(row.currency),
            };
            format!("{money} {}", money.currency.as_str())
        }
        _ => Display(row.value).to_string(),
    }
}
