//! The Ast: what the author wrote, with the place of every word.
//!
//! Invariant: every [`Span`] is a valid byte range of the source, on character boundaries. Two Asts are
//! equal when they say the same, wherever they say it: spans and comments never take part in equality,
//! so that `parse(print(ast)) == ast` can be stated as it reads.
//!
//! Nothing is resolved here: names are text, literals are literals. That is the work of `check`.

mod condition;
mod rule;
mod scenario;

pub use condition::*;
pub use rule::*;
pub use scenario::*;

/// A half-open byte range of the source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl PartialEq for Span {
    /// Always true: where a thing stands is not what it says.
    fn eq(&self, _: &Span) -> bool {
        true
    }
}
impl Eq for Span {}

/// A comment, kept for the printer. It belongs to the item, clause or list entry that follows it.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Where it stands, with its `#`.
    pub span: Span,
    /// Its text, without the `#` and the white space around it.
    pub text: String,
    /// True if nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// A name as written: `judge`, `order.received`, or with its pack `eu.tco/removal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The whole text, dots and slash included.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Text for people: bare (one wording for all languages) or per language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// English, or the bare text.
    pub en: String,
    /// French; `None` when the text was written bare.
    pub fr: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A calendar date as written (`2022-06-07`); not yet known to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12 if the date is good.
    pub month: u8,
    /// Day, 1 to 31 if the date is good.
    pub day: u8,
    /// Where it stands.
    pub span: Span,
}

/// An instant as written in RFC 3339 (seconds may be left out); checked later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instant {
    /// The text, for example `2026-05-16T23:30+02:00`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A whole number with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int {
    /// Its value.
    pub value: i64,
    /// Where it stands.
    pub span: Span,
}

/// An amount as written: `250000 EUR`, `0.50 EUR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The digits, with their decimal point if there is one (`250000`, `0.50`), sign included.
    pub amount: String,
    /// The three capital letters of the currency.
    pub currency: String,
    /// Where it stands.
    pub span: Span,
}

/// One source file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The header.
    pub pack: PackHeader,
    /// What follows, in the order written.
    pub items: Vec<Item>,
    /// All comments, in the order written; no part of equality.
    pub comments: Comments,
}

/// The comments of a file. Equal to any other: they say nothing to the engine.
#[derive(Clone, Debug, Default)]
pub struct Comments(pub Vec<Comment>);

impl PartialEq for Comments {
    fn eq(&self, _: &Comments) -> bool {
        true
    }
}

/// `pack NAME` and its clauses. Each clause stands at most once.
#[derive(Clone, Debug, PartialEq)]
pub struct PackHeader {
    /// The pack's name, `eu.tco`.
    pub name: Name,
    /// `title TEXT`.
    pub title: Option<Text>,
    /// `source "…"`: the instrument that the pack puts into rules.
    pub source: Option<Text>,
    /// `status WORD`; which words exist is checked later.
    pub status: Option<Name>,
    /// `in force from D [until D]`.
    pub in_force: Option<InForce>,
    /// `judged by EVENT`.
    pub judged_by: Option<Name>,
    /// `counting`, `zone`, `calendar`.
    pub counting: Counting,
    /// `applies when COND`.
    pub applies: Option<Cond>,
    /// From `pack` to the last clause.
    pub span: Span,
}

/// `in force from D [until D]`: half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Date,
    /// The first day on which it is no longer in force.
    pub until: Option<Date>,
    /// The whole clause.
    pub span: Span,
}

/// How periods run: each part may be given by the pack or by the rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counting {
    /// `counting REGIME`.
    pub regime: Option<Name>,
    /// `no rollover` after the regime.
    pub no_rollover: bool,
    /// `zone "Europe/Brussels"`.
    pub zone: Option<Text>,
    /// `calendar NAME` or `calendar by FACT`.
    pub calendar: Option<CalendarRef>,
}

/// Which calendar counts.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarRef {
    /// `calendar NAME`.
    Named(Name),
    /// `calendar by FACT`.
    ByFact(Name),
}

/// One declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it declares.
    pub kind: ItemKind,
    /// From its keyword to its last word.
    pub span: Span,
}

