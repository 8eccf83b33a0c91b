//! Diagnostics of several files, as text or JSON.

use serde_json::Value;

use super::Format;
use crate::check::{FileDiagnostic, render};
use crate::syntax::Source;
use crate::syntax::diagnostic::Severity;

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
            Format::Text => render::to_text(self.sources, self.diagnostics, colour),
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

    /// As a JSON list.
    #[must_use]
    pub fn json(&self) -> Value {
        render::to_json(self.sources, self.diagnostics)
    }
}
