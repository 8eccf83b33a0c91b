//! Choices with several answers: from "the first that fits" to one formula for each answer.
//!
//! Invariant: in every case exactly one of the answers of a finished choice is true.

use crate::prove::formula::{Graph, Lit};

/// For each answer, by number, when it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf {
    of: Vec<Lit>,
    rest: Lit,
}

impl OneOf {
    /// A choice among so many answers, none given yet.
    #[must_use]
    pub fn new(answers: usize) -> OneOf {
        OneOf {
            of: vec![Lit::FALSE; answers],
            rest: Lit::TRUE,
        }
    }

    /// Gives this answer where the condition holds, and none was given before.
    #[must_use]
    pub fn when(mut self, graph: &mut Graph<'_>, condition: Lit, answer: u8) -> OneOf {
        let here = graph.and(self.rest, condition);
        let before = self.of[usize::from(answer)];
        self.of[usize::from(answer)] = graph.or(before, here);
        self.rest = graph.and(self.rest, !condition);
        self
    }

    /// Gives this answer where none was given before.
    #[must_use]
    pub fn otherwise(self, graph: &mut Graph<'_>, answer: u8) -> OneOf {
        self.when(graph, Lit::TRUE, answer)
    }

    /// When this answer is given.
    #[must_use]
    pub fn is(&self, answer: u8) -> Lit {
        self.of[usize::from(answer)]
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// True if there is no answer to give.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}
