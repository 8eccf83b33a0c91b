//! Changes of conditions and of sets.
//!
//! Invariant: what a change would leave empty is not offered: a condition keeps an operand, a set a member.

use super::operator::Operator as Op;
use super::walk::Walk;
use super::windows::offset;
use crate::model::{Currency, Money as Amount};
use crate::syntax::ast::{
    CompareOp, Cond, Instant, Int, Money, Name, Operand, SetExpr, Span, TargetOf, Value,
};
use crate::syntax::print::{extent, phrases};
use crate::time::instant::{self, SECOND};

/// Where a condition stands.
pub(super) fn span_of(cond: &Cond) -> Span {
    let (start, end) = extent::cond(cond);
    Span { start, end }
}

/// Drops a condition as a whole, or changes something in it. Of several that must hold together each can be dropped,
/// and all at once would show no more.
pub(super) fn clause(walk: &mut Walk<'_>, slot: &mut Option<Cond>) {
    if !matches!(slot, Some(Cond::And(_))) {
        let text = |cond: &Cond| format!("drop `{}`", phrases::cond(cond));
        walk.drop_option(slot, Op::DropCondition, span_of, text);
    }
    if let Some(cond) = slot {
        condition(walk, cond);
    }
}

/// Changes in a condition.
pub(super) fn condition(walk: &mut Walk<'_>, cond: &mut Cond) {
    within(walk, cond, true);
}

/// Changes in a condition; its contrary only if it does not stand behind a `not`, which can be dropped instead.
fn within(walk: &mut Walk<'_>, cond: &mut Cond, contrary: bool) {
    let span = span_of(cond);
    match cond {
        Cond::And(_) | Cond::Or(_) => group(walk, cond, span),
        Cond::Not(..) => walk.rewrite(cond, Op::Negate, span, phrases::cond, |cond| {
            if let Cond::Not(inner, _) = cond {
                *cond = (**inner).clone();
            }
        }),
        _ if contrary => walk.rewrite(cond, Op::Negate, span, phrases::cond, negate),
        _ => {}
    }
    match cond {
        Cond::And(parts) | Cond::Or(parts) => {
            for part in parts {
                within(walk, part, true);
            }
        }
        Cond::Not(inner, _) => within(walk, inner, false),
        Cond::Is { fact, value, .. } => {
            let of = walk.words.enum_of(&fact.text);
            self::value(walk, value, of, Op::Constant);
        }
        Cond::In(fact, of) | Cond::Meets(fact, of) => {
            set(walk, of, walk.words.enum_of(&fact.text));
        }
        Cond::Includes(fact, name) => {
            member(walk, name, walk.words.enum_of(&fact.text), Op::Member);
        }
        Cond::Compare(left, op, right) => {
            walk.rewrite(op, Op::Comparison, span, compare_word, |op| {
                *op = match op {
                    CompareOp::Lt => CompareOp::Le,
                    CompareOp::Le => CompareOp::Lt,
                    CompareOp::Gt => CompareOp::Ge,
                    CompareOp::Ge => CompareOp::Gt,
                };
            });
            operand(walk, left);
            operand(walk, right);
        }
        Cond::Name(_) | Cond::Happened(..) | Cond::Known(..) | Cond::Missed(..) | Cond::Met(..) => {
        }
    }
}

/// `and` for `or`, and the reverse; and each operand dropped.
fn group(walk: &mut Walk<'_>, cond: &mut Cond, span: Span) {
    let text = |cond: &Cond| match cond {
        Cond::And(_) => "write `or` for `and`".to_string(),
        _ => "write `and` for `or`".to_string(),
    };
    walk.offer(cond, Op::Connective, span, text, |cond| {
        *cond = match &*cond {
            Cond::And(parts) => Cond::Or(parts.clone()),
            Cond::Or(parts) => Cond::And(parts.clone()),
            other => other.clone(),
        };
    });
    let (Cond::And(parts) | Cond::Or(parts)) = cond else {
        return;
    };
    let text = |cond: &Cond| format!("drop `{}`", phrases::cond(cond));
    walk.drop_each(parts, Op::DropCondition, false, span_of, text);
    if let [only] = parts.as_mut_slice() {
        *cond = only.clone();
    }
}

fn negate(cond: &mut Cond) {
    *cond = match &*cond {
        Cond::Is {
            fact,
            negated,
            value,
        } => Cond::Is {
            fact: fact.clone(),
            negated: !*negated,
            value: value.clone(),
        },
        Cond::Compare(left, op, right) => {
            let op = match op {
                CompareOp::Lt => CompareOp::Ge,
                CompareOp::Le => CompareOp::Gt,
                CompareOp::Gt => CompareOp::Le,
                CompareOp::Ge => CompareOp::Lt,
            };
            Cond::Compare(left.clone(), op, right.clone())
        }
        other => {
            let span = span_of(other);
            Cond::Not(Box::new(other.clone()), span)
        }
    };
}

fn compare_word(op: &CompareOp) -> String {
    let word = match op {
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
    };
    word.to_string()
}

fn operand(walk: &mut Walk<'_>, operand: &mut Operand) {
    match operand {
        Operand::Int(number) => int(walk, number, Op::Constant),
        Operand::Money(amount) => money(walk, amount, Op::Constant),
        Operand::Instant(at) => instant(walk, at, Op::Constant),
        Operand::Now(Some(far), _) | Operand::Name(_, Some(far)) => offset(walk, far),
        Operand::Now(None, _) | Operand::Name(_, None) => {}
    }
}

