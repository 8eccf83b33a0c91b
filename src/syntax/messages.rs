//! What was found and what was expected, in words.
//!
//! Invariant: every message names both sides, and where a word is a near miss of a keyword the help names the keyword.

use super::ast::Span;
use super::codes;
use super::diagnostic::Diagnostic;
use super::input::{Expected, Tokens};
use super::token::{KEYWORDS, Kind};
use crate::model::spelling;

/// The longest piece of the source that a message repeats, in characters.
const MAX_SHOWN: usize = 40;

/// The diagnostic of a word that does not belong where it stands.
pub fn unexpected(at: Tokens<'_>, expected: Expected) -> Diagnostic {
    let expected = describe(expected);
    let token = at.peek(0);
    let message = format!("expected {expected}, found {}", found(at));
    // A long list of possibilities is read once, in the message.
    let long = expected.chars().count() > MAX_SHOWN;
    let label = if long {
        "unexpected".to_string()
    } else {
        format!("expected {expected}")
    };
    let mut diagnostic = Diagnostic::error(codes::UNEXPECTED, token.span, message).label(label);
    if token.kind == Kind::Name {
        let text = at.text(0);
        let wanted: Vec<&str> = expected
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|w| !w.contains(' '))
            .collect();
        let near = nearest(text, wanted.iter().copied())
            .or_else(|| nearest(text, KEYWORDS.iter().copied()));
        if let Some(near) = near {
            diagnostic = diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(token.span, near);
        }
    }
    diagnostic
}

/// The diagnostic of a keyword where a name was expected.
pub fn keyword_as_name(at: Tokens<'_>, what: &str) -> Diagnostic {
    // At the start of a line it is no name but the next clause: what is missing stands before it.
    if at.peek(0).first_on_line {
        let place = at.last().map_or(at.peek(0).span, |last| Span {
            start: last.span.end,
            end: last.span.end,
        });
        let message = format!("expected {what}, found the keyword `{}`", at.text(0));
        return Diagnostic::error(codes::UNEXPECTED, at.peek(0).span, message)
            .also(place, "missing here");
    }
    let word = at.text(0);
    let message = format!("expected {what}, found the keyword `{word}`");
    Diagnostic::error(codes::KEYWORD_AS_NAME, at.peek(0).span, message)
        .label(format!("`{word}` is reserved"))
        .help("a keyword cannot be a name, except after a dot")
}

/// The diagnostic of a clause that stands twice.
pub fn duplicate(name: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::error(
        codes::DUPLICATE_CLAUSE,
        second,
        format!("`{name}` stands twice"),
    )
    .label("the second one")
    .also(first, "the first one stands here")
    .help("keep one of the two")
}

/// Something expected, with its article or backticks.
fn describe(expected: Expected) -> String {
    match expected {
        Expected::Word(word) => format!("`{word}`"),
        Expected::Thing(thing) => thing.to_string(),
    }
}

/// What stands here.
pub fn found(at: Tokens<'_>) -> String {
    let token = at.peek(0);
    let text = shorten(at.text(0));
    match token.kind {
        Kind::End => "the end of the file".to_string(),
        Kind::Keyword => format!("the keyword `{text}`"),
        Kind::Text => format!("the text `{text}`"),
        Kind::Date => format!("the date `{text}`"),
        Kind::Instant => format!("the instant `{text}`"),
        Kind::Money => format!("the amount `{text}`"),
        Kind::Percent => format!("the percentage `{text}`"),
        Kind::Int => format!("the number `{text}`"),
        Kind::Name | Kind::Mark => format!("`{text}`"),
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_string(),
    }
}

/// The word that is near enough to have been meant.
pub fn nearest<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    spelling::nearest(text, words, spelling::few)
}
