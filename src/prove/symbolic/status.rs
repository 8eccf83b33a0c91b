//! Statuses, and what `missed` and `met` see of them (`docs/LANGUAGE.md` §11).

use super::norm::Row;
use super::one_of::OneOf;
use super::timing::Timing;
use super::{Part, Reader};
use crate::model::{Kind, Outcome, State, Status};
use crate::pack::format::{NONE16, NodeRow, NormRow};
use crate::prove::formula::{Graph, Lit, Term};
use crate::prove::kleene::Kleene;

/// What has become of an event that a table may leave out.
pub(super) struct Happening {
    pub happened: Lit,
    pub unknown: Lit,
    pub at: Term,
}

/// Whether an instant lies past a due: the last good instant, or where it is exclusive, the first bad one.
fn past(graph: &mut Graph<'_>, instant: Term, due: Term, exclusive: Lit) -> Lit {
    let (after, at) = (graph.less(due, instant), graph.at_most(due, instant));
    graph.choose(exclusive, at, after)
}

impl Reader<'_, '_> {
    pub(super) fn happening(&self, event: u16) -> Happening {
        if event == NONE16 {
            return Happening {
                happened: Lit::FALSE,
                unknown: Lit::FALSE,
                at: Term::ZEROTH,
            };
        }
        let event = self.event(event);
        Happening {
            happened: event.happened,
            unknown: event.null,
            at: event.at,
        }
    }

    /// The status of an effect that is not defeated.
    pub(super) fn status(&mut self, norm: &NormRow, kind: Kind, timing: &Timing) -> OneOf {
        match kind {
            Kind::Lifted => {
                let none = OneOf::new(Status::ALL.len());
                none.otherwise(&mut self.world.graph, Status::Nothing as u8)
            }
            Kind::May => {
                let graph = &mut self.world.graph;
                OneOf::new(Status::ALL.len())
                    .when(graph, timing.unsure, Status::Unknown as u8)
                    .when(graph, timing.not_begun, Status::Waiting as u8)
                    .when(graph, timing.ended, Status::Lapsed as u8)
                    .otherwise(graph, Status::Running as u8)
            }
            Kind::Must if !timing.lasting => self.duty(norm, timing),
            Kind::Must | Kind::MustNot => self.lasting(norm, timing),
        }
    }

    fn duty(&mut self, norm: &NormRow, timing: &Timing) -> OneOf {
        let done = self.happening(norm.done);
        let now = self.world.now;
        let graph = &mut self.world.graph;
        let unsure = graph.any([timing.due.unknown, timing.not_before.unknown, done.unknown]);
        let early = timing.not_before.is_ahead(graph, done.at);
        let early = graph.and(done.happened, early);
        let late = past(graph, done.at, timing.due.term, timing.exclusive);
        let late = graph.all([done.happened, timing.due.at, late]);
        let too_soon = timing.not_before.is_ahead(graph, now);
        let breached = past(graph, now, timing.due.term, timing.exclusive);
        let breached = graph.and(timing.due.at, breached);
        OneOf::new(Status::ALL.len())
            .when(graph, unsure, Status::Unknown as u8)
            .when(graph, early, Status::Early as u8)
            .when(graph, late, Status::MetLate as u8)
            .when(graph, done.happened, Status::Met as u8)
            .when(graph, too_soon, Status::Waiting as u8)
            .when(graph, timing.due.waiting, Status::Waiting as u8)
            .when(graph, breached, Status::Breached as u8)
            .when(graph, timing.due.open, Status::Open as u8)
            .otherwise(graph, Status::Running as u8)
    }

    fn lasting(&mut self, norm: &NormRow, timing: &Timing) -> OneOf {
        let broken = self.happening(norm.broken);
        let now = self.world.now;
        let graph = &mut self.world.graph;
        let unsure = graph.or(timing.unsure, broken.unknown);
        let since = graph.at_most(timing.start.term, broken.at);
        let begun = graph.choose(timing.start.at, since, !timing.start.waiting);
        let before = graph.less(broken.at, timing.end.term);
        let before = graph.or(!timing.end.at, before);
        let breached = graph.all([broken.happened, begun, before]);
        let ahead = timing.start.is_ahead(graph, now);
        OneOf::new(Status::ALL.len())
            .when(graph, unsure, Status::Unknown as u8)
            .when(graph, breached, Status::Breached as u8)
            .when(graph, ahead, Status::Waiting as u8)
            .when(graph, timing.ended, Status::Met as u8)
            .otherwise(graph, Status::Running as u8)
    }

    /// `missed R`: true if it is true of any of the rule's duties.
    pub(super) fn missed(&mut self, node: NodeRow) -> Kleene {
        let bad = [Status::Breached, Status::MetLate];
        let looks: Vec<Kleene> = self
            .looks(node, &bad)
            .into_iter()
            .map(|(exists, look)| look.and(Kleene::known(exists), &mut self.world.graph))
            .collect();
        Kleene::any(&mut self.world.graph, &looks)
    }

    /// `met R`: true if it is true of all of the rule's duties, and there is one.
    pub(super) fn met(&mut self, node: NodeRow) -> Kleene {
        let looks = self.looks(node, &[Status::Met]);
        let graph = &mut self.world.graph;
        let some = graph.any(looks.iter().map(|(exists, _)| *exists));
        let mut all = vec![Kleene::known(some)];
        for (exists, look) in looks {
            all.push(look.or(Kleene::known(!exists), graph));
        }
        Kleene::all(graph, &all)
    }

    /// For each duty of a rule on some norms: when there is one, and whether its status is one of these.
    fn looks(&mut self, node: NodeRow, statuses: &[Status]) -> Vec<(Lit, Kleene)> {
        let mut found = Vec::new();
        let norms: Vec<u16> = self
            .program
            .lists
            .range(node.b, node.c)
            .map(|id| id.id)
            .collect();
        for norm in norms {
            let parts = self.norms[usize::from(norm)].clone();
            for part in &parts {
                for row in &part.rows {
                    let effect = self.program.effects.at(row.effect.index());
                    let rule = self.program.versions.at(usize::from(effect.version)).rule;
                    if rule == node.a && effect.kind == Kind::Must as u8 {
                        let look = self.look(part, row, statuses);
                        found.push((!row.exists.no, look));
                    }
                }
            }
        }
        found
    }

    fn look(&mut self, part: &Part, row: &Row, statuses: &[Status]) -> Kleene {
        let graph = &mut self.world.graph;
        let undetermined = part.unprotected.is(Outcome::Undetermined as u8);
        let maybe = part.conflict.unknown(graph);
        let maybe = graph.and(maybe, undetermined);
        let disputed = graph.or(part.conflict.yes, maybe);
        let gone = graph.or(row.timing.not_begun, row.timing.ended);
        let doubted = row.displaced.unknown(graph);
        let certain = graph.and(row.exists.yes, !doubted);
        let faded = graph.and(gone, !certain);
        let is = |state: State| row.state.is(state as u8);
        let silent = [
            is(State::Undetermined),
            is(State::Withheld),
            faded,
            disputed,
            row.status.is(Status::Unknown as u8),
            row.status.is(Status::Open as u8),
        ];
        let silent = graph.any(silent);
        let holds = graph.any(statuses.iter().map(|status| row.status.is(*status as u8)));
        let defeated = row.displaced.yes;
        let visible = graph.and(!defeated, !silent);
        let no = graph.and(visible, !holds);
        Kleene {
            yes: graph.and(visible, holds),
            no: graph.or(defeated, no),
        }
    }
}
