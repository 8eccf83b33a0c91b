//! Scenarios: a case with its expected answer.
//!
//! Invariant: the last entry of `given` takes an `at` only if the scenario has another one for itself. Without that
//! rule `given order.urgent at T` would leave the scenario without its instant.

use nom::Parser;

use crate::model::Truth;

use super::super::ast::{
    Expect, ExpectKind, ExpectNorm, ExpectOutcome, Given, GivenKind, Instant, ScenarioDecl,
    ServiceLevel, Text,
};
use super::super::codes;
use super::super::diagnostic::Diagnostic;
use super::super::input::{P, Tokens, stop_expected};
use super::super::token::Kind;
use super::super::words::{
    Seen, ahead, commas, date, end, identifier, instant, int, item_ahead, money, name, need,
    phrase, text, word,
};
use super::{conditions, keep, sets};

/// `scenario "…" … end`.
pub fn scenario(start: Tokens<'_>) -> P<'_, ScenarioDecl> {
    const CLAUSES: &str = "a clause of the scenario (`law date`, `adopt`, `given`, `at`, `expect`, a service level) or `end`";
    let (mut input, title): (Tokens<'_>, Text) = need(text).parse(start.next())?;
    let head = start.span_to(input);
    let mut law_date = None;
    let mut adopt = Vec::new();
    let mut levels = Vec::new();
    let mut at: Option<Instant> = None;
    let mut given = Vec::new();
    let mut expect = Vec::new();
    let mut seen = Seen::default();
    loop {
        let (clause, rest) = match input.text(0) {
            "law" => {
                let (rest, _) = phrase(&["law", "date"]).parse(input)?;
                ("law date", keep(&mut law_date, need(date).parse(rest)?))
            }
            "adopt" => {
                let pack = |i| need(name("the name of a pack")).parse(i);
                ("adopt", keep_all(&mut adopt, commas(pack, input.next())?))
            }
            "expeditiously" => {
                let (rest, level) = service_level(input, input.next(), false)?;
                levels.push(level);
                ("expeditiously", rest)
            }
            "without" => {
                let (rest, _) = phrase(&["without", "undue", "delay"]).parse(input)?;
                let (rest, level) = service_level(input, rest, true)?;
                levels.push(level);
                ("without undue delay", rest)
            }
            "given" => {
                let asked = at.is_some();
                let (rest, entries) = commas(|i| entry(i, asked), input.next())?;
                given.extend(entries);
                ("given", rest)
            }
            "at" => ("at", keep(&mut at, need(instant).parse(input.next())?)),
            "expect" => {
                let (rest, expectations) = commas(expectation, input.next())?;
                expect.extend(expectations);
                input = rest;
                continue;
            }
            _ => break,
        };
        seen.once(clause, input, rest);
        input = rest;
    }
    let (input, ()) = end(input, "the scenario", head, CLAUSES)?;
    let at = at.unwrap_or_else(|| {
        input.report(
            Diagnostic::error(
                codes::MISSING_CLAUSE,
                head,
                "the scenario has no `at INSTANT`",
            )
            .label("at which instant is it asked?")
            .help("say when it is asked, for example `at 2026-05-17T00:31+02:00`"),
        );
        Instant {
            text: String::new(),
            span: head,
        }
    });
    Ok((
        input,
        ScenarioDecl {
            title,
            law_date,
            adopt,
            levels,
            given,
            at,
            expect,
        },
    ))
}

/// `… within 24 hours`.
fn service_level<'a>(
    start: Tokens<'a>,
    input: Tokens<'a>,
    undue_delay: bool,
) -> P<'a, ServiceLevel> {
    let (input, _) = need(word("within")).parse(input)?;
    let (input, n) = need(int).parse(input)?;
    let (input, unit) = need(identifier("a unit of elapsed time")).parse(input)?;
    Ok((
        input,
        ServiceLevel {
            undue_delay,
            n,
            unit,
            span: start.span_to(input),
        },
    ))
}

