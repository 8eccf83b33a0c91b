//! Comparisons and offsets: whole numbers with whole numbers, amounts with amounts, instants with instants.
//!
//! Invariant: both sides of a comparison have one type. A comparison whose answer the ranges settle is a warning.

use super::codes;
use super::conditions::Reader;
use super::ir::{Cond, InstantBase, InstantOperand, IntOperand, MoneyOperand, Period, Type};
use super::link::Symbol;
use super::names::FACT_OR_EVENT;
use super::report::FileDiagnostic;
use crate::model::{Compare, Unit};
use crate::syntax::ast::{self, CompareOp, Operand, Span};

/// One side of a comparison.
enum Side {
    Int(IntOperand, (i64, i64)),
    Money(MoneyOperand),
    Instant(InstantOperand),
}

impl Side {
    fn words(&self) -> &'static str {
        match self {
            Side::Int(..) => "a whole number",
            Side::Money(_) => "an amount",
            Side::Instant(_) => "an instant",
        }
    }
}

impl Reader<'_, '_> {
    /// `A < B`.
    pub(super) fn compare(&self, left: &Operand, op: CompareOp, right: &Operand) -> Option<Cond> {
        let (a, b) = (self.operand(left), self.operand(right));
        let op = match op {
            CompareOp::Lt => Compare::Lt,
            CompareOp::Le => Compare::Le,
            CompareOp::Gt => Compare::Gt,
            CompareOp::Ge => Compare::Ge,
        };
        Some(match (a?, b?) {
            (Side::Int(a, ra), Side::Int(b, rb)) => {
                self.warn_constant(span_of(left), ra, op, rb);
                Cond::Int(a, op, b)
            }
            (Side::Money(a), Side::Money(b)) => Cond::Money(a, op, b),
            (Side::Instant(a), Side::Instant(b)) => {
                if a.base == InstantBase::Now && b.base == InstantBase::Now {
                    let message = "`now` is compared with itself";
                    let place = self.place(span_of(right));
                    self.link.error(
                        FileDiagnostic::error(codes::BAD_NOW, place, message)
                            .label("expected an event, an instant fact or an instant"),
                    );
                    return None;
                }
                Cond::Instant(a, op, b)
            }
            (a, b) => {
                let problem = self
                    .link
                    .mismatch(self.pack, span_of(right), a.words(), b.words());
                self.link
                    .error(problem.also(self.place(span_of(left)), a.words()));
                return None;
            }
        })
    }

    /// An instant without an offset.
    pub(super) fn instant_operand(&self, base: InstantBase) -> InstantOperand {
        InstantOperand {
            base,
            offset: None,
            zone: self.way.zone,
        }
    }

    fn operand(&self, written: &Operand) -> Option<Side> {
        Some(match written {
            Operand::Int(int) => Side::Int(IntOperand::Literal(int.value), (int.value, int.value)),
            Operand::Money(money) => {
                Side::Money(MoneyOperand::Literal(self.link.money(self.pack, money)?))
            }
            Operand::Instant(at) => {
                let at = self.link.instant(self.pack, at)?;
                Side::Instant(self.instant_operand(InstantBase::Literal(at)))
            }
            Operand::Now(offset, _) => self.offset(InstantBase::Now, offset.as_ref())?,
            Operand::Name(name, offset) => {
                let base = match self.link.symbol(self.pack, name, &FACT_OR_EVENT)? {
                    Symbol::Event(event) => InstantBase::Event(event),
                    Symbol::Fact(fact) => match (self.fact_type(fact, name.span)?, offset) {
                        (Type::Instant, _) => InstantBase::Fact(fact),
                        (Type::Int(least, most), None) => {
                            return Some(Side::Int(IntOperand::Fact(fact), (least, most)));
                        }
                        (Type::Money, None) => {
                            return Some(Side::Money(MoneyOperand::Fact(fact)));
                        }
                        (other, offset) => {
                            self.not_comparable(name, other, offset.is_some());
                            return None;
                        }
                    },
                    _ => return None,
                };
                self.offset(base, offset.as_ref())?
            }
        })
    }

    fn not_comparable(&self, name: &ast::Name, ty: Type, has_offset: bool) {
        let is = self.link.type_words(ty);
        if has_offset {
            let message = format!("`{}` is {is}, to which no time can be added", name.text);
            self.type_error(name.span, message, "expected an instant", None);
            return;
        }
        let message = format!("`{}` is {is}, which has no order", name.text);
        let label = "expected a whole number, an amount or an instant";
        let help = match ty {
            Type::Enum(_) => Some("write `is`, or `in` with a set"),
            Type::SetOf(_) => Some("write `includes`, or `meets` with a set"),
            _ => None,
        };
        self.type_error(name.span, message, label, help);
    }

    fn offset(&self, base: InstantBase, offset: Option<&ast::Offset>) -> Option<Side> {
        let offset = match offset {
            Some(offset) => {
                let period = self.link.period(self.pack, &offset.period)?;
                if base == InstantBase::Now && counts_days(period) {
                    let place = self.place(offset.period.span);
                    let message = "`now` takes an offset in minutes or hours only";
                    self.link.error(
                        FileDiagnostic::error(codes::BAD_NOW, place, message)
                            .label("a longer period counts days of a calendar")
                            .help("add it to the other side, with the sign turned"),
                    );
                    return None;
                }
                if period.unit == Unit::WorkingDay {
                    let place = self.place(offset.period.span);
                    let message = "an offset is elapsed time, which has no working days";
                    self.link.error(
                        FileDiagnostic::error(codes::OFFSET_WORKING_DAY, place, message)
                            .label("expected minutes, hours, days, weeks, months or years")
                            .help("write a window, which is counted by a calendar, and ask for `missed` or `met`"),
                    );
                    return None;
                }
                if counts_days(period) {
                    self.needs_elapsed(offset.period.span);
                }
                Some((offset.minus, period))
            }
            None => None,
        };
        Some(Side::Instant(InstantOperand {
            base,
            offset,
            zone: self.way.zone,
        }))
    }

    fn warn_constant(&self, span: Span, a: (i64, i64), op: Compare, b: (i64, i64)) {
        let (always, never) = match op {
            Compare::Lt => (a.1 < b.0, a.0 >= b.1),
            Compare::Le => (a.1 <= b.0, a.0 > b.1),
            Compare::Gt => (a.0 > b.1, a.1 <= b.0),
            Compare::Ge => (a.0 >= b.1, a.1 < b.0),
            Compare::Eq => (false, false),
        };
        let which = match (always, never) {
            (true, _) => "true",
            (_, true) => "false",
            _ => return,
        };
        let message = format!("this comparison is always {which}");
        let range = |r: (i64, i64)| {
            if r.0 == r.1 {
                r.0.to_string()
            } else {
                format!("from {} to {}", r.0, r.1)
            }
        };
        let label = format!("one side is {}, the other {}", range(a), range(b));
        self.link.report.push(
            FileDiagnostic::warning(codes::CONSTANT_COMPARISON, self.place(span), message)
                .label(label),
        );
    }
}

/// True for periods that run in a zone.
pub(super) fn counts_days(period: Period) -> bool {
    !matches!(period.unit, Unit::Minute | Unit::Hour)
}

fn span_of(operand: &Operand) -> Span {
    match operand {
        Operand::Int(int) => int.span,
        Operand::Money(money) => money.span,
        Operand::Instant(at) => at.span,
        Operand::Now(_, span) => *span,
        Operand::Name(name, _) => name.span,
    }
}
