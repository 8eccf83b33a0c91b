//! Anchors and windows to instants, dues and lives (LANGUAGE.md §7).

use super::case::{Eval, Event, Fact, Val};
use super::civil;
use super::counting::Counting;
use super::truth::{Key, Keys};
use super::walk;
use exequatur::syntax::ast::*;

/// A place in time that a window gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The windows give none.
    None,
    /// There is one, but nobody can say when.
    Unknown,
    /// It will be set by something that has not happened.
    Waiting,
    /// Without undue delay: not an instant.
    Open,
    /// This instant.
    At(i64),
}

/// §9: from when a period runs at the earliest, after a defeat that has ended.
#[derive(Clone, Debug, Default)]
pub struct Floor {
    /// The latest end that is certain.
    pub at: Option<i64>,
    /// True if there might be a later one.
    pub unknown: bool,
    /// What would settle that.
    pub needs: Keys,
}

/// §7: whether an effect has come to life, and whether it still lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Its start has not come.
    NotBegun,
    /// It lives.
    Live,
    /// It ended then.
    Ended(i64),
    /// Nobody can say.
    Unknown,
}

/// The house's own periods for duties that are due without undue delay, in microseconds of real time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// For `without undue delay`.
    pub undue_delay: Option<i64>,
    /// For `expeditiously`.
    pub expeditiously: Option<i64>,
}

/// All that the windows of an effect say.
#[derive(Clone, Debug)]
pub struct Timing {
    /// A `must` with `for` or `until`.
    pub lasting: bool,
    /// For a `must` that is not lasting.
    pub due: Spot,
    /// True if `due` is an instant at which it is already late.
    pub exclusive: bool,
    /// True if `due` is the house's own: the law leaves it open.
    pub service_level: bool,
    /// The earliest due that is known, where the due is unknown.
    pub provisional: Option<i64>,
    /// For a `must` that is not lasting.
    pub not_before: Spot,
    /// For the others.
    pub start: Spot,
    /// For the others.
    pub end: Spot,
    /// True if the end is the last good instant.
    pub inclusive: bool,
    /// What the unknown places need.
    pub needs: Keys,
    /// The absent events that anchors took as waiting, and the presumed instants.
    pub assumed: Keys,
    /// Rival dues, each with whether it is exclusive.
    pub alternatives: Vec<(Spot, bool)>,
}

/// What one window gives.
struct Places {
    not_before: Spot,
    due: Spot,
    exclusive: bool,
    /// The due as it would be under the floor that is certain.
    known_due: Option<i64>,
    /// The end of the service level of an open due.
    service: Option<i64>,
    start: Spot,
    end: Spot,
}

impl<'a> Eval<'a> {
    /// §7, anchors: where it is; notes what it needs and rests on.
    fn anchor(&self, anchor: &Anchor, needs: &mut Keys, assumed: &mut Keys) -> Spot {
        let (parts, latest) = match anchor {
            Anchor::Name(name) => return self.anchor_name(&name.text, needs, assumed),
            Anchor::Latest(parts, _) => (parts, true),
            Anchor::Earliest(parts, _) => (parts, false),
        };
        let spots: Vec<Spot> = parts
            .iter()
            .map(|p| self.anchor(p, needs, assumed))
            .collect();
        if spots.contains(&Spot::Unknown) {
            return Spot::Unknown;
        }
        let instants = spots.iter().filter_map(|s| match s {
            Spot::At(t) => Some(*t),
            _ => None,
        });
        let chosen = if latest {
            instants.max()
        } else {
            instants.min()
        };
        chosen.map_or(Spot::Waiting, Spot::At)
    }

    fn anchor_name(&self, name: &str, needs: &mut Keys, assumed: &mut Keys) -> Spot {
        let key = self.link.key(name).expect("an event or an instant fact");
        match key {
            Key::Event(e) => match self.events[e] {
                Event::Happened(t) => Spot::At(t),
                Event::Not => Spot::Waiting,
                Event::Absent => {
                    assumed.insert(key);
                    Spot::Waiting
                }
                Event::Unknown => {
                    needs.insert(key);
                    Spot::Unknown
                }
            },
            Key::Fact(f) => match &self.facts[f] {
                Fact::Given(Val::Instant(t)) => Spot::At(*t),
                Fact::Assumed(Val::Instant(t)) => {
                    assumed.insert(key);
                    Spot::At(*t)
                }
                Fact::Unknown => {
                    needs.insert(key);
                    Spot::Unknown
                }
                _ => panic!("`{name}` is not an instant"),
            },
            Key::Set(_) | Key::Calendar(_) => panic!("`{name}` is no instant"),
        }
    }

