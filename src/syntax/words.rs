//! The leaves of the grammar: words, names, literals, lists and texts.
//!
//! Invariant: a leaf that does not match gives a recoverable error and consumes nothing; [`need`] turns that into the
//! final one, once the grammar is committed.

use nom::Parser;

use super::ast::{Date, InForce, Instant, Int, Money, Name, Span, Text};
use super::codes;
use super::diagnostic::Diagnostic;
use super::input::{Expected, Fault, P, Tokens, stop, stop_expected};
use super::lexer_numbers;
use super::messages;
use super::token::Kind;

/// One given word or mark.
pub fn word<'a>(wanted: &'static str) -> impl Fn(Tokens<'a>) -> P<'a, Span> {
    move |input| {
        if input.text(0) == wanted {
            Ok((input.next(), input.peek(0).span))
        } else {
            Err(nom::Err::Error(Fault::expected(
                input,
                Expected::Word(wanted),
            )))
        }
    }
}

/// Commits: what does not match from here on is an error of the author.
pub fn need<'a, T>(
    mut parser: impl Parser<Tokens<'a>, Output = T, Error = Fault>,
) -> impl FnMut(Tokens<'a>) -> P<'a, T> {
    move |input| match parser.parse(input) {
        Err(nom::Err::Error(fault)) => Err(nom::Err::Failure(fault)),
        other => other,
    }
}

/// Several given words, one after the other, all of them needed.
pub fn phrase<'a>(words: &'static [&'static str]) -> impl Fn(Tokens<'a>) -> P<'a, Span> {
    move |start| {
        let mut input = start;
        for wanted in words {
            input = need(word(wanted)).parse(input)?.0;
        }
        Ok((input, start.span_to(input)))
    }
}

/// True if the next words are these.
pub fn ahead(input: Tokens<'_>, words: &[&str]) -> bool {
    words
        .iter()
        .enumerate()
        .all(|(n, wanted)| input.text(n) == *wanted)
}

/// A name, with its dots and its slash; `what` says what it names.
pub fn name<'a>(what: &'static str) -> impl Fn(Tokens<'a>) -> P<'a, Name> {
    move |input| match input.peek(0).kind {
        Kind::Name => Ok((
            input.next(),
            Name {
                text: input.text(0).to_string(),
                span: input.peek(0).span,
            },
        )),
        Kind::Keyword => Err(nom::Err::Error(Fault::special(
            input,
            messages::keyword_as_name(input, what),
        ))),
        _ => Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing(what),
        ))),
    }
}

/// A name of one word.
pub fn identifier<'a>(what: &'static str) -> impl Fn(Tokens<'a>) -> P<'a, Name> {
    move |input| {
        let (rest, name) = name(what).parse(input)?;
        if name.text.contains(['.', '/']) {
            let message = format!("expected {what}, found `{}`", name.text);
            return stop(
                input,
                Diagnostic::error(codes::NOT_ONE_WORD, name.span, message)
                    .label("expected one word, without dots and slashes"),
            );
        }
        Ok((rest, name))
    }
}

/// `ENTRY, ENTRY, …`, at least one.
pub fn commas<'a, T>(
    mut entry: impl Parser<Tokens<'a>, Output = T, Error = Fault>,
    input: Tokens<'a>,
) -> P<'a, Vec<T>> {
    let (mut input, first) = need(|i| entry.parse(i)).parse(input)?;
    let mut entries = vec![first];
    while input.text(0) == "," {
        let (rest, next) = need(|i| entry.parse(i)).parse(input.next())?;
        entries.push(next);
        input = rest;
    }
    Ok((input, entries))
}

/// `{ ENTRY, ENTRY, … }`, a comma after the last allowed.
pub fn braced<'a, T>(
    mut entry: impl Parser<Tokens<'a>, Output = T, Error = Fault>,
    may_be_empty: bool,
    input: Tokens<'a>,
) -> P<'a, Vec<T>> {
    let open = input.peek(0).span;
    let mut input = need(word("{")).parse(input)?.0;
    let mut entries = Vec::new();
    if may_be_empty && input.text(0) == "}" {
        return Ok((input.next(), entries));
    }
    loop {
        let (rest, next) = need(|i| entry.parse(i)).parse(input)?;
        entries.push(next);
        input = rest;
        match input.text(0) {
            "," if input.text(1) == "}" => return Ok((input.next().next(), entries)),
            "," => input = input.next(),
            "}" => return Ok((input.next(), entries)),
            _ => return unclosed(input, open, "`,` or `}`", "{"),
        }
    }
}

