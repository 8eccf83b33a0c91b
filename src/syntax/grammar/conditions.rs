//! Conditions, their operands and literal values.
//!
//! Invariant: `and` and `or` of one level stand in one flat list, and every level of nesting is counted, so a condition
//! of any length is walked within a bounded stack.

use nom::Parser;

use super::super::ast::{CompareOp, Cond, Offset, Operand, Period, Span, Value};
use super::super::codes;
use super::super::diagnostic::Diagnostic;
use super::super::input::{Expected, Fault, P, Tokens, deeper, stop, stop_expected};
use super::super::token::Kind;
use super::super::words::{ahead, close, identifier, instant, int, money, name, need};
use super::effects::period;
use super::sets::{members, set, target};
use crate::model::limits::CONDITION_ATOMS_MAX;

/// A whole condition, where one must stand.
pub fn condition(start: Tokens<'_>) -> P<'_, Cond> {
    let (rest, cond) = chain(start)?;
    let atoms = count_atoms(&cond);
    if atoms > CONDITION_ATOMS_MAX {
        let message =
            format!("a condition has at most {CONDITION_ATOMS_MAX} parts, this one has {atoms}");
        start.report(
            Diagnostic::error(codes::TOO_MANY, start.span_to(rest), message)
                .help("give a part a name of its own with `define`"),
        );
    }
    Ok((rest, cond))
}

fn count_atoms(cond: &Cond) -> usize {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => parts.iter().map(count_atoms).sum(),
        Cond::Not(inner, _) => count_atoms(inner),
        _ => 1,
    }
}

