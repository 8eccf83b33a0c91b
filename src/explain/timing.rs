//! When an entry is due or holds, in words.

use super::catalogue::{Message, fill};
use super::facts::Speaker;
use super::when::{self, Join};
use crate::eval::{Decision, Entry, EventSlot, FactSlot, Moment, Named};
use crate::model::{Kind, Status, WithheldReason};
use crate::pack::format::{EffectRow, NONE16, Range};

/// What an entry lacks.
#[derive(Clone, Copy)]
pub(super) struct Lack {
    instants: Instants,
    /// False where nothing is asked for.
    asks: bool,
}

/// What keeps its instants from being known.
#[derive(Clone, Copy)]
enum Instants {
    /// Facts, or facts and holidays.
    Facts,
    /// Nothing but the holidays of years that no calendar covers.
    Holidays,
    /// Nothing: they leave the years that instants can have.
    Beyond,
}

/// True if an answer lacks nothing but the holidays of years that no calendar covers.
pub(super) fn lacks_holidays(needs: &[Named]) -> bool {
    let holidays = |name: &Named| matches!(name, Named::Calendar(_));
    !needs.is_empty() && needs.iter().all(holidays)
}

impl Lack {
    /// What an entry of a decision that needs these lacks.
    pub(super) fn of(decision: &Decision<'_>, entry: &Entry, needs: &[Named]) -> Lack {
        let instants = if decision.leaves_range(entry) {
            Instants::Beyond
        } else if lacks_holidays(needs) {
            Instants::Holidays
        } else {
            Instants::Facts
        };
        Lack {
            instants,
            asks: !needs.is_empty(),
        }
    }

    const fn due(self) -> Message {
        match self.instants {
            Instants::Facts => Message::DueUnknown,
            Instants::Holidays => Message::DueNoDays,
            Instants::Beyond => Message::DueBeyond,
        }
    }

    const fn not_before(self) -> Message {
        match self.instants {
            Instants::Facts => Message::NotBeforeUnknown,
            Instants::Holidays => Message::NotBeforeNoDays,
            Instants::Beyond => Message::NotBeforeBeyond,
        }
    }

    const fn until(self) -> Message {
        match self.instants {
            Instants::Facts => Message::UntilUnknown,
            Instants::Holidays => Message::UntilNoDays,
            Instants::Beyond => Message::UntilBeyond,
        }
    }

    const fn uncertain(self) -> Message {
        if self.asks {
            Message::Uncertain
        } else {
            Message::UncertainUntold
        }
    }

    /// Why an entry is withheld.
    pub(super) const fn withheld(self, why: WithheldReason) -> Message {
        match (why, self.instants) {
            (WithheldReason::Undetermined, Instants::Beyond) if !self.asks => Message::WhyBeyond,
            (WithheldReason::GuardFalse, _) => Message::WhyGuardFalse,
            (WithheldReason::GuardUnknown, _) => Message::WhyGuardUnknown,
            (WithheldReason::Conflict, _) => Message::WhyConflict,
            (WithheldReason::Undetermined, _) => Message::WhyUndetermined,
            (WithheldReason::Waiting, _) => Message::WhyWaiting,
            (WithheldReason::Ended, _) => Message::WhyEnded,
        }
    }
}

/// Says when: the status, the due and what is left of it, or from when until when; of what is unknown, what it lacks.
pub(super) fn of_entry(speaker: &Speaker<'_, '_>, entry: &Entry, kind: Kind, lack: Lack) -> String {
    let effect = speaker.program.effects.at(entry.effect.index());
    let lasting = entry.start != Moment::Nothing || entry.end != Moment::Nothing;
    let mut words = match kind {
        Kind::Must if !lasting => due(speaker, entry, effect, lack),
        Kind::Lifted => Vec::new(),
        _ => span(speaker, entry, effect, kind, lack),
    };
    if !entry.certain {
        words.push(speaker.say(lack.uncertain(), &[]));
    }
    words.join(", ")
}

