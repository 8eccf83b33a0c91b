//! The Ir: a link with every name resolved, every type known, every order fixed.
//!
//! Invariants, checked by the stage that makes it: every id is an index into its table; packs stand in the order
//! of their names, save that those of scenarios alone come last, and all else in the order of packs and declarations;
//! definitions are replaced; families are unfolded into norms; no rule depends on itself. It keeps spans where a later
//! stage may have to speak to the author.

use crate::model::{
    Bits, EnumId, EventId, NormId, Outcome, PackId, PackStatus, RuleId, Verification, VersionId,
    ZoneId,
};
use crate::syntax::ast::Span;

mod condition;
mod counting;
mod effect;
mod scenario;

pub use condition::*;
pub use counting::*;
pub use effect::*;
pub use scenario::*;

pub use crate::model::Value;

/// A place in the sources: which file of the link, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the file, in the order in which they were given.
    pub file: u16,
    /// Where in it.
    pub span: Span,
}

/// A time zone. Whether anybody knows it is found when the link is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its name, as written.
    pub name: String,
    /// Where it is first named; nowhere for the `UTC` of packs that name none.
    pub place: Option<Place>,
}

/// Text in both languages; a bare text stands twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

/// Days of an interval, half-open, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The first day; `i32::MIN` for none.
    pub from: i32,
    /// The first day after it; `i32::MAX` for none.
    pub until: i32,
}

impl Interval {
    /// Always in force.
    pub const ALWAYS: Interval = Interval {
        from: i32::MIN,
        until: i32::MAX,
    };

    /// True if the interval has a start or an end.
    #[must_use]
    pub const fn is_dated(self) -> bool {
        self.from != i32::MIN || self.until != i32::MAX
    }
}

/// A whole link.
#[derive(Clone, Debug, PartialEq)]
pub struct Ir {
    /// Packs by name, those that hold scenarios alone after all others.
    pub packs: Vec<Pack>,
    /// Enumerations.
    pub enums: Vec<Enum>,
    /// The enumeration that is the territory.
    pub territory: Option<EnumId>,
    /// Named sets.
    pub sets: Vec<Set>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Events.
    pub events: Vec<Event>,
    /// Calendars as declared, then those that a fact may choose and nobody declares, by name.
    pub calendars: Vec<Calendar>,
    /// The facts that choose among calendars.
    pub choosers: Vec<Chooser>,
    /// Ways to count periods, without doubles.
    pub countings: Vec<Counting>,
    /// Norms, families unfolded in the order of members.
    pub norms: Vec<Norm>,
    /// Rules by name.
    pub rules: Vec<Rule>,
    /// Versions of rules, in the order of rules, then as written.
    pub versions: Vec<Version>,
    /// Zones, without doubles, in the order of first use; `UTC` is always the first.
    pub zones: Vec<Zone>,
    /// `never` and `always`.
    pub properties: Vec<Property>,
    /// Scenarios.
    pub scenarios: Vec<Scenario>,
    /// An order in which everything can be computed: a version after its base's versions, and after the
    /// norms that its condition looks at; a norm after all versions that have an effect on it.
    pub schedule: Vec<Step>,
}

impl Ir {
    /// The packs that are compiled: those that say something of cases, and not only of scenarios.
    pub fn compiled_packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter().take_while(|pack| !pack.only_tries)
    }
}

/// One step of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Evaluate the condition of a version.
    Version(VersionId),
    /// Settle a norm.
    Norm(NormId),
}

/// A source pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// The instrument it puts into rules.
    pub source: Text,
    /// Its status; `Vocabulary` for a pack without rules and without a status.
    pub status: PackStatus,
    /// When it is in force.
    pub interval: Interval,
    /// The event whose date is the law date.
    pub judged_by: Option<EventId>,
    /// Its zone: its own, else that of the calendar that it names, else UTC.
    pub zone: ZoneId,
    /// `applies when`.
    pub applies: Option<Cond>,
    /// True if the pack, one of its rules, or a set that its rules, guards or `applies when` read is dated.
    pub dated: bool,
    /// True if it holds scenarios alone: it is tried, and not compiled.
    pub only_tries: bool,
    /// Its `pack NAME`.
    pub place: Place,
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// Its members.
    pub members: Vec<Member>,
    /// Where.
    pub place: Place,
}

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its label; the name, where none is written.
    pub label: Text,
}

/// A named set with its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// Its name.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// The enumeration of its members.
    pub of: EnumId,
    /// Its versions; their intervals do not overlap.
    pub versions: Vec<(Interval, Bits)>,
    /// Where the first version stands.
    pub place: Place,
}

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Bool,
    /// One member.
    Enum(EnumId),
    /// Any members.
    SetOf(EnumId),
    /// A whole number between two bounds, both included.
    Int(i64, i64),
    /// An amount.
    Money,
    /// An instant.
    Instant,
}

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// Its type.
    pub ty: Type,
    /// Its presumed value.
    pub presumed: Option<Value>,
    /// Its question; empty where none is written.
    pub ask: Text,
    /// Where.
    pub place: Place,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// Its question; empty where none is written.
    pub ask: Text,
    /// Where.
    pub place: Place,
}

/// A norm.
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// The name of the norm or family.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// The member, for one of a family.
    pub member: Option<(EnumId, u16)>,
    /// Who bears it.
    pub bearer: String,
    /// What is done.
    pub action: String,
    /// To what.
    pub object: String,
    /// Its title; empty where none is written.
    pub title: Text,
    /// The event that performs it.
    pub done_at: Option<EventId>,
    /// The event that violates it.
    pub broken_at: Option<EventId>,
    /// Its default: `None`, `May`, `Must` or `MustNot`.
    pub default: Outcome,
    /// The guards that speak of it; all must be true. Empty if it is not protected.
    pub guards: Vec<Cond>,
    /// Where.
    pub place: Place,
}

/// A rule by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name, without its pack.
    pub name: String,
    /// Its pack.
    pub pack: PackId,
    /// Its versions.
    pub versions: Vec<VersionId>,
}

/// A version of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub interval: Interval,
    /// The base of which it is an exception.
    pub base: Option<RuleId>,
    /// False for `regardless`: then the base's condition is not part of its own.
    pub inherits: bool,
    /// What it overrides.
    pub overrides: Vec<RuleId>,
    /// Its own condition, without its pack's and its base's.
    pub when: Option<Cond>,
    /// Its effects, one norm each, in the order written, members in their order.
    pub effects: Vec<Effect>,
    /// Its title; empty where none is written.
    pub title: Text,
    /// Its citations.
    pub cites: Vec<(Text, Verification)>,
    /// Its reason; empty where none is written.
    pub reason: Text,
    /// What is not modelled.
    pub untranslated: Vec<Text>,
    /// Where.
    pub place: Place,
}

impl Version {
    /// The rules it targets: its base, and what it overrides.
    pub fn targets(&self) -> impl Iterator<Item = RuleId> {
        self.base.into_iter().chain(self.overrides.iter().copied())
    }
}
