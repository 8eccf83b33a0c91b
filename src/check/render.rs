//! Diagnostics of a link to text for people, or to JSON for tools, each with the source of its file.
//!
//! Invariant: rendering never fails; a file that is not among the sources is drawn without its text.

use serde_json::{Value, json};

use super::report::FileDiagnostic;
use crate::syntax::render::{Source, json_of_one, text_of_one};

/// Diagnostics as text, each followed by an empty line. The sources stand in the order in which files were given.
#[must_use]
pub fn to_text(sources: &[Source], found: &[FileDiagnostic], colour: bool) -> String {
    let empty = Source::default();
    let source = |file: u16| sources.get(usize::from(file)).unwrap_or(&empty);
    let mut out = String::new();
    for problem in found {
        out += &text_of_one(source(problem.file), &problem.diagnostic, colour);
        let pad = " ".repeat(gutter(source(problem.file), problem));
        for label in &problem.elsewhere {
            let there = source(label.place.file);
            let at = there.position(label.place.span.start);
            out += &format!(
                "{pad} = note: {}:{}:{}: {}\n",
                there.name, at.line, at.column, label.text
            );
        }
        if let Some(example) = &problem.diagnostic.example {
            out += &format!("{pad} = a case that shows it, to be pasted:\n\n{example}");
        }
        out.push('\n');
    }
    out
}

/// How many columns the line numbers of a diagnostic take.
fn gutter(source: &Source, problem: &FileDiagnostic) -> usize {
    let labels = problem.diagnostic.labels.iter().map(|label| label.span);
    let lines = labels
        .chain([problem.diagnostic.primary])
        .map(|span| source.position(span.start).line);
    lines.max().unwrap_or(1).to_string().len()
}

/// Diagnostics as a JSON array; what stands in other files is under `elsewhere`.
#[must_use]
pub fn to_json(sources: &[Source], found: &[FileDiagnostic]) -> Value {
    let empty = Source::default();
    let source = |file: u16| sources.get(usize::from(file)).unwrap_or(&empty);
    let objects = found.iter().map(|problem| {
        let mut object = json_of_one(source(problem.file), &problem.diagnostic);
        let elsewhere: Vec<Value> = problem
            .elsewhere
            .iter()
            .map(|label| {
                let there = source(label.place.file);
                let at = there.position(label.place.span.start);
                json!({
                    "file": there.name,
                    "line": at.line,
                    "column": at.column,
                    "text": label.text,
                })
            })
            .collect();
        if let Value::Object(fields) = &mut object {
            fields.insert("elsewhere".into(), elsewhere.into());
        }
        object
    });
    Value::Array(objects.collect())
}
