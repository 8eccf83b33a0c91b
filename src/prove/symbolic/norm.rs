//! One norm: which of its effects exist where, which stand, and what follows (`docs/LANGUAGE.md` §8 to §10).
//!
//! Invariant: effects are taken from the top down, so that what may defeat is read before what it may defeat; the
//! relations between effects are those of the program's tables.

use super::Reader;
use super::one_of::OneOf;
use super::place::Place;
use super::timing::{Moment, Timing};
use super::window::Floor;
use crate::model::{
    Bits, EffectId, Kind, NormId, Outcome, State, Status, VersionId, WithheldReason,
};
use crate::pack::format::{EffectRow, NONE32, NormRow};
use crate::prove::formula::Lit;
use crate::prove::kleene::Kleene;

/// Places of which a program says one thing of a norm.
#[derive(Clone, Debug)]
pub struct Part {
    /// One of the places; none where all are alike.
    pub place: Option<u16>,
    /// All of them, by member of the program's territory.
    pub places: Bits,
    /// The outcome, by [`Outcome`].
    pub outcome: OneOf,
    /// The outcome before protection.
    pub unprotected: OneOf,
    /// Whether rules contradict each other.
    pub conflict: Kleene,
    /// The effects, in the order of the program.
    pub rows: Vec<Row>,
}

/// What becomes of an effect in a part.
#[derive(Clone, Debug)]
pub struct Row {
    /// The effect.
    pub effect: EffectId,
    /// Whether its rule applies, there.
    pub exists: Kleene,
    /// Whether it exists, lives and is not defeated.
    pub stands: Kleene,
    /// Whether something that stands defeats it.
    pub displaced: Kleene,
    /// What the answer says of it, by [`State`]; nothing, where it does not exist.
    pub state: OneOf,
    /// Why it is held back, by [`WithheldReason`]; nothing, where it is not.
    pub why: OneOf,
    /// Its status, by [`Status`].
    pub status: OneOf,
    /// Its instants.
    pub timing: Timing,
    /// Its rival readings: the due of each, and whether it is the first bad instant.
    pub rivals: Vec<(Moment, bool)>,
    pub(in crate::prove) active: Kleene,
}

/// An effect before it is placed.
pub(super) struct Effect {
    pub row: EffectRow,
    /// Its version is present and of a pack that decides.
    pub present: Lit,
    applies: Kleene,
    kind: Kind,
    first: u32,
    /// The effects that would defeat it, by position, and when the way to it is open.
    defeaters: Vec<(usize, Lit)>,
}

impl Effect {
    /// The position of an effect of the same norm.
    pub fn local(&self, effect: u16) -> usize {
        usize::from(effect).wrapping_sub(self.first as usize)
    }
}

impl Reader<'_, '_> {
    /// The norm's positions, those that are defeated before those that defeat them.
    pub(super) fn bottom_up(&self, effects: &[Effect]) -> Vec<usize> {
        let mut order = self.top_down(effects);
        order.reverse();
        order
    }

    fn top_down(&self, effects: &[Effect]) -> Vec<usize> {
        let Some(effect) = effects.first() else {
            return Vec::new();
        };
        let order = self
            .program
            .top_down
            .range(effect.first, effects.len() as u32);
        order.map(|id| effect.local(id.id)).collect()
    }

    /// Reads a norm, after all that its effects rest on.
    pub(super) fn norm(&mut self, norm: NormId) {
        let row = self.program.norms.at(norm.index());
        let effects = self.effects(&row);
        let territories = self.territories(&effects);
        let guard = (row.guard != NONE32).then(|| self.condition(row.guard));
        let mut parts = Vec::new();
        for place in self.places(&territories) {
            let inside: Vec<Kleene> = territories
                .iter()
                .map(|set| match (set, place.at) {
                    (Some(set), Some(at)) => set.get(&at).copied().unwrap_or(Kleene::FALSE),
                    _ => Kleene::TRUE,
                })
                .collect();
            parts.push(self.part(&row, &effects, &inside, guard, place));
        }
        self.norms[norm.index()] = parts;
    }

