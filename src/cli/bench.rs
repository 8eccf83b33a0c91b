//! One program with the memory to judge many cases.

use crate::eval::{Case, Decision, EvaluationError, Memory, Options, Sizes, evaluate};
use crate::model::Truth;
use crate::pack::Program;

/// A program and the memory of its evaluations.
pub(super) struct Bench<'p> {
    program: Program<'p>,
    memory: Memory,
}

impl<'p> Bench<'p> {
    pub(super) fn new(program: &Program<'p>) -> Bench<'p> {
        Bench {
            program: *program,
            memory: Memory::new(program),
        }
    }

    /// Judges a case, and hands the decision on.
    pub(super) fn judge<R>(
        &mut self,
        case: &Case<'_>,
        options: &Options<'_>,
        then: impl FnOnce(&Decision<'_>) -> R,
    ) -> Result<R, EvaluationError> {
        let mut workspace = self.memory.workspace();
        let decision = evaluate(&self.program, case, options, &mut workspace)?;
        Ok(then(&decision))
    }
}

/// The `never` and `always` that do not hold of a decision, by their index.
pub(super) fn broken_properties(decision: &Decision<'_>) -> Vec<usize> {
    let program = decision.program();
    let nodes = Sizes::of(program).nodes;
    let (mut truths, mut marks) = (vec![Truth::False; nodes], vec![0; nodes]);
    (0..program.properties.len())
        .filter(|index| !decision.property_holds(*index, &mut truths, &mut marks))
        .collect()
}
