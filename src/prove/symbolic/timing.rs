//! The instants and the life of an effect, as formulas (`docs/LANGUAGE.md` §7).

use super::Reader;
use super::window::{Floor, Reading};
use crate::model::limits::INSTANT_END;
use crate::model::{Kind, WindowKind};
use crate::pack::format::EffectRow;
use crate::prove::formula::{Graph, Lit, Term};

/// A moment of an effect: an instant, or why there is none. At most one of the formulas is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// It is an instant.
    pub at: Lit,
    /// What it runs from has not happened.
    pub waiting: Lit,
    /// It depends on missing facts.
    pub unknown: Lit,
    /// It has begun, and no instant ends it.
    pub open: Lit,
    /// The instant.
    pub term: Term,
}

/// The instants of an effect.
#[derive(Clone, Debug)]
pub struct Timing {
    /// It holds at now.
    pub live: Lit,
    /// Its time has not come.
    pub not_begun: Lit,
    /// Its time is over.
    pub ended: Lit,
    /// Not known which.
    pub unsure: Lit,
    /// When it may be done, for a duty.
    pub not_before: Moment,
    /// Its due, for a duty.
    pub due: Moment,
    /// The due is the first bad instant, rather than the last good one.
    pub exclusive: Lit,
    /// The due is the host's own.
    pub service_level: Lit,
    /// Its start, for one between two instants.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
    /// True for a duty between two instants.
    pub lasting: bool,
}

impl Moment {
    /// No moment.
    pub const NOTHING: Moment = Moment {
        at: Lit::FALSE,
        waiting: Lit::FALSE,
        unknown: Lit::FALSE,
        open: Lit::FALSE,
        term: Term::ZEROTH,
    };

    /// The moment where something is sure, and unknown where it is not.
    fn if_sure(self, graph: &mut Graph<'_>, sure: Lit) -> Moment {
        Moment {
            at: graph.and(sure, self.at),
            waiting: graph.and(sure, self.waiting),
            unknown: graph.or(!sure, self.unknown),
            open: graph.and(sure, self.open),
            term: self.term,
        }
    }

    /// It lies ahead of an instant: what it runs from has not happened, or it is a later instant.
    pub(super) fn is_ahead(self, graph: &mut Graph<'_>, of: Term) -> Lit {
        let before = graph.less(of, self.term);
        let later = graph.and(self.at, before);
        graph.or(self.waiting, later)
    }
}

impl Timing {
    /// Some instant of it is not known.
    pub(super) fn is_unknown(&self, graph: &mut Graph<'_>) -> Lit {
        let moments = [self.not_before, self.due, self.start, self.end];
        let unknown = moments.map(|moment| moment.unknown);
        let any = graph.any(unknown);
        graph.or(any, self.unsure)
    }
}

/// What the windows of a duty say of its due.
struct Due {
    ends: Vec<(Lit, Term, bool)>,
    waiting: Lit,
    open: Lit,
    unknown: Lit,
    /// The host's service levels, in the order of windows.
    levels: Vec<(Lit, Term)>,
}

impl Reader<'_, '_> {
    /// The instants and the life of an effect, its floor known.
    pub(super) fn timing(&mut self, effect: &EffectRow, floor: &Floor) -> Timing {
        let must = effect.kind == Kind::Must as u8;
        let mut timing = Timing {
            live: Lit::TRUE,
            not_begun: Lit::FALSE,
            ended: Lit::FALSE,
            unsure: Lit::FALSE,
            not_before: Moment::NOTHING,
            due: Moment::NOTHING,
            exclusive: Lit::FALSE,
            service_level: Lit::FALSE,
            start: Moment::NOTHING,
            end: Moment::NOTHING,
            lasting: false,
        };
        let mut due = Due {
            ends: Vec::new(),
            waiting: Lit::FALSE,
            open: Lit::FALSE,
            unknown: Lit::FALSE,
            levels: Vec::new(),
        };
        let windows = self.program.windows;
        for window in windows.range(effect.windows.first, effect.windows.count) {
            let reading = self.window(&window, floor);
            let lasting = matches!(reading.kind, WindowKind::For | WindowKind::Until);
            if must && !lasting {
                self.duty_window(&reading, &mut timing, &mut due);
            } else {
                timing.lasting = must;
                self.span_window(must, &reading, &mut timing);
            }
        }
        self.settle(due, &mut timing);
        timing
    }

    /// The dues of an effect by its rival readings.
    pub(super) fn rivals(&mut self, effect: &EffectRow, floor: &Floor) -> Vec<(Moment, bool)> {
        let (rows, windows) = (self.program.alternatives, self.program.windows);
        let mut found = Vec::new();
        for row in rows.range(effect.alternatives.first, effect.alternatives.count) {
            let reading = self.window(&windows.at(row.window as usize), floor);
            let due = reading.reached.if_sure(&mut self.world.graph, reading.sure);
            found.push((due, reading.kind == WindowKind::InLessThan));
        }
        found
    }

