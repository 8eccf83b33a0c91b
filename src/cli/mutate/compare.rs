//! A mutant that nothing noticed, compared with the rules.

use crate::pack::Pack;

/// What a comparison says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Both give the same answer to every case: there is nothing to notice.
    Same,
    /// Their answers differ; a scenario shows it.
    Differ {
        /// The scenario, as it can be put into a source.
        scenario: String,
    },
    /// It is not known whether they differ.
    Unknown {
        /// Why.
        why: String,
    },
}

/// Compares the rules and a mutant, in this order.
pub type Compare<'c> = dyn Fn(&Pack<'_>, &Pack<'_>) -> Compared + Sync + 'c;

/// Two packs of one digest are one pack, and answer alike.
pub(super) fn packs(rules: &Pack<'_>, mutant: &Pack<'_>) -> Compared {
    if rules.digest() == mutant.digest() {
        return Compared::Same;
    }
    Compared::Unknown {
        why: "its answers are not compared with those of the rules".to_string(),
    }
}
