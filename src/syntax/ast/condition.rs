//! Conditions, set expressions and literal values, as written.

use super::{Instant, Int, Money, Name, Period, Span, Target};

/// A set of members, from constants and facts.
#[derive(Clone, Debug, PartialEq)]
pub enum SetExpr {
    /// `{FR, DE}`.
    Members(Vec<Name>, Span),
    /// A named set or a set fact.
    Name(Name),
    /// `A union B`; chains associate to the left, mixed operators need parentheses.
    Union(Box<SetExpr>, Box<SetExpr>),
    /// `A intersect B`.
    Intersect(Box<SetExpr>, Box<SetExpr>),
    /// `A minus B`.
    Minus(Box<SetExpr>, Box<SetExpr>),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// `A and B and …`: two or more.
    And(Vec<Cond>),
    /// `A or B or …`: two or more.
    Or(Vec<Cond>),
    /// `not A`.
    Not(Box<Cond>, Span),
    /// A boolean fact or a definition.
    Name(Name),
    /// `F is V` or `F is not V` for an enumeration, a boolean, an integer or an amount.
    Is {
        /// The fact.
        fact: Name,
        /// True for `is not`.
        negated: bool,
        /// The value.
        value: Value,
    },
    /// `F in SET`.
    In(Name, SetExpr),
    /// `F includes MEMBER`, the fact or named set on the left.
    Includes(Name, Name),
    /// `F meets SET`, the fact or named set on the left.
    Meets(Name, SetExpr),
    /// `A < B` for integers, money and instants.
    Compare(Operand, CompareOp, Operand),
    /// `happened E`.
    Happened(Name, Span),
    /// `known F`.
    Known(Name, Span),
    /// `missed R [on NORM]`.
    Missed(Name, Option<Target>, Span),
    /// `met R [on NORM]`.
    Met(Name, Option<Target>, Span),
}

/// The four comparisons that order has, and equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A whole number.
    Int(Int),
    /// An amount.
    Money(Money),
    /// An instant.
    Instant(Instant),
    /// `now`, perhaps with an offset.
    Now(Option<Offset>, Span),
    /// A fact or event, perhaps with an offset.
    Name(Name, Option<Offset>),
}

/// `+ 12 hours`, `- 10 days`.
#[derive(Clone, Debug, PartialEq)]
pub struct Offset {
    /// True for `-`.
    pub minus: bool,
    /// How far.
    pub period: Period,
}

/// A literal value, as in `is V`, `presumed V` and `given F is V`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool, Span),
    /// A member of an enumeration.
    Member(Name),
    /// `{FR, DE}`.
    Members(Vec<Name>, Span),
    /// A whole number.
    Int(Int),
    /// An amount.
    Money(Money),
    /// An instant.
    Instant(Instant),
}
