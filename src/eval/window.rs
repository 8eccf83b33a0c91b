//! Windows: from anchors and periods to the instants of an effect, and its life (`docs/LANGUAGE.md` §7).

use super::case::FactValue;
use super::context::{Context, Happening};
use super::count::{self, Asked};
use super::decision::Moment;
use super::slot::{Slots, set_bit};
use crate::model::limits::ANCHOR_STACK_MAX;
use crate::model::{EventId, FactId, Kind, Truth, WindowKind};
use crate::pack::format::{AnchorNodeRow, EffectRow, NONE16, Range, WindowRow};
use crate::time::instant::in_range;

/// Whether an effect holds at `now`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Life {
    #[default]
    Live,
    NotBegun,
    Ended(i64),
    Unknown,
}

impl Life {
    /// What its life makes of an effect that exists.
    pub fn truth(self) -> Truth {
        match self {
            Life::Live => Truth::True,
            Life::Unknown => Truth::Unknown,
            Life::NotBegun | Life::Ended(_) => Truth::False,
        }
    }
}

/// The end of what defeated an effect before (`docs/LANGUAGE.md` §9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Floor {
    pub at: Option<i64>,
    pub unknown: bool,
}

impl Floor {
    /// The floor that an entry keeps.
    pub fn of(moment: Moment) -> Floor {
        Floor {
            at: moment.instant(),
            unknown: moment == Moment::Unknown,
        }
    }
}

/// The instants of an effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timing {
    pub life: Life,
    pub not_before: Moment,
    pub due: Moment,
    pub exclusive: bool,
    /// True if the due is the host's own.
    pub service_level: bool,
    pub provisional: Option<i64>,
    pub start: Moment,
    pub end: Moment,
    /// True if at its end it still holds.
    pub inclusive: bool,
    /// True for a `must` with a `for` or `until` window.
    pub lasting: bool,
    /// True if a floor would move it.
    pub feels_floor: bool,
}

impl Timing {
    /// The first instant at which a duty that was not done is late.
    pub fn late_from(&self) -> Option<i64> {
        let due = self.due.instant()?;
        Some(if self.exclusive {
            due
        } else {
            due.saturating_add(1)
        })
    }

    /// The first instant at which it no longer holds.
    pub fn over_from(&self) -> Option<i64> {
        let end = self.end.instant()?;
        Some(if self.inclusive {
            end.saturating_add(1)
        } else {
            end
        })
    }

    /// True if some instant of it is not known.
    pub fn is_unknown(&self) -> bool {
        let moments = [self.not_before, self.due, self.start, self.end];
        self.life == Life::Unknown || moments.contains(&Moment::Unknown)
    }
}

/// Where an anchor is at `now`.
pub(crate) fn anchor(context: &Context<'_>, anchor: u32) -> Moment {
    let nodes = context.program.anchors.at(anchor as usize).nodes;
    // Most anchors are one event, and need no stack.
    if nodes.count == 1 {
        return leaf(
            context,
            context.program.anchor_nodes.at(nodes.first as usize),
        );
    }
    let mut stack = [Moment::Nothing; ANCHOR_STACK_MAX];
    let mut top = 0usize;
    for node in context.program.anchor_nodes.range(nodes.first, nodes.count) {
        let value = match node.op {
            0 | 1 => leaf(context, node),
            op => {
                let first = top.saturating_sub(usize::from(node.arg));
                let operands = stack.get(first..top).unwrap_or(&[]);
                let value = choose(operands, op == 2);
                top = first;
                value
            }
        };
        stack.put(top, value);
        top += 1;
    }
    stack.at(0)
}

/// Where an event or a fact is.
fn leaf(context: &Context<'_>, node: AnchorNodeRow) -> Moment {
    if node.op == 0 {
        return match context.event(EventId(node.arg)) {
            Happening::At(at) => Moment::At(at),
            Happening::Not => Moment::Waiting,
            Happening::Unknown => Moment::Unknown,
        };
    }
    match context.fact(FactId(node.arg)) {
        Some(FactValue::Instant(at)) => Moment::At(at),
        _ => Moment::Unknown,
    }
}

fn choose(operands: &[Moment], latest: bool) -> Moment {
    let mut chosen: Option<i64> = None;
    for operand in operands {
        match *operand {
            Moment::At(at) => {
                chosen = Some(match chosen {
                    Some(other) if latest => other.max(at),
                    Some(other) => other.min(at),
                    None => at,
                });
            }
            Moment::Unknown => return Moment::Unknown,
            _ => {}
        }
    }
    chosen.map_or(Moment::Waiting, Moment::At)
}

pub(super) fn windows(
    context: &Context<'_>,
    effect: &EffectRow,
) -> impl Iterator<Item = WindowRow> {
    let Range { first, count } = effect.windows;
    context.program.windows.range(first, count)
}

