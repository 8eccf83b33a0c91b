//! Tokens to Ast: the file, its header, and how the parser goes on after an error.
//!
//! Invariant: the grammar decides by the next few words and never goes back over a declaration, so its time is linear;
//! it recurses only through [`super::input::deeper`].

mod conditions;
mod effects;
mod items;
mod rules;
mod scenarios;
mod sets;

use nom::Parser;

use super::ast::{
    CalendarRef, Comment, Comments, Counting, Expect, File, Item, Name, PackHeader, Span,
};
use super::codes;
use super::diagnostic::Diagnostic;
use super::input::{Fault, P, Tokens, unexpected};
use super::messages;
use super::token::Kind;
use super::words::{
    Seen, ahead, bare_text, identifier, in_force, item_ahead, name, need, next_clause, phrase, text,
};
use crate::model::limits::ENUM_MEMBERS_MAX;

/// Reads a whole file. What is wrong goes to the diagnostics of the input; `None` if there is no header.
pub fn file(start: Tokens<'_>, comments: Vec<Comment>) -> Option<File> {
    let (mut input, pack) = match header(start) {
        Ok((rest, pack)) => (rest, Some(pack)),
        Err(error) => (recover(start, error, false), None),
    };
    let mut items = Vec::new();
    while input.peek(0).kind != Kind::End && !input.is_full() {
        match items::item(input) {
            Ok((rest, item)) => {
                items.push(item);
                input = rest;
            }
            Err(error) => input = recover(input, error, true),
        }
    }
    check_territories(&items, start);
    pack.map(|pack| File {
        pack,
        items,
        comments: Comments(comments),
    })
}

/// Reads one expectation and nothing else. What is wrong goes to the diagnostics of the input.
pub fn expectation(start: Tokens<'_>) -> Option<Expect> {
    let read = scenarios::expectation(start).and_then(|(rest, expect)| {
        if rest.peek(0).kind == Kind::End {
            Ok((rest, expect))
        } else {
            super::input::stop_expected(rest, "the end of the expectation")
        }
    });
    match read {
        Ok((_, expect)) => Some(expect),
        Err(error) => {
            if let nom::Err::Error(fault) | nom::Err::Failure(fault) = error {
                start.report(fault.report(start));
            }
            None
        }
    }
}

/// Reports an error, and skips to the next place where a declaration may begin: its keyword at the start of a line or
/// after another's end, or whatever stands after the next `end`.
fn recover<'a>(start: Tokens<'a>, error: nom::Err<Fault>, past_start: bool) -> Tokens<'a> {
    let least = start.position() + usize::from(past_start);
    let mut at = least;
    if let nom::Err::Error(fault) | nom::Err::Failure(fault) = error {
        at = at.max(fault.at);
        start.report(fault.report(start));
    }
    let mut input = start.at_position(at);
    while input.peek(0).kind != Kind::End {
        let last = input.last().map_or("", |last| input.text_of(last));
        if item_ahead(input) && (input.peek(0).first_on_line || matches!(last, "end" | "}")) {
            break;
        }
        input = input.next();
        if input
            .last()
            .is_some_and(|token| input.text_of(token) == "end")
            && last != "at"
        {
            break;
        }
    }
    input
}

fn header(start: Tokens<'_>) -> P<'_, PackHeader> {
    const WHAT: &str = "a clause of the header (`title`, `source`, `status`, `in`, `judged`, `counting`, `zone`, \
                        `calendar`, `applies`) or a declaration";
    if start.text(0) != "pack" {
        let message = format!("expected `pack NAME`, found {}", messages::found(start));
        let diagnostic = Diagnostic::error(codes::NO_PACK, start.peek(0).span, message)
            .label("expected `pack NAME`")
            .help("a file begins with the name of its pack, for example `pack eu.tco`");
        return Err(nom::Err::Failure(Fault::special(start, diagnostic)));
    }
    let (mut input, pack_name) = need(name("the name of the pack")).parse(start.next())?;
    let mut pack = PackHeader {
        name: pack_name,
        title: None,
        source: None,
        status: None,
        in_force: None,
        judged_by: None,
        counting: Counting::default(),
        applies: None,
        span: Span::default(),
    };
    let mut seen = Seen::default();
    loop {
        input = match header_clause(input, &mut pack, &mut seen) {
            Ok((rest, true)) => rest,
            Ok((_, false)) if input.peek(0).kind == Kind::End || item_ahead(input) => break,
            Ok((_, false)) => after_header(input, unexpected(input, WHAT)),
            Err(error) => after_header(input, error),
        };
    }
    pack.span = start.span_to(input);
    Ok((input, pack))
}

/// The next clause of the header after an error, or the first declaration.
fn after_header<'a>(input: Tokens<'a>, error: nom::Err<Fault>) -> Tokens<'a> {
    const WORDS: &[&str] = &[
        "title", "source", "status", "in", "judged", "counting", "zone", "calendar", "applies",
    ];
    match next_clause(input, error, WORDS) {
        Ok((rest, ())) => rest,
        Err(error) => recover(input, error, true),
    }
}

