//! Counts of working days, bounded by each other: from two counts from one number to what the shorter owes to the longer.
//!
//! Invariant: what is said here holds of every case, by how working days are counted, so that it takes no answer away. Why:
//! a calendar has no formula, and a proof that would see it day by day takes thousands of looks.

use crate::prove::formula::{Lit, Term};
use crate::prove::world::World;
use crate::time::{Counting, Direction};

/// A number of working days that is counted from a number.
pub struct WorkingDays<'c> {
    /// From where.
    pub from: Term,
    /// How many.
    pub n: i64,
    /// Which way.
    pub direction: Direction,
    /// By what.
    pub counting: Counting<'c>,
    /// Whether the count has an end.
    pub counted: Lit,
}

impl<'c> World<'c> {
    /// Notes a count of working days. To count more of them looks at every day that fewer look at, so that where more
    /// have an end, fewer have one: said here, as no proof could afford to see it day by day.
    pub(super) fn count_working(&mut self, new: WorkingDays<'c>) {
        let way = |days: &WorkingDays<'c>| (days.from, days.direction, days.counting);
        let known = self.working.iter().filter(|old| way(old) == way(&new));
        let pairs: Vec<(Lit, Lit)> = known
            .filter(|old| old.n != new.n)
            .map(|old| match old.n < new.n {
                true => (new.counted, old.counted),
                false => (old.counted, new.counted),
            })
            .collect();
        for (more, fewer) in pairs {
            let implied = self.graph.or(!more, fewer);
            if !self.constraints.contains(&implied) {
                self.constraints.push(implied);
            }
        }
        self.working.push(new);
    }
}
