//! The names of facts and events as the tree that a case is.
//!
//! Invariant: no name is the beginning of another (the checks of a link see to it), so that a path is a leaf, a
//! group, or unknown.

use crate::model::{EventId, FactId, spelling};
use crate::pack::Program;

/// A fact or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// A fact.
    Fact(FactId),
    /// An event.
    Event(EventId),
}

/// What stands at a path.
pub(crate) enum Node {
    /// A fact or event.
    Leaf(Leaf),
    /// Longer names begin with it.
    Group,
    /// Nothing.
    Unknown,
}

/// All names of a pack, in order.
pub(crate) struct Names<'p>(Vec<(&'p str, Leaf)>);

impl<'p> Names<'p> {
    /// The names of a program.
    pub(crate) fn of(program: &Program<'p>) -> Names<'p> {
        let facts = (0u16..)
            .zip(program.facts.iter())
            .map(|(id, row)| (program.str(row.name), Leaf::Fact(FactId(id))));
        let events = (0u16..)
            .zip(program.events.iter())
            .map(|(id, row)| (program.str(row.name), Leaf::Event(EventId(id))));
        let mut names: Vec<_> = facts.chain(events).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        Names(names)
    }

    /// What stands at a path.
    pub(crate) fn find(&self, path: &str) -> Node {
        if let Ok(index) = self.0.binary_search_by_key(&path, |(name, _)| name) {
            return self
                .0
                .get(index)
                .map_or(Node::Unknown, |(_, leaf)| Node::Leaf(*leaf));
        }
        if self.below(path).next().is_some() {
            Node::Group
        } else {
            Node::Unknown
        }
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
        let first = self.0.partition_point(|(name, _)| *name < group);
        self.0
            .iter()
            .skip(first)
            .take_while(move |(name, _)| name.starts_with(group))
            .filter_map(move |(name, _)| rest(name))
    }

    /// The nearest name to an unknown one that stands in a group: a sister first, else a whole name.
    pub(crate) fn nearest(&self, group: &str, key: &str) -> Option<String> {
        let sisters = self
            .below(group)
            .map(|rest| rest.split('.').next().unwrap_or(rest));
        if let Some(sister) = nearest(key, sisters) {
            return Some(join(group, sister));
        }
        let path = join(group, key);
        nearest(&path, self.0.iter().map(|(name, _)| *name)).map(str::to_string)
    }
}

/// A name in a group.
pub(crate) fn join(group: &str, key: &str) -> String {
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
