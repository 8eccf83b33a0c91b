//! A decision that keeps its memory and its case, for hosts that hold on to it and ask it piece by piece.
//!
//! Invariant: what is read back is what was decided. The case is copied in, so that whoever goes on to change his own
//! copy changes no answer; and after an evaluation that failed there is no answer, rather than the one before.

use super::case::{Case, EventSlot, FactSlot};
use super::memory::{Memory, Written};
use super::view::Decision;
use super::{EvaluationError, Options, ServiceLevels, evaluate};
use crate::pack::Program;

/// Memory for one decision at a time, with the case that it is about. It allocates when it is made, and never again.
#[derive(Debug)]
pub struct OwnedDecision {
    memory: Memory,
    facts: Vec<FactSlot>,
    events: Vec<EventSlot>,
    made: Option<Made>,
}

/// What a decision was made with, and how much of the memory it fills.
#[derive(Clone, Copy, Debug)]
struct Made {
    now: i64,
    law_date: Option<i32>,
    service: ServiceLevels,
    next_change: Option<i64>,
    written: Written,
}

impl OwnedDecision {
    /// Memory for decisions of a program.
    #[must_use]
    pub fn new(program: &Program<'_>) -> OwnedDecision {
        OwnedDecision {
            memory: Memory::new(program),
            facts: vec![FactSlot::Absent; program.facts.len()],
            events: vec![EventSlot::Absent; program.events.len()],
            made: None,
        }
    }

    /// Takes a case, to be decided by [`OwnedDecision::decide`]. The decision made before is gone.
    ///
    /// # Errors
    /// [`EvaluationError::Case`], if it has other facts and events than the program.
    pub fn take(&mut self, case: &Case<'_>) -> Result<(), EvaluationError> {
        self.made = None;
        if case.facts.len() != self.facts.len() || case.events.len() != self.events.len() {
            return Err(EvaluationError::Case);
        }
        self.facts.copy_from_slice(case.facts);
        self.events.copy_from_slice(case.events);
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
        (&mut self.facts, &mut self.events)
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
            facts: &self.facts,
            events: &self.events,
        };
        let mut workspace = self.memory.workspace();
        let decision = evaluate(program, &case, options, &mut workspace)?;
        self.made = Some(Made {
            now: options.now,
            law_date: options.law_date,
            service: options.service,
            next_change: decision.next_change(),
            written: decision.written(),
        });
        Ok(())
    }

    /// The decision that was made last; none if none was, or if the last attempt failed.
    #[must_use]
    pub fn decision<'d>(&'d self, program: &'d Program<'d>) -> Option<Decision<'d>> {
        let made = self.made?;
        let case = Case {
            facts: &self.facts,
            events: &self.events,
        };
        let options = Options {
            now: made.now,
            law_date: made.law_date,
            adopt: &[],
            service: made.service,
        };
        let answer = self.memory.written(made.written);
        Some(Decision::new(
            program,
            case,
            &options,
            answer,
            made.next_change,
        ))
    }
}
