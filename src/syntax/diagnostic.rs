//! Diagnostics: what is wrong with a source, as data.
//!
//! Invariant: a diagnostic never holds rendered text; [`super::render`] makes text or JSON of it, last of all. Every
//! message is lower case without a full stop, puts the author's words in backticks, and says what was expected.
//!
//! Codes are stable: a code is never given another meaning and never used again once it is gone.
//!
//! | range        | stage                                             |
//! |--------------|---------------------------------------------------|
//! | E0101–E0199  | syntax: bytes, words and grammar                  |
//! | E0201–E0299  | check: names, types, cycles, totality             |
//! | E0301–E0399  | prove: guards and properties                      |
//! | E0401–E0499  | compile: limits, calendars and zones              |
//! | W0201–W0499  | warnings of the stage with the same number        |

use super::ast::Span;

/// A stable diagnostic code, for example `E0101`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The source has no meaning until this is mended.
    Error,
    /// The source has a meaning, but perhaps not the one its author wants.
    Warning,
}

impl Severity {
    /// The word for people and for JSON: `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A second place that matters, with what it has to do with the first.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// A change of the source that mends the matter.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What to replace; an empty span inserts.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// One thing that is wrong with a source, and where.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where.
    pub primary: Span,
    /// What to say under the place itself.
    pub label: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The change that mends it, where there is one.
    pub fix: Option<Fix>,
    /// What shows it, in the language itself: ready to be pasted.
    pub example: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, primary: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary,
            label: None,
            labels: Vec::new(),
            help: None,
            fix: None,
            example: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, primary: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, primary, message)
        }
    }

    /// With a text under the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = Some(text.into());
        self
    }

    /// With another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// With the change that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// With what shows it, in the language itself.
    #[must_use]
    pub fn example(mut self, text: impl Into<String>) -> Diagnostic {
        self.example = Some(text.into());
        self
    }
}