/// Visits the leaves of an anchor: true for an event, and its id.
fn each_leaf(context: &Context<'_>, window: &WindowRow, visit: &mut impl FnMut(bool, u16)) {
    let nodes = context.program.anchors.at(window.anchor as usize).nodes;
    for node in context.program.anchor_nodes.range(nodes.first, nodes.count) {
        if node.op < 2 {
            visit(node.op == 0, node.arg);
        }
    }
}

/// Adds the names that the anchors of an effect lack, and that the counts from them lack.
pub(crate) fn needs(context: &Context<'_>, effect: &EffectRow, floor: Floor, sink: &mut [u64]) {
    for window in windows(context, effect) {
        each_leaf(context, &window, &mut |is_event, id| {
            if is_event {
                if context.event(EventId(id)) == Happening::Unknown {
                    context.add_event(id, sink);
                }
            } else if context.fact(FactId(id)).is_none() {
                context.add_fact(id, sink);
            }
        });
        read(context, &window, floor, &mut |asked| match asked {
            Asked::NoFact(fact) => context.add_fact(fact, sink),
            Asked::NoCalendar(calendar) => set_bit(sink, context.calendar_bit(calendar)),
            Asked::Fact(_) => {}
        });
    }
}

/// True if nothing is missing of what the windows of an effect read: an instant that is unknown then leaves the years that
/// instants can have.
#[cfg(feature = "std")]
pub(crate) fn lacks_nothing(context: &Context<'_>, effect: &EffectRow, floor: Floor) -> bool {
    windows(context, effect).all(|window| {
        let mut known = anchor(context, window.anchor) != Moment::Unknown;
        let reading = read(context, &window, floor, &mut |asked| {
            known &= matches!(asked, Asked::Fact(_));
        });
        known && reading.sure
    })
}

/// Adds the absent events that the anchors of an effect took as waiting, and the presumed facts that chose a calendar;
/// those of its rival readings too.
pub(crate) fn rests(context: &Context<'_>, effect: &EffectRow, floor: Floor, sink: &mut [u64]) {
    let mut rest = |window: &WindowRow| {
        each_leaf(context, window, &mut |is_event, id| {
            if is_event && context.is_absent(EventId(id)) {
                context.add_event(id, sink);
            } else if !is_event && context.is_assumed(FactId(id)) {
                context.add_fact(id, sink);
            }
        });
        if !count::asks_facts(context, window) {
            return;
        }
        read(context, window, floor, &mut |asked| match asked {
            Asked::Fact(fact) if context.is_assumed(FactId(fact)) => context.add_fact(fact, sink),
            _ => {}
        });
    };
    for window in windows(context, effect) {
        rest(&window);
    }
    let Range { first, count } = effect.alternatives;
    for row in context.program.alternatives.range(first, count) {
        rest(&context.program.windows.at(row.window as usize));
    }
}

/// A window with its anchor looked up and its period counted.
pub(super) struct Reading {
    pub kind: WindowKind,
    /// The anchor, after the floor.
    pub anchor: Moment,
    /// The anchor with its period; the anchor itself for a window without one.
    pub reached: Moment,
    /// False if the floor is unknown and would move it.
    pub sure: bool,
}

impl Reading {
    /// True for a window that gives the last good instant of a duty.
    pub fn gives_due(&self) -> bool {
        use WindowKind::{AtLeastBefore, By, InLessThan, Within};
        matches!(self.kind, Within | InLessThan | By | AtLeastBefore)
    }
}

pub(super) fn read(
    context: &Context<'_>,
    window: &WindowRow,
    floor: Floor,
    asks: &mut dyn FnMut(Asked),
) -> Reading {
    let kind = WindowKind::from_u8(window.kind).unwrap_or(WindowKind::By);
    let takes_floor = kind != WindowKind::Until;
    let anchor = match (anchor(context, window.anchor), floor.at) {
        (Moment::At(at), Some(floor)) if takes_floor => Moment::At(at.max(floor)),
        (moment, _) => moment,
    };
    let reached = match anchor {
        Moment::At(at) if window.counting != NONE16 => {
            count::end(context, window, at, asks).map_or(Moment::Unknown, Moment::At)
        }
        moment => moment,
    };
    Reading {
        kind,
        anchor,
        reached,
        sure: !(takes_floor && floor.unknown),
    }
}

/// The instants and the life of an effect; every instant at which it changes is noted.
pub(crate) fn timing(context: &Context<'_>, effect: &EffectRow, floor: Floor) -> Timing {
    let must = effect.kind == Kind::Must as u8;
    let mut timing = Timing::default();
    let mut due = Due::default();
    for window in windows(context, effect) {
        let reading = read(context, &window, floor, &mut |_| {});
        timing.feels_floor |= reading.kind != WindowKind::Until;
        let lasting = matches!(reading.kind, WindowKind::For | WindowKind::Until);
        if must && !lasting {
            duty_window(&reading, &mut timing, &mut due);
            due.level = due.level.or(service_level(context, &reading));
        } else {
            timing.lasting = must;
            span_window(context.now, must, &reading, &mut timing);
        }
    }
    let level = due.level;
    (timing.due, timing.exclusive, timing.provisional) = due.settle();
    if let (Moment::Open, Some(level)) = (timing.due, level) {
        (timing.due, timing.service_level) = (Moment::At(level), true);
    }
    let at_once = [timing.not_before, timing.start].map(Moment::instant);
    let after = [timing.late_from(), timing.over_from()];
    for at in at_once.into_iter().chain(after).flatten() {
        context.note(at);
    }
    timing
}

