//! Conditions and set expressions, resolved.

use super::Period;
use crate::model::{Bits, Compare, EventId, FactId, Money, NormId, RuleId, SetId, ZoneId};

/// A set of members.
#[derive(Clone, Debug, PartialEq)]
pub enum SetExpr {
    /// Just these.
    Members(Bits),
    /// A named set.
    Set(SetId),
    /// A set fact.
    Fact(FactId),
    /// In either.
    Union(Box<SetExpr>, Box<SetExpr>),
    /// In both.
    Intersect(Box<SetExpr>, Box<SetExpr>),
    /// In the first, not in the second.
    Minus(Box<SetExpr>, Box<SetExpr>),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// All of them.
    And(Vec<Cond>),
    /// One of them.
    Or(Vec<Cond>),
    /// Not this.
    Not(Box<Cond>),
    /// A boolean fact.
    Bool(FactId),
    /// An enumeration fact has this member.
    Is(FactId, u16),
    /// The member of an enumeration fact is in a set. The number is how many members the enumeration has.
    In(FactId, SetExpr, u16),
    /// Two sets have a member in common.
    Meets(SetExpr, SetExpr),
    /// Whole numbers.
    Int(IntOperand, Compare, IntOperand),
    /// Amounts.
    Money(MoneyOperand, Compare, MoneyOperand),
    /// Instants.
    Instant(InstantOperand, Compare, InstantOperand),
    /// The event has happened.
    Happened {
        /// The event.
        event: EventId,
        /// True in a guard: an absent event is unknown.
        strict: bool,
    },
    /// The fact is given.
    Known(FactId),
    /// A duty of the rule passed its due unperformed, on one of these norms.
    Missed(RuleId, Vec<NormId>),
    /// The duties of the rule on these norms were performed in time.
    Met(RuleId, Vec<NormId>),
}

/// A whole number in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOperand {
    /// A literal.
    Literal(i64),
    /// A fact.
    Fact(FactId),
}

/// An amount in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyOperand {
    /// A literal.
    Literal(Money),
    /// A fact.
    Fact(FactId),
}

/// An instant in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstantOperand {
    /// Where it starts.
    pub base: InstantBase,
    /// How far from there; true for `-`.
    pub offset: Option<(bool, Period)>,
    /// The zone in which the offset runs.
    pub zone: ZoneId,
}

/// The start of an instant operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstantBase {
    /// A literal.
    Literal(i64),
    /// `now`.
    Now,
    /// An instant fact.
    Fact(FactId),
    /// When an event happened.
    Event(EventId),
}
