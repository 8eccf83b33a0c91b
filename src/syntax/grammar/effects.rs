//! What a rule does: effects, windows, periods, anchors and ceilings.
//!
//! Invariant: after a value, `and` with a window word goes on with the windows, and any other `and` begins an effect.
//! That is decided here alone, by looking at two words.

use nom::Parser;

use super::super::ast::{
    Alternative, Anchor, Ceiling, CeilingTerm, Choose, Effect, EffectValue, Int, Period, Unit,
    Window, WindowKind,
};
use super::super::codes;
use super::super::diagnostic::Diagnostic;
use super::super::input::{P, Tokens, stop, stop_expected, too_deep};
use super::super::lexer_numbers;
use super::super::messages;
use super::super::token::Kind;
use super::super::words::{
    Seen, ahead, identifier, int, listed, money, name, need, phrase, text, word,
};
use super::keep;
use super::sets::{set, target};
use crate::model::limits::ANCHOR_NESTING_MAX;

/// Effects joined by `and`.
pub fn effects(start: Tokens<'_>) -> P<'_, Vec<Effect>> {
    let (mut input, first) = effect(start)?;
    let mut effects = vec![first];
    while input.text(0) == "and" {
        let (rest, next) = effect(input.next())?;
        effects.push(next);
        input = rest;
    }
    Ok((input, effects))
}

fn effect(start: Tokens<'_>) -> P<'_, Effect> {
    let (mut input, norm) = if start.text(0) == "lifted" {
        (start, None)
    } else if window_word(start) {
        let help = "a value has its windows directly after it, before `across` and `up to`";
        let diagnostic = Diagnostic::error(
            codes::WINDOW_MISFIT,
            start.peek(0).span,
            "this window follows no value",
        )
        .help(help);
        return stop(start, diagnostic);
    } else {
        let (rest, norm) = need(target).parse(start)?;
        (rest, Some(norm))
    };
    let value;
    (input, value) = effect_value(input)?;
    let mut effect = Effect {
        target: norm,
        value,
        across: None,
        up_to: None,
        alternatives: Vec::new(),
        span: start.span_to(input),
    };
    let mut seen = Seen::default();
    loop {
        let rest = match input.text(0) {
            "across" => {
                let rest = keep(&mut effect.across, set(input.next())?);
                seen.once("across", input, rest);
                rest
            }
            "up" => {
                let (rest, _) = phrase(&["up", "to"]).parse(input)?;
                let rest = keep(&mut effect.up_to, ceiling(rest)?);
                seen.once("up to", input, rest);
                rest
            }
            "alternative" => {
                let (rest, alternative) = alternative(input)?;
                effect.alternatives.push(alternative);
                rest
            }
            _ => break,
        };
        input = rest;
    }
    effect.span = start.span_to(input);
    Ok((input, effect))
}

fn effect_value(input: Tokens<'_>) -> P<'_, EffectValue> {
    match input.text(0) {
        "lifted" => Ok((input.next(), EffectValue::Lifted)),
        "must" if input.text(1) == "not" => {
            let input = input.next().next();
            if !window_word(input) {
                return Ok((input, EffectValue::MustNot(None)));
            }
            if !matches!(input.text(0), "until" | "for") {
                return misfit(
                    input,
                    "`must not` takes `until ANCHOR` or `for PERIOD from ANCHOR` only",
                );
            }
            let (rest, window) = window(input)?;
            no_more_windows(rest, "`must not`")?;
            Ok((rest, EffectValue::MustNot(Some(window))))
        }
        "must" => {
            let mut input = input.next();
            let mut windows = Vec::new();
            if window_word(input) {
                loop {
                    let (rest, next) = window(input)?;
                    windows.push(next);
                    input = rest;
                    if input.text(0) != "and" || !window_word(input.next()) {
                        break;
                    }
                    input = input.next();
                }
            }
            Ok((input, EffectValue::Must(windows)))
        }
        "may" => {
            let input = input.next();
            if !window_word(input) {
                return Ok((input, EffectValue::May(None)));
            }
            let (rest, window) = window(input)?;
            no_more_windows(rest, "`may`")?;
            Ok((rest, EffectValue::May(Some(window))))
        }
        _ => stop_expected(input, "`must`, `must not`, `may` or `lifted`"),
    }
}

fn misfit<'a, T>(input: Tokens<'a>, message: &str) -> P<'a, T> {
    stop(
        input,
        Diagnostic::error(codes::WINDOW_MISFIT, input.peek(0).span, message)
            .label("this window does not go with it"),
    )
}

fn no_more_windows<'a>(input: Tokens<'a>, value: &str) -> P<'a, ()> {
    if input.text(0) == "and" && window_word(input.next()) {
        return misfit(input.next(), &format!("{value} takes one window"));
    }
    Ok((input, ()))
}

