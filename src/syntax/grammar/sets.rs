//! Sets of members, and the members of a family that a target names.
//!
//! Invariant: the tree of a set expression has at most [`MAX_SET_OPERATORS`] operators in all, so whatever walks it
//! recurses within bounds.

use nom::Parser;

use super::super::MAX_SET_OPERATORS;
use super::super::ast::{Name, SetExpr, Target, TargetOf};
use super::super::codes;
use super::super::diagnostic::Diagnostic;
use super::super::input::{P, Tokens, deeper, stop, stop_expected};
use super::super::words::{braced, close, identifier, name, need};
use super::norm_name;

/// A set expression.
pub fn set(start: Tokens<'_>) -> P<'_, SetExpr> {
    let (rest, (set, _)) = chain(start)?;
    Ok((rest, set))
}

/// `{A, B}` in a condition, a set or a value: it may be empty.
pub fn members<'a>(input: Tokens<'a>) -> P<'a, Vec<Name>> {
    braced(identifier("a member"), true, input)
}

/// Operands joined by one operator, and how many operators they hold.
fn chain(start: Tokens<'_>) -> P<'_, (SetExpr, usize)> {
    let (mut input, (mut set, mut operators)) = primary(start)?;
    let mut first = None;
    while matches!(input.text(0), "union" | "intersect" | "minus") {
        let (operator, span) = (input.text(0), input.peek(0).span);
        match first {
            Some((word, _)) if word == operator && operator != "minus" => {}
            Some((word, place)) => mixed(input, operator, word, place),
            None => first = Some((operator, span)),
        }
        let (rest, (right, more)) = primary(input.next())?;
        operators += more + 1;
        if operators > MAX_SET_OPERATORS {
            let message = format!("a set has at most {MAX_SET_OPERATORS} operators");
            let help = "give a part a name of its own with `set`";
            return stop(
                input,
                Diagnostic::error(codes::TOO_MANY, span, message)
                    .label("one too many")
                    .help(help),
            );
        }
        let (left, right) = (Box::new(set), Box::new(right));
        set = match operator {
            "union" => SetExpr::Union(left, right),
            "intersect" => SetExpr::Intersect(left, right),
            _ => SetExpr::Minus(left, right),
        };
        input = rest;
    }
    Ok((input, (set, operators)))
}

fn mixed(at: Tokens<'_>, operator: &str, first: &str, place: super::super::ast::Span) {
    let message = if operator == first {
        format!("several `{operator}` need parentheses")
    } else {
        format!("`{first}` and `{operator}` are mixed without parentheses")
    };
    at.report(
        Diagnostic::error(codes::MIXED_SET_OPERATORS, at.peek(0).span, message)
            .label(format!("`{operator}` here"))
            .also(place, format!("`{first}` here"))
            .help("put parentheses around what belongs together"),
    );
}

fn primary(input: Tokens<'_>) -> P<'_, (SetExpr, usize)> {
    const WHAT: &str = "a set: `{…}`, the name of a set or a fact, or `(`";
    match input.text(0) {
        "{" => {
            let (rest, names) = members(input)?;
            Ok((rest, (SetExpr::Members(names, input.span_to(rest)), 0)))
        }
        "(" => deeper(input, |input| {
            let open = input.peek(0).span;
            let (rest, set) = chain(input.next())?;
            close(rest, open).map(|(rest, ())| (rest, set))
        }),
        _ if input.peek(0).kind == super::super::token::Kind::Mark => stop_expected(input, WHAT),
        _ => {
            let (rest, name) = need(name(WHAT)).parse(input)?;
            Ok((rest, (SetExpr::Name(name), 0)))
        }
    }
}

/// `NAME [of …]`.
pub fn target(start: Tokens<'_>) -> P<'_, Target> {
    let (mut input, norm) = norm_name(start)?;
    let mut of = None;
    if input.text(0) == "of" {
        let (rest, members) = target_of(input.next())?;
        (input, of) = (rest, Some(members));
    }
    Ok((
        input,
        Target {
            norm,
            of,
            span: start.span_to(input),
        },
    ))
}

/// What stands after `of`: members in braces, or a name.
pub fn target_of(input: Tokens<'_>) -> P<'_, TargetOf> {
    if input.text(0) == "{" {
        let (rest, names) = braced(identifier("a member of the family"), false, input)?;
        return Ok((rest, TargetOf::Members(names)));
    }
    let (rest, name) = need(name("a member, a set or a fact, or `{`")).parse(input)?;
    Ok((rest, TargetOf::Name(name)))
}
