//! Properties, calendars and scenarios, as written.

use super::{Cond, Date, Deontic, Instant, Int, Money, Name, SetExpr, Span, Target, Text, Value};
use crate::model::{Outcome, Truth};

/// `never …` or `always …`: a statement about outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyDecl {
    /// True for `always`.
    pub always: bool,
    /// The norm.
    pub target: Target,
    /// The outcome.
    pub outcome: Deontic,
    /// Where the statement holds; everywhere, if absent.
    pub condition: Option<PropertyCond>,
}

/// `unless COND` or `when COND`.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyCond {
    /// True for `unless`.
    pub unless: bool,
    /// The condition.
    pub cond: Cond,
}

/// `calendar NAME { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarDecl {
    /// Its name.
    pub name: Name,
    /// `zone "…"`.
    pub zone: Option<Text>,
    /// `weekend saturday, sunday`: names of days, checked later.
    pub weekend: Vec<Name>,
    /// `covers 2010..2035`: the last year included.
    pub covers: Option<(Int, Int)>,
    /// `holiday 2026-05-25 [TEXT]`.
    pub holidays: Vec<(Date, Option<Text>)>,
}

/// A scenario: a case with its expected answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioDecl {
    /// What it shows.
    pub title: Text,
    /// `law date D`.
    pub law_date: Option<Date>,
    /// `adopt PACK, …`: packs that are adopted beside its own.
    pub adopt: Vec<Name>,
    /// `expeditiously within 24 hours`, `without undue delay within 24 hours`: how the host reads what the law leaves open.
    pub levels: Vec<ServiceLevel>,
    /// `given …`.
    pub given: Vec<Given>,
    /// `at T`: the instant at which it is asked.
    pub at: Instant,
    /// `expect …`, each in the order written.
    pub expect: Vec<Expect>,
}

/// A service level: so long after its anchor an open due is taken to fall.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLevel {
    /// True for `without undue delay`, false for `expeditiously`.
    pub undue_delay: bool,
    /// How many units.
    pub n: Int,
    /// The unit, checked later: `microseconds`, `seconds`, `minutes`, `hours` or `days`, of elapsed time.
    pub unit: Name,
    /// The whole clause.
    pub span: Span,
}

/// One thing that the case says.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The fact or event.
    pub name: Name,
    /// What is said of it.
    pub kind: GivenKind,
    /// The whole entry.
    pub span: Span,
}

/// What is said of a fact or event.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenKind {
    /// `F` (true) or `not F` (false).
    Bool(bool),
    /// `F is V`.
    Is(Value),
    /// `E at T`.
    At(Instant),
    /// `F unknown`: `null` in a case.
    Unknown,
    /// `E not happened`: `false` in a case.
    NotHappened,
}

/// One expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// What is expected.
    pub kind: ExpectKind,
    /// The whole expectation.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectKind {
    /// `NORM [of M] OUTCOME …`. Boxed: much larger than the rest.
    Norm(Box<ExpectNorm>),
    /// `missing F`.
    Missing(Name),
    /// `assumed F`.
    Assumed(Name),
    /// `conflict on NORM [of M]`.
    ConflictOn(Target),
    /// `needs human`, or `needs human by RULE`.
    NeedsHuman(Option<Name>),
    /// `needs human but not by RULE`: whoever else asks, this rule does not.
    NotAskedBy(Name),
    /// `needs nobody`.
    NeedsNobody,
    /// `next change at T`, or `next change never` for `None`.
    NextChange(Option<Instant>),
}

/// What is expected of a norm.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectNorm {
    /// The norm.
    pub target: Target,
    /// Its outcome.
    pub outcome: ExpectOutcome,
    /// `due T`.
    pub due: Option<Instant>,
    /// `alternative T`, or `alternative before T`, for which the flag is true.
    pub alternative: Option<(bool, Instant)>,
    /// A status word, checked later.
    pub status: Option<Name>,
    /// `guard true`, `guard false`, `guard unknown`.
    pub guard: Option<Truth>,
    /// `by RULE`.
    pub by: Option<Name>,
    /// `but not by RULE`.
    pub not_by: Option<Name>,
    /// `across SET`.
    pub across: Option<SetExpr>,
    /// `up to MONEY`, or `up to MONEY per day`, for which the flag is true.
    pub up_to: Option<(Money, bool)>,
}

/// The outcomes that can be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectOutcome {
    /// `must`.
    Must,
    /// `may`.
    May,
    /// `must not`.
    MustNot,
    /// `none`.
    None,
    /// `undetermined`.
    Undetermined,
    /// `conflict`.
    Conflict,
}

impl ExpectOutcome {
    /// The outcome of a decision that it names.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            ExpectOutcome::Must => Outcome::Must,
            ExpectOutcome::May => Outcome::May,
            ExpectOutcome::MustNot => Outcome::MustNot,
            ExpectOutcome::None => Outcome::None,
            ExpectOutcome::Undetermined => Outcome::Undetermined,
            ExpectOutcome::Conflict => Outcome::Conflict,
        }
    }
}
