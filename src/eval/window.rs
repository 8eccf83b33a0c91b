//! Windows: from anchors and periods to the instants of an effect, and its life (`docs/LANGUAGE.md` §7).

use super::case::FactValue;
use super::context::{Context, Happening};
use super::decision::Moment;
use super::slot::Slots;
use crate::model::limits::ANCHOR_STACK_MAX;
use crate::model::{EventId, FactId, Kind, Truth, Unit, WindowKind, ZoneId};
use crate::pack::format::{EffectRow, Range, WindowRow};
use crate::time::period;

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

/// The instants of an effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timing {
    pub life: Life,
    pub not_before: Moment,
    pub due: Moment,
    pub exclusive: bool,
    pub provisional: Option<i64>,
    pub start: Moment,
    pub end: Moment,
    /// True for a `must` with a `for` or `until` window.
    pub lasting: bool,
    /// True if a floor would move it.
    pub feels_floor: bool,
}

impl Timing {
    /// True if some instant of it is not known.
    pub fn is_unknown(&self) -> bool {
        let moments = [self.not_before, self.due, self.start, self.end];
        self.life == Life::Unknown || moments.contains(&Moment::Unknown)
    }
}

/// Where an anchor is at `now`.
pub(crate) fn anchor(context: &Context<'_>, anchor: u32) -> Moment {
    let mut stack = [Moment::Nothing; ANCHOR_STACK_MAX];
    let mut top = 0usize;
    let nodes = context.program.anchors.at(anchor as usize).nodes;
    for node in context.program.anchor_nodes.range(nodes.first, nodes.count) {
        let value = match node.op {
            0 => match context.event(EventId(node.arg)) {
                Happening::At(at) => Moment::At(at),
                Happening::Not => Moment::Waiting,
                Happening::Unknown => Moment::Unknown,
            },
            1 => match context.fact(FactId(node.arg)) {
                Some(FactValue::Instant(at)) => Moment::At(at),
                _ => Moment::Unknown,
            },
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

/// Visits the leaves of the anchors of an effect: true for an event, and its id.
fn each_anchor_leaf(context: &Context<'_>, effect: &EffectRow, mut visit: impl FnMut(bool, u16)) {
    for window in context
        .program
        .windows
        .range(effect.windows.first, effect.windows.count)
    {
        each_leaf(context, &window, &mut visit);
    }
}

fn each_leaf(context: &Context<'_>, window: &WindowRow, visit: &mut impl FnMut(bool, u16)) {
    let nodes = context.program.anchors.at(window.anchor as usize).nodes;
    for node in context.program.anchor_nodes.range(nodes.first, nodes.count) {
        if node.op < 2 {
            visit(node.op == 0, node.arg);
        }
    }
}

/// Adds the names that the anchors of an effect lack.
pub(crate) fn needs(context: &Context<'_>, effect: &EffectRow, sink: &mut [u64]) {
    each_anchor_leaf(context, effect, |is_event, id| {
        if is_event {
            if context.event(EventId(id)) == Happening::Unknown {
                context.add_event(id, sink);
            }
        } else if context.fact(FactId(id)).is_none() {
            context.add_fact(id, sink);
        }
    });
}

/// Adds the absent events that the anchors of an effect took as waiting, those of its rival readings too.
pub(crate) fn rests(context: &Context<'_>, effect: &EffectRow, sink: &mut [u64]) {
    let mut rest = |is_event: bool, id: u16| {
        if is_event && context.is_absent(EventId(id)) {
            context.add_event(id, sink);
        } else if !is_event && context.is_assumed(FactId(id)) {
            context.add_fact(id, sink);
        }
    };
    each_anchor_leaf(context, effect, &mut rest);
    let Range { first, count } = effect.alternatives;
    for row in context.program.alternatives.range(first, count) {
        each_leaf(
            context,
            &context.program.windows.at(row.window as usize),
            &mut rest,
        );
    }
}

/// A window with its anchor looked up and its period added.
struct Reading {
    kind: WindowKind,
    /// The anchor, after the floor.
    anchor: Moment,
    /// The anchor with its period; the anchor itself for a window without one.
    reached: Moment,
    /// False if the floor is unknown and would move it.
    sure: bool,
}

fn read(context: &Context<'_>, window: &WindowRow, zone: ZoneId, floor: Floor) -> Reading {
    let kind = WindowKind::from_u8(window.kind).unwrap_or(WindowKind::By);
    let takes_floor = kind != WindowKind::Until;
    let anchor = match (anchor(context, window.anchor), floor.at) {
        (Moment::At(at), Some(floor)) if takes_floor => Moment::At(at.max(floor)),
        (moment, _) => moment,
    };
    let reached = match (anchor, Unit::from_u8(window.unit)) {
        (Moment::At(at), Some(unit)) if window.n > 0 => {
            let zone = context.program.zone(zone);
            period::add(at, i64::from(window.n), unit, &zone).map_or(Moment::Unknown, Moment::At)
        }
        (moment, _) => moment,
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
    let zone = ZoneId(effect.zone);
    let windows = context
        .program
        .windows
        .range(effect.windows.first, effect.windows.count);
    let must = effect.kind == Kind::Must as u8;
    let mut timing = Timing::default();
    let mut due = Due::default();
    for window in windows {
        let reading = read(context, &window, zone, floor);
        timing.feels_floor |= reading.kind != WindowKind::Until;
        let lasting = matches!(reading.kind, WindowKind::For | WindowKind::Until);
        if must && !lasting {
            duty_window(&reading, &mut timing, &mut due);
        } else {
            timing.lasting = must;
            span_window(context.now, must, &reading, &mut timing);
        }
    }
    (timing.due, timing.exclusive, timing.provisional) = due.settle();
    for moment in [timing.not_before, timing.due, timing.start, timing.end] {
        if let Moment::At(at) = moment {
            context.note(at);
            context.note(at.saturating_add(1));
        }
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

/// A window between whose start and end an effect holds.
fn span_window(now: i64, must: bool, reading: &Reading, timing: &mut Timing) {
    use WindowKind::{AtEnd, By, For, InLessThan, NoEarlier, Until, Within};
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
        Within | InLessThan | For | By | Until => sure(reading.reached),
        _ => Moment::Nothing,
    };
    let inclusive = matches!(reading.kind, Within | By);
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
pub(crate) fn alternative(
    context: &Context<'_>,
    effect: &EffectRow,
    window: u32,
    floor: Floor,
) -> (Moment, bool) {
    let window = context.program.windows.at(window as usize);
    let reading = read(context, &window, ZoneId(effect.zone), floor);
    let exclusive = reading.kind == WindowKind::InLessThan;
    if reading.sure {
        (reading.reached, exclusive)
    } else {
        (Moment::Unknown, exclusive)
    }
}
