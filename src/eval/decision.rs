//! The decision, as plain records. `docs/LANGUAGE.md` §10 to §12 say what each means.

use crate::model::{
    Bits, EffectId, NormId, Outcome, PackId, State, Status, Truth, VersionId, WithheldReason,
};

/// An instant of an effect, or why there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// Its windows give none.
    #[default]
    Nothing,
    /// Microseconds of UTC.
    At(i64),
    /// Its anchor has not happened.
    Waiting,
    /// Without undue delay.
    Open,
    /// It depends on missing facts, or lies out of range.
    Unknown,
}

impl Moment {
    /// The instant, if it is one.
    #[must_use]
    pub const fn instant(self) -> Option<i64> {
        match self {
            Moment::At(instant) => Some(instant),
            _ => None,
        }
    }
}

/// A norm in one part of the territory; or, beside, what a pack that does not decide would say there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The norm.
    pub norm: NormId,
    /// The pack that does not decide; `None` for the decision itself.
    pub beside: Option<PackId>,
    /// The places, as members of the territory.
    pub places: Bits,
    /// The outcome, after protection.
    pub outcome: Outcome,
    /// The outcome before protection.
    pub unprotected: Outcome,
    /// The provisional outcome, where the outcome before protection is undetermined.
    pub provisional: Option<Outcome>,
    /// Whether rules contradict each other.
    pub conflict: Truth,
    /// The truth of the guard, for a protected norm.
    pub guard: Option<Truth>,
    /// Which entry is operational, counted from the first of this part.
    pub operational: Option<u16>,
    /// The first entry.
    pub first: u32,
    /// How many entries.
    pub count: u32,
}

impl Default for Part {
    fn default() -> Part {
        Part {
            norm: NormId(0),
            beside: None,
            places: Bits::EMPTY,
            outcome: Outcome::None,
            unprotected: Outcome::None,
            provisional: None,
            conflict: Truth::False,
            guard: None,
            operational: None,
            first: 0,
            count: 0,
        }
    }
}

/// An effect in one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The effect.
    pub effect: EffectId,
    /// Its state.
    pub state: State,
    /// False if its existence is unknown, or what might defeat it stands unknown.
    pub certain: bool,
    /// The version whose effect defeats it.
    pub by: Option<VersionId>,
    /// True if another effect would defeat it, but its own time is not now.
    pub overtaken: bool,
    /// Why it is withheld.
    pub why: Option<WithheldReason>,
    /// Its status.
    pub status: Status,
    /// Not before this instant.
    pub not_before: Moment,
    /// Its due.
    pub due: Moment,
    /// True if at its due it is already late.
    pub exclusive: bool,
    /// True if the due is the host's service level: the law leaves it open.
    pub service_level: bool,
    /// The earliest due that is known, where the due is unknown.
    pub provisional_due: Option<i64>,
    /// When it begins to hold.
    pub start: Moment,
    /// When it ceases to hold.
    pub end: Moment,
    /// The end of what defeated it before, from which its periods run; unknown where that depends on missing facts.
    pub floor: Moment,
}

impl Default for Entry {
    fn default() -> Entry {
        Entry {
            effect: EffectId(0),
            state: State::Standing,
            certain: true,
            by: None,
            overtaken: false,
            why: None,
            status: Status::Nothing,
            not_before: Moment::Nothing,
            due: Moment::Nothing,
            exclusive: false,
            service_level: false,
            provisional_due: None,
            start: Moment::Nothing,
            end: Moment::Nothing,
            floor: Moment::Nothing,
        }
    }
}

/// Something that is asked for or was assumed: by its number among facts, then events, then sets, then calendars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The number.
    pub name: u32,
    /// How many effects need it.
    pub count: u32,
}

/// What a number among facts, events, sets and calendars stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A fact.
    Fact(crate::model::FactId),
    /// An event.
    Event(crate::model::EventId),
    /// A set that has no version in force.
    Set(crate::model::SetId),
    /// A calendar that a count needs and that does not tell: nobody declares it, or it does not cover the year.
    Calendar(crate::model::CalendarId),
}