    fn effects(&mut self, norm: &NormRow) -> Vec<Effect> {
        let mut effects: Vec<Effect> = Vec::new();
        let mut there = Vec::new();
        let rows = self.program.effects;
        for row in rows.range(norm.effects.first, norm.effects.count) {
            let version = VersionId(row.version);
            let present = self.has(version);
            there.push(self.present[version.index()]);
            let member = if row.member_fact == u16::MAX {
                Kleene::TRUE
            } else {
                let of = self.program.facts.at(usize::from(row.member_fact)).of;
                self.has_member(row.member_fact, of, row.member)
            };
            let both = self.truths[version.index()].and(member, &mut self.world.graph);
            let applies = both.and(Kleene::known(present), &mut self.world.graph);
            let defeaters = self.defeaters(&row, norm.effects.first);
            effects.push(Effect {
                row,
                present,
                applies,
                kind: Kind::from_u8(row.kind).unwrap_or(Kind::Lifted),
                first: norm.effects.first,
                defeaters,
            });
        }
        // A bare `lifted` is there only with something to lift.
        for index in self.bottom_up(&effects) {
            let effect = &effects[index];
            if effect.row.unfolded == 0 {
                continue;
            }
            let targets = effect.row.targets;
            let targets = self.program.lists.range(targets.first, targets.count);
            let targets: Vec<Lit> = targets.map(|id| there[effect.local(id.id)]).collect();
            let graph = &mut self.world.graph;
            let some = graph.any(targets);
            there[index] = graph.and(there[index], some);
            let (present, applies) = (effect.present, effect.applies);
            effects[index].present = graph.and(present, some);
            effects[index].applies = applies.and(Kleene::known(some), graph);
        }
        effects
    }

    fn defeaters(&mut self, row: &EffectRow, first: u32) -> Vec<(usize, Lit)> {
        let defeats = self
            .program
            .defeats
            .range(row.defeaters.first, row.defeaters.count);
        let mut found = Vec::new();
        for defeat in defeats {
            let via = self.program.ways.range(defeat.via.first, defeat.via.count);
            let mut open = Lit::TRUE;
            for version in via {
                let has = self.has(VersionId(version.id));
                open = self.world.graph.and(open, has);
            }
            found.push((
                usize::from(defeat.effect).wrapping_sub(first as usize),
                open,
            ));
        }
        found
    }

    fn part(
        &mut self,
        norm: &NormRow,
        effects: &[Effect],
        inside: &[Kleene],
        guard: Option<Kleene>,
        place: Place,
    ) -> Part {
        let mut rows: Vec<Option<Row>> = vec![None; effects.len()];
        for index in self.top_down(effects) {
            let effect = &effects[index];
            let exists = effect.applies.and(inside[index], &mut self.world.graph);
            let floor = self.floor(effect, &rows);
            let timing = self.timing(&effect.row, &floor);
            let rivals = self.rivals(&effect.row, &floor);
            let graph = &mut self.world.graph;
            let stands = effect.defeaters.iter().map(|(by, open)| {
                let stands = rows[*by].as_ref().map_or(Kleene::FALSE, |row| row.stands);
                stands.and(Kleene::known(*open), graph)
            });
            let stands: Vec<Kleene> = stands.collect();
            let displaced = Kleene::any(graph, &stands);
            let life = Kleene {
                yes: timing.live,
                no: graph.or(timing.not_begun, timing.ended),
            };
            let active = exists.and(life, graph);
            rows[index] = Some(Row {
                effect: EffectId((effect.first as usize + index) as u16),
                exists,
                stands: active.and(displaced.opposite(), graph),
                displaced,
                state: OneOf::new(State::ALL.len()),
                why: OneOf::new(WithheldReason::ALL.len()),
                status: OneOf::new(Status::ALL.len()),
                timing,
                rivals,
                active,
            });
        }
        let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
        let protected = guard.is_some();
        let (unprotected, conflict) = self.outcome(norm, effects, &rows, protected);
        for index in 0..rows.len() {
            self.describe(norm, effects[index].kind, &mut rows[index]);
        }
        let mut outcome = unprotected.clone();
        if let Some(guard) = guard {
            outcome = self.protect(norm, effects, &mut rows, guard, &unprotected, conflict);
        }
        Part {
            place: place.at,
            places: place.all,
            outcome,
            unprotected,
            conflict,
            rows,
        }
    }