/// True if a window begins here. `in force` is a clause.
fn window_word(input: Tokens<'_>) -> bool {
    match input.text(0) {
        "in" => input.text(1) != "force",
        "within" | "by" | "no" | "at" | "for" | "until" | "without" | "expeditiously" => true,
        _ => false,
    }
}

fn window(start: Tokens<'_>) -> P<'_, Window> {
    const WHAT: &str = "a window: `within`, `in less than`, `by`, `no earlier than`, `at end of`, `at least`, \
                        `for`, `until`, `without undue delay from` or `expeditiously from`";
    let timed = |words, joint: &'static str, kind: fn(Period, Anchor) -> WindowKind| {
        let (input, _) = phrase(words).parse(start)?;
        let (input, period) = period(input)?;
        let (input, _) = need(word(joint)).parse(input)?;
        let (input, anchor) = anchor(input)?;
        Ok((input, kind(period, anchor)))
    };
    let plain = |words, kind: fn(Anchor) -> WindowKind| {
        let (input, _) = phrase(words).parse(start)?;
        let (input, anchor) = anchor(input)?;
        Ok((input, kind(anchor)))
    };
    let (input, kind) = match start.text(0) {
        "within" => timed(&["within"], "of", WindowKind::Within),
        "in" => timed(&["in", "less", "than"], "of", WindowKind::InLessThan),
        "by" => plain(&["by"], WindowKind::By),
        "no" => timed(&["no", "earlier", "than"], "from", WindowKind::NoEarlier),
        "at" if start.text(1) == "least" => {
            timed(&["at", "least"], "before", WindowKind::AtLeastBefore)
        }
        "at" => timed(&["at", "end", "of"], "from", WindowKind::AtEnd),
        "for" => timed(&["for"], "from", WindowKind::For),
        "until" => plain(&["until"], WindowKind::Until),
        "without" => plain(
            &["without", "undue", "delay", "from"],
            WindowKind::UndueDelay,
        ),
        "expeditiously" => plain(&["expeditiously", "from"], WindowKind::Expeditiously),
        _ => stop_expected(start, WHAT),
    }?;
    Ok((
        input,
        Window {
            kind,
            span: start.span_to(input),
        },
    ))
}

