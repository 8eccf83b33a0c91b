//! Effects: windows, anchors, ceilings, resolved.

use super::{Place, SetExpr, Text};
use crate::model::{CountingId, EventId, FactId, Kind, Money, NormId, Unit, WindowKind, ZoneId};

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
    /// The zone of its rule, as far as no fact chooses it.
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
    /// Its period and how it is counted, for the kinds that have one.
    pub period: Option<(Period, CountingId)>,
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
