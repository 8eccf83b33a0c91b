//! Law dates: from the instants of a case to formulas of the days at which versions begin and end.
//!
//! Invariant: a day begins where the evaluator's zone says that it does; where the clock is put back across midnight, a
//! day begins twice, and the formula says so.

use super::Reader;
use crate::model::ZoneId;
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::pack::format::NONE16;
use crate::prove::formula::{Lit, Term};
use crate::time::Zone;
use crate::time::instant::{DAY, SECOND};

impl Reader<'_, '_> {
    /// Whether the law date of a pack lies in a half-open interval of days.
    pub(super) fn in_force(&mut self, pack: usize, from: i32, until: i32) -> Lit {
        if (from, until) == (i32::MIN, i32::MAX) {
            return Lit::TRUE;
        }
        if let Some(known) = self.in_force.get(&(pack, from, until)) {
            return *known;
        }
        let asked = self.asked_date(from, until);
        let row = self.program.packs.at(pack);
        let now = self.world.now;
        let mut own = self.civil(row.zone, now, from, until);
        if row.judged_by != NONE16 {
            let event = self.event(row.judged_by);
            let then = self.civil(row.zone, event.at, from, until);
            own = self.world.graph.choose(event.happened, then, own);
        }
        let dated = self.world.dated;
        let found = self.world.graph.choose(dated, asked, own);
        self.in_force.insert((pack, from, until), found);
        found
    }

    /// Whether the law date that is asked for lies in the interval.
    fn asked_date(&mut self, from: i32, until: i32) -> Lit {
        let date = self.world.law_date;
        let graph = &mut self.world.graph;
        let (first, next) = (
            graph.literal(i64::from(from)),
            graph.literal(i64::from(until)),
        );
        let (begun, over) = (graph.at_most(first, date), graph.at_most(next, date));
        graph.and(begun, !over)
    }

    fn civil(&mut self, zone: u16, at: Term, from: i32, until: i32) -> Lit {
        let zone = self.program.zone(ZoneId(zone));
        let (begun, over) = (self.since(&zone, at, from), self.since(&zone, at, until));
        self.world.graph.and(begun, !over)
    }

    /// Whether the civil date at an instant is this day or a later one.
    fn since(&mut self, zone: &Zone<'_>, at: Term, day: i32) -> Lit {
        let stretches = since(zone, day);
        let graph = &mut self.world.graph;
        let mut any = Lit::FALSE;
        for (first, last) in stretches {
            let (first, last) = (graph.literal(first), graph.literal(last));
            let (begun, open) = (graph.at_most(first, at), graph.at_most(at, last));
            let inside = graph.and(begun, open);
            any = graph.or(any, inside);
        }
        any
    }
}

/// The stretches of instants, first and last, on which the civil date is a day or a later one.
fn since(zone: &Zone<'_>, day: i32) -> Vec<(i64, i64)> {
    let midnight = i64::from(day).saturating_mul(DAY);
    // Offsets are less than a day: further away the date is plain.
    let (mut from, end) = (
        midnight.saturating_sub(2 * DAY),
        midnight.saturating_add(2 * DAY),
    );
    let mut found = Vec::new();
    while from < end {
        let until = zone.change_after(from).map_or(end, |at| at.min(end));
        let offset = i64::from(zone.offset_at(from)) * SECOND;
        let begins = midnight.saturating_sub(offset).max(from);
        if begins < until {
            found.push((begins, until - 1));
        }
        from = until;
    }
    found.push((end, i64::MAX));
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (first, last) in found {
        let (first, last) = (first.max(INSTANT_MIN), last.min(INSTANT_END - 1));
        match joined.last_mut() {
            _ if first > last => {}
            Some(before) if before.1 == first - 1 => before.1 = last,
            _ => joined.push((first, last)),
        }
    }
    joined
}
