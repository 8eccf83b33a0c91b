//! What an evaluation reads: the program, the case, the instant, the law dates, and what is settled so far.
//!
//! Invariant: everything is read here and nowhere else, so that every instant at which something could change
//! is noted in the [`Horizon`].

use core::cell::Cell;

use super::ServiceLevels;
use super::case::{Case, EventSlot, FactSlot, FactValue};
use super::decision::{Entry, Part};
use super::memory::words;
use super::select::Open;
use super::slot::{Slots, set_bit};
use crate::model::limits::INSTANT_END;
use crate::model::{Bits, EventId, FactId, Money, PackId, PackStatus, VersionId};
use crate::pack::Program;
use crate::pack::format::{NONE16, NONE32};
use crate::pack::program::currency;

/// The answer so far, for conditions that look at it.
#[derive(Clone, Copy)]
pub(crate) struct Settled<'e> {
    pub parts: &'e [Part],
    pub entries: &'e [Entry],
    pub needs: &'e [u64],
    pub norm_parts: &'e [(u32, u32)],
}

/// The instants after `now` at which an answer may change.
pub(crate) struct Horizon {
    /// The earliest at which something could change.
    possible: Cell<i64>,
    /// The earliest at which the answer surely is another one, whatever else changes before or then.
    sure: Cell<i64>,
}

impl Horizon {
    pub fn new() -> Horizon {
        Horizon {
            possible: Cell::new(INSTANT_END),
            sure: Cell::new(INSTANT_END),
        }
    }

    /// The earliest possible change, and the earliest sure one.
    pub fn instants(&self) -> [Option<i64>; 2] {
        [&self.possible, &self.sure].map(|at| Some(at.get()).filter(|at| *at < INSTANT_END))
    }
}

/// What an evaluation reads.
#[derive(Clone, Copy)]
pub(crate) struct Context<'e> {
    pub program: &'e Program<'e>,
    pub case: Case<'e>,
    pub now: i64,
    pub law_dates: &'e [i32],
    pub settled: Settled<'e>,
    /// What the index knows to be unknown; nothing, where it was not asked.
    pub open: Open<'e>,
    /// Nowhere to note instants, where a finished answer is only looked at.
    pub horizon: Option<&'e Horizon>,
    pub words: usize,
    /// None where a finished answer is only looked at.
    pub service: ServiceLevels,
}

/// What has become of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    At(i64),
    Not,
    Unknown,
}

impl<'e> Context<'e> {
    /// For looking at a finished answer.
    pub fn finished(
        program: &'e Program<'e>,
        case: Case<'e>,
        now: i64,
        law_dates: &'e [i32],
        settled: Settled<'e>,
    ) -> Context<'e> {
        Context {
            program,
            case,
            now,
            law_dates,
            settled,
            open: Open::default(),
            horizon: None,
            words: words(program),
            service: ServiceLevels::default(),
        }
    }

    /// Something may change at this instant.
    pub fn note(&self, instant: i64) {
        let Some(horizon) = self.horizon else { return };
        if self.now < instant && instant < horizon.possible.get() {
            horizon.possible.set(instant);
        }
    }

    /// The answer at this instant, which was noted, cannot be the one that it is now.
    pub fn note_sure(&self, instant: i64) {
        let Some(horizon) = self.horizon else { return };
        if self.now < instant && instant < horizon.sure.get() {
            horizon.sure.set(instant);
        }
    }

    /// What has become of an event at `now`.
    pub fn event(&self, event: EventId) -> Happening {
        match self.event_slot(event) {
            EventSlot::At(at) if at <= self.now => Happening::At(at),
            EventSlot::Null => Happening::Unknown,
            _ => Happening::Not,
        }
    }

    /// What the case says of an event.
    pub fn event_slot(&self, event: EventId) -> EventSlot {
        self.case.events.at(event.index())
    }

    /// An event that a table may leave out; what is left out never happens.
    pub fn event_or_none(&self, event: u16) -> Happening {
        if event == NONE16 {
            Happening::Not
        } else {
            self.event(EventId(event))
        }
    }

    /// The value of a fact: given, or presumed.
    pub fn fact(&self, fact: FactId) -> Option<FactValue> {
        match self.case.facts.at(fact.index()) {
            FactSlot::Given(value) => Some(value),
            FactSlot::Null => None,
            FactSlot::Absent => self.presumed(fact),
        }
    }

    fn presumed(&self, fact: FactId) -> Option<FactValue> {
        let row = self.program.facts.at(fact.index());
        if row.presumed == 0 {
            return None;
        }
        Some(match row.ty {
            0 => FactValue::Bool(row.value != 0),
            1 => FactValue::Member(row.value as u16),
            2 if row.bits == NONE32 => FactValue::Members(Bits::EMPTY),
            2 => FactValue::Members(self.program.members_of(row.bits)),
            3 => FactValue::Int(row.value),
            4 => FactValue::Money(Money {
                minor: row.value,
                currency: currency(row.currency),
            }),
            _ => FactValue::Instant(row.value),
        })
    }

    /// True if the fact has a value only because it is presumed.
    pub fn is_assumed(&self, fact: FactId) -> bool {
        let absent = matches!(self.case.facts.at(fact.index()), FactSlot::Absent);
        absent && self.program.facts.at(fact.index()).presumed != 0
    }

    /// True if the case says nothing of the event.
    pub fn is_absent(&self, event: EventId) -> bool {
        matches!(self.event_slot(event), EventSlot::Absent)
    }

    /// The law date of a pack.
    pub fn law_date(&self, pack: PackId) -> i32 {
        self.law_dates.at(pack.index())
    }

    /// True if the pack is evaluated, and the version and its pack are in force at the pack's law date.
    pub fn is_present(&self, version: VersionId) -> bool {
        let row = self.program.versions.at(version.index());
        let pack_id = self.program.pack_of(version);
        let pack = self.program.packs.at(pack_id.index());
        let date = self.law_date(pack_id);
        if pack.status == PackStatus::Annulled as u8 {
            return false;
        }
        (pack.from..pack.until).contains(&date) && (row.from..row.until).contains(&date)
    }

    /// The bit of a fact among the names.
    pub fn fact_bit(&self, fact: u16) -> usize {
        usize::from(fact)
    }

    /// The bit of an event among the names.
    pub fn event_bit(&self, event: u16) -> usize {
        self.program.facts.len() + usize::from(event)
    }

    /// The bit of a set among the names.
    pub fn set_bit_of(&self, set: usize) -> usize {
        self.program.facts.len() + self.program.events.len() + set
    }

    /// The bit of a calendar among the names.
    pub fn calendar_bit(&self, calendar: u16) -> usize {
        self.set_bit_of(self.program.sets.len()) + usize::from(calendar)
    }

    /// Adds a fact to needs or assumptions.
    pub fn add_fact(&self, fact: u16, sink: &mut [u64]) {
        set_bit(sink, self.fact_bit(fact));
    }

    /// Adds an event to needs or assumptions.
    pub fn add_event(&self, event: u16, sink: &mut [u64]) {
        set_bit(sink, self.event_bit(event));
    }
}
