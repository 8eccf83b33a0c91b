//! Truth in three values, and what a truth needs and rests on (LANGUAGE.md §6).
//!
//! Invariant: a judgement that is not unknown needs nothing.

use std::collections::BTreeSet;

/// False, unknown, true. The order makes `and` the minimum and `or` the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// False.
    F,
    /// Unknown.
    U,
    /// True.
    T,
}
pub use Truth::{F, T, U};

impl Truth {
    /// Kleene's `and`.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }
    /// Kleene's `or`.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
    /// Kleene's `not`.
    pub fn not(self) -> Truth {
        match self {
            F => T,
            U => U,
            T => F,
        }
    }
}

impl From<bool> for Truth {
    fn from(b: bool) -> Truth {
        if b { T } else { F }
    }
}

/// A name that a case can settle. The order is that of the answer: facts, events, sets, calendars, each as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The fact of this number.
    Fact(usize),
    /// The event of this number.
    Event(usize),
    /// The set of this number.
    Set(usize),
    /// The calendar of this number: what a case cannot settle, but another edition of the pack.
    Calendar(usize),
}

/// Several names.
pub type Keys = BTreeSet<Key>;

/// The truth of a condition, with the names that would settle it and the names whose assumed value it rests on.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its truth.
    pub truth: Truth,
    /// What would settle it; empty unless it is unknown.
    pub needs: Keys,
    /// What it rests on.
    pub assumed: Keys,
}

impl Judged {
    /// A truth that needs nothing and rests on nothing.
    pub fn plain(truth: impl Into<Truth>) -> Judged {
        Judged {
            truth: truth.into(),
            needs: Keys::new(),
            assumed: Keys::new(),
        }
    }

    /// A leaf: it needs its unknown names only if it is itself unknown.
    pub fn leaf(truth: Truth, unknown: Keys, assumed: Keys) -> Judged {
        Judged {
            truth,
            needs: if truth == U { unknown } else { Keys::new() },
            assumed,
        }
    }

    /// `not`: needs and rests on the same.
    pub fn not(mut self) -> Judged {
        self.truth = self.truth.not();
        self
    }

    /// `and` of any number of parts.
    pub fn all(parts: Vec<Judged>) -> Judged {
        let truth = parts.iter().fold(T, |t, p| t.and(p.truth));
        combine(truth, F, parts)
    }

    /// `or` of any number of parts.
    pub fn any(parts: Vec<Judged>) -> Judged {
        let truth = parts.iter().fold(F, |t, p| t.or(p.truth));
        combine(truth, T, parts)
    }
}

/// Needs and assumptions of a whole from its parts; `decisive` is the truth of one part that settles the whole.
fn combine(truth: Truth, decisive: Truth, parts: Vec<Judged>) -> Judged {
    let mut needs = Keys::new();
    let mut assumed = Keys::new();
    if truth == U {
        for part in parts.iter().filter(|p| p.truth == U) {
            needs.extend(part.needs.iter().copied());
        }
    }
    let settled_without_assumption = truth == decisive
        && parts
            .iter()
            .any(|p| p.truth == decisive && p.assumed.is_empty());
    if !settled_without_assumption {
        for part in parts
            .iter()
            .filter(|p| truth != decisive || p.truth == decisive)
        {
            assumed.extend(part.assumed.iter().copied());
        }
    }
    Judged {
        truth,
        needs,
        assumed,
    }
}