/// Parts joined by `and`, or by `or`.
fn chain(start: Tokens<'_>) -> P<'_, Cond> {
    let (mut input, first) = part(start)?;
    let joiner = input.text(0);
    if !matches!(joiner, "and" | "or") {
        return Ok((input, first));
    }
    let place = input.peek(0).span;
    let mut parts = vec![first];
    let mut mixed = false;
    while matches!(input.text(0), "and" | "or") {
        if input.text(0) != joiner && !mixed {
            mixed = true;
            report_mixed(input, joiner, place);
        }
        let (rest, next) = part(input.next())?;
        parts.push(next);
        input = rest;
    }
    Ok((
        input,
        if joiner == "and" {
            Cond::And(parts)
        } else {
            Cond::Or(parts)
        },
    ))
}

/// Apart from [`chain`], whose frame must stay small: it recurses.
fn report_mixed(input: Tokens<'_>, joiner: &str, place: Span) {
    let message = "`and` and `or` are mixed without parentheses";
    input.report(
        Diagnostic::error(codes::MIXED_AND_OR, input.peek(0).span, message)
            .label(format!("`{}` here", input.text(0)))
            .also(place, format!("`{joiner}` here"))
            .help("put parentheses around what belongs together, for example `(a or b) and c`"),
    );
}

/// `not …`, `( … )` or an atom.
fn part(input: Tokens<'_>) -> P<'_, Cond> {
    match input.text(0) {
        "not" => deeper(input, negation),
        "(" => deeper(input, parenthesis),
        _ => atom(input),
    }
}

fn negation(input: Tokens<'_>) -> P<'_, Cond> {
    let (rest, inner) = part(input.next())?;
    Ok((rest, Cond::Not(Box::new(inner), input.span_to(rest))))
}

fn parenthesis(input: Tokens<'_>) -> P<'_, Cond> {
    let open = input.peek(0).span;
    let (rest, inner) = chain(input.next())?;
    close(rest, open).map(|(rest, ())| (rest, inner))
}

/// One statement about the case.
fn atom(input: Tokens<'_>) -> P<'_, Cond> {
    match input.text(0) {
        "happened" => {
            let (rest, event) = need(name("the name of an event")).parse(input.next())?;
            Ok((rest, Cond::Happened(event, input.span_to(rest))))
        }
        "known" => {
            let (rest, fact) = need(name("the name of a fact")).parse(input.next())?;
            Ok((rest, Cond::Known(fact, input.span_to(rest))))
        }
        "missed" | "met" => performed(input),
        "now" => comparison(input),
        _ => match input.peek(0).kind {
            Kind::Name => about_name(input),
            Kind::Int | Kind::Money | Kind::Instant => comparison(input),
            Kind::Keyword => {
                need(|i| name("a condition")(i).map(|(rest, n)| (rest, Cond::Name(n)))).parse(input)
            }
            _ => stop_expected(input, "a condition"),
        },
    }
}

/// `missed RULE [on NORM]` and `met RULE [on NORM]`.
fn performed(input: Tokens<'_>) -> P<'_, Cond> {
    let (mut rest, rule) = need(name("the name of a rule")).parse(input.next())?;
    let mut on = None;
    if rest.text(0) == "on" {
        let (after, norm) = need(target).parse(rest.next())?;
        (rest, on) = (after, Some(norm));
    }
    let span = input.span_to(rest);
    Ok((
        rest,
        if input.text(0) == "met" {
            Cond::Met(rule, on, span)
        } else {
            Cond::Missed(rule, on, span)
        },
    ))
}

/// What begins with a name.
fn about_name(input: Tokens<'_>) -> P<'_, Cond> {
    let after = input.next();
    match after.text(0) {
        "is" => {
            let (rest, fact) = name("a fact").parse(input)?;
            let negated = rest.text(1) == "not";
            let (rest, value) = value(if negated {
                rest.next().next()
            } else {
                rest.next()
            })?;
            Ok((
                rest,
                Cond::Is {
                    fact,
                    negated,
                    value,
                },
            ))
        }
        "in" if after.text(1) != "force" => {
            let (rest, fact) = name("a fact").parse(input)?;
            let (rest, of) = set(rest.next())?;
            Ok((rest, Cond::In(fact, of)))
        }
        "includes" => {
            let (rest, fact) = name("a fact").parse(input)?;
            let (rest, member) = need(identifier("a member")).parse(rest.next())?;
            Ok((rest, Cond::Includes(fact, member)))
        }
        "meets" => {
            let (rest, fact) = name("a fact").parse(input)?;
            let (rest, of) = set(rest.next())?;
            Ok((rest, Cond::Meets(fact, of)))
        }
        "not" if matches!(after.text(1), "in" | "includes" | "meets") => {
            let word = after.text(1);
            let message = format!("`not` stands before the whole, not before `{word}`");
            let help = format!("write `not {} {word} …`", input.text(0));
            stop(
                after,
                Diagnostic::error(codes::UNEXPECTED, after.peek(0).span, message).help(help),
            )
        }
        "<" | "<=" | ">" | ">=" | "+" | "-" => comparison(input),
        _ if after.peek(0).kind == Kind::Int => comparison(input),
        _ => {
            let (rest, fact) = name("a fact").parse(input)?;
            Ok((rest, Cond::Name(fact)))
        }
    }
}

fn comparison(input: Tokens<'_>) -> P<'_, Cond> {
    let (input, left) = operand(input)?;
    let op = match input.text(0) {
        "<" => CompareOp::Lt,
        "<=" => CompareOp::Le,
        ">" => CompareOp::Gt,
        ">=" => CompareOp::Ge,
        _ => return stop_expected(input, "a comparison: `<`, `<=`, `>` or `>=`"),
    };
    let (rest, right) = operand(input.next())?;
    Ok((rest, Cond::Compare(left, op, right)))
}

fn operand(input: Tokens<'_>) -> P<'_, Operand> {
    const WHAT: &str = "a number, an amount, an instant, `now`, or the name of a fact or event";
    match input.peek(0).kind {
        Kind::Int => int(input).map(|(rest, n)| (rest, Operand::Int(n))),
        Kind::Money => money(input).map(|(rest, m)| (rest, Operand::Money(m))),
        Kind::Instant => instant(input).map(|(rest, t)| (rest, Operand::Instant(t))),
        Kind::Keyword if input.text(0) == "now" => {
            let (rest, offset) = offset(input.next())?;
            Ok((rest, Operand::Now(offset, input.span_to(rest))))
        }
        _ => {
            let (rest, of) = need(name(WHAT)).parse(input)?;
            let (rest, offset) = offset(rest)?;
            Ok((rest, Operand::Name(of, offset)))
        }
    }
}

/// `+ PERIOD` or `- PERIOD`, if one stands here. In `now -10 days` the minus belongs to the number as a word, and to
/// the offset by its meaning.
fn offset(input: Tokens<'_>) -> P<'_, Option<Offset>> {
    match input.text(0) {
        "+" => period(input.next()).map(|(rest, period)| {
            (
                rest,
                Some(Offset {
                    minus: false,
                    period,
                }),
            )
        }),
        "-" => period(input.next()).map(|(rest, period)| {
            (
                rest,
                Some(Offset {
                    minus: true,
                    period,
                }),
            )
        }),
        text if input.peek(0).kind == Kind::Int && text.starts_with('-') => {
            let (rest, mut period) = super::effects::signed_period(input)?;
            period.n.value = period.n.value.saturating_neg();
            Ok((
                rest,
                Some(Offset {
                    minus: true,
                    period: Period { ..period },
                }),
            ))
        }
        _ => Ok((input, None)),
    }
}

/// A literal value.
pub fn value(input: Tokens<'_>) -> P<'_, Value> {
    const WHAT: &str =
        "a value: a member, `true`, `false`, `{…}`, a number, an amount or an instant";
    let token = input.peek(0);
    if ahead(input, &["true"]) || ahead(input, &["false"]) {
        return Ok((
            input.next(),
            Value::Bool(input.text(0) == "true", token.span),
        ));
    }
    match token.kind {
        Kind::Int => int(input).map(|(rest, n)| (rest, Value::Int(n))),
        Kind::Money => money(input).map(|(rest, m)| (rest, Value::Money(m))),
        Kind::Instant => instant(input).map(|(rest, t)| (rest, Value::Instant(t))),
        Kind::Mark if input.text(0) == "{" => {
            let (rest, names) = members(input)?;
            Ok((rest, Value::Members(names, input.span_to(rest))))
        }
        Kind::Name | Kind::Keyword => {
            let (rest, member) = need(identifier(WHAT)).parse(input)?;
            Ok((rest, Value::Member(member)))
        }
        _ => Err(nom::Err::Failure(Fault::expected(
            input,
            Expected::Thing(WHAT),
        ))),
    }
}