/// One clause of the header, if one stands here.
fn header_clause<'a>(input: Tokens<'a>, pack: &mut PackHeader, seen: &mut Seen) -> P<'a, bool> {
    let rest = match input.text(0) {
        "title" => keep(&mut pack.title, need(text).parse(input.next())?),
        "source" => keep(&mut pack.source, need(text).parse(input.next())?),
        "status" => keep(
            &mut pack.status,
            need(identifier("the status of the pack")).parse(input.next())?,
        ),
        "in" => keep(&mut pack.in_force, in_force(input)?),
        "judged" => {
            let (rest, _) = phrase(&["judged", "by"]).parse(input)?;
            keep(
                &mut pack.judged_by,
                need(name("the name of an event")).parse(rest)?,
            )
        }
        "applies" => {
            let (rest, _) = phrase(&["applies", "when"]).parse(input)?;
            keep(&mut pack.applies, conditions::condition(rest)?)
        }
        _ => return counting_clause(input, &mut pack.counting, seen),
    };
    let clause = match input.text(0) {
        "title" => "title",
        "source" => "source",
        "status" => "status",
        "in" => "in force",
        "judged" => "judged by",
        _ => "applies when",
    };
    seen.once(clause, input, rest);
    Ok((rest, true))
}

/// One of `counting`, `zone` and `calendar`, if one stands here.
fn counting_clause<'a>(input: Tokens<'a>, counting: &mut Counting, seen: &mut Seen) -> P<'a, bool> {
    match input.text(0) {
        "counting" => {
            let first = counting.regime.is_none();
            let mut rest = keep(
                &mut counting.regime,
                need(identifier("a counting regime")).parse(input.next())?,
            );
            if rest.text(0) == "no" {
                rest = phrase(&["no", "rollover"]).parse(rest)?.0;
                counting.no_rollover |= first;
            }
            seen.once("counting", input, rest);
            Ok((rest, true))
        }
        "zone" => {
            let rest = keep(&mut counting.zone, need(bare_text).parse(input.next())?);
            seen.once("zone", input, rest);
            Ok((rest, true))
        }
        "calendar" if !item_ahead(input) => {
            let (rest, calendar) = if ahead(input, &["calendar", "by"]) {
                let (rest, fact) = need(name("the name of a fact")).parse(input.next().next())?;
                (rest, CalendarRef::ByFact(fact))
            } else {
                let (rest, named) =
                    need(name("the name of a calendar, or `by`")).parse(input.next())?;
                (rest, CalendarRef::Named(named))
            };
            seen.once("calendar", input, rest);
            Ok((keep(&mut counting.calendar, (rest, calendar)), true))
        }
        _ => Ok((input, false)),
    }
}

/// Puts a parsed clause into its place, unless one stands there already.
fn keep<'a, T>(place: &mut Option<T>, (rest, value): (Tokens<'a>, T)) -> Tokens<'a> {
    place.get_or_insert(value);
    rest
}

/// The name of a norm, used where several parsers expect one.
fn norm_name<'a>(input: Tokens<'a>) -> P<'a, Name> {
    name("the name of a norm").parse(input)
}

fn check_territories(items: &[Item], input: Tokens<'_>) {
    for item in items {
        if let super::ast::ItemKind::Enum(decl) = &item.kind
            && decl.territory
            && let Some(extra) = decl.members.get(ENUM_MEMBERS_MAX)
        {
            let message = format!(
                "a territory has at most {} members, this one has {}",
                ENUM_MEMBERS_MAX,
                decl.members.len()
            );
            input.report(
                Diagnostic::error(codes::TOO_MANY, extra.name.span, message)
                    .label("one member too many"),
            );
        }
    }
}
