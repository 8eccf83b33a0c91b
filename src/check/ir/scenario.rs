//! Properties and scenarios, resolved.

use super::{Cond, Place, SetExpr, Text, Value};
use crate::model::{EventId, FactId, Money, NormId, Outcome, PackId, RuleId, Status};

/// A `never` or `always`.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its pack.
    pub pack: PackId,
    /// True for `always`.
    pub always: bool,
    /// The norms it speaks of.
    pub norms: Vec<NormId>,
    /// `May`, `Must` or `MustNot`.
    pub outcome: Outcome,
    /// True for `unless`.
    pub unless: bool,
    /// Its condition; absent means `when` something that is always true.
    pub cond: Option<Cond>,
    /// As the printer writes it.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// A scenario, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its pack, which is adopted for the run.
    pub pack: PackId,
    /// What it shows.
    pub title: Text,
    /// The law date, in days since 1970-01-01.
    pub law_date: Option<i32>,
    /// The packs that are adopted beside its own.
    pub adopt: Vec<PackId>,
    /// `without undue delay`, in microseconds.
    pub undue_delay: Option<i64>,
    /// `expeditiously`, in microseconds.
    pub expeditiously: Option<i64>,
    /// What is given of facts; `None` for `unknown`.
    pub facts: Vec<(FactId, Option<Value>)>,
    /// What is given of events.
    pub events: Vec<(EventId, GivenEvent)>,
    /// When it is asked.
    pub now: i64,
    /// What is expected.
    pub expect: Vec<Expect>,
    /// Where.
    pub place: Place,
}

/// What a case says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenEvent {
    /// Its instant.
    At(i64),
    /// It has not happened.
    Not,
    /// It is unknown.
    Unknown,
}

/// An expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// What is expected.
    pub kind: ExpectKind,
    /// Where.
    pub place: Place,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectKind {
    /// Of norms; of all of them, where the target is a family.
    Norm(ExpectNorm),
    /// A fact is missing.
    MissingFact(FactId),
    /// An event is missing.
    MissingEvent(EventId),
    /// Years of a calendar of this name are missing.
    MissingCalendar(String),
    /// A fact was presumed.
    AssumedFact(FactId),
    /// An event was taken as not happened.
    AssumedEvent(EventId),
    /// Rules contradict each other on each of these norms, be it in one place.
    ConflictOn(Vec<NormId>),
    /// The answer needs a human; because of this rule's texts, if one is named.
    NeedsHuman(Option<RuleId>),
    /// The answer needs no human.
    NeedsNobody,
    /// The next change; `None` for never.
    NextChange(Option<i64>),
}

/// What is expected of norms.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectNorm {
    /// The norms.
    pub norms: Vec<NormId>,
    /// The outcome.
    pub outcome: Outcome,
    /// The due, of the operational basis or of `by`.
    pub due: Option<i64>,
    /// The due of a rival reading, and whether it is exclusive.
    pub alternative: Option<(bool, i64)>,
    /// The status, likewise.
    pub status: Option<Status>,
    /// The rule.
    pub by: Option<RuleId>,
    /// The places.
    pub across: Option<SetExpr>,
    /// The ceiling, and whether it is one for each day.
    pub up_to: Option<(Money, bool)>,
}
