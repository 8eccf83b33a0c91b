//! Rules: their clauses, effects, windows and ceilings, as written.

use super::{Cond, Counting, InForce, Int, Money, Name, SetExpr, Span, Target, Text};

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
    /// `at least N UNIT before ANCHOR`: the period runs back, and due is the last good instant.
    AtLeastBefore(Period, Anchor),
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
