//! Declarations other than rules and scenarios.
//!
//! Invariant: an item's span runs from its keyword to its last word.

use nom::Parser;

use super::super::ast::{
    CalendarDecl, DefineDecl, Deontic, EnumDecl, EventDecl, FactDecl, Guard, Item, ItemKind,
    Member, NormDecl, PropertyCond, PropertyDecl, SetDecl, Type,
};
use super::super::codes;
use super::super::diagnostic::Diagnostic;
use super::super::input::{P, Tokens, stop_expected, unexpected};
use super::super::words::{
    Seen, ahead, bare_text, braced, commas, date, identifier, in_force, int, name, need, phrase,
    text, text_ahead, word,
};
use super::{conditions, keep, norm_name, rules, scenarios, sets};

/// One declaration.
pub fn item(start: Tokens<'_>) -> P<'_, Item> {
    const WHAT: &str = "a declaration (`use`, `enum`, `set`, `fact`, `event`, `define`, `norm`, `rule`, `never`, `always`, \
                        `calendar` or `scenario`)";
    let (input, kind) = match start.text(0) {
        "use" => need(name("the name of a pack"))
            .parse(start.next())
            .map(|(rest, pack)| (rest, ItemKind::Use(pack))),
        "enum" => enumeration(start).map(|(rest, decl)| (rest, ItemKind::Enum(decl))),
        "set" => constant(start).map(|(rest, decl)| (rest, ItemKind::Set(decl))),
        "fact" => fact(start).map(|(rest, decl)| (rest, ItemKind::Fact(decl))),
        "event" => event(start).map(|(rest, decl)| (rest, ItemKind::Event(decl))),
        "define" => define(start).map(|(rest, decl)| (rest, ItemKind::Define(decl))),
        "norm" => norm(start).map(|(rest, decl)| (rest, ItemKind::Norm(decl))),
        "rule" => rules::rule(start).map(|(rest, decl)| (rest, ItemKind::Rule(Box::new(decl)))),
        "never" | "always" => property(start).map(|(rest, decl)| (rest, ItemKind::Property(decl))),
        "calendar" => calendar(start).map(|(rest, decl)| (rest, ItemKind::Calendar(decl))),
        "scenario" => scenarios::scenario(start)
            .map(|(rest, decl)| (rest, ItemKind::Scenario(Box::new(decl)))),
        _ => stop_expected(start, WHAT),
    }?;
    Ok((
        input,
        Item {
            kind,
            span: start.span_to(input),
        },
    ))
}

fn enumeration(start: Tokens<'_>) -> P<'_, EnumDecl> {
    let (mut input, name) = need(identifier("the name of the enumeration")).parse(start.next())?;
    let territory = input.text(0) == "territory";
    if territory {
        input = input.next();
    }
    let (input, members) = braced(member, false, input)?;
    Ok((
        input,
        EnumDecl {
            name,
            territory,
            members,
        },
    ))
}

fn member(input: Tokens<'_>) -> P<'_, Member> {
    let (rest, name) = identifier("a member").parse(input)?;
    if text_ahead(rest) {
        let (rest, label) = need(text).parse(rest)?;
        return Ok((
            rest,
            Member {
                name,
                label: Some(label),
            },
        ));
    }
    Ok((rest, Member { name, label: None }))
}

fn constant(start: Tokens<'_>) -> P<'_, SetDecl> {
    let (input, set_name) = need(identifier("the name of the set")).parse(start.next())?;
    let (input, _) = need(word(":")).parse(input)?;
    let (input, of) = need(name("the name of an enumeration")).parse(input)?;
    let (input, members) = braced(identifier("a member"), false, input)?;
    let mut decl = SetDecl {
        name: set_name,
        of,
        members,
        in_force: None,
    };
    if input.text(0) == "in" {
        let (rest, span) = in_force(input)?;
        decl.in_force = Some(span);
        return Ok((rest, decl));
    }
    Ok((input, decl))
}

fn fact(start: Tokens<'_>) -> P<'_, FactDecl> {
    let (input, fact_name) = need(name("the name of the fact")).parse(start.next())?;
    let (input, _) = need(word(":")).parse(input)?;
    let (mut input, ty) = fact_type(input)?;
    let mut decl = FactDecl {
        name: fact_name,
        ty,
        presumed: None,
        ask: None,
    };
    let mut seen = Seen::default();
    loop {
        let (clause, rest) = match input.text(0) {
            "presumed" => (
                "presumed",
                keep(&mut decl.presumed, conditions::value(input.next())?),
            ),
            "ask" => ("ask", keep(&mut decl.ask, need(text).parse(input.next())?)),
            _ => return Ok((input, decl)),
        };
        seen.once(clause, input, rest);
        input = rest;
    }
}

fn fact_type(input: Tokens<'_>) -> P<'_, Type> {
    match input.text(0) {
        "bool" => Ok((input.next(), Type::Bool)),
        "money" => Ok((input.next(), Type::Money)),
        "instant" => Ok((input.next(), Type::Instant)),
        "set" => {
            let (input, _) = phrase(&["set", "of"]).parse(input)?;
            let (input, of) = need(name("the name of an enumeration")).parse(input)?;
            Ok((input, Type::SetOf(of)))
        }
        "int" => bounds(input.next()),
        _ => {
            let what = "a type: `bool`, `int LOW..=HIGH`, `money`, `instant`, an enumeration or `set of` one";
            let (input, of) = need(name(what)).parse(input)?;
            Ok((input, Type::Enum(of)))
        }
    }
}

/// The bounds of a whole number. Who leaves them out, or writes `..`, is shown the form.
fn bounds(input: Tokens<'_>) -> P<'_, Type> {
    const WHAT: &str = "the bounds of the number, for example `int 0..=100`";
    let whole = |input| int(input).map_err(|_| unexpected(input, WHAT));
    let (input, low) = whole(input)?;
    let (input, _) = word("..=")(input).map_err(|_| unexpected(input, WHAT))?;
    let (input, high) = whole(input)?;
    Ok((input, Type::Int(low, high)))
}

fn event(start: Tokens<'_>) -> P<'_, EventDecl> {
    let (mut input, event_name) = need(name("the name of the event")).parse(start.next())?;
    let mut decl = EventDecl {
        name: event_name,
        ask: None,
    };
    let mut seen = Seen::default();
    while input.text(0) == "ask" {
        let rest = keep(&mut decl.ask, need(text).parse(input.next())?);
        seen.once("ask", input, rest);
        input = rest;
    }
    Ok((input, decl))
}

fn define(start: Tokens<'_>) -> P<'_, DefineDecl> {
    let (input, name) = need(name("the name of the definition")).parse(start.next())?;
    let (input, _) = need(word("when")).parse(input)?;
    let (input, when) = conditions::condition(input)?;
    Ok((input, DefineDecl { name, when }))
}

fn norm(start: Tokens<'_>) -> P<'_, NormDecl> {
    let (mut input, norm) = need(norm_name).parse(start.next())?;
    let mut family = None;
    if input.text(0) == "of" {
        input = keep(
            &mut family,
            need(name("the name of an enumeration")).parse(input.next())?,
        );
    }
    let (input, _) = need(word(":")).parse(input)?;
    let (input, bearer) = need(identifier("who bears the norm")).parse(input)?;
    let (input, action) = need(identifier("what the bearer does")).parse(input)?;
    let (mut input, object) = need(identifier("to what or whom it is done")).parse(input)?;
    let mut decl = NormDecl {
        name: norm,
        family,
        bearer,
        action,
        object,
        title: None,
        done_at: None,
        broken_at: None,
        default: None,
        protected: Vec::new(),
    };
    let mut seen = Seen::default();
    while let (rest, true) = norm_clause(input, &mut decl, &mut seen)? {
        input = rest;
    }
    Ok((input, decl))
}

fn norm_clause<'a>(input: Tokens<'a>, norm: &mut NormDecl, seen: &mut Seen) -> P<'a, bool> {
    let (clause, rest) = match input.text(0) {
        "title" => (
            "title",
            keep(&mut norm.title, need(text).parse(input.next())?),
        ),
        "done" => {
            let (rest, _) = phrase(&["done", "at"]).parse(input)?;
            (
                "done at",
                keep(
                    &mut norm.done_at,
                    need(name("the name of an event")).parse(rest)?,
                ),
            )
        }
        "broken" => {
            let (rest, _) = phrase(&["broken", "at"]).parse(input)?;
            (
                "broken at",
                keep(
                    &mut norm.broken_at,
                    need(name("the name of an event")).parse(rest)?,
                ),
            )
        }
        "by" => {
            let (rest, _) = phrase(&["by", "default"]).parse(input)?;
            let (after, value) = deontic(rest)?;
            (
                "by default",
                keep(&mut norm.default, (after, (value, input.span_to(after)))),
            )
        }
        "protected" => {
            let (rest, guard) = guard(input)?;
            norm.protected.push(guard);
            return Ok((rest, true));
        }
        _ => return Ok((input, false)),
    };
    seen.once(clause, input, rest);
    Ok((rest, true))
}

fn guard(start: Tokens<'_>) -> P<'_, Guard> {
    let mut input = start.next();
    let mut of = None;
    if input.text(0) == "of" {
        input = keep(&mut of, sets::target_of(input.next())?);
    }
    let (input, _) = need(word("by")).parse(input)?;
    let (input, by) = conditions::condition(input)?;
    Ok((
        input,
        Guard {
            of,
            by,
            span: start.span_to(input),
        },
    ))
}

fn deontic(input: Tokens<'_>) -> P<'_, Deontic> {
    if ahead(input, &["must", "not"]) {
        return Ok((input.next().next(), Deontic::MustNot));
    }
    match input.text(0) {
        "must" => Ok((input.next(), Deontic::Must)),
        "may" => Ok((input.next(), Deontic::May)),
        _ => stop_expected(input, "`must`, `must not` or `may`"),
    }
}

fn property(start: Tokens<'_>) -> P<'_, PropertyDecl> {
    let always = start.text(0) == "always";
    let (input, target) = need(sets::target).parse(start.next())?;
    let (input, outcome) = deontic(input)?;
    let mut decl = PropertyDecl {
        always,
        target,
        outcome,
        condition: None,
    };
    if matches!(input.text(0), "unless" | "when") {
        let (rest, cond) = conditions::condition(input.next())?;
        decl.condition = Some(PropertyCond {
            unless: input.text(0) == "unless",
            cond,
        });
        return Ok((rest, decl));
    }
    Ok((input, decl))
}

fn calendar(start: Tokens<'_>) -> P<'_, CalendarDecl> {
    const WHAT: &str = "`zone`, `weekend`, `covers`, `holiday` or `}`";
    let (input, calendar_name) = need(name("the name of the calendar")).parse(start.next())?;
    let open = input.peek(0).span;
    let (mut input, _) = need(word("{")).parse(input)?;
    let mut decl = CalendarDecl {
        name: calendar_name,
        zone: None,
        weekend: Vec::new(),
        covers: None,
        holidays: Vec::new(),
    };
    let mut seen = Seen::default();
    loop {
        let (clause, rest) = match input.text(0) {
            "}" => return Ok((input.next(), decl)),
            "zone" => (
                "zone",
                keep(&mut decl.zone, need(bare_text).parse(input.next())?),
            ),
            "weekend" => {
                let (rest, days) = commas(identifier("the name of a day"), input.next())?;
                if decl.weekend.is_empty() {
                    decl.weekend = days;
                }
                ("weekend", rest)
            }
            "covers" => {
                let (rest, from) = need(int).parse(input.next())?;
                let (rest, _) = need(word("..")).parse(rest)?;
                let (rest, to) = need(int).parse(rest)?;
                ("covers", keep(&mut decl.covers, (rest, (from, to))))
            }
            "holiday" => {
                let (mut rest, day) = need(date).parse(input.next())?;
                let mut label = None;
                if text_ahead(rest) {
                    rest = keep(&mut label, need(text).parse(rest)?);
                }
                decl.holidays.push((day, label));
                input = rest;
                continue;
            }
            _ if super::super::words::item_ahead(input) => {
                let message = format!("the calendar `{}` has no `}}`", decl.name.text);
                let span = input.peek(0).span;
                let diagnostic = Diagnostic::error(codes::NO_END, span, message)
                    .label(format!("expected {WHAT}"));
                input.report(diagnostic.also(open, "this `{` is still open"));
                return Ok((input, decl));
            }
            _ => return stop_expected(input, WHAT),
        };
        seen.once(clause, input, rest);
        input = rest;
    }
}