/// `( ENTRY, ENTRY, … )`.
pub fn listed<'a, T>(
    entry: impl Parser<Tokens<'a>, Output = T, Error = Fault>,
    input: Tokens<'a>,
) -> P<'a, Vec<T>> {
    let open = input.peek(0).span;
    let (input, _) = need(word("(")).parse(input)?;
    let (input, entries) = commas(entry, input)?;
    if input.text(0) == "," && input.text(1) == ")" {
        return Ok((input.next().next(), entries));
    }
    close(input, open).map(|(rest, _)| (rest, entries))
}

/// The `)` of the parenthesis that was opened there.
pub fn close<'a>(input: Tokens<'a>, open: Span) -> P<'a, ()> {
    if input.text(0) == ")" {
        Ok((input.next(), ()))
    } else {
        unclosed(input, open, "`)`", "(")
    }
}

fn unclosed<'a, T>(input: Tokens<'a>, open: Span, what: &'static str, mark: &str) -> P<'a, T> {
    let diagnostic = Fault::expected(input, Expected::Thing(what)).report(input);
    stop(
        input,
        diagnostic.also(open, format!("this `{mark}` is still open")),
    )
}

/// True if a text begins here.
pub fn text_ahead(input: Tokens<'_>) -> bool {
    input.peek(0).kind == Kind::Text
        || matches!(input.text(0), "en" | "fr") && input.peek(1).kind == Kind::Text
}

/// Text for people, bare or in both languages.
pub fn text<'a>(start: Tokens<'a>) -> P<'a, Text> {
    const WHAT: &str = "a text: `\"…\"`, or `en \"…\" fr \"…\"`";
    if start.peek(0).kind == Kind::Text {
        return bare_text(start);
    }
    if start.text(0) == "fr" && start.peek(1).kind == Kind::Text {
        let diagnostic = Fault::expected(start, Expected::Thing(WHAT)).report(start);
        return stop(start, diagnostic.help("English stands first, then French"));
    }
    if start.text(0) != "en" {
        return Err(nom::Err::Error(Fault::expected(
            start,
            Expected::Thing(WHAT),
        )));
    }
    let (input, en) = need(bare_text).parse(start.next())?;
    let (input, _) = need(word("fr")).parse(input)?;
    let (input, fr) = need(bare_text).parse(input)?;
    Ok((
        input,
        Text {
            en: en.en,
            fr: Some(fr.en),
            span: start.span_to(input),
        },
    ))
}

/// A text without its languages.
pub fn bare_text<'a>(input: Tokens<'a>) -> P<'a, Text> {
    let token = input.peek(0);
    if token.kind != Kind::Text {
        return Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing("a text in double quotes"),
        )));
    }
    Ok((
        input.next(),
        Text {
            en: unescape(input.text(0)),
            fr: None,
            span: token.span,
        },
    ))
}

/// What a text says, without its quotes and escapes.
fn unescape(quoted: &str) -> String {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            _ => out.push(c),
        }
    }
    out
}

/// A whole number.
pub fn int<'a>(input: Tokens<'a>) -> P<'a, Int> {
    let token = input.peek(0);
    if token.kind != Kind::Int {
        return Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing("a whole number"),
        )));
    }
    Ok((
        input.next(),
        Int {
            value: lexer_numbers::int_value(input.text(0)).unwrap_or(0),
            span: token.span,
        },
    ))
}

/// An amount.
pub fn money<'a>(input: Tokens<'a>) -> P<'a, Money> {
    let token = input.peek(0);
    if token.kind != Kind::Money {
        return Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing("an amount, for example `250000 EUR`"),
        )));
    }
    let (amount, currency) = lexer_numbers::money_parts(input.text(0));
    Ok((
        input.next(),
        Money {
            amount,
            currency,
            span: token.span,
        },
    ))
}

