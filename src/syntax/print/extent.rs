//! From which byte to which byte of the source a condition goes.
//!
//! Invariant: parentheses around the whole do not count, since the Ast does not keep them.

use super::super::ast::{Cond, Name, Operand, SetExpr, Span, Value};

/// The first byte, and the one after the last.
pub type Extent = (u32, u32);

fn of(span: Span) -> Extent {
    (span.start, span.end)
}

fn join(first: Extent, last: Extent) -> Extent {
    (first.0, last.1)
}

fn name(name: &Name) -> Extent {
    of(name.span)
}

/// The extent of a condition.
pub fn cond(c: &Cond) -> Extent {
    match c {
        Cond::And(parts) | Cond::Or(parts) => match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => join(cond(first), cond(last)),
            _ => (0, 0),
        },
        Cond::Name(fact) => name(fact),
        Cond::Is { fact, value: v, .. } => join(name(fact), value(v)),
        Cond::In(fact, of) | Cond::Meets(fact, of) => join(name(fact), set(of)),
        Cond::Includes(fact, member) => join(name(fact), name(member)),
        Cond::Compare(left, _, right) => join(operand(left), operand(right)),
        Cond::Not(_, span)
        | Cond::Happened(_, span)
        | Cond::Known(_, span)
        | Cond::Missed(_, _, span)
        | Cond::Met(_, _, span) => of(*span),
    }
}

fn value(v: &Value) -> Extent {
    match v {
        Value::Bool(_, span) | Value::Members(_, span) => of(*span),
        Value::Member(member) => name(member),
        Value::Int(n) => of(n.span),
        Value::Money(m) => of(m.span),
        Value::Instant(t) => of(t.span),
    }
}

fn operand(o: &Operand) -> Extent {
    match o {
        Operand::Int(n) => of(n.span),
        Operand::Money(m) => of(m.span),
        Operand::Instant(t) => of(t.span),
        Operand::Now(_, span) => of(*span),
        Operand::Name(fact, None) => name(fact),
        Operand::Name(fact, Some(offset)) => join(name(fact), of(offset.period.span)),
    }
}

pub fn set(s: &SetExpr) -> Extent {
    match s {
        SetExpr::Members(_, span) => of(*span),
        SetExpr::Name(of) => name(of),
        SetExpr::Union(a, b) | SetExpr::Intersect(a, b) | SetExpr::Minus(a, b) => {
            join(set(a), set(b))
        }
    }
}