/// What the windows of a duty say of its due.
#[derive(Default)]
struct Due {
    earliest: Option<(i64, bool)>,
    waiting: bool,
    open: bool,
    unknown: bool,
    /// The host's service level, for a due that is open.
    level: Option<i64>,
}

impl Due {
    fn settle(self) -> (Moment, bool, Option<i64>) {
        match self.earliest {
            _ if self.unknown => (Moment::Unknown, false, self.earliest.map(|(at, _)| at)),
            Some((at, exclusive)) => (Moment::At(at), exclusive, None),
            None if self.waiting => (Moment::Waiting, false, None),
            None if self.open => (Moment::Open, false, None),
            None => (Moment::Nothing, false, None),
        }
    }

    fn add(&mut self, at: i64, exclusive: bool) {
        // Of two dues at one instant the exclusive one is stricter.
        let sooner = match self.earliest {
            Some((other, _)) if at != other => at < other,
            Some((_, other_exclusive)) => exclusive && !other_exclusive,
            None => true,
        };
        if sooner {
            self.earliest = Some((at, exclusive));
        }
    }
}

/// A window of a duty that has a due.
fn duty_window(reading: &Reading, timing: &mut Timing, due: &mut Due) {
    let unsure = !reading.sure || reading.reached == Moment::Unknown;
    // A `no earlier than` says nothing of the due.
    due.unknown |= unsure && reading.kind != WindowKind::NoEarlier;
    match reading.kind {
        WindowKind::NoEarlier | WindowKind::AtEnd => {
            timing.not_before = if unsure {
                Moment::Unknown
            } else {
                reading.reached
            };
            if reading.kind == WindowKind::AtEnd {
                due.waiting |= reading.anchor == Moment::Waiting;
                due.open |= matches!(reading.anchor, Moment::At(_));
            }
        }
        WindowKind::UndueDelay | WindowKind::Expeditiously => {
            due.waiting |= reading.anchor == Moment::Waiting;
            due.open |= matches!(reading.anchor, Moment::At(_));
        }
        _ => match reading.reached {
            Moment::At(at) => due.add(at, reading.kind == WindowKind::InLessThan),
            Moment::Waiting => due.waiting = true,
            _ => {}
        },
    }
}

/// Where the host's service level for an open window ends, if there is one.
pub(super) fn service_level(context: &Context<'_>, reading: &Reading) -> Option<i64> {
    let level = match reading.kind {
        WindowKind::UndueDelay => context.service.undue_delay,
        WindowKind::Expeditiously => context.service.expeditiously,
        _ => None,
    };
    in_range(reading.anchor.instant()?.checked_add(level?)?)
}

/// A window between whose start and end an effect holds.
fn span_window(now: i64, must: bool, reading: &Reading, timing: &mut Timing) {
    use WindowKind::{AtEnd, AtLeastBefore, By, For, InLessThan, NoEarlier, Until, Within};
    let sure = |moment: Moment| {
        if reading.sure {
            moment
        } else {
            Moment::Unknown
        }
    };
    timing.start = match reading.kind {
        Within | InLessThan | For => sure(reading.anchor),
        NoEarlier | AtEnd => sure(reading.reached),
        _ => Moment::Nothing,
    };
    timing.end = match reading.kind {
        Within | InLessThan | For | By | AtLeastBefore | Until => sure(reading.reached),
        _ => Moment::Nothing,
    };
    let inclusive = matches!(reading.kind, Within | By | AtLeastBefore);
    timing.inclusive = inclusive;
    timing.life = if timing.start == Moment::Unknown || timing.end == Moment::Unknown {
        Life::Unknown
    } else {
        match (timing.start, timing.end) {
            // A duty that waits for its start is live: it defeats already.
            (Moment::Waiting, _) if !must => Life::NotBegun,
            (Moment::At(start), _) if !must && now < start => Life::NotBegun,
            (_, Moment::At(end)) if past(now, end, inclusive) => Life::Ended(end),
            _ => Life::Live,
        }
    };
}

/// An inclusive end is still within; an exclusive one is not.
fn past(now: i64, end: i64, inclusive: bool) -> bool {
    if inclusive { now > end } else { now >= end }
}

/// The due of a rival reading, and whether it is exclusive.
pub(crate) fn alternative(context: &Context<'_>, window: u32, floor: Floor) -> (Moment, bool) {
    let window = context.program.windows.at(window as usize);
    let reading = read(context, &window, floor, &mut |_| {});
    let exclusive = reading.kind == WindowKind::InLessThan;
    if reading.sure {
        (reading.reached, exclusive)
    } else {
        (Moment::Unknown, exclusive)
    }
}