    /// The ends of those that defeated an effect before.
    fn floor(&mut self, effect: &Effect, rows: &[Option<Row>]) -> Floor {
        let mut floor = Floor {
            ends: Vec::new(),
            unknown: Lit::FALSE,
        };
        let graph = &mut self.world.graph;
        for (by, open) in &effect.defeaters {
            let Some(row) = &rows[*by] else { continue };
            let ended = [*open, row.timing.ended, !row.exists.no, !row.displaced.yes];
            let ended = graph.all(ended);
            let doubts = [row.exists.unknown(graph), row.displaced.unknown(graph)];
            let unsure = graph.any(doubts);
            let (sure, unsure) = (graph.and(ended, !unsure), graph.and(ended, unsure));
            floor.ends.push((sure, row.timing.end.term));
            floor.unknown = graph.or(floor.unknown, unsure);
        }
        floor
    }

    /// The outcome before protection, and whether rules contradict each other.
    fn outcome(
        &mut self,
        norm: &NormRow,
        effects: &[Effect],
        rows: &[Row],
        protected: bool,
    ) -> (OneOf, Kleene) {
        let [must, may, must_not] =
            [Kind::Must, Kind::May, Kind::MustNot].map(|kind| self.stands(effects, rows, kind));
        let clash = self.clash(norm, rows);
        let default = Outcome::from_u8(norm.default).unwrap_or(Outcome::None);
        let served = self.served(effects, rows);
        let graph = &mut self.world.graph;
        let either = must.or(may, graph);
        let both = either.and(must_not, graph);
        let conflict = both.or(clash, graph);
        let [no_conflict, no_must, no_may, no_must_not] =
            [conflict, must, may, must_not].map(|truth| truth.unknown(graph));
        let withheld = graph.all([Lit::constant(protected), no_conflict, must.yes]);
        let unclear = graph.or(no_conflict, no_must);
        let only_default_not = graph.and(no_must_not, may.no);
        let only_default_may = graph.and(must_not.no, no_may);
        let silent = graph.and(must_not.no, may.no);
        let mut found = OneOf::new(Outcome::ALL.len())
            .when(graph, conflict.yes, Outcome::Conflict as u8)
            .when(graph, withheld, Outcome::Undetermined as u8)
            .when(graph, must.yes, Outcome::Must as u8)
            .when(graph, unclear, Outcome::Undetermined as u8)
            .when(graph, must_not.yes, Outcome::MustNot as u8)
            .when(graph, may.yes, Outcome::May as u8);
        if default == Outcome::MustNot {
            found = found.when(graph, only_default_not, Outcome::MustNot as u8);
        }
        if default == Outcome::May {
            found = found.when(graph, only_default_may, Outcome::May as u8);
        }
        found = found.when(graph, !silent, Outcome::Undetermined as u8);
        if default == Outcome::None {
            let unknown = served.unknown(graph);
            found = found.when(graph, served.yes, Outcome::Must as u8).when(
                graph,
                unknown,
                Outcome::Undetermined as u8,
            );
        }
        (found.otherwise(graph, default as u8), conflict)
    }

    /// Whether a value of this kind stands: also where one of the kind gives way only to others of the kind.
    fn stands(&mut self, effects: &[Effect], rows: &[Row], kind: Kind) -> Kleene {
        let graph = &mut self.world.graph;
        let (mut yes, mut possible) = (Vec::new(), Vec::new());
        for (effect, row) in effects
            .iter()
            .zip(rows)
            .filter(|(effect, _)| effect.kind == kind)
        {
            let mut holds = vec![row.active.yes];
            for (by, open) in &effect.defeaters {
                if effects[*by].kind != kind {
                    holds.push(graph.or(!*open, rows[*by].stands.no));
                }
            }
            yes.push(graph.all(holds));
            possible.push(!row.stands.no);
        }
        let yes = graph.any(yes);
        let possible = graph.any(possible);
        Kleene {
            yes,
            no: graph.and(!yes, !possible),
        }
    }

    /// Whether a `lifted` and a sibling with another value both stand over an active effect.
    fn clash(&mut self, norm: &NormRow, rows: &[Row]) -> Kleene {
        let local = |effect: u16| usize::from(effect).wrapping_sub(norm.effects.first as usize);
        let mut clash = Vec::new();
        for row in self
            .program
            .clashes
            .range(norm.clashes.first, norm.clashes.count)
        {
            let graph = &mut self.world.graph;
            let base = Kleene::known(!rows[local(row.base)].active.no);
            let [lifted, other] = [row.lifted, row.other].map(|effect| rows[local(effect)].stands);
            clash.push(Kleene::all(graph, &[base, lifted, other]));
        }
        Kleene::any(&mut self.world.graph, &clash)
    }

