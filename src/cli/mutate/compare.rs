//! A mutant that nothing noticed, compared with the rules.

use crate::cli::diff::killing;
use crate::pack::Pack;
use crate::prove::diff::differ;

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
    // The rules are asked last: what they say is what a scenario expects, and what the mutant fails.
    let programs = [*mutant.program(), *rules.program()];
    match differ(programs[0], programs[1]) {
        Ok(None) => Compared::Same,
        Ok(Some(difference)) => Compared::Differ {
            scenario: killing(&programs, &difference),
        },
        Err(why) => Compared::Unknown {
            why: format!("its answers could not be compared with those of the rules: {why}"),
        },
    }
}
