//! Literals as written, to values that exist: dates, instants, amounts, periods, values of a type.
//!
//! Invariant: a literal that is no value is reported at its place and gives `None`.

use super::codes;
use super::ir::{self, Interval, Text, Type};
use super::link::Link;
use super::report::FileDiagnostic;
use crate::model::{Bits, Currency, EnumId, Money, PackId, Unit};
use crate::syntax::ast::{self, Name, Span};
use crate::time::{civil, instant};

/// Text in both languages.
pub(super) fn text(written: &ast::Text) -> Text {
    Text {
        en: written.en.clone(),
        fr: written.fr.as_ref().unwrap_or(&written.en).clone(),
    }
}

/// Text in both languages; empty, where none is written.
pub(super) fn text_or_empty(written: Option<&ast::Text>) -> Text {
    written.map(text).unwrap_or_default()
}

impl Link<'_> {
    /// Days since 1970-01-01.
    pub(super) fn date(&self, pack: PackId, date: &ast::Date) -> Option<i32> {
        let (year, month, day) = (date.year, date.month, date.day);
        let days = civil::days_from_civil(i32::from(year), u32::from(month), u32::from(day));
        if days.is_none() {
            let message = format!("there is no day {year:04}-{month:02}-{day:02}");
            let last = civil::days_in_month(i32::from(year), u32::from(month));
            let problem =
                FileDiagnostic::error(codes::BAD_DATE, self.place(pack, date.span), message)
                    .label("expected a date that exists");
            self.error(if last > 0 && u32::from(day) > last {
                problem.help(format!("this month ends on {year:04}-{month:02}-{last:02}"))
            } else {
                problem
            });
        }
        days
    }

    /// Microseconds of UTC.
    pub(super) fn instant(&self, pack: PackId, written: &ast::Instant) -> Option<i64> {
        match instant::parse(&written.text) {
            Ok(micros) => Some(micros),
            Err(why) => {
                let place = self.place(pack, written.span);
                let message = format!("`{}` is no instant: {why}", written.text);
                let problem = FileDiagnostic::error(codes::BAD_INSTANT, place, message);
                self.error(problem.label("expected an instant that exists"));
                None
            }
        }
    }

    /// An amount in minor units.
    pub(super) fn money(&self, pack: PackId, written: &ast::Money) -> Option<Money> {
        let currency = Currency::parse(&written.currency);
        let money = currency.and_then(|currency| Money::parse(&written.amount, currency));
        if money.is_none() {
            let place = self.place(pack, written.span);
            let message = format!("`{} {}` is no amount", written.amount, written.currency);
            let label = match currency.map(Currency::decimals) {
                Some(0) => format!("`{}` has no decimals", written.currency),
                Some(n) => {
                    format!("expected an amount with at most {n} decimals, within 19 digits in all")
                }
                None => "expected a currency of three capital letters".to_string(),
            };
            self.error(FileDiagnostic::error(codes::BAD_MONEY, place, message).label(label));
        }
        money
    }

    /// A period of 1 minute to 100 years.
    pub(super) fn period(&self, pack: PackId, written: &ast::Period) -> Option<ir::Period> {
        let unit = match written.unit {
            ast::Unit::Minute => Unit::Minute,
            ast::Unit::Hour => Unit::Hour,
            ast::Unit::Day => Unit::Day,
            ast::Unit::Week => Unit::Week,
            ast::Unit::Month => Unit::Month,
            ast::Unit::Year => Unit::Year,
            ast::Unit::WorkingDay => Unit::WorkingDay,
        };
        let n = u32::try_from(written.n.value)
            .ok()
            .filter(|n| (1..=unit.most()).contains(n));
        if n.is_none() {
            let place = self.place(pack, written.span);
            let message = if written.n.value < 1 {
                "a period has at least 1 of its unit".to_string()
            } else {
                "a period has at most 100 years".to_string()
            };
            let label = format!("expected a number from 1 to {}", unit.most());
            self.error(FileDiagnostic::error(codes::BAD_PERIOD, place, message).label(label));
        }
        Some(ir::Period { n: n?, unit })
    }

    /// The interval of an `in force`; always, without one.
    pub(super) fn interval(&self, pack: PackId, written: Option<&ast::InForce>) -> Interval {
        let Some(written) = written else {
            return Interval::ALWAYS;
        };
        let from = self.date(pack, &written.from);
        let until = written.until.as_ref().map(|until| self.date(pack, until));
        if let (Some(from), Some(Some(until))) = (from, until)
            && until <= from
        {
            let place = self.place(pack, written.span);
            let message = "this is in force on no day";
            let problem = FileDiagnostic::error(codes::IN_FORCE_INVERTED, place, message)
                .label("the day of `until` is not included, so no day is left")
                .help("expected a later date after `until` than after `from`");
            self.error(problem);
        }
        Interval {
            from: from.unwrap_or(i32::MIN),
            until: until.flatten().unwrap_or(i32::MAX),
        }
    }

    /// A type in words.
    pub(super) fn type_words(&self, ty: Type) -> String {
        match ty {
            Type::Bool => "`true` or `false`".to_string(),
            Type::Enum(of) => format!("a member of `{}`", self.enum_name(of)),
            Type::SetOf(of) => format!("a set of `{}`", self.enum_name(of)),
            Type::Int(least, most) => format!("a whole number from {least} to {most}"),
            Type::Money => "an amount".to_string(),
            Type::Instant => "an instant".to_string(),
        }
    }

    /// A mismatch of types.
    pub(super) fn mismatch(
        &self,
        pack: PackId,
        span: Span,
        wanted: &str,
        found: &str,
    ) -> FileDiagnostic {
        let message = format!("expected {wanted}, found {found}");
        FileDiagnostic::error(codes::TYPE_MISMATCH, self.place(pack, span), message)
            .label(format!("expected {wanted}"))
    }

    /// A value of a type, within its range.
    pub(super) fn value(&self, pack: PackId, ty: Type, written: &ast::Value) -> Option<ir::Value> {
        Some(match (ty, written) {
            (Type::Bool, ast::Value::Bool(value, _)) => ir::Value::Bool(*value),
            (Type::Enum(of), ast::Value::Member(name)) => {
                ir::Value::Member(self.member(pack, of, name)?)
            }
            (Type::SetOf(of), ast::Value::Members(names, _)) => {
                ir::Value::Members(self.members(pack, of, names)?)
            }
            (Type::Int(least, most), ast::Value::Int(int)) => {
                if !(least..=most).contains(&int.value) {
                    let place = self.place(pack, int.span);
                    let message = format!("{} is not from {least} to {most}", int.value);
                    let problem = FileDiagnostic::error(codes::OUT_OF_RANGE, place, message);
                    self.error(problem.label(format!("expected {}", self.type_words(ty))));
                    return None;
                }
                ir::Value::Int(int.value)
            }
            (Type::Money, ast::Value::Money(money)) => ir::Value::Money(self.money(pack, money)?),
            (Type::Instant, ast::Value::Instant(at)) => ir::Value::Instant(self.instant(pack, at)?),
            _ => {
                let (span, found) = describe(written);
                let problem = self.mismatch(pack, span, &self.type_words(ty), &found);
                self.error(match (ty, written) {
                    (Type::SetOf(_), ast::Value::Member(name)) => problem
                        .help("write a set with braces")
                        .fix(span, format!("{{{}}}", name.text)),
                    (Type::Money, ast::Value::Int(int)) => {
                        problem.help(format!("write its currency: `{} EUR`", int.value))
                    }
                    _ => problem,
                });
                return None;
            }
        })
    }

    /// The members in braces.
    pub(super) fn members(&self, pack: PackId, of: EnumId, names: &[Name]) -> Option<Bits> {
        let mut bits = Bits::EMPTY;
        let mut all = true;
        for name in names {
            match self.member(pack, of, name) {
                Some(member) if bits.contains(member) => {
                    let message = format!("`{}` stands twice in this set", name.text);
                    let place = self.place(pack, name.span);
                    self.report.push(
                        FileDiagnostic::warning(codes::MEMBER_TWICE, place, message)
                            .label("the second one says nothing"),
                    );
                }
                Some(member) => bits.insert(member),
                None => all = false,
            }
        }
        all.then_some(bits)
    }
}

/// Where a value stands, and what it is in words.
pub(super) fn describe(value: &ast::Value) -> (Span, String) {
    match value {
        ast::Value::Bool(value, span) => (*span, format!("`{value}`")),
        ast::Value::Member(name) => (name.span, format!("`{}`", name.text)),
        ast::Value::Members(_, span) => (*span, "a set of members".to_string()),
        ast::Value::Int(int) => (int.span, format!("the number {}", int.value)),
        ast::Value::Money(money) => (
            money.span,
            format!("the amount `{} {}`", money.amount, money.currency),
        ),
        ast::Value::Instant(at) => (at.span, format!("the instant `{}`", at.text)),
    }
}
