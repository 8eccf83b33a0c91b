//! Changes of declarations: the headers of packs, definitions, norms, facts, sets and rules.
//!
//! A rule that is dropped stays, and is in force on one day long before all others. It is then absent, as if never written,
//! while those that name it still find it: were it taken out, the compiler would refuse most of these mutants, and nothing
//! would be learnt of the scenarios.

use super::conditions::{clause, condition, family, members, value};
use super::effects::effects;
use super::operator::Operator as Op;
use super::walk::Walk;
use crate::syntax::ast::{
    CalendarRef, Counting, Date, Deontic, FactDecl, Guard, InForce, Item, ItemKind, Name, NormDecl,
    PackHeader, RuleDecl, SetDecl, Span, Text, Value,
};
use crate::syntax::print::phrases;
use crate::time::{self, Regime};

/// What an item declares, and its name, if anything can be changed in it.
pub(super) fn subject(item: &Item) -> Option<(&'static str, &str)> {
    match &item.kind {
        ItemKind::Set(set) => Some(("set", &set.name.text)),
        ItemKind::Fact(fact) => Some(("fact", &fact.name.text)),
        ItemKind::Define(define) => Some(("define", &define.name.text)),
        ItemKind::Norm(norm) => Some(("norm", &norm.name.text)),
        ItemKind::Rule(rule) => Some(("rule", &rule.name.text)),
        ItemKind::Use(_)
        | ItemKind::Enum(_)
        | ItemKind::Event(_)
        | ItemKind::Property(_)
        | ItemKind::Calendar(_)
        | ItemKind::Scenario(_) => None,
    }
}

/// Changes in an item.
pub(super) fn item(walk: &mut Walk<'_>, item: &mut Item) {
    match &mut item.kind {
        ItemKind::Set(decl) => set(walk, decl),
        ItemKind::Fact(decl) => fact(walk, decl),
        ItemKind::Define(decl) => condition(walk, &mut decl.when),
        ItemKind::Norm(decl) => norm(walk, decl),
        ItemKind::Rule(decl) => rule(walk, decl),
        _ => {}
    }
}

/// Changes in the header of a pack.
pub(super) fn header(walk: &mut Walk<'_>, pack: &mut PackHeader) {
    in_force(walk, &mut pack.in_force);
    let text = |event: &Name| format!("drop `judged by {}`", event.text);
    walk.drop_option(&mut pack.judged_by, Op::DropJudgedBy, place, text);
    counting(walk, &mut pack.counting);
    clause(walk, &mut pack.applies);
}

fn place(name: &Name) -> Span {
    name.span
}

fn set(walk: &mut Walk<'_>, decl: &mut SetDecl) {
    in_force(walk, &mut decl.in_force);
    members(walk, &mut decl.members, decl.name.span, Some(&decl.of.text));
}

fn fact(walk: &mut Walk<'_>, decl: &mut FactDecl) {
    let span = decl.name.span;
    let text = |value: &Value| format!("drop `presumed {}`", phrases::value(value));
    walk.drop_option(&mut decl.presumed, Op::DropPresumed, |_| span, text);
    match &mut decl.presumed {
        Some(Value::Bool(presumed, span)) => {
            walk.rewrite(presumed, Op::Presumed, *span, bool::to_string, |presumed| {
                *presumed = !*presumed;
            });
        }
        Some(presumed) => value(
            walk,
            presumed,
            walk.words.enum_of(&decl.name.text),
            Op::Presumed,
        ),
        None => {}
    }
}

fn norm(walk: &mut Walk<'_>, decl: &mut NormDecl) {
    let text = |event: &Name| format!("drop `done at {}`", event.text);
    walk.drop_option(&mut decl.done_at, Op::DropDone, place, text);
    let text = |event: &Name| format!("drop `broken at {}`", event.text);
    walk.drop_option(&mut decl.broken_at, Op::DropBroken, place, text);
    let place = |(_, span): &(Deontic, Span)| *span;
    let text =
        |(word, _): &(Deontic, Span)| format!("drop `by default {}`", phrases::deontic(*word));
    walk.drop_option(&mut decl.default, Op::DropDefault, place, text);
    let place = |guard: &Guard| guard.span;
    walk.drop_each(&mut decl.protected, Op::DropGuard, true, place, guard_words);
    for guard in &mut decl.protected {
        family(walk, &mut guard.of, &decl.name.text);
        condition(walk, &mut guard.by);
    }
}

fn guard_words(guard: &Guard) -> String {
    let of = guard.of.as_ref().map_or(String::new(), |of| {
        format!(" of {}", phrases::target_of(of))
    });
    format!("drop `protected{of} by {}`", phrases::cond(&guard.by))
}

