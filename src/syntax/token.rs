//! The words of the language.
//!
//! Invariant: a [`Token`] holds no text of its own; its span cuts its text out of the source, on character boundaries.
//! That keeps a file of the largest allowed size within a few dozen megabytes of tokens, whatever stands in it.

use super::ast::{Comment, Span};
use super::diagnostic::Diagnostic;

/// What sort of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, or a word that has a meaning in its place only.
    Name,
    /// A reserved word.
    Keyword,
    /// A whole number.
    Int,
    /// A percentage.
    Percent,
    /// An amount of money.
    Money,
    /// A date.
    Date,
    /// An instant.
    Instant,
    /// A text, with its quotes.
    Text,
    /// Punctuation.
    Mark,
    /// The end of the file.
    End,
}

/// One word of the source.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What sort it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
    /// True for the first word of its line.
    pub first_on_line: bool,
}

/// A source cut into words.
#[derive(Debug)]
pub struct Lexed {
    /// The words; the last one is [`Kind::End`].
    pub tokens: Vec<Token>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
    /// What is wrong with the words. A bad word still yields the token that was probably meant, so that the grammar
    /// does not report it again.
    pub diagnostics: Vec<Diagnostic>,
}

/// The reserved words, sorted for binary search.
pub const KEYWORDS: &[&str] = &[
    "across",
    "alternative",
    "always",
    "and",
    "applies",
    "ask",
    "at",
    "because",
    "broken",
    "by",
    "calendar",
    "cites",
    "counting",
    "default",
    "define",
    "done",
    "earliest",
    "end",
    "enum",
    "event",
    "exception",
    "expect",
    "expeditiously",
    "fact",
    "false",
    "for",
    "force",
    "from",
    "given",
    "happened",
    "in",
    "includes",
    "intersect",
    "is",
    "judged",
    "known",
    "larger",
    "latest",
    "lifted",
    "may",
    "meets",
    "met",
    "minus",
    "missed",
    "must",
    "never",
    "no",
    "norm",
    "not",
    "now",
    "of",
    "on",
    "or",
    "overrides",
    "pack",
    "per",
    "presumed",
    "protected",
    "reason",
    "regardless",
    "rule",
    "scenario",
    "set",
    "smaller",
    "source",
    "status",
    "then",
    "title",
    "to",
    "true",
    "union",
    "unless",
    "until",
    "untranslated",
    "up",
    "use",
    "when",
    "within",
    "without",
    "zone",
];

/// True if the word is reserved.
pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// True if a word may begin with this character.
pub fn begins_word(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// True if a word may go on with this character.
pub fn continues_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, is_keyword};

    #[test]
    fn every_keyword_is_found() {
        assert!(KEYWORDS.is_sorted());
        assert!(KEYWORDS.iter().all(|word| is_keyword(word)));
        assert!(!is_keyword("AT") && !is_keyword("hours"));
    }
}
