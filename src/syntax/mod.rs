//! Text to Ast, and back.
//!
//! [`parse`] reads a source into a [`File`] or says everything that is wrong with it; [`print()`] writes the canonical
//! text of an Ast. `parse(print(ast)) == ast`, and printing what was printed changes nothing.
//!
//! Invariant: whatever the bytes, parsing ends with a value: it does not panic, and its stack and memory are bounded by
//! the limits below.

pub mod ast;
pub mod codes;
pub mod diagnostic;
mod grammar;
mod input;
mod lexer;
mod lexer_numbers;
mod messages;
pub mod print;
pub mod render;
mod token;
mod words;

use std::cell::RefCell;

pub use ast::{File, Span};
pub use diagnostic::{Code, Diagnostic, Fix, Label, Severity};
pub use messages::nearest;
pub use print::print;
pub use render::Source;

use crate::model::limits::SOURCE_BYTES_MAX;

/// The most `union`, `intersect` and `minus` in one set expression. Each adds a level to its tree, so this is also a
/// limit of nesting.
pub const MAX_SET_OPERATORS: usize = 64;
/// The most diagnostics that one source is given; the rest would say nothing new.
pub const MAX_DIAGNOSTICS: usize = 100;

/// A source that is not well formed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{} in `{}`", count(diagnostics.len()), source_text.name)]
pub struct SyntaxError {
    /// The source, for rendering. Empty of text if its bytes were refused.
    pub source_text: Source,
    /// What is wrong with it, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

fn count(errors: usize) -> String {
    if errors == 1 {
        "1 error".to_string()
    } else {
        format!("{errors} errors")
    }
}

/// Reads a source, or says everything that is wrong with it, in the order of the source.
///
/// # Errors
///
/// At least one diagnostic, at most [`MAX_DIAGNOSTICS`]; spans are byte ranges of `source`.
pub fn parse(source: &str) -> Result<File, Vec<Diagnostic>> {
    if source.len() > SOURCE_BYTES_MAX {
        return Err(vec![too_large(source.len())]);
    }
    let lexed = lexer::lex(source);
    let found = RefCell::new(Vec::new());
    let file = grammar::file(
        input::Tokens::new(source, &lexed.tokens, &found),
        lexed.comments,
    );
    let (mut diagnostics, grammatical) = (lexed.diagnostics, found.into_inner());
    diagnostics.extend(after_bad_words(source, &diagnostics, grammatical));
    match file {
        Some(file) if diagnostics.is_empty() => Ok(file),
        _ => {
            diagnostics.sort_by_key(|d| (d.primary.start, d.primary.end));
            diagnostics.truncate(MAX_DIAGNOSTICS);
            Err(diagnostics)
        }
    }
}

/// The errors of the grammar, without those on a line on which a word itself is bad: they follow from it.
fn after_bad_words(
    source: &str,
    words: &[Diagnostic],
    mut grammar: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let same_line = |a: u32, b: u32| {
        source
            .get(a.min(b) as usize..a.max(b) as usize)
            .is_none_or(|between| !between.contains('\n'))
    };
    grammar.retain(|error| {
        let at = error.primary.start;
        let next = words.partition_point(|word| word.primary.start < at);
        let near = [
            next.checked_sub(1).and_then(|n| words.get(n)),
            words.get(next),
        ];
        !near
            .into_iter()
            .flatten()
            .any(|word| same_line(word.primary.start, at))
    });
    grammar
}

/// Reads one expectation, as it stands behind `expect` in a scenario: `takedown must running by eu.tco/removal`.
///
/// # Errors
///
/// As [`parse`]; spans are byte ranges of `text`.
pub fn parse_expectation(text: &str) -> Result<ast::Expect, Vec<Diagnostic>> {
    if text.len() > SOURCE_BYTES_MAX {
        return Err(vec![too_large(text.len())]);
    }
    let lexed = lexer::lex(text);
    let found = RefCell::new(lexed.diagnostics);
    let expect = grammar::expectation(input::Tokens::new(text, &lexed.tokens, &found));
    let diagnostics = found.into_inner();
    match expect {
        Some(expect) if diagnostics.is_empty() => Ok(expect),
        _ => Err(diagnostics),
    }
}

/// Reads the bytes of a file; `name` is what messages call it.
///
/// # Errors
///
/// As [`parse`]; also if the bytes are not UTF-8 (with the place of the first bad byte) or more than
/// [`SOURCE_BYTES_MAX`].
pub fn parse_bytes(name: &str, bytes: &[u8]) -> Result<File, SyntaxError> {
    let refused = |text: &str, diagnostics| SyntaxError {
        source_text: Source {
            name: name.to_string(),
            text: text.to_string(),
        },
        diagnostics,
    };
    if bytes.len() > SOURCE_BYTES_MAX {
        return Err(refused("", vec![too_large(bytes.len())]));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let good = std::str::from_utf8(bytes.get(..at).unwrap_or(&[])).unwrap_or("");
            let place = Span {
                start: at as u32,
                end: at as u32,
            };
            let message = format!("the file is not UTF-8: byte {at} belongs to no character");
            let diagnostic = Diagnostic::error(codes::NOT_UTF8, place, message)
                .label("the text is good up to here")
                .help("save the file as UTF-8");
            return Err(refused(good, vec![diagnostic]));
        }
    };
    parse(text).map_err(|diagnostics| refused(text, diagnostics))
}

fn too_large(bytes: usize) -> Diagnostic {
    let message = format!("the file has {bytes} bytes, the limit is {SOURCE_BYTES_MAX}");
    Diagnostic::error(codes::FILE_TOO_LARGE, Span::default(), message)
        .help("divide the pack into several")
}
