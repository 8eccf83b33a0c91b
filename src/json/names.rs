//! The names of facts and events, for saying which one was perhaps meant.
//!
//! Invariant: no name is the beginning of another (the checks of a link see to it), so that a path is a name, a group of
//! them, or unknown. It is made only when a key is refused: who reads good cases looks words up elsewhere (`words`).

use crate::model::spelling;
use crate::pack::Program;

/// All names of a pack, in order.
pub(super) struct Names<'p>(Vec<&'p str>);

impl<'p> Names<'p> {
    /// The names of a program.
    pub(super) fn of(program: &Program<'p>) -> Names<'p> {
        let facts = program.facts.iter().map(|row| row.name);
        let events = program.events.iter().map(|row| row.name);
        let mut names: Vec<_> = facts.chain(events).map(|name| program.str(name)).collect();
        names.sort_unstable();
        Names(names)
    }

    /// True if a path is a name, or names begin with it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.binary_search(&path).is_ok() || self.below(path).next().is_some()
    }

    /// The rests of the names below a group; all names for the empty path.
    fn below<'s>(&'s self, group: &'s str) -> impl Iterator<Item = &'p str> + 's {
        let rest = move |name: &'p str| {
            if group.is_empty() {
                Some(name)
            } else {
                name.strip_prefix(group)?.strip_prefix('.')
            }
        };
        // Names with other characters than letters sort between `order` and `order.x`, so the whole range is looked at.
        let first = self.0.partition_point(|name| *name < group);
        self.0
            .iter()
            .skip(first)
            .take_while(move |name| name.starts_with(group))
            .filter_map(move |name| rest(name))
    }

    /// The nearest name to an unknown one that stands in a group: a sister first, else a whole name.
    pub(super) fn nearest(&self, group: &str, key: &str) -> Option<String> {
        let sisters = self
            .below(group)
            .map(|rest| rest.split('.').next().unwrap_or(rest));
        if let Some(sister) = nearest(key, sisters) {
            return Some(join(group, sister));
        }
        let path = join(group, key);
        nearest(&path, self.0.iter().copied()).map(str::to_string)
    }
}

/// A name in a group.
pub(super) fn join(group: &str, key: &str) -> String {
    if group.is_empty() {
        key.to_string()
    } else {
        format!("{group}.{key}")
    }
}

/// The candidate nearest to a word, if it is near enough to be a slip of the pen.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    spelling::nearest(word, candidates, spelling::one_in_three)
}
