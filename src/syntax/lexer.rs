//! Source text to words.
//!
//! Invariant: never gives up. Every byte of the source is white space, a comment, part of one token, or inside the span
//! of a diagnostic; so all lexical errors of a file are found in one go.
//!
//! Numbers and dates have a file of their own, [`super::lexer_numbers`].

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{char, satisfy};
use nom::combinator::{opt, recognize};
use nom::multi::many0_count;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::ast::{Comment, Span};
use super::codes;
use super::diagnostic::Diagnostic;
use super::lexer_numbers;
use super::token::{Kind, Lexed, Token, begins_word, continues_word, is_keyword};

/// Cuts a source into words and comments.
pub fn lex(source: &str) -> Lexed {
    let mut lexer = Lexer {
        source,
        at: 0,
        first_on_line: true,
        out: Lexed {
            tokens: Vec::new(),
            comments: Vec::new(),
            diagnostics: Vec::new(),
        },
    };
    lexer.run();
    lexer.out
}

/// The state of one run. Shared with the numbers' file.
pub(super) struct Lexer<'a> {
    source: &'a str,
    at: usize,
    first_on_line: bool,
    out: Lexed,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        // A byte order mark says nothing in UTF-8; editors write it all the same.
        if self.rest().starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
        }
        loop {
            self.skip_white();
            let Some(c) = self.rest().chars().next() else {
                break;
            };
            match c {
                '#' => self.comment(),
                '"' => self.text(),
                _ if begins_word(c) => self.word(),
                _ if lexer_numbers::begins_number(self.rest()) => lexer_numbers::number(self),
                _ => match mark(self.rest()) {
                    Ok((_, mark)) => self.token(Kind::Mark, mark.len()),
                    Err(_) => self.stray(),
                },
            }
        }
        // The end stands right after the last word, where something is missing if something is.
        let end = self
            .out
            .tokens
            .last()
            .map_or(self.at as u32, |t| t.span.end);
        self.out.tokens.push(Token {
            kind: Kind::End,
            span: Span { start: end, end },
            first_on_line: true,
        });
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// The span of the next `len` bytes, `skip` bytes on.
    pub(super) fn span(&self, skip: usize, len: usize) -> Span {
        Span {
            start: (self.at + skip) as u32,
            end: (self.at + skip + len) as u32,
        }
    }

    /// Takes the next `len` bytes as one token.
    pub(super) fn token(&mut self, kind: Kind, len: usize) {
        let span = self.span(0, len);
        self.out.tokens.push(Token {
            kind,
            span,
            first_on_line: self.first_on_line,
        });
        self.first_on_line = false;
        self.at += len;
    }

    /// Reports something.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.out.diagnostics.len() < super::MAX_DIAGNOSTICS {
            self.out.diagnostics.push(diagnostic);
        }
    }

    fn skip_white(&mut self) {
        let white: IResult<&str, &str> =
            take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r')).parse(self.rest());
        if let Ok((_, white)) = white {
            self.first_on_line |= white.contains('\n');
            self.at += white.len();
        }
    }

    fn comment(&mut self) {
        let line = self.rest().split('\n').next().unwrap_or("");
        let line = line.trim_end_matches('\r');
        let text = line.trim_start_matches('#').trim().to_string();
        self.out.comments.push(Comment {
            span: self.span(0, line.len()),
            text,
            own_line: self.first_on_line,
        });
        self.at += line.len();
    }

    fn word(&mut self) {
        let Ok((_, text)) = name(self.rest()) else {
            return self.stray();
        };
        if is_keyword(text) {
            return self.token(Kind::Keyword, text.len());
        }
        // `at.sea` and `eu/at` begin a part with a keyword that stands after no dot.
        let mut start = 0;
        for path in text.split('/') {
            let first = path.split('.').next().unwrap_or(path);
            if is_keyword(first) {
                let span = self.span(start, first.len());
                self.report(
                    Diagnostic::error(
                        codes::KEYWORD_AS_NAME,
                        span,
                        format!("`{first}` is a keyword and cannot begin a name"),
                    )
                    .label("reserved")
                    .help("keywords are reserved, except after a dot"),
                );
            }
            start += path.len() + 1;
        }
        self.token(Kind::Name, text.len());
    }

    fn text(&mut self) {
        let rest = self.rest();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => return self.token(Kind::Text, at + 1),
                '\n' | '\r' => return self.unterminated(at),
                '\\' => match chars.next() {
                    Some((_, '"' | '\\' | 'n')) => {}
                    Some((_, '\n' | '\r')) | None => return self.unterminated(at + 1),
                    Some((_, other)) => {
                        let span = self.span(at, 1 + other.len_utf8());
                        let message = format!("`\\{other}` is not an escape");
                        self.report(
                            Diagnostic::error(codes::BAD_ESCAPE, span, message)
                                .label("expected `\\\"`, `\\\\` or `\\n`")
                                .help("write `\\\\` for a backslash"),
                        );
                    }
                },
                _ => {}
            }
        }
        self.unterminated(rest.len());
    }

    fn unterminated(&mut self, len: usize) {
        self.report(
            Diagnostic::error(
                codes::UNTERMINATED_TEXT,
                self.span(0, len),
                "this text has no closing `\"`",
            )
            .label("the text begins here")
            .help("a text ends on the line on which it begins; write `\\n` for a line break"),
        );
        self.token(Kind::Text, len);
    }

    /// Takes all characters up to the next one that can begin something, and reports them as one.
    fn stray(&mut self) {
        let rest = self.rest();
        let len = rest
            .char_indices()
            .skip(1)
            .find(|(at, c)| begins_something(*c, &rest[*at..]))
            .map_or(rest.len(), |(at, _)| at);
        let (text, help) = (&rest[..len], stray_help(&rest[..len]));
        let what = if text.chars().nth(1).is_some() {
            "characters"
        } else {
            "character"
        };
        let shown: String = text.chars().take(20).collect();
        let mut diagnostic = Diagnostic::error(
            codes::STRAY_CHARACTER,
            self.span(0, len),
            format!("unexpected {what} `{}`", shown.escape_debug()),
        )
        .label("begins no word of the language");
        if let Some((help, replacement)) = help {
            diagnostic = diagnostic.help(help);
            if let Some(replacement) = replacement {
                diagnostic = diagnostic.fix(self.span(0, len), replacement);
            }
        }
        self.report(diagnostic);
        self.at += len;
    }
}