/// Changes of a literal of a type with the members of `of`.
pub(super) fn value(walk: &mut Walk<'_>, value: &mut Value, of: Option<&str>, op: Op) {
    match value {
        // What a fact is presumed to be is a kind of fault of its own.
        Value::Member(name) if op == Op::Presumed => member(walk, name, of, op),
        Value::Member(name) => member(walk, name, of, Op::Member),
        Value::Members(names, span) => members(walk, names, *span, of),
        Value::Int(number) => int(walk, number, op),
        Value::Money(amount) => money(walk, amount, op),
        Value::Instant(at) => instant(walk, at, op),
        // `is true` has its contrary already.
        Value::Bool(..) => {}
    }
}

/// One less and one more.
pub(super) fn int(walk: &mut Walk<'_>, number: &mut Int, op: Op) {
    let show = |number: &Int| number.value.to_string();
    for by in [-1, 1] {
        let span = number.span;
        walk.rewrite(number, op, span, show, |n| {
            n.value = n.value.saturating_add(by)
        });
    }
}

/// One minor unit less and more.
pub(super) fn money(walk: &mut Walk<'_>, amount: &mut Money, op: Op) {
    for by in [-1, 1] {
        let span = amount.span;
        walk.rewrite(amount, op, span, phrases::money, |amount| {
            let currency = Currency::parse(&amount.currency);
            let parsed = currency.and_then(|currency| Amount::parse(&amount.amount, currency));
            if let Some(mut money) = parsed {
                money.minor = money.minor.saturating_add(by);
                amount.amount = money.to_string();
            }
        });
    }
}

/// One second earlier and later.
fn instant(walk: &mut Walk<'_>, at: &mut Instant, op: Op) {
    for by in [-SECOND, SECOND] {
        let span = at.span;
        walk.rewrite(
            at,
            op,
            span,
            |at| at.text.clone(),
            |at| {
                if let Ok(parsed) = instant::parse(&at.text) {
                    at.text = instant::Display(parsed.saturating_add(by)).to_string();
                }
            },
        );
    }
}

/// Another member.
pub(super) fn member(walk: &mut Walk<'_>, name: &mut Name, of: Option<&str>, op: Op) {
    let Some(other) = walk.words.neighbour(of, &name.text, &[]) else {
        return;
    };
    let span = name.span;
    walk.rewrite(
        name,
        op,
        span,
        |name| name.text.clone(),
        |name| {
            name.text = other;
        },
    );
}

/// Each member dropped, each exchanged for one that is not there, and one added.
pub(super) fn members(walk: &mut Walk<'_>, names: &mut Vec<Name>, span: Span, of: Option<&str>) {
    let words = walk.words;
    let text = |name: &Name| format!("drop `{}`", name.text);
    let there = names.clone();
    walk.drop_each(names, Op::DropMember, false, |name| name.span, text);
    for name in names.iter_mut() {
        if let Some(other) = words.neighbour(of, &name.text, &there) {
            let span = name.span;
            walk.rewrite(
                name,
                Op::Member,
                span,
                |name| name.text.clone(),
                |name| {
                    name.text = other;
                },
            );
        }
    }
    let last = there.last().map_or("", |name| name.text.as_str());
    if let Some(more) = words.neighbour(of, last, &there) {
        let text = format!("add `{more}`");
        walk.offer(
            names,
            Op::AddMember,
            span,
            |_| text,
            |names| {
                names.push(Name { text: more, span });
            },
        );
    }
}

/// Changes of a set of members of `of`.
pub(super) fn set(walk: &mut Walk<'_>, slot: &mut SetExpr, of: Option<&str>) {
    let (start, end) = extent::set(slot);
    let span = Span { start, end };
    match slot {
        SetExpr::Members(names, _) => members(walk, names, span, of),
        SetExpr::Name(_) => {}
        SetExpr::Union(..) | SetExpr::Intersect(..) | SetExpr::Minus(..) => {
            walk.rewrite(slot, Op::SetOperation, span, phrases::set, |set| {
                *set = match set.clone() {
                    SetExpr::Union(a, b) => SetExpr::Intersect(a, b),
                    SetExpr::Intersect(a, b) => SetExpr::Union(a, b),
                    SetExpr::Minus(a, _) => *a,
                    other => other,
                };
            });
        }
    }
    if let SetExpr::Union(a, b) | SetExpr::Intersect(a, b) | SetExpr::Minus(a, b) = slot {
        set(walk, a, of);
        set(walk, b, of);
    }
}

/// Changes of the members of a family that are meant.
pub(super) fn family(walk: &mut Walk<'_>, slot: &mut Option<TargetOf>, norm: &str) {
    let of = walk.words.enum_of(norm);
    let span = |of: &TargetOf| match of {
        TargetOf::Name(name) => name.span,
        TargetOf::Members(names) => Span {
            start: names.first().map_or(0, |name| name.span.start),
            end: names.last().map_or(0, |name| name.span.end),
        },
    };
    let text = |of: &TargetOf| format!("drop `of {}`", phrases::target_of(of));
    walk.drop_option(slot, Op::Family, span, text);
    match slot {
        Some(TargetOf::Members(names)) => {
            let span = Span {
                start: names.first().map_or(0, |name| name.span.start),
                end: names.last().map_or(0, |name| name.span.end),
            };
            members(walk, names, span, of);
        }
        // Of a set or a fact there is no neighbour.
        Some(TargetOf::Name(name)) => member(walk, name, of, Op::Member),
        None => {}
    }
}
