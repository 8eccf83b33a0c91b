//! Limits: from a search that goes on too long to an error that says so.
//!
//! They count work and not time, so that the same question gives the same answer on every machine.

use batsat::{Callbacks, ClauseKind, Lit as SatLit, Solver};
use thiserror::Error;

/// Conflicts that one question may cost. A proof that some hundred formulas over shared facts and instants each equal
/// another costs some ten thousand in the tests; a question that needs a hundred times that is of another kind.
pub const CONFLICTS_MAX: u64 = 1_000_000;
/// Times that a curve is looked at again within one question. Each costs a search and makes the next one slower. A case
/// takes a few for each curve; thousands mean that a contradiction is sought on one piece after the other.
pub const REFINEMENTS_MAX: u64 = 5_000;
/// Formulas and numbers in the cone of one question: some gigabytes of clauses.
pub const PARTS_MAX: usize = 10_000_000;

/// Why a question was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Beyond {
    /// Too many conflicts.
    #[error("the question is too hard: not decided after {CONFLICTS_MAX} conflicts")]
    Conflicts,
    /// Too many looks at curves.
    #[error(
        "the question is too hard: calendars and local times were looked up {REFINEMENTS_MAX} times"
    )]
    Refinements,
    /// Too large a cone.
    #[error("the question is too large: {0} formulas and numbers, where {PARTS_MAX} are the limit")]
    Parts(usize),
    /// A model that does not satisfy the question: bounds of a curve that it does not keep, or numbers beyond 64 bits.
    #[error("the case that was found is none: a number left the bounds that were promised of it")]
    Unsound,
}

/// The solver of clauses.
pub(super) type Sat = Solver<Budget>;

/// Counts the conflicts of a question.
#[derive(Default)]
pub(super) struct Budget {
    conflicts: u64,
}

impl Budget {
    /// A new question.
    pub(super) fn restart(&mut self) {
        self.conflicts = 0;
    }
}

impl Callbacks for Budget {
    fn on_new_clause(&mut self, _clause: &[SatLit], _kind: ClauseKind) {
        self.conflicts += 1;
    }

    fn stop(&self) -> bool {
        self.conflicts > CONFLICTS_MAX
    }
}
