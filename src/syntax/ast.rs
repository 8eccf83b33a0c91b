//! The Ast: what the author wrote, with the place of every word.
//!
//! Invariant: every [`Span`] is a valid byte range of the source, on character boundaries. Two Asts are
//! equal when they say the same, wherever they say it: spans and comments never take part in equality,
//! so that `parse(print(ast)) == ast` can be stated as it reads.
//!
//! Nothing is resolved here: names are text, literals are literals. That is the work of `check`.

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

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleDecl {
    /// Its name; several with one name are its dated versions.
    pub name: Name,
    /// `exception to RULE`.
    pub exception_to: Option<Name>,
    /// `regardless`: the exception does not inherit its base's condition.
    pub regardless: bool,
    /// `overrides RULE, …`.
    pub overrides: Vec<Name>,
    /// `title TEXT`.
    pub title: Option<Text>,
    /// `cites "…" verified`, each in the order written.
    pub cites: Vec<Cite>,
    /// `in force from D [until D]`.
    pub in_force: Option<InForce>,
    /// `counting`, `zone`, `calendar` where they differ from the pack's.
    pub counting: Counting,
    /// `when COND`.
    pub when: Option<Cond>,
    /// `then EFFECT and EFFECT …`.
    pub then: Vec<Effect>,
    /// `reason TEXT`.
    pub reason: Option<Text>,
    /// `untranslated TEXT`, each in the order written.
    pub untranslated: Vec<Text>,
}

/// `cites "art. 3(3)" verified`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    /// The article.
    pub article: Text,
    /// `verified`, `secondary` or `recalled`; checked later.
    pub how: Option<Name>,
    /// The whole clause.
    pub span: Span,
}

/// What a rule does to a norm, when it applies.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The norm; `None` for `then lifted`, which lifts every norm of the base.
    pub target: Option<Target>,
    /// The value.
    pub value: EffectValue,
    /// `across SET`.
    pub across: Option<SetExpr>,
    /// `up to CEILING`.
    pub up_to: Option<Ceiling>,
    /// `alternative WINDOW because TEXT`, each in the order written.
    pub alternatives: Vec<Alternative>,
    /// The whole effect.
    pub span: Span,
}

/// The value that an effect gives to its norm.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectValue {
    /// `must [WINDOWS]`.
    Must(Vec<Window>),
    /// `may [WINDOW]`.
    May(Option<Window>),
    /// `must not [until ANCHOR | for PERIOD from ANCHOR]`.
    MustNot(Option<Window>),
    /// `lifted`.
    Lifted,
}

/// A rival reading of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The other window.
    pub window: Window,
    /// Another regime, where the reading turns on it: `alternative within 1 hour of E counting R because …`.
    pub counting: Option<Name>,
    /// `because TEXT`.
    pub because: Text,
    /// The whole clause.
    pub span: Span,
}

/// When a value holds or is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Which kind.
    pub kind: WindowKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of window.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowKind {
    /// `within N UNIT of ANCHOR`: due is the last good instant.
    Within(Period, Anchor),
    /// `in less than N UNIT of ANCHOR`: at its due it is late.
    InLessThan(Period, Anchor),
    /// `by ANCHOR`.
    By(Anchor),
    /// `no earlier than N UNIT from ANCHOR`.
    NoEarlier(Period, Anchor),
    /// `at end of N UNIT from ANCHOR`.
    AtEnd(Period, Anchor),
    /// `for N UNIT from ANCHOR`.
    For(Period, Anchor),
    /// `until ANCHOR`.
    Until(Anchor),
    /// `without undue delay from ANCHOR`.
    UndueDelay(Anchor),
    /// `expeditiously from ANCHOR`.
    Expeditiously(Anchor),
}

/// `10 days`, `1 working day`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub n: Int,
    /// Of what.
    pub unit: Unit,
    /// The whole period.
    pub span: Span,
}

/// The units of a period. Singular and plural are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `minute`.
    Minute,
    /// `hour`.
    Hour,
    /// `day`.
    Day,
    /// `working day`.
    WorkingDay,
    /// `week`.
    Week,
    /// `month`.
    Month,
    /// `year`.
    Year,
}

/// What a period runs from.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// An event or an instant fact.
    Name(Name),
    /// `latest(…)`.
    Latest(Vec<Anchor>, Span),
    /// `earliest(…)`.
    Earliest(Vec<Anchor>, Span),
}

/// The ceiling of a sanction.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceiling {
    /// One term, or several that are compared.
    pub terms: Vec<CeilingTerm>,
    /// How several are compared; `Larger` for a single one, by convention.
    pub choose: Choose,
    /// `per day`.
    pub per_day: bool,
    /// The whole clause.
    pub span: Span,
}

/// `larger of (…)` or `smaller of (…)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choose {
    /// `larger of`.
    Larger,
    /// `smaller of`.
    Smaller,
}

/// One term of a ceiling.
#[derive(Clone, Debug, PartialEq)]
pub enum CeilingTerm {
    /// `250000 EUR`.
    Amount(Money),
    /// `4% of provider.turnover`; hundredths of a percent, so 4 % is 400.
    Percent {
        /// Hundredths of a percent.
        basis_points: u32,
        /// The money fact.
        of: Name,
        /// The whole term.
        span: Span,
    },
}

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
    /// `given …`.
    pub given: Vec<Given>,
    /// `at T`: the instant at which it is asked.
    pub at: Instant,
    /// `expect …`, each in the order written.
    pub expect: Vec<Expect>,
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
    /// `needs human`.
    NeedsHuman,
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
    /// A status word, checked later.
    pub status: Option<Name>,
    /// `by RULE`.
    pub by: Option<Name>,
    /// `across SET`.
    pub across: Option<SetExpr>,
    /// `up to MONEY`.
    pub up_to: Option<Money>,
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
