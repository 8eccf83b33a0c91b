//! A decision that keeps its case, in memory that a host without a heap has lent.
//!
//! Invariant: that of `OwnedDecision`, which keeps its memory on the heap: what is read back is what was decided; the case
//! is copied in; and after an evaluation that failed there is no answer, rather than the one before.

use super::case::{Case, EventSlot, FactSlot};
use super::memory::Workspace;
use super::view::Decision;
use super::{EvaluationError, Options, ServiceLevels, evaluate};
use crate::pack::Program;

/// Lent memory for one decision at a time, with the case that it is about.
#[derive(Debug)]
pub struct KeptDecision<'w> {
    workspace: Workspace<'w>,
    facts: &'w mut [FactSlot],
    events: &'w mut [EventSlot],
    made: Option<Made>,
}

/// What a decision was made with.
#[derive(Clone, Copy, Debug)]
struct Made {
    now: i64,
    law_date: Option<i32>,
    service: ServiceLevels,
    next_change: Option<i64>,
}

impl<'w> KeptDecision<'w> {
    /// A decision in this memory: a slot for each fact and each event of the program, and a workspace of its sizes.
    #[must_use]
    pub fn new(
        workspace: Workspace<'w>,
        facts: &'w mut [FactSlot],
        events: &'w mut [EventSlot],
    ) -> KeptDecision<'w> {
        KeptDecision {
            workspace,
            facts,
            events,
            made: None,
        }
    }

    /// Takes a case, to be decided by [`KeptDecision::decide`]. The decision made before is gone.
    ///
    /// # Errors
    /// [`EvaluationError::Case`], if it has other facts and events than the program.
    pub fn take(&mut self, case: &Case<'_>) -> Result<(), EvaluationError> {
        self.made = None;
        if case.facts.len() != self.facts.len() || case.events.len() != self.events.len() {
            return Err(EvaluationError::Case);
        }
        for (slot, said) in self.facts.iter_mut().zip(case.facts) {
            *slot = *said;
        }
        for (slot, said) in self.events.iter_mut().zip(case.events) {
            *slot = *said;
        }
        Ok(())
    }

    /// Leaves no decision: what is asked next finds none.
    pub fn forget(&mut self) {
        self.made = None;
    }

    /// The slots of the case that was taken, to change single ones of it: the facts, then the events. The decision made
    /// before is gone.
    pub fn slots(&mut self) -> (&mut [FactSlot], &mut [EventSlot]) {
        self.made = None;
        (self.facts, self.events)
    }

    /// Decides the case that was taken.
    ///
    /// # Errors
    /// See [`EvaluationError`].
    pub fn decide(
        &mut self,
        program: &Program<'_>,
        options: &Options<'_>,
    ) -> Result<(), EvaluationError> {
        self.made = None;
        let case = Case {
            facts: self.facts,
            events: self.events,
        };
        let decision = evaluate(program, &case, options, &mut self.workspace)?;
        let next_change = decision.next_change();
        self.made = Some(Made {
            now: options.now,
            law_date: options.law_date,
            service: options.service,
            next_change,
        });
        Ok(())
    }

    /// The decision that was made last; none if none was, or if the last attempt failed.
    #[must_use]
    pub fn decision<'d>(&'d self, program: &'d Program<'d>) -> Option<Decision<'d>> {
        let made = self.made?;
        let case = Case {
            facts: self.facts,
            events: self.events,
        };
        let options = Options {
            now: made.now,
            law_date: made.law_date,
            adopt: &[],
            service: made.service,
        };
        let answer = self.workspace.answer.written(self.workspace.decides);
        Some(Decision::new(
            program,
            case,
            &options,
            answer,
            made.next_change,
        ))
    }
}