    fn duty_window(&mut self, reading: &Reading, timing: &mut Timing, due: &mut Due) {
        let graph = &mut self.world.graph;
        let unsure = graph.or(!reading.sure, reading.reached.unknown);
        if reading.kind != WindowKind::NoEarlier {
            due.unknown = graph.or(due.unknown, unsure);
        }
        match reading.kind {
            WindowKind::NoEarlier => {
                timing.not_before = reading.reached.if_sure(graph, reading.sure);
            }
            WindowKind::AtEnd => {
                timing.not_before = reading.reached.if_sure(graph, reading.sure);
                due.waiting = graph.or(due.waiting, reading.anchor.waiting);
                due.open = graph.or(due.open, reading.anchor.at);
            }
            WindowKind::UndueDelay | WindowKind::Expeditiously => {
                due.waiting = graph.or(due.waiting, reading.anchor.waiting);
                due.open = graph.or(due.open, reading.anchor.at);
                let level = usize::from(reading.kind == WindowKind::Expeditiously);
                let level = self.service_level(level, reading);
                due.levels.push(level);
            }
            kind => {
                due.waiting = graph.or(due.waiting, reading.reached.waiting);
                let exclusive = kind == WindowKind::InLessThan;
                due.ends
                    .push((reading.reached.at, reading.reached.term, exclusive));
            }
        }
    }

    /// Where the host's service level for an open window ends. How long it is is the host's: any instant after the anchor.
    fn service_level(&mut self, level: usize, reading: &Reading) -> (Lit, Term) {
        let given = self.world.levels[level];
        let key = (level, reading.anchor.at, reading.anchor.term);
        if let Some(known) = self.world.counted_levels.get(&key) {
            return *known;
        }
        let graph = &mut self.world.graph;
        let (in_range, end) = (graph.variable(), graph.free(0, INSTANT_END - 1));
        let after = graph.less(reading.anchor.term, end);
        let there = graph.all([given, reading.anchor.at, in_range]);
        let bound = graph.or(!there, after);
        self.world.constraints.push(bound);
        let from = reading.anchor.term;
        self.world.ends_of_levels.push((level, there, from, end));
        self.world.counted_levels.insert(key, (there, end));
        (there, end)
    }

    fn settle(&mut self, due: Due, timing: &mut Timing) {
        let graph = &mut self.world.graph;
        let some = graph.any(due.ends.iter().map(|(at, _, _)| *at));
        let earliest = graph.pick(false, due.ends.iter().map(|(at, term, _)| (*at, *term)));
        let at = graph.and(!due.unknown, some);
        let quiet = graph.and(!due.unknown, !some);
        let waiting = graph.and(quiet, due.waiting);
        let open = graph.all([quiet, !due.waiting, due.open]);
        // Of two dues at one instant the exclusive one is stricter.
        let mut exclusive = Lit::FALSE;
        for (there, term, is_exclusive) in &due.ends {
            if *is_exclusive {
                let first = graph.at_most(*term, earliest);
                let here = graph.all([at, *there, first]);
                exclusive = graph.or(exclusive, here);
            }
        }
        // Beside a due of the law a service level is nothing; of several the first counts.
        let (mut levelled, mut terms, mut rest) = (Lit::FALSE, vec![(at, earliest)], open);
        for (there, term) in due.levels {
            let here = graph.and(rest, there);
            terms.push((here, term));
            levelled = graph.or(levelled, here);
            rest = graph.and(rest, !there);
        }
        let term = graph.pick(false, terms);
        timing.due = Moment {
            at: graph.or(at, levelled),
            waiting,
            unknown: due.unknown,
            open: graph.and(open, !levelled),
            term,
        };
        timing.exclusive = exclusive;
        timing.service_level = levelled;
    }

    /// A window between whose start and end an effect holds.
    fn span_window(&mut self, must: bool, reading: &Reading, timing: &mut Timing) {
        use WindowKind::{AtEnd, AtLeastBefore, By, For, InLessThan, NoEarlier, Until, Within};
        let now = self.world.now;
        let graph = &mut self.world.graph;
        timing.start = match reading.kind {
            Within | InLessThan | For => reading.anchor.if_sure(graph, reading.sure),
            NoEarlier | AtEnd => reading.reached.if_sure(graph, reading.sure),
            _ => Moment::NOTHING,
        };
        timing.end = match reading.kind {
            Within | InLessThan | For | By | AtLeastBefore | Until => {
                reading.reached.if_sure(graph, reading.sure)
            }
            _ => Moment::NOTHING,
        };
        let inclusive = matches!(reading.kind, Within | By | AtLeastBefore);
        let unsure = graph.or(timing.start.unknown, timing.end.unknown);
        let ahead = timing.start.is_ahead(graph, now);
        // A duty that waits for its start is live: it defeats already.
        let not_begun = graph.all([!unsure, Lit::constant(!must), ahead]);
        let past = if inclusive {
            graph.less(timing.end.term, now)
        } else {
            graph.at_most(timing.end.term, now)
        };
        let ended = graph.all([!unsure, !not_begun, timing.end.at, past]);
        timing.unsure = unsure;
        timing.not_begun = not_begun;
        timing.ended = ended;
        timing.live = graph.all([!unsure, !not_begun, !ended]);
    }
}