    /// §7, the table. Every window but `until` feels the floor (§9).
    fn window(
        &self,
        w: &Window,
        counting: &Counting,
        floor: &Floor,
        needs: &mut Keys,
        assumed: &mut Keys,
    ) -> Places {
        let (period, anchor) = walk::parts_of(&w.kind);
        let feels = !matches!(w.kind, WindowKind::Until(_));
        let mut a = self.anchor(anchor, needs, assumed);
        if feels && let (Spot::At(t), Some(f)) = (a, floor.at) {
            a = Spot::At(t.max(f));
        }
        // The anchor moved by the period, or as it is.
        let b = match (a, period) {
            (Spot::At(t), Some(p)) => {
                let back = walk::runs_back(&w.kind);
                self.counted(t, p, back, counting, needs, assumed)
            }
            (a, _) => a,
        };
        let level = match w.kind {
            WindowKind::UndueDelay(_) => self.service.undue_delay,
            WindowKind::Expeditiously(_) => self.service.expeditiously,
            _ => None,
        };
        let service = match (a, level) {
            (Spot::At(t), Some(level)) => t.checked_add(level).filter(|t| civil::in_range(*t)),
            _ => None,
        };
        let open = if let Spot::At(_) = b { Spot::Open } else { b };
        let none = Spot::None;
        let (not_before, due, exclusive, start, end) = match &w.kind {
            WindowKind::Within(..) => (none, b, false, a, b),
            WindowKind::InLessThan(..) => (none, b, true, a, b),
            WindowKind::By(_) | WindowKind::AtLeastBefore(..) => (none, b, false, none, b),
            WindowKind::NoEarlier(..) => (b, none, false, b, none),
            WindowKind::AtEnd(..) => (b, open, false, b, none),
            WindowKind::For(..) => (none, none, true, a, b),
            WindowKind::Until(_) => (none, none, true, none, b),
            WindowKind::UndueDelay(_) | WindowKind::Expeditiously(_) => {
                (none, open, false, a, none)
            }
        };
        let known_due = if let Spot::At(t) = due { Some(t) } else { None };
        let unsure = feels && floor.unknown;
        if unsure {
            needs.extend(floor.needs.iter().copied());
        }
        let place = |s: Spot| {
            if unsure && s != Spot::None {
                Spot::Unknown
            } else {
                s
            }
        };
        Places {
            not_before: place(not_before),
            due: place(due),
            exclusive,
            known_due,
            service,
            start: place(start),
            end: place(end),
        }
    }

    /// §7, the due of a `must`, and start and end of the others.
    pub fn timing(&self, effect: &Effect, counting: &Counting, floor: &Floor) -> Timing {
        let windows = walk::windows(&effect.value);
        let must = matches!(effect.value, EffectValue::Must(_));
        let lasting = |w: &Window| matches!(w.kind, WindowKind::For(..) | WindowKind::Until(_));
        let mut timing = Timing {
            lasting: must && windows.iter().any(lasting),
            due: Spot::None,
            exclusive: false,
            service_level: false,
            provisional: None,
            not_before: Spot::None,
            start: Spot::None,
            end: Spot::None,
            inclusive: false,
            needs: Keys::new(),
            assumed: Keys::new(),
            alternatives: Vec::new(),
        };
        let mut all = Vec::new();
        for w in windows {
            let (mut needs, mut assumed) = (Keys::new(), Keys::new());
            let places = self.window(w, counting, floor, &mut needs, &mut assumed);
            let spots = [places.not_before, places.due, places.start, places.end];
            if spots.contains(&Spot::Unknown) {
                timing.needs.extend(needs);
            }
            timing.assumed.extend(assumed);
            all.push(places);
        }
        for alternative in &effect.alternatives {
            let mut unused = Keys::new();
            let places = self.window(
                &alternative.window,
                &counting.with(alternative.counting.as_ref()),
                floor,
                &mut unused,
                &mut timing.assumed,
            );
            let exclusive = places.exclusive && matches!(places.due, Spot::At(_));
            timing.alternatives.push((places.due, exclusive));
        }
        if must && !timing.lasting {
            timing.set_due(&all);
        } else if let Some(places) = all.first() {
            timing.start = places.start;
            timing.end = places.end;
            timing.inclusive = !places.exclusive;
        }
        timing
    }

    /// §7, life.
    pub fn life(&self, effect: &Effect, timing: &Timing) -> Life {
        let must = matches!(effect.value, EffectValue::Must(_));
        if must && !timing.lasting {
            return Life::Live;
        }
        if timing.start == Spot::Unknown || timing.end == Spot::Unknown {
            return Life::Unknown;
        }
        let begun = match timing.start {
            Spot::Waiting => false,
            Spot::At(s) => self.now >= s,
            _ => true,
        };
        if !must && !begun {
            return Life::NotBegun;
        }
        match timing.end {
            Spot::At(e) if self.now > e || (self.now == e && !timing.inclusive) => Life::Ended(e),
            _ => Life::Live,
        }
    }
}

impl Timing {
    fn set_due(&mut self, windows: &[Places]) {
        let known = windows
            .iter()
            .filter_map(|w| Some((w.known_due?, !w.exclusive)));
        // Of two at one instant the exclusive one, which sorts first.
        let earliest = known.min();
        let any = |s: Spot| windows.iter().any(|w| w.due == s);
        if any(Spot::Unknown) {
            self.due = Spot::Unknown;
            self.provisional = earliest.map(|e| e.0);
        } else if let Some((t, inclusive)) = earliest {
            self.due = Spot::At(t);
            self.exclusive = !inclusive;
        } else if any(Spot::Waiting) {
            self.due = Spot::Waiting;
        } else if any(Spot::Open) {
            // Only where the law sets no instant is there room for one of the house.
            let level = windows.iter().find_map(|w| w.service);
            self.due = level.map_or(Spot::Open, Spot::At);
            self.service_level = level.is_some();
        }
        let not_before = windows.iter().map(|w| w.not_before);
        self.not_before = not_before
            .into_iter()
            .find(|s| *s != Spot::None)
            .unwrap_or(Spot::None);
    }
}
