//! Diagnostics of several files, as text or JSON.

use serde_json::Value;

use super::Format;
use crate::check::FileDiagnostic;
use crate::syntax::diagnostic::Severity;
use crate::syntax::{Source, render};

/// Diagnostics with the sources they speak of.
#[derive(Clone, Copy, Debug)]
pub struct Diagnosed<'s> {
    /// The sources, by the index that the diagnostics have.
    pub sources: &'s [Source],
    /// The diagnostics.
    pub diagnostics: &'s [FileDiagnostic],
}

impl Diagnosed<'_> {
    /// As text or JSON; nothing for no diagnostics, but an empty list in JSON.
    #[must_use]
    pub fn render(&self, format: Format, colour: bool) -> String {
        match format {
            Format::Text => self
                .diagnostics
                .iter()
                .map(|found| self.text(found, colour))
                .collect(),
            Format::Json => format!("{:#}\n", self.json()),
        }
    }

    /// How many errors and warnings there are.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let errors = self
            .diagnostics
            .iter()
            .filter(|found| found.diagnostic.severity == Severity::Error)
            .count();
        (errors, self.diagnostics.len() - errors)
    }

    fn text(&self, found: &FileDiagnostic, colour: bool) -> String {
        let nothing = Source::default();
        let source = self
            .sources
            .get(usize::from(found.file))
            .unwrap_or(&nothing);
        let mut text = render::text_of_one(source, &found.diagnostic, colour);
        for other in &found.elsewhere {
            let source = self
                .sources
                .get(usize::from(other.place.file))
                .unwrap_or(&nothing);
            let at = source.position(other.place.span.start);
            text.push_str(&format!(
                "  = see {}:{}:{}: {}\n",
                source.name, at.line, at.column, other.text
            ));
        }
        text.push('\n');
        text
    }

    /// As a JSON list.
    #[must_use]
    pub fn json(&self) -> Value {
        let nothing = Source::default();
        let one = |found: &FileDiagnostic| {
            let source = self
                .sources
                .get(usize::from(found.file))
                .unwrap_or(&nothing);
            let mut value = render::json_of_one(source, &found.diagnostic);
            let elsewhere = found.elsewhere.iter().map(|other| {
                let source = self.sources.get(usize::from(other.place.file)).unwrap_or(&nothing);
                let at = source.position(other.place.span.start);
                serde_json::json!({ "file": source.name, "line": at.line, "column": at.column, "text": other.text })
            });
            let elsewhere: Vec<Value> = elsewhere.collect();
            if let (Value::Object(fields), false) = (&mut value, elsewhere.is_empty()) {
                fields.insert("elsewhere".to_string(), Value::Array(elsewhere));
            }
            value
        };
        Value::Array(self.diagnostics.iter().map(one).collect())
    }
}