fn begins_something(c: char, rest: &str) -> bool {
    c.is_whitespace()
        || c == '#'
        || c == '"'
        || begins_word(c)
        || c.is_ascii_digit()
        || mark(rest).is_ok()
}

/// What authors who write `==` or `&&` are after.
fn stray_help(text: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match text {
        "=" | "==" => ("write `is`", Some("is")),
        "!=" => ("write `is not`", Some("is not")),
        "&&" | "&" => ("write `and`", Some("and")),
        "||" | "|" => ("write `or`", Some("or")),
        "!" => ("write `not`", Some("not ")),
        "≤" => ("write `<=`", Some("<=")),
        "≥" => ("write `>=`", Some(">=")),
        "−" | "–" | "—" => ("write `-`", Some("-")),
        ";" => ("nothing separates clauses but white space", Some("")),
        "%" => (
            "a percentage is written without a space, for example `4%`",
            None,
        ),
        "'" | "“" | "”" | "‘" | "’" | "«" | "»" => {
            ("a text stands in straight double quotes, `\"`", None)
        }
        "\u{a0}" | "\u{202f}" => ("write an ordinary space", Some(" ")),
        "." => (
            "a dot stands only within a name, directly between two words",
            None,
        ),
        "/" => (
            "a slash stands only within a name, between a pack and what it declares",
            None,
        ),
        _ if text.chars().all(|c| matches!(c, '\u{300}'..='\u{36f}')) => (
            "write accented letters as one character, in composed form (NFC)",
            None,
        ),
        _ => return None,
    })
}

/// A name: words joined by dots, perhaps two of them with a slash between.
fn name(text: &str) -> IResult<&str, &str> {
    recognize((path, opt(preceded(char('/'), path)))).parse(text)
}

fn path(text: &str) -> IResult<&str, &str> {
    recognize((identifier, many0_count(preceded(char('.'), identifier)))).parse(text)
}

fn identifier(text: &str) -> IResult<&str, &str> {
    recognize((satisfy(begins_word), take_while(continues_word))).parse(text)
}

/// Punctuation, the longest first.
fn mark(text: &str) -> IResult<&str, &str> {
    alt((
        tag("..="),
        tag(".."),
        tag("<="),
        tag(">="),
        tag("<"),
        tag(">"),
        tag("{"),
        tag("}"),
        tag("("),
        tag(")"),
        tag(","),
        tag(":"),
        tag("+"),
        tag("-"),
    ))
    .parse(text)
}
