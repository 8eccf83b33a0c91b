//! Comparisons of integers, amounts and instants (`docs/LANGUAGE.md` §6).

use core::cmp::Ordering;

use super::case::FactValue;
use super::context::{Context, Happening};
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::model::{Compare, EventId, FactId, Money, Truth, Unit, ZoneId};
use crate::pack::format::{NodeRow, Op, OperandKind, OperandRow};
use crate::pack::program::currency;
use crate::time::period;

fn operand(context: &Context<'_>, index: u32) -> OperandRow {
    context.program.operands.at(index as usize)
}

fn holds(flag: u8, ordering: Ordering) -> Truth {
    let holds = match Compare::from_u8(flag) {
        Some(Compare::Lt) => ordering.is_lt(),
        Some(Compare::Le) => ordering.is_le(),
        Some(Compare::Gt) => ordering.is_gt(),
        Some(Compare::Ge) => ordering.is_ge(),
        Some(Compare::Eq) => ordering.is_eq(),
        None => return Truth::Unknown,
    };
    Truth::from_bool(holds)
}

/// Compares two integers, or two amounts of one currency.
pub(crate) fn amounts(context: &Context<'_>, node: NodeRow) -> Truth {
    let money = node.op == Op::Money as u8;
    let (a, b) = (operand(context, node.b), operand(context, node.c));
    let (Some(a), Some(b)) = (amount(context, a, money), amount(context, b, money)) else {
        return Truth::Unknown;
    };
    if a.currency != b.currency {
        return Truth::Unknown;
    }
    holds(node.flag, a.minor.cmp(&b.minor))
}

/// An integer is an amount without a currency.
fn amount(context: &Context<'_>, row: OperandRow, money: bool) -> Option<Money> {
    if OperandKind::from_u8(row.kind) == Some(OperandKind::Fact) {
        return match context.fact(FactId(row.id)) {
            Some(FactValue::Money(value)) => Some(value),
            Some(FactValue::Int(minor)) => Some(Money {
                minor,
                currency: currency(0),
            }),
            _ => None,
        };
    }
    let number = if money { row.currency } else { 0 };
    Some(Money {
        minor: row.value,
        currency: currency(number),
    })
}

/// Compares two instants.
pub(crate) fn instants(context: &Context<'_>, node: NodeRow) -> Truth {
    let (left, right) = (operand(context, node.b), operand(context, node.c));
    let (Some(a), Some(b)) = (instant(context, left), instant(context, right)) else {
        return Truth::Unknown;
    };
    holds(node.flag, a.cmp(&b))
}

/// The first instant after `now` at which a comparison of instants may have another answer.
pub(crate) fn until(context: &Context<'_>, node: NodeRow) -> i64 {
    let (left, right) = (operand(context, node.b), operand(context, node.c));
    let mut first = INSTANT_END;
    let mut note = |at: i64| {
        if context.now < at {
            first = first.min(at);
        }
    };
    for row in [left, right] {
        note_range(context, row, &mut note);
    }
    if let (Some(a), Some(b)) = (instant(context, left), instant(context, right)) {
        note_threshold(context, left, b, &mut note);
        note_threshold(context, right, a, &mut note);
    }
    first
}

/// Where `row` is `now` with an offset, notes when the sum enters or leaves the range of instants.
fn note_range(context: &Context<'_>, row: OperandRow, note: &mut impl FnMut(i64)) {
    if OperandKind::from_u8(row.kind) != Some(OperandKind::Now) || row.n == 0 {
        return;
    }
    let back = OperandRow {
        minus: 1 - row.minus.min(1),
        ..row
    };
    if row.minus == 1 {
        if let Some(first) = offset(context, back, INSTANT_MIN) {
            note(first);
        }
    } else if let Some(last) = offset(context, back, INSTANT_END - 1) {
        note(last + 1);
    }
}

/// Where `row` is `now` with an exact offset, notes the instant at which it reaches `other`, and the one after.
fn note_threshold(context: &Context<'_>, row: OperandRow, other: i64, note: &mut impl FnMut(i64)) {
    // A pack compares `now` with something else: `verify` refuses the rest.
    if OperandKind::from_u8(row.kind) != Some(OperandKind::Now) {
        return;
    }
    let back = OperandRow {
        minus: 1 - row.minus.min(1),
        ..row
    };
    if let Some(threshold) = offset(context, back, other) {
        note(threshold);
        note(threshold.saturating_add(1));
    }
}

fn instant(context: &Context<'_>, row: OperandRow) -> Option<i64> {
    let base = match OperandKind::from_u8(row.kind)? {
        OperandKind::Literal => row.value,
        OperandKind::Now => context.now,
        OperandKind::Fact => match context.fact(FactId(row.id))? {
            FactValue::Instant(at) => at,
            _ => return None,
        },
        OperandKind::Event => match context.event(EventId(row.id)) {
            Happening::At(at) => at,
            _ => return None,
        },
    };
    offset(context, row, base)
}

fn offset(context: &Context<'_>, row: OperandRow, base: i64) -> Option<i64> {
    if row.n == 0 {
        return Some(base);
    }
    let n = i64::from(row.n);
    let zone = context.program.zone(ZoneId(row.zone));
    period::add(
        base,
        if row.minus == 1 { -n } else { n },
        Unit::from_u8(row.unit)?,
        &zone,
    )
}

/// Adds what an unknown comparison needs.
pub(crate) fn needs(context: &Context<'_>, op: Op, node: NodeRow, sink: &mut [u64]) {
    let rows = [operand(context, node.b), operand(context, node.c)];
    let mut any = false;
    for row in rows {
        match OperandKind::from_u8(row.kind) {
            Some(OperandKind::Fact) if context.fact(FactId(row.id)).is_none() => {
                context.add_fact(row.id, sink);
                any = true;
            }
            Some(OperandKind::Event)
                if !matches!(context.event(EventId(row.id)), Happening::At(_)) =>
            {
                context.add_event(row.id, sink);
                any = true;
            }
            _ => {}
        }
    }
    // Both sides are known and it is unknown all the same: two currencies, and another amount would settle it.
    if op == Op::Money && !any {
        for fact in facts(context, node).into_iter().flatten() {
            context.add_fact(fact, sink);
        }
    }
}

/// The facts that a comparison reads.
pub(crate) fn facts(context: &Context<'_>, node: NodeRow) -> [Option<u16>; 2] {
    [node.b, node.c].map(|index| {
        let row = operand(context, index);
        (OperandKind::from_u8(row.kind) == Some(OperandKind::Fact)).then_some(row.id)
    })
}