/// Of a duty that is performed once, or stands without end.
fn due(speaker: &Speaker<'_, '_>, entry: &Entry, effect: EffectRow, lack: Lack) -> Vec<String> {
    let mut words = Vec::new();
    let waiting = || speaker.waiting(Message::DueWaiting, effect.windows);
    match (entry.status, entry.due) {
        (Status::Running, Moment::At(at)) => words.push(speaker.due(at, entry.exclusive)),
        (Status::Breached, Moment::At(at)) => {
            words.push(speaker.say(Message::StatusBreached, &[]));
            // An exclusive due is breached at its very instant, which is not past.
            let (message, join) = if entry.exclusive {
                (Message::DueWasBefore, Join::Before)
            } else {
                (Message::DueWas, Join::On)
            };
            words.push(speaker.ends(message, at, join));
        }
        (
            status @ (Status::Met | Status::MetLate | Status::Early | Status::Waiting),
            Moment::At(at),
        ) => {
            words.push(speaker.say(self::status(status, Kind::Must), &[]));
            words.push(speaker.say(Message::DueOnce, &[&speaker.end(at, Join::On)]));
        }
        (Status::Unknown, Moment::At(at)) => {
            words.push(speaker.say(Message::StatusUnknown, &[]));
            words.push(speaker.due(at, entry.exclusive));
        }
        (Status::Open, _) => words.push(speaker.say(Message::StatusOpen, &[])),
        (Status::Waiting, Moment::Waiting) => words.push(waiting()),
        (_, Moment::Unknown) => words.push(speaker.say(lack.due(), &[])),
        (Status::Running, Moment::Nothing) => words.push(speaker.say(Message::DueNone, &[])),
        (status, _) => words.push(speaker.say(self::status(status, Kind::Must), &[])),
    }
    if entry.service_level {
        words.push(speaker.say(Message::OwnLevel, &[]));
    }
    if let Some(at) = entry.provisional_due {
        words.push(speaker.ends(Message::DueProvisional, at, Join::On));
    }
    let settled = matches!(
        entry.status,
        Status::Met | Status::MetLate | Status::Breached
    );
    match entry.not_before {
        Moment::At(at) if !settled => words.push(speaker.at(Message::NotBefore, at, Join::Before)),
        Moment::Waiting => words.push(speaker.waiting(Message::NotBeforeWaiting, effect.windows)),
        Moment::Unknown => words.push(speaker.say(lack.not_before(), &[])),
        _ => {}
    }
    words
}

/// Of a right, a prohibition, or a duty that lasts.
fn span(
    speaker: &Speaker<'_, '_>,
    entry: &Entry,
    effect: EffectRow,
    kind: Kind,
    lack: Lack,
) -> Vec<String> {
    let mut words = vec![speaker.say(status(entry.status, kind), &[])];
    match entry.start {
        Moment::At(at) => words.push(speaker.at(Message::From, at, Join::From)),
        Moment::Waiting => words.push(speaker.waiting(Message::DueWaiting, effect.windows)),
        Moment::Unknown => words.push(speaker.say(lack.not_before(), &[])),
        Moment::Nothing | Moment::Open => {}
    }
    match entry.end {
        Moment::At(at) => words.push(speaker.ends(Message::Until, at, Join::Until)),
        Moment::Waiting if entry.start != Moment::Waiting => {
            words.push(speaker.waiting(Message::UntilWaiting, effect.windows));
        }
        Moment::Unknown => words.push(speaker.say(lack.until(), &[])),
        Moment::Nothing | Moment::Open | Moment::Waiting => {}
    }
    words
}

/// The due of a rival reading, whose window is the one with this index.
pub(super) fn of_reading(
    speaker: &Speaker<'_, '_>,
    window: u32,
    due: Moment,
    exclusive: bool,
) -> String {
    match due {
        Moment::At(at) => speaker.due(at, exclusive),
        Moment::Waiting => speaker.waiting(
            Message::DueWaiting,
            Range {
                first: window,
                count: 1,
            },
        ),
        // A rival reading asks for nothing, so that what it lacks is not listed: facts, if it reads one that is unknown.
        Moment::Unknown if speaker.reads_unknown(window) => speaker.say(Message::DueUnknown, &[]),
        Moment::Unknown => speaker.say(Message::DueUntold, &[]),
        Moment::Open => speaker.say(Message::DueOpen, &[]),
        Moment::Nothing => speaker.say(Message::DueNone, &[]),
    }
}