fn rule(walk: &mut Walk<'_>, decl: &mut RuleDecl) {
    let span = decl.name.span;
    let (op, text) = match &decl.exception_to {
        Some(base) => (
            Op::DropException,
            format!("drop the exception to `{}`", base.text),
        ),
        None => (Op::DropRule, "drop the rule".to_string()),
    };
    walk.offer(
        &mut decl.in_force,
        op,
        span,
        |_| text,
        |slot| {
            *slot = Some(long_ago(span));
        },
    );
    if let Some(base) = &decl.exception_to {
        let show = |regardless: &bool| {
            let word = if *regardless { " regardless" } else { "" };
            format!("exception to {}{word}", base.text)
        };
        walk.rewrite(
            &mut decl.regardless,
            Op::Regardless,
            base.span,
            show,
            |flag| {
                *flag = !*flag;
            },
        );
    }
    let text = |base: &Name| format!("drop `overrides {}`", base.text);
    walk.drop_each(&mut decl.overrides, Op::DropOverride, true, place, text);
    in_force(walk, &mut decl.in_force);
    counting(walk, &mut decl.counting);
    clause(walk, &mut decl.when);
    effects(walk, &mut decl.then);
    // A rule that only says what is not modelled is dropped as a whole.
    let alone = decl.then.is_empty() && decl.untranslated.len() < 2;
    if !alone {
        let text = |text: &Text| format!("drop `untranslated {}`", phrases::text(text));
        let place = |text: &Text| text.span;
        let list = &mut decl.untranslated;
        walk.drop_each(list, Op::DropUntranslated, true, place, text);
    }
}

/// The first day that a source can name.
fn long_ago(span: Span) -> InForce {
    let day = |day| Date {
        year: 1,
        month: 1,
        day,
        span,
    };
    InForce {
        from: day(1),
        until: Some(day(2)),
        span,
    }
}

/// A day earlier and later, at both ends.
fn in_force(walk: &mut Walk<'_>, slot: &mut Option<InForce>) {
    let Some(InForce { from, until, .. }) = slot else {
        return;
    };
    for date in [Some(from), until.as_mut()].into_iter().flatten() {
        for by in [-1, 1] {
            let span = date.span;
            walk.rewrite(date, Op::Version, span, phrases::date, |date| {
                let (year, month) = (i32::from(date.year), u32::from(date.month));
                if let Some(day) = time::Date::new(year, month, u32::from(date.day)) {
                    let next = time::Date::from_days(day.to_days().saturating_add(by));
                    date.year = u16::try_from(next.year).unwrap_or(date.year);
                    date.month = u8::try_from(next.month).unwrap_or(date.month);
                    date.day = u8::try_from(next.day).unwrap_or(date.day);
                }
            });
        }
    }
}

/// Another regime, roll-over, zone and calendar.
fn counting(walk: &mut Walk<'_>, counting: &mut Counting) {
    let words = walk.words;
    if let Some(regime) = &mut counting.regime {
        let span = regime.span;
        for other in Regime::ALL {
            let show = |name: &Name| name.text.clone();
            walk.rewrite(regime, Op::Regime, span, show, |name| {
                name.text = other.word().to_string();
            });
        }
        let rolls = regime.text != Regime::Elapsed.word();
        let show = |stays: &bool| {
            let stays = if *stays { " no rollover" } else { "" };
            format!("counting {}{stays}", regime.text)
        };
        if rolls {
            walk.rewrite(
                &mut counting.no_rollover,
                Op::Rollover,
                span,
                show,
                |stays| {
                    *stays = !*stays;
                },
            );
        }
    }
    if let Some(zone) = &mut counting.zone
        && let Some(other) = words.other_zone(&zone.en)
    {
        let span = zone.span;
        walk.rewrite(zone, Op::Zone, span, phrases::text, |zone| {
            zone.en = other.to_string();
        });
    }
    if let Some(calendar) = &mut counting.calendar {
        let (name, span) = match calendar {
            CalendarRef::Named(name) => (Some(name.text.clone()), name.span),
            CalendarRef::ByFact(name) => (None, name.span),
        };
        if let Some(other) = words.other_calendar(name.as_deref()) {
            let show = |calendar: &CalendarRef| match calendar {
                CalendarRef::Named(name) => format!("calendar {}", name.text),
                CalendarRef::ByFact(name) => format!("calendar by {}", name.text),
            };
            let other = Name {
                text: other.to_string(),
                span,
            };
            walk.rewrite(calendar, Op::Calendar, span, show, |calendar| {
                *calendar = CalendarRef::Named(other);
            });
        }
    }
}