/// A date.
pub fn date<'a>(input: Tokens<'a>) -> P<'a, Date> {
    let token = input.peek(0);
    if token.kind != Kind::Date {
        return Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing("a date, for example `2022-06-07`"),
        )));
    }
    let mut parts = input.text(0).split('-');
    let mut part = || {
        parts
            .next()
            .and_then(|p| p.parse::<u16>().ok())
            .unwrap_or(0)
    };
    let (year, month, day) = (part(), part(), part());
    let small = |n: u16| u8::try_from(n).unwrap_or(0);
    Ok((
        input.next(),
        Date {
            year,
            month: small(month),
            day: small(day),
            span: token.span,
        },
    ))
}

/// An instant.
pub fn instant<'a>(input: Tokens<'a>) -> P<'a, Instant> {
    let token = input.peek(0);
    if token.kind != Kind::Instant {
        let what = "an instant, for example `2026-05-16T23:30+02:00`";
        return Err(nom::Err::Error(Fault::expected(
            input,
            Expected::Thing(what),
        )));
    }
    Ok((
        input.next(),
        Instant {
            text: input.text(0).to_string(),
            span: token.span,
        },
    ))
}

/// `in force from D [until D]`.
pub fn in_force<'a>(start: Tokens<'a>) -> P<'a, InForce> {
    let (input, _) = phrase(&["in", "force", "from"]).parse(start)?;
    let (mut input, from) = need(date).parse(input)?;
    let mut until = None;
    if input.text(0) == "until" {
        let (rest, date) = need(date).parse(input.next())?;
        (input, until) = (rest, Some(date));
    }
    Ok((
        input,
        InForce {
            from,
            until,
            span: start.span_to(input),
        },
    ))
}

/// Goes on after an error in a clause: reports it, and skips to the next clause of the same declaration, at the start
/// of a line. Where the declaration ends first, the error stands.
pub fn next_clause<'a>(start: Tokens<'a>, error: nom::Err<Fault>, clauses: &[&str]) -> P<'a, ()> {
    let (nom::Err::Error(fault) | nom::Err::Failure(fault)) = error else {
        return Err(error);
    };
    let mut input = start.at_position(fault.at.max(start.position() + 1));
    while input.peek(0).kind != Kind::End && !(item_ahead(input) && input.peek(0).first_on_line) {
        let word = input.text(0);
        let clause = clauses.contains(&word) && (word != "in" || input.text(1) == "force");
        if input.peek(0).first_on_line && (clause || word == "end") {
            start.report(fault.report(start));
            return Ok((input, ()));
        }
        input = input.next();
    }
    Err(nom::Err::Failure(fault))
}

/// The clauses seen so far, so that a second one of a kind is found.
#[derive(Debug, Default)]
pub struct Seen(Vec<(&'static str, Span)>);

impl Seen {
    /// Notes a clause that may stand once. A second one is reported, with the place of the first.
    pub fn once(&mut self, name: &'static str, from: Tokens<'_>, after: Tokens<'_>) {
        let span = from.span_to(after);
        match self.0.iter().find(|(seen, _)| *seen == name) {
            Some((_, first)) => from.report(messages::duplicate(name, *first, span)),
            None => self.0.push((name, span)),
        }
    }
}

/// True if a declaration begins here.
pub fn item_ahead(input: Tokens<'_>) -> bool {
    match input.text(0) {
        "use" | "enum" | "fact" | "event" | "define" | "norm" | "rule" | "never" | "always"
        | "scenario" => true,
        "set" => input.text(1) != "of",
        // As a clause of a pack or a rule it names a calendar; as a declaration it goes on with a brace.
        "calendar" => input.text(2) == "{",
        _ => false,
    }
}

/// The end of a declaration that ends with `end`. Where it is missing and the next declaration begins, that is
/// reported, and the declaration counts as ended.
pub fn end<'a>(input: Tokens<'a>, what: &str, head: Span, clauses: &'static str) -> P<'a, ()> {
    if input.text(0) == "end" {
        return Ok((input.next(), ()));
    }
    if input.peek(0).kind == Kind::End || item_ahead(input) {
        let message = format!("{what} has no `end`");
        input.report(
            Diagnostic::error(codes::NO_END, input.peek(0).span, message)
                .label("expected `end` before this")
                .also(head, "begins here")
                .help("close it with `end`"),
        );
        return Ok((input, ()));
    }
    stop_expected(input, clauses)
}