    /// Whether a duty has run its time.
    fn served(&mut self, effects: &[Effect], rows: &[Row]) -> Kleene {
        let graph = &mut self.world.graph;
        let mut served = Vec::new();
        for (_, row) in effects
            .iter()
            .zip(rows)
            .filter(|(effect, _)| effect.kind == Kind::Must)
        {
            let lasted = Kleene::known(row.timing.ended);
            served.push(Kleene::all(
                graph,
                &[lasted, row.exists, row.displaced.opposite()],
            ));
        }
        Kleene::any(graph, &served)
    }

    /// What the answer says of an effect, before protection.
    fn describe(&mut self, norm: &NormRow, kind: Kind, row: &mut Row) {
        row.status = self.status(norm, kind, &row.timing);
        let graph = &mut self.world.graph;
        let timely = graph.or(row.timing.live, row.timing.unsure);
        let defeated = graph.and(row.displaced.yes, timely);
        let listed = OneOf::new(State::ALL.len() + 1)
            .when(graph, row.exists.no, State::ALL.len() as u8)
            .when(graph, defeated, State::Defeated as u8)
            .when(graph, row.timing.not_begun, State::NotBegun as u8)
            .when(graph, row.timing.ended, State::Ended as u8)
            .when(graph, row.stands.yes, State::Standing as u8);
        row.state = listed.otherwise(graph, State::Undetermined as u8);
    }

    /// Turns the outcome of a protected norm into its default, unless it is granted, and marks what is held back.
    fn protect(
        &mut self,
        norm: &NormRow,
        effects: &[Effect],
        rows: &mut [Row],
        guard: Kleene,
        unprotected: &OneOf,
        conflict: Kleene,
    ) -> OneOf {
        let done = self.happening(norm.done);
        let now = self.world.now;
        let (mut musts, mut mays) = (Vec::new(), Vec::new());
        let graph = &mut self.world.graph;
        let unknown_guard = guard.unknown(graph);
        for (effect, row) in effects.iter().zip(rows) {
            if !matches!(effect.kind, Kind::Must | Kind::May) {
                continue;
            }
            let unsure = row.timing.is_unknown(graph);
            let unsure = graph.or(unsure, done.unknown);
            let waits = [
                row.timing.not_before.is_ahead(graph, now),
                row.timing.start.is_ahead(graph, now),
                row.timing.due.waiting,
            ];
            let waits = graph.any(waits);
            let open = graph.all([row.stands.yes, !unsure, !waits]);
            if effect.kind == Kind::Must {
                musts.push(open);
            } else {
                mays.push(open);
            }
            let stands_unknown = row.stands.unknown(graph);
            let doubtful = graph.or(stands_unknown, unsure);
            let visible = graph.and(!row.exists.no, !row.state.is(State::Defeated as u8));
            let why = OneOf::new(WithheldReason::ALL.len() + 1)
                .when(graph, !visible, WithheldReason::ALL.len() as u8)
                .when(graph, unknown_guard, WithheldReason::GuardUnknown as u8)
                .when(graph, guard.no, WithheldReason::GuardFalse as u8)
                .when(graph, conflict.yes, WithheldReason::Conflict as u8)
                .when(
                    graph,
                    unprotected.is(Outcome::Undetermined as u8),
                    WithheldReason::Undetermined as u8,
                )
                .when(graph, doubtful, WithheldReason::Undetermined as u8)
                .when(graph, row.timing.not_begun, WithheldReason::Waiting as u8)
                .when(graph, waits, WithheldReason::Waiting as u8)
                .when(graph, row.timing.ended, WithheldReason::Ended as u8);
            let free = why.otherwise(graph, WithheldReason::ALL.len() as u8);
            let held = !free.is(WithheldReason::ALL.len() as u8);
            let mut state =
                OneOf::new(State::ALL.len() + 1).when(graph, held, State::Withheld as u8);
            for answer in 0..row.state.len() as u8 {
                state = state.when(graph, row.state.is(answer), answer);
            }
            (row.why, row.state) = (free, state);
        }
        let (musts, mays) = (graph.any(musts), graph.any(mays));
        let must = unprotected.is(Outcome::Must as u8);
        let either = graph.or(must, unprotected.is(Outcome::May as u8));
        let must = graph.all([guard.yes, must, musts]);
        let may = graph.all([guard.yes, either, mays]);
        OneOf::new(Outcome::ALL.len())
            .when(graph, must, Outcome::Must as u8)
            .when(graph, may, Outcome::May as u8)
            .otherwise(graph, norm.default)
    }
}