/// The kinds of declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// `use PACK`.
    Use(Name),
    /// `enum NAME [territory] { … }`.
    Enum(EnumDecl),
    /// `set NAME : ENUM { … } [in force …]`.
    Set(SetDecl),
    /// `fact NAME : TYPE …`.
    Fact(FactDecl),
    /// `event NAME …`.
    Event(EventDecl),
    /// `define NAME when COND`.
    Define(DefineDecl),
    /// `norm NAME … : bearer action object …`.
    Norm(NormDecl),
    /// `rule NAME … end`. Boxed: by far the largest.
    Rule(Box<RuleDecl>),
    /// `never …` or `always …`.
    Property(PropertyDecl),
    /// `calendar NAME { … }`.
    Calendar(CalendarDecl),
    /// `scenario "…" … end`.
    Scenario(Box<ScenarioDecl>),
}

/// An enumeration. One enumeration of a link may be the territory.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumDecl {
    /// Its name.
    pub name: Name,
    /// True for `enum Country territory { … }`.
    pub territory: bool,
    /// Its members, in the order written.
    pub members: Vec<Member>,
}

/// A member of an enumeration, with a label for people if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// `judge en "judge" fr "juge"`.
    pub label: Option<Text>,
}

/// A named set of members; several with one name are its dated versions.
#[derive(Clone, Debug, PartialEq)]
pub struct SetDecl {
    /// Its name.
    pub name: Name,
    /// The enumeration of its members.
    pub of: Name,
    /// Its members.
    pub members: Vec<Name>,
    /// When this version holds; always, if absent.
    pub in_force: Option<InForce>,
}

/// A fact of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct FactDecl {
    /// Its name, with dots.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// `presumed VALUE`: used while the fact is not given, and said so.
    pub presumed: Option<Value>,
    /// `ask TEXT`: the question to put when it is missing.
    pub ask: Option<Text>,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `bool`.
    Bool,
    /// The name of an enumeration.
    Enum(Name),
    /// `set of ENUM`.
    SetOf(Name),
    /// `int LO..=HI`.
    Int(Int, Int),
    /// `money`.
    Money,
    /// `instant`.
    Instant,
}

/// Something that happens, or does not.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDecl {
    /// Its name.
    pub name: Name,
    /// `ask TEXT`.
    pub ask: Option<Text>,
}

/// `define NAME when COND`: a name for a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct DefineDecl {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub when: Cond,
}

/// A norm: who does what to what.
#[derive(Clone, Debug, PartialEq)]
pub struct NormDecl {
    /// Its name.
    pub name: Name,
    /// `of ENUM`: a family, one norm for each member.
    pub family: Option<Name>,
    /// Who bears it.
    pub bearer: Name,
    /// What is done.
    pub action: Name,
    /// To what or whom.
    pub object: Name,
    /// `title TEXT`.
    pub title: Option<Text>,
    /// `done at EVENT`.
    pub done_at: Option<Name>,
    /// `broken at EVENT`.
    pub broken_at: Option<Name>,
    /// `by default must not`.
    pub default: Option<(Deontic, Span)>,
    /// `protected [of MEMBERS] by COND`, each in the order written.
    pub protected: Vec<Guard>,
}

/// One `protected` clause. A member that several clauses name needs all their conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// The members it speaks of; all, if absent.
    pub of: Option<TargetOf>,
    /// What must be true before the norm may be granted.
    pub by: Cond,
    /// The whole clause.
    pub span: Span,
}

/// The three deontic words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deontic {
    /// `must`.
    Must,
    /// `may`.
    May,
    /// `must not`.
    MustNot,
}

/// A norm that an effect, a property or an expectation speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The norm or the family.
    pub norm: Name,
    /// Which of the family; all of it, if absent.
    pub of: Option<TargetOf>,
    /// The whole target.
    pub span: Span,
}

/// The members of a family that are meant.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetOf {
    /// `of {traffic, content}`.
    Members(Vec<Name>),
    /// `of traffic` (a member), `of SET` (a constant) or `of order.data` (a fact): resolved by `check`.
    Name(Name),
}
