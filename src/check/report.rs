//! Problems as they are found, to diagnostics in the order of files and places.
//!
//! Invariant: an error is counted even where it is not kept, so that a link with an error never yields an Ir. Labels
//! in the file of the problem become labels of its diagnostic; the others stand beside it with their own file.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::ir::Place;
use crate::syntax::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::syntax::nearest;

/// The most diagnostics of one link: nobody reads more, and memory is bounded.
const KEPT_MAX: usize = 1_000;
/// The most spellings compared for advice: it must not take longer than the check.
const COMPARED_MAX: usize = 500_000;
/// The most places listed with one unknown name.
const REPEATS_MAX: usize = 8;

/// A label in another file than that of its diagnostic.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// Which file, and where in it.
    pub place: Place,
    /// What is to be seen there.
    pub text: String,
}

/// A diagnostic with the file in which it stands.
#[derive(Clone, Debug)]
pub struct FileDiagnostic {
    /// Index of the file, in the order in which files were given.
    pub file: u16,
    /// What is wrong there.
    pub diagnostic: Diagnostic,
    /// Labels in other files.
    pub elsewhere: Vec<Elsewhere>,
}

impl FileDiagnostic {
    /// An error at a place.
    pub(super) fn error(code: Code, place: Place, message: impl Into<String>) -> FileDiagnostic {
        FileDiagnostic {
            file: place.file,
            diagnostic: Diagnostic::error(code, place.span, message),
            elsewhere: Vec::new(),
        }
    }

    /// A warning at a place.
    pub(super) fn warning(code: Code, place: Place, message: impl Into<String>) -> FileDiagnostic {
        FileDiagnostic {
            file: place.file,
            diagnostic: Diagnostic::warning(code, place.span, message),
            elsewhere: Vec::new(),
        }
    }

    /// With a text under the place itself.
    pub(super) fn label(mut self, text: impl Into<String>) -> FileDiagnostic {
        self.diagnostic = self.diagnostic.label(text);
        self
    }

    /// With another place that matters, in whichever file.
    pub(super) fn also(mut self, place: Place, text: impl Into<String>) -> FileDiagnostic {
        if place.file == self.file {
            self.diagnostic = self.diagnostic.also(place.span, text);
        } else {
            self.elsewhere.push(Elsewhere {
                place,
                text: text.into(),
            });
        }
        self
    }

    /// With advice.
    pub(super) fn help(mut self, text: impl Into<String>) -> FileDiagnostic {
        self.diagnostic = self.diagnostic.help(text);
        self
    }

    /// With the nearest name, as advice and as a fix; nothing, where none is near.
    pub(super) fn near(self, near: Option<&str>) -> FileDiagnostic {
        let Some(near) = near else { return self };
        let span = self.diagnostic.primary;
        self.help(format!("did you mean `{near}`?")).fix(span, near)
    }

    /// With the change of its own file that mends the matter.
    pub(super) fn fix(
        mut self,
        span: crate::syntax::ast::Span,
        replacement: impl Into<String>,
    ) -> FileDiagnostic {
        self.diagnostic = self.diagnostic.fix(span, replacement);
        self
    }
}

/// All that was found so far.
#[derive(Default)]
pub(super) struct Report {
    found: RefCell<Vec<FileDiagnostic>>,
    errors: Cell<usize>,
    compared: Cell<usize>,
    /// Which unknown names were reported, by file: a second use is a label of the first diagnostic.
    unknown: RefCell<BTreeMap<(u16, String), usize>>,
}

impl Report {
    /// Adds a problem.
    pub(super) fn push(&self, problem: FileDiagnostic) {
        if problem.diagnostic.severity == Severity::Error {
            self.errors.set(self.errors.get() + 1);
        }
        let mut found = self.found.borrow_mut();
        if found.len() < KEPT_MAX {
            found.push(problem);
        }
    }

    /// True if an error was found.
    pub(super) fn has_errors(&self) -> bool {
        self.errors.get() > 0
    }

    /// The nearest spelling, while it is worth looking for.
    pub(super) fn near<'w>(
        &self,
        text: &str,
        words: impl Iterator<Item = &'w str>,
    ) -> Option<&'w str> {
        if self.found.borrow().len() >= KEPT_MAX {
            return None;
        }
        let room = COMPARED_MAX.saturating_sub(self.compared.get());
        let mut compared = 0;
        // A near spelling is nearly as long; four bytes are one character at most.
        let near = nearest(
            text,
            words
                .filter(|word| word.len().abs_diff(text.len()) <= 8)
                .take(room)
                .inspect(|_| compared += 1),
        );
        self.compared.set(self.compared.get() + compared);
        near
    }

    /// True if this unknown name was reported in this file before; the place is then noted there.
    pub(super) fn repeats(&self, name: &str, place: Place) -> bool {
        let mut unknown = self.unknown.borrow_mut();
        let mut found = self.found.borrow_mut();
        let key = (place.file, name.to_string());
        if let Some(first) = unknown.get(&key) {
            if let Some(problem) = found.get_mut(*first)
                && problem.diagnostic.labels.len() < REPEATS_MAX
            {
                problem.diagnostic.labels.push(Label {
                    span: place.span,
                    text: "and here".to_string(),
                });
            }
            return true;
        }
        unknown.insert(key, found.len());
        false
    }

    /// Everything, in the order of files and places.
    pub(super) fn finish(self) -> Vec<FileDiagnostic> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| {
            let at = problem.diagnostic.primary;
            (problem.file, at.start, at.end, problem.diagnostic.code.0)
        });
        found
    }
}
