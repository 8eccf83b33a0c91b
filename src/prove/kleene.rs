//! Three-valued truth as a pair of formulas: when it is true, and when it is false.
//!
//! Invariant: the two are never true together; where neither is, it is unknown. The connectives are those of
//! [`crate::model::Truth`], so that a question about unknown facts is one about plain formulas.

use super::formula::{Graph, Lit};

/// A truth that depends on the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kleene {
    /// True in these cases.
    pub yes: Lit,
    /// False in these cases.
    pub no: Lit,
}

impl Kleene {
    /// Always true.
    pub const TRUE: Kleene = Kleene {
        yes: Lit::TRUE,
        no: Lit::FALSE,
    };
    /// Always false.
    pub const FALSE: Kleene = Kleene {
        yes: Lit::FALSE,
        no: Lit::TRUE,
    };
    /// Always unknown.
    pub const UNKNOWN: Kleene = Kleene {
        yes: Lit::FALSE,
        no: Lit::FALSE,
    };

    /// A truth that is never unknown.
    #[must_use]
    pub fn known(yes: Lit) -> Kleene {
        Kleene { yes, no: !yes }
    }

    /// True becomes false, false true; unknown stays.
    #[must_use]
    pub fn opposite(self) -> Kleene {
        Kleene {
            yes: self.no,
            no: self.yes,
        }
    }

    /// The cases in which it is unknown.
    pub fn unknown(self, graph: &mut Graph<'_>) -> Lit {
        graph.and(!self.yes, !self.no)
    }

    /// Kleene's `and`.
    pub fn and(self, other: Kleene, graph: &mut Graph<'_>) -> Kleene {
        Kleene::all(graph, &[self, other])
    }

    /// Kleene's `or`.
    pub fn or(self, other: Kleene, graph: &mut Graph<'_>) -> Kleene {
        Kleene::any(graph, &[self, other])
    }

    /// All of them.
    pub fn all(graph: &mut Graph<'_>, of: &[Kleene]) -> Kleene {
        Kleene {
            yes: graph.all(of.iter().map(|one| one.yes)),
            no: graph.any(of.iter().map(|one| one.no)),
        }
    }

    /// One of them.
    pub fn any(graph: &mut Graph<'_>, of: &[Kleene]) -> Kleene {
        Kleene {
            yes: graph.any(of.iter().map(|one| one.yes)),
            no: graph.all(of.iter().map(|one| one.no)),
        }
    }

    /// The first where the formula holds, else the second.
    pub fn choose(graph: &mut Graph<'_>, which: Lit, then: Kleene, otherwise: Kleene) -> Kleene {
        Kleene {
            yes: graph.choose(which, then.yes, otherwise.yes),
            no: graph.choose(which, then.no, otherwise.no),
        }
    }
}