fn keep_all<'a, T>(into: &mut Vec<T>, (rest, found): (Tokens<'a>, Vec<T>)) -> Tokens<'a> {
    into.extend(found);
    rest
}

fn entry(start: Tokens<'_>, asked: bool) -> P<'_, Given> {
    const WHAT: &str = "the name of a fact or event";
    if start.text(0) == "not" {
        let (input, fact) = need(name(WHAT)).parse(start.next())?;
        return Ok((
            input,
            Given {
                name: fact,
                kind: GivenKind::Bool(false),
                span: start.span_to(input),
            },
        ));
    }
    let (input, fact) = need(name(WHAT)).parse(start)?;
    let (input, kind) = match input.text(0) {
        "is" => {
            conditions::value(input.next()).map(|(rest, value)| (rest, GivenKind::Is(value)))?
        }
        "at" if asked || !is_the_scenarios(input) => need(instant)
            .parse(input.next())
            .map(|(rest, at)| (rest, GivenKind::At(at)))?,
        "unknown" => (input.next(), GivenKind::Unknown),
        "not" => phrase(&["not", "happened"])
            .parse(input)
            .map(|(rest, _)| (rest, GivenKind::NotHappened))?,
        _ => (input, GivenKind::Bool(true)),
    };
    Ok((
        input,
        Given {
            name: fact,
            kind,
            span: start.span_to(input),
        },
    ))
}

/// True if this `at INSTANT` is the scenario's own: no comma follows, and no other `at` of the scenario.
fn is_the_scenarios(input: Tokens<'_>) -> bool {
    let mut after = input.next();
    if after.peek(0).kind == Kind::Instant {
        after = after.next();
    }
    if after.text(0) == "," {
        return false;
    }
    while after.peek(0).kind != Kind::End && after.text(0) != "end" {
        // `next change at T` and `next change never` are expectations.
        let change = after
            .last()
            .is_some_and(|last| after.text_of(last) == "change");
        match after.text(0) {
            "at" if !change => return false,
            _ if !change && item_ahead(after) => return true,
            _ => after = after.next(),
        }
    }
    true
}

pub fn expectation(start: Tokens<'_>) -> P<'_, Expect> {
    let named = start.peek(1).kind == Kind::Name;
    let (input, kind) = match start.text(0) {
        "missing" if named => name("a fact")
            .parse(start.next())
            .map(|(rest, fact)| (rest, ExpectKind::Missing(fact)))?,
        "assumed" if named => name("a fact")
            .parse(start.next())
            .map(|(rest, fact)| (rest, ExpectKind::Assumed(fact)))?,
        "conflict" if ahead(start, &["conflict", "on"]) => need(sets::target)
            .parse(start.next().next())
            .map(|(rest, target)| (rest, ExpectKind::ConflictOn(target)))?,
        "needs" if ahead(start, &["needs", "nobody"]) => {
            (start.next().next(), ExpectKind::NeedsNobody)
        }
        "needs" if named => needs_human(start)?,
        "next" if ahead(start, &["next", "change"]) => next_change(start)?,
        _ => expected_norm(start).map(|(rest, norm)| (rest, ExpectKind::Norm(Box::new(norm))))?,
    };
    Ok((
        input,
        Expect {
            kind,
            span: start.span_to(input),
        },
    ))
}

/// `needs human`, `needs human by RULE`, `needs human but not by RULE`.
fn needs_human(start: Tokens<'_>) -> P<'_, ExpectKind> {
    let (input, _) = phrase(&["needs", "human"]).parse(start)?;
    if ahead(input, &["but", "not", "by"]) {
        let (input, rule) = need(name("the name of a rule")).parse(input.next().next().next())?;
        return Ok((input, ExpectKind::NotAskedBy(rule)));
    }
    if input.text(0) != "by" {
        return Ok((input, ExpectKind::NeedsHuman(None)));
    }
    let (input, rule) = need(name("the name of a rule")).parse(input.next())?;
    Ok((input, ExpectKind::NeedsHuman(Some(rule))))
}

fn next_change(start: Tokens<'_>) -> P<'_, ExpectKind> {
    let input = start.next().next();
    match input.text(0) {
        "never" => Ok((input.next(), ExpectKind::NextChange(None))),
        "at" => need(instant)
            .parse(input.next())
            .map(|(rest, at)| (rest, ExpectKind::NextChange(Some(at)))),
        _ => stop_expected(input, "`at` an instant, or `never`"),
    }
}

fn expected_norm(start: Tokens<'_>) -> P<'_, ExpectNorm> {
    const WHAT: &str = "a norm, `missing`, `assumed`, `conflict on`, `needs human`, `needs nobody` or `next change`";
    if start.peek(0).kind != Kind::Name {
        return need(name(WHAT))
            .parse(start)
            .and_then(|(rest, _)| stop_expected(rest, WHAT));
    }
    let (input, target) = need(sets::target).parse(start)?;
    let (mut input, outcome) = outcome(input)?;
    let mut norm = ExpectNorm {
        target,
        outcome,
        due: None,
        alternative: None,
        guard: None,
        not_by: None,
        status: None,
        by: None,
        across: None,
        up_to: None,
    };
    let mut seen = Seen::default();
    loop {
        let (clause, rest) = match input.text(0) {
            "due" => (
                "due",
                keep(&mut norm.due, need(instant).parse(input.next())?),
            ),
            "alternative" => {
                let before = input.text(1) == "before";
                let rest = if before {
                    input.next().next()
                } else {
                    input.next()
                };
                let (rest, at) = need(instant).parse(rest)?;
                (
                    "alternative",
                    keep(&mut norm.alternative, (rest, (before, at))),
                )
            }
            "but" => {
                let (rest, _) = phrase(&["but", "not", "by"]).parse(input)?;
                let rule = need(name("the name of a rule")).parse(rest)?;
                ("but not by", keep(&mut norm.not_by, rule))
            }
            "guard" => {
                let truth = match input.text(1) {
                    "true" => Truth::True,
                    "false" => Truth::False,
                    "unknown" => Truth::Unknown,
                    _ => return stop_expected(input.next(), "`true`, `false` or `unknown`"),
                };
                let rest = input.next().next();
                ("guard", keep(&mut norm.guard, (rest, truth)))
            }
            "by" => (
                "by",
                keep(
                    &mut norm.by,
                    need(name("the name of a rule")).parse(input.next())?,
                ),
            ),
            "across" => ("across", keep(&mut norm.across, sets::set(input.next())?)),
            "up" => {
                let (rest, _) = phrase(&["up", "to"]).parse(input)?;
                let (rest, amount) = need(money).parse(rest)?;
                let per_day = rest.text(0) == "per";
                let rest = if per_day {
                    phrase(&["per", "day"]).parse(rest)?.0
                } else {
                    rest
                };
                ("up to", keep(&mut norm.up_to, (rest, (amount, per_day))))
            }
            // The one status that is a keyword as well.
            "met" => {
                let (rest, span) = word("met").parse(input)?;
                let status = super::super::ast::Name {
                    text: "met".to_string(),
                    span,
                };
                ("status", keep(&mut norm.status, (rest, status)))
            }
            _ if input.peek(0).kind == Kind::Name => (
                "status",
                keep(&mut norm.status, identifier("a status").parse(input)?),
            ),
            _ => return Ok((input, norm)),
        };
        seen.once(clause, input, rest);
        input = rest;
    }
}

fn outcome(input: Tokens<'_>) -> P<'_, ExpectOutcome> {
    if ahead(input, &["must", "not"]) {
        return Ok((input.next().next(), ExpectOutcome::MustNot));
    }
    let outcome = match input.text(0) {
        "must" => ExpectOutcome::Must,
        "may" => ExpectOutcome::May,
        "none" => ExpectOutcome::None,
        "undetermined" => ExpectOutcome::Undetermined,
        "conflict" => ExpectOutcome::Conflict,
        _ => {
            return stop_expected(
                input,
                "an outcome: `must`, `must not`, `may`, `none`, `undetermined` or `conflict`",
            );
        }
    };
    Ok((input.next(), outcome))
}