/// A status in words.
pub(crate) fn status(status: Status, kind: Kind) -> Message {
    match (status, kind) {
        (Status::Running, Kind::May) => Message::StatusRunningMay,
        (Status::Running, Kind::MustNot) => Message::StatusRunningMustNot,
        (Status::Running, _) => Message::StatusRunning,
        (Status::Met, Kind::MustNot) => Message::StatusMetKept,
        (Status::Met, _) => Message::StatusMet,
        (Status::Waiting, _) => Message::StatusWaiting,
        (Status::Early, _) => Message::StatusEarly,
        (Status::MetLate, _) => Message::StatusMetLate,
        (Status::Breached, _) => Message::StatusBreached,
        (Status::Lapsed, _) => Message::StatusLapsed,
        (Status::Open, _) => Message::StatusOpen,
        (Status::Unknown | Status::Nothing, _) => Message::StatusUnknown,
    }
}

impl Speaker<'_, '_> {
    /// A message of the catalogue.
    pub(super) fn say(&self, message: Message, values: &[&str]) -> String {
        fill(message, self.lang, values)
    }

    /// A message with an instant and how far away it is.
    pub(super) fn at(&self, message: Message, at: i64, join: Join) -> String {
        let distance = when::distance(at, self.now, self.lang);
        fill(message, self.lang, &[&self.instant(at, join), &distance])
    }

    /// The same of a due or an end.
    fn ends(&self, message: Message, at: i64, join: Join) -> String {
        let distance = when::distance(at, self.now, self.lang);
        fill(message, self.lang, &[&self.end(at, join), &distance])
    }

    fn end(&self, at: i64, join: Join) -> String {
        when::due(self.program, self.zone, at, join, self.lang)
    }

    fn due(&self, at: i64, exclusive: bool) -> String {
        let past = at < self.now;
        match (exclusive, past) {
            (false, false) => self.ends(Message::Due, at, Join::On),
            (false, true) => self.ends(Message::DueWas, at, Join::On),
            (true, false) => self.ends(Message::DueBefore, at, Join::Before),
            (true, true) => self.ends(Message::DueWasBefore, at, Join::Before),
        }
    }

    /// Whether the anchor of a window, its calendar or its zone rests on a fact or event that is unknown.
    fn reads_unknown(&self, window: u32) -> bool {
        let program = self.program;
        let row = program.windows.at(window as usize);
        let unknown_fact = |fact: u16| {
            let slot = self.case.facts.get(usize::from(fact)).copied();
            match slot.unwrap_or_default() {
                FactSlot::Given(_) => false,
                FactSlot::Null => true,
                FactSlot::Absent => program.facts.at(usize::from(fact)).presumed == 0,
            }
        };
        let unknown_event = |event: u16| {
            let slot = self.case.events.get(usize::from(event)).copied();
            slot.unwrap_or_default() == EventSlot::Null
        };
        let nodes = program.anchors.at(row.anchor as usize).nodes;
        let mut nodes = program.anchor_nodes.range(nodes.first, nodes.count);
        let anchor = nodes.any(|node| match node.op {
            0 => unknown_event(node.arg),
            1 => unknown_fact(node.arg),
            _ => false,
        });
        if anchor || row.counting == NONE16 {
            return anchor;
        }
        let counting = program.countings.at(usize::from(row.counting));
        let mut choosers = [counting.zone_by, counting.zone_then, counting.chooser].into_iter();
        choosers.any(|chooser| {
            chooser != NONE16 && unknown_fact(program.choosers.at(usize::from(chooser)).fact)
        })
    }

    /// A message with the events of some windows that have not happened.
    fn waiting(&self, message: Message, windows: Range) -> String {
        let mut names: Vec<&str> = Vec::new();
        for window in self.program.windows.range(windows.first, windows.count) {
            let nodes = self.program.anchors.at(window.anchor as usize).nodes;
            for node in self
                .program
                .anchor_nodes
                .range(nodes.first, nodes.count)
                .filter(|node| node.op == 0)
            {
                let slot = self
                    .case
                    .events
                    .get(usize::from(node.arg))
                    .copied()
                    .unwrap_or_default();
                let happened = matches!(slot, EventSlot::At(at) if at <= self.now);
                let name = self
                    .program
                    .str(self.program.events.at(usize::from(node.arg)).name);
                if !happened && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let some = self.say(Message::SomeEvent, &[]);
        let list = names
            .into_iter()
            .map(str::to_string)
            .reduce(|list, name| self.say(Message::Or, &[&list, &name]));
        fill(message, self.lang, &[&list.unwrap_or(some)])
    }
}
