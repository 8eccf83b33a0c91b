//! The Ir: a link with every name resolved, every type known, every order fixed.
//!
//! Invariants, checked by the stage that makes it: every id is an index into its table; packs stand in the order
//! of their names and all else in the order of packs and declarations; definitions are replaced; families are
//! unfolded into norms; no rule depends on itself. It keeps spans where a later stage may have to speak to the author.

use crate::model::{
    Bits, Compare, EnumId, EventId, FactId, Kind, Money, NormId, Outcome, PackId, PackStatus,
    RuleId, SetId, Status, Unit, Verification, VersionId, WindowKind, ZoneId,
};
use crate::syntax::ast::Span;

/// A place in the sources: which file of the link, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the file, in the order in which they were given.
    pub file: u16,
    /// Where in it.
    pub span: Span,
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
    /// Packs, by name.
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
    /// Norms, families unfolded in the order of members.
    pub norms: Vec<Norm>,
    /// Rules by name.
    pub rules: Vec<Rule>,
    /// Versions of rules, in the order of rules, then as written.
    pub versions: Vec<Version>,
    /// Zone names, without doubles, in the order of first use; `UTC` is always the first.
    pub zones: Vec<String>,
    /// `never` and `always`.
    pub properties: Vec<Property>,
    /// Scenarios.
    pub scenarios: Vec<Scenario>,
    /// An order in which everything can be computed: a version after its base's versions, and after the
    /// norms that its condition looks at; a norm after all versions that have an effect on it.
    pub schedule: Vec<Step>,
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
    /// Its zone.
    pub zone: ZoneId,
    /// `applies when`.
    pub applies: Option<Cond>,
    /// True if the pack, one of its rules, or a set that its rules, guards or `applies when` read is dated.
    pub dated: bool,
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

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a boolean.
    Bool(bool),
    /// Of an enumeration, by index.
    Member(u16),
    /// Of a set.
    Members(Bits),
    /// Of an integer.
    Int(i64),
    /// Of money.
    Money(Money),
    /// Microseconds of UTC.
    Instant(i64),
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

/// An effect on one norm.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The norm.
    pub norm: NormId,
    /// `of FACT`: the set fact that must include the member.
    pub member: Option<(FactId, u16)>,
    /// What it does.
    pub kind: Kind,
    /// True for one of `then lifted`: it is there only where a target that is present has an effect.
    pub unfolded: bool,
    /// Its windows.
    pub windows: Vec<Window>,
    /// Where it holds.
    pub across: Across,
    /// Its ceiling.
    pub up_to: Option<Ceiling>,
    /// Rival readings.
    pub alternatives: Vec<Alternative>,
    /// The zone in which its periods run.
    pub zone: ZoneId,
    /// Where.
    pub place: Place,
}

/// Where an effect holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Across {
    /// Everywhere.
    Everywhere,
    /// Where the effects of the base on the same norm hold.
    Base,
    /// In a set.
    Set(SetExpr),
}

/// A rival reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Its window.
    pub window: Window,
    /// Why.
    pub because: Text,
}

/// A window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Which kind.
    pub kind: WindowKind,
    /// Its period, for the kinds that have one.
    pub period: Option<Period>,
    /// What it runs from.
    pub anchor: Anchor,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many, at least 1.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

/// An anchor.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// An event.
    Event(EventId),
    /// An instant fact.
    Fact(FactId),
    /// The latest of several.
    Latest(Vec<Anchor>),
    /// The earliest of several.
    Earliest(Vec<Anchor>),
}

/// A ceiling.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceiling {
    /// Its terms, at least one.
    pub terms: Vec<CeilingTerm>,
    /// True for `larger of`.
    pub larger: bool,
    /// `per day`.
    pub per_day: bool,
}

/// A term of a ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeilingTerm {
    /// An amount.
    Amount(Money),
    /// Hundredths of a percent of a money fact.
    Percent(u32, FactId),
}

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
    /// A fact was presumed.
    AssumedFact(FactId),
    /// An event was taken as not happened.
    AssumedEvent(EventId),
    /// The answer needs a human.
    NeedsHuman,
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
    /// The status, likewise.
    pub status: Option<Status>,
    /// The rule.
    pub by: Option<RuleId>,
    /// The places.
    pub across: Option<SetExpr>,
    /// The ceiling.
    pub up_to: Option<Money>,
}
