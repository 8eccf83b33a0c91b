//! When an entry is due or holds, in words.

use super::catalogue::{Message, fill};
use super::facts::Speaker;
use super::when::{self, Join};
use crate::eval::{Entry, Moment};
use crate::model::{Kind, Status};

/// Says when: the status, the due and what is left of it, or from when until when.
pub(super) fn of_entry(speaker: &Speaker<'_, '_>, entry: &Entry, kind: Kind) -> String {
    let lasting = entry.start != Moment::Nothing || entry.end != Moment::Nothing;
    let mut words = match kind {
        Kind::Must if !lasting => due(speaker, entry),
        Kind::Lifted => Vec::new(),
        _ => span(speaker, entry, kind),
    };
    if !entry.certain {
        words.push(speaker.say(Message::Uncertain, &[]));
    }
    words.join(", ")
}

/// Of a duty that is performed once, or stands without end.
fn due(speaker: &Speaker<'_, '_>, entry: &Entry) -> Vec<String> {
    let mut words = Vec::new();
    let exclusive = entry.exclusive;
    match (entry.status, entry.due) {
        (Status::Running, Moment::At(at)) => {
            words.push(speaker.at(
                if exclusive {
                    Message::DueBefore
                } else {
                    Message::Due
                },
                at,
                Join::On,
            ));
        }
        (Status::Breached, Moment::At(at)) => {
            words.push(speaker.say(Message::StatusBreached, &[]));
            words.push(speaker.at(
                if exclusive {
                    Message::DueWasBefore
                } else {
                    Message::DueWas
                },
                at,
                Join::On,
            ));
        }
        (
            status @ (Status::Met | Status::MetLate | Status::Early | Status::Waiting),
            Moment::At(at),
        ) => {
            words.push(speaker.say(self::status(status, Kind::Must), &[]));
            let instant = speaker.instant(at, Join::On);
            words.push(speaker.say(Message::DueOnce, &[&instant]));
        }
        (Status::Unknown, Moment::At(at)) => {
            words.push(speaker.say(Message::StatusUnknown, &[]));
            words.push(speaker.at(Message::Due, at, Join::On));
        }
        (Status::Open, _) => words.push(speaker.say(Message::StatusOpen, &[])),
        (Status::Waiting, Moment::Waiting) => words.push(speaker.say(Message::DueWaiting, &[])),
        (_, Moment::Unknown) => words.push(speaker.say(Message::DueUnknown, &[])),
        (Status::Running, Moment::Nothing) => words.push(speaker.say(Message::DueNone, &[])),
        (status, _) => words.push(speaker.say(self::status(status, Kind::Must), &[])),
    }
    if let Some(at) = entry.provisional_due {
        words.push(speaker.at(Message::DueProvisional, at, Join::On));
    }
    let settled = matches!(
        entry.status,
        Status::Met | Status::MetLate | Status::Breached
    );
    match entry.not_before {
        Moment::At(at) if !settled => words.push(speaker.at(Message::NotBefore, at, Join::Bare)),
        Moment::Waiting => words.push(speaker.say(Message::NotBeforeWaiting, &[])),
        Moment::Unknown => words.push(speaker.say(Message::NotBeforeUnknown, &[])),
        _ => {}
    }
    words
}

/// Of a right, a prohibition, or a duty that lasts.
fn span(speaker: &Speaker<'_, '_>, entry: &Entry, kind: Kind) -> Vec<String> {
    let mut words = vec![speaker.say(status(entry.status, kind), &[])];
    match entry.start {
        Moment::At(at) => words.push(speaker.at(Message::From, at, Join::From)),
        Moment::Waiting => words.push(speaker.say(Message::DueWaiting, &[])),
        Moment::Unknown => words.push(speaker.say(Message::NotBeforeUnknown, &[])),
        Moment::Nothing | Moment::Open => {}
    }
    match entry.end {
        Moment::At(at) => words.push(speaker.at(Message::Until, at, Join::Until)),
        Moment::Waiting if entry.start != Moment::Waiting => {
            words.push(speaker.say(Message::UntilWaiting, &[]))
        }
        Moment::Unknown => words.push(speaker.say(Message::UntilUnknown, &[])),
        Moment::Nothing | Moment::Open | Moment::Waiting => {}
    }
    words
}

/// The due of a rival reading.
pub(super) fn of_reading(speaker: &Speaker<'_, '_>, due: Moment, exclusive: bool) -> String {
    match due {
        Moment::At(at) => speaker.at(
            if exclusive {
                Message::DueBefore
            } else {
                Message::Due
            },
            at,
            Join::On,
        ),
        Moment::Waiting => speaker.say(Message::DueWaiting, &[]),
        Moment::Unknown => speaker.say(Message::DueUnknown, &[]),
        Moment::Open => speaker.say(Message::DueOpen, &[]),
        Moment::Nothing => speaker.say(Message::DueNone, &[]),
    }
}

/// A status in words.
fn status(status: Status, kind: Kind) -> Message {
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
}
