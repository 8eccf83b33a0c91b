//! The tokens as a nom input, and the error that the grammar's parsers give.
//!
//! Invariant: a parser never copies a token's text before it knows that it wants it, and a [`Fault`] stays small: what
//! was expected is a static text until the fault is reported.
//!
//! Nesting is counted in the input itself, because it is the only thing that every parser hands on.

use std::cell::RefCell;

use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Input, Needed};

use super::ast::Span;
use super::codes;
use super::diagnostic::Diagnostic;
use super::messages;
use super::token::{Kind, Token};
use crate::model::limits::NESTING_MAX;

/// What a grammar parser gives.
pub type P<'a, T> = IResult<Tokens<'a>, T, Fault>;

/// The end of the file, where there is no token left.
const NOTHING: Token = Token {
    kind: Kind::End,
    span: Span { start: 0, end: 0 },
    first_on_line: true,
};

/// What is still to be parsed.
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'a> {
    source: &'a str,
    all: &'a [Token],
    at: usize,
    end: usize,
    /// How deep the parser stands in parentheses and `not`.
    pub depth: usize,
    found: &'a RefCell<Vec<Diagnostic>>,
}

impl<'a> Tokens<'a> {
    /// All tokens of a source; what is wrong without stopping the parser goes to `found`.
    pub fn new(
        source: &'a str,
        all: &'a [Token],
        found: &'a RefCell<Vec<Diagnostic>>,
    ) -> Tokens<'a> {
        Tokens {
            source,
            all,
            at: 0,
            end: all.len(),
            depth: 0,
            found,
        }
    }

    /// The token `n` places on.
    pub fn peek(self, n: usize) -> Token {
        let at = self.at.saturating_add(n).min(self.end.saturating_sub(1));
        self.all.get(at).copied().unwrap_or(NOTHING)
    }

    /// The text of the token `n` places on.
    pub fn text(self, n: usize) -> &'a str {
        self.text_of(self.peek(n))
    }

    /// The text of a token.
    pub fn text_of(self, token: Token) -> &'a str {
        self.source
            .get(token.span.start as usize..token.span.end as usize)
            .unwrap_or("")
    }

    /// The token just behind, if there is one.
    pub fn last(self) -> Option<Token> {
        self.all.get(self.at.checked_sub(1)?).copied()
    }

    /// From the first token here to the last one before `after`.
    pub fn span_to(self, after: Tokens<'a>) -> Span {
        let start = self.peek(0).span.start;
        let end = after.last().map_or(start, |t| t.span.end.max(start));
        Span { start, end }
    }

    /// Past the next token.
    pub fn next(self) -> Tokens<'a> {
        Tokens {
            at: (self.at + 1).min(self.end),
            ..self
        }
    }

    /// How many tokens lie behind.
    pub fn position(self) -> usize {
        self.at
    }

    /// At a token counted from the first one, outside all nesting.
    pub fn at_position(self, at: usize) -> Tokens<'a> {
        Tokens {
            at: at.min(self.end),
            depth: 0,
            ..self
        }
    }

    /// Reports something that does not stop the parser.
    pub fn report(self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.found.borrow_mut().push(diagnostic);
        }
    }

    /// True once so much is wrong that more would say nothing new.
    pub fn is_full(self) -> bool {
        self.found.borrow().len() >= super::MAX_DIAGNOSTICS
    }
}

impl<'a> Input for Tokens<'a> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'a, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    fn take(&self, index: usize) -> Self {
        Tokens {
            end: (self.at + index).min(self.end),
            ..*self
        }
    }

    fn take_from(&self, index: usize) -> Self {
        Tokens {
            at: (self.at + index).min(self.end),
            ..*self
        }
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<Q>(&self, predicate: Q) -> Option<usize>
    where
        Q: Fn(Self::Item) -> bool,
    {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.all
            .get(self.at..self.end)
            .unwrap_or(&[])
            .iter()
            .copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        let len = self.input_len();
        if len >= count {
            Ok(count)
        } else {
            Err(Needed::new(count - len))
        }
    }
}

/// What was expected.
#[derive(Clone, Copy, Debug)]
pub enum Expected {
    /// One word, shown in backticks.
    Word(&'static str),
    /// Something described.
    Thing(&'static str),
}

/// What stopped a parser, and where.
#[derive(Debug)]
pub struct Fault {
    /// Where: the number of tokens before it.
    pub at: usize,
    what: What,
}

#[derive(Debug)]
enum What {
    Expected(Expected),
    Special(Box<Diagnostic>),
}

impl Fault {
    /// Something else was expected here.
    pub fn expected(at: Tokens<'_>, expected: Expected) -> Fault {
        Fault {
            at: at.position(),
            what: What::Expected(expected),
        }
    }

    /// Something with a message of its own.
    pub fn special(at: Tokens<'_>, diagnostic: Diagnostic) -> Fault {
        Fault {
            at: at.position(),
            what: What::Special(Box::new(diagnostic)),
        }
    }

    /// The diagnostic, now that it is known to matter.
    pub fn report(self, all: Tokens<'_>) -> Diagnostic {
        match self.what {
            What::Special(diagnostic) => *diagnostic,
            What::Expected(expected) => messages::unexpected(all.at_position(self.at), expected),
        }
    }
}

impl<'a> ParseError<Tokens<'a>> for Fault {
    fn from_error_kind(input: Tokens<'a>, _: ErrorKind) -> Fault {
        Fault::expected(input, Expected::Thing("something else"))
    }

    fn append(_: Tokens<'a>, _: ErrorKind, other: Fault) -> Fault {
        other
    }

    /// Of two alternatives, the one that came further knows better what is wrong.
    fn or(self, other: Fault) -> Fault {
        if self.at > other.at { self } else { other }
    }
}

/// A fault from which no alternative can save the parser.
pub fn stop<'a, T>(at: Tokens<'a>, diagnostic: Diagnostic) -> P<'a, T> {
    Err(nom::Err::Failure(Fault::special(at, diagnostic)))
}

/// As [`stop`], where something described was expected.
pub fn stop_expected<'a, T>(at: Tokens<'a>, what: &'static str) -> P<'a, T> {
    Err(unexpected(at, what))
}

/// The error of a place where something described was expected.
pub fn unexpected(at: Tokens<'_>, what: &'static str) -> nom::Err<Fault> {
    nom::Err::Failure(Fault::expected(at, Expected::Thing(what)))
}

/// Runs a parser one level deeper; beyond the limit that is an error, so that no source can overflow the stack.
pub fn deeper<'a, T>(input: Tokens<'a>, parser: impl FnOnce(Tokens<'a>) -> P<'a, T>) -> P<'a, T> {
    if input.depth >= NESTING_MAX {
        return nested_too_deep(input);
    }
    let (rest, value) = parser(Tokens {
        depth: input.depth + 1,
        ..input
    })?;
    Ok((
        Tokens {
            depth: input.depth,
            ..rest
        },
        value,
    ))
}

/// Apart from [`deeper`], whose frame must stay small: it recurses.
fn nested_too_deep<'a, T>(input: Tokens<'a>) -> P<'a, T> {
    stop(input, too_deep(input, NESTING_MAX))
}

/// The diagnostic of a nesting beyond its limit.
pub fn too_deep(input: Tokens<'_>, limit: usize) -> Diagnostic {
    Diagnostic::error(
        codes::TOO_DEEP,
        input.peek(0).span,
        format!("nested more than {limit} deep"),
    )
    .label("one level too many")
    .help("give a part a name of its own with `define`")
}