/// A number of units, zero or more.
pub fn period(start: Tokens<'_>) -> P<'_, Period> {
    let (rest, period) = signed_period(start)?;
    if period.n.value < 0 {
        start.report(
            Diagnostic::error(
                codes::NEGATIVE_PERIOD,
                period.n.span,
                "a period cannot be negative",
            )
            .help("write a number without `-`"),
        );
    }
    Ok((rest, period))
}

/// A number of units with the number's sign.
pub fn signed_period(start: Tokens<'_>) -> P<'_, Period> {
    if start.peek(0).kind != Kind::Int {
        return stop_expected(start, "a period, for example `10 days`");
    }
    let (input, n): (Tokens<'_>, Int) = int(start)?;
    let (input, unit) = unit(input)?;
    Ok((
        input,
        Period {
            n,
            unit,
            span: start.span_to(input),
        },
    ))
}

fn unit(input: Tokens<'_>) -> P<'_, Unit> {
    let unit = match input.text(0) {
        "minute" | "minutes" => Unit::Minute,
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "working" => {
            let rest = input.next();
            if !matches!(rest.text(0), "day" | "days") {
                return stop_expected(rest, "`day` or `days` after `working`");
            }
            return Ok((rest.next(), Unit::WorkingDay));
        }
        other => {
            let units = [
                "minute",
                "hour",
                "day",
                "working day",
                "week",
                "month",
                "year",
            ];
            let message = format!("expected a unit of time, found {}", messages::found(input));
            let span = input.peek(0).span;
            let mut diagnostic =
                Diagnostic::error(codes::UNKNOWN_UNIT, span, message).label(format!(
                    "expected one of {}",
                    units.map(|u| format!("`{u}`")).join(", ")
                ));
            let plurals = ["minutes", "hours", "days", "weeks", "months", "years"];
            if let Some(near) = messages::nearest(other, units.into_iter().chain(plurals)) {
                diagnostic = diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .fix(span, near);
            }
            return stop(input, diagnostic);
        }
    };
    Ok((input.next(), unit))
}

/// What a period runs from.
pub fn anchor(input: Tokens<'_>) -> P<'_, Anchor> {
    anchor_at(input, 0)
}

fn anchor_at(input: Tokens<'_>, depth: usize) -> P<'_, Anchor> {
    const WHAT: &str = "an event or an instant fact, `latest(…)` or `earliest(…)`";
    if !matches!(input.text(0), "latest" | "earliest") {
        let (rest, of) = need(name(WHAT)).parse(input)?;
        return Ok((rest, Anchor::Name(of)));
    }
    if depth >= ANCHOR_NESTING_MAX {
        return stop(
            input,
            too_deep(input, ANCHOR_NESTING_MAX).help("`latest` of `latest` is one `latest`"),
        );
    }
    let (rest, anchors) = listed(|i| anchor_at(i, depth + 1), input.next())?;
    let span = input.span_to(rest);
    Ok((
        rest,
        if input.text(0) == "latest" {
            Anchor::Latest(anchors, span)
        } else {
            Anchor::Earliest(anchors, span)
        },
    ))
}

fn ceiling(start: Tokens<'_>) -> P<'_, Ceiling> {
    let choose = if start.text(0) == "smaller" {
        Choose::Smaller
    } else {
        Choose::Larger
    };
    let (mut input, terms) = if matches!(start.text(0), "larger" | "smaller") {
        let (rest, _) = need(word("of")).parse(start.next())?;
        listed(ceiling_term, rest)?
    } else {
        ceiling_term(start).map(|(rest, term)| (rest, vec![term]))?
    };
    let per_day = input.text(0) == "per";
    if per_day {
        input = phrase(&["per", "day"]).parse(input)?.0;
    }
    Ok((
        input,
        Ceiling {
            terms,
            choose,
            per_day,
            span: start.span_to(input),
        },
    ))
}

fn ceiling_term(input: Tokens<'_>) -> P<'_, CeilingTerm> {
    match input.peek(0).kind {
        Kind::Money => money(input).map(|(rest, amount)| (rest, CeilingTerm::Amount(amount))),
        Kind::Percent => {
            let basis_points = lexer_numbers::basis_points(input.text(0)).unwrap_or(0);
            let (rest, _) = need(word("of")).parse(input.next())?;
            let (rest, of) = need(name("the name of a money fact")).parse(rest)?;
            Ok((
                rest,
                CeilingTerm::Percent {
                    basis_points,
                    of,
                    span: input.span_to(rest),
                },
            ))
        }
        _ => stop_expected(
            input,
            "a ceiling: an amount such as `250000 EUR`, or `4% of` a money fact",
        ),
    }
}

fn alternative(start: Tokens<'_>) -> P<'_, Alternative> {
    let (mut input, window) = window(start.next())?;
    let mut counting = None;
    if ahead(input, &["counting"]) {
        let (rest, regime) = need(identifier("a counting regime")).parse(input.next())?;
        (input, counting) = (rest, Some(regime));
    }
    let (input, _) = need(word("because")).parse(input)?;
    let (input, because) = need(text).parse(input)?;
    Ok((
        input,
        Alternative {
            window,
            counting,
            because,
            span: start.span_to(input),
        },
    ))
}
