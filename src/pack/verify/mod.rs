//! Tables to trust: every reference, range, number and order of a pack checked, so that evaluation need not.
//!
//! Invariant: what passes cannot make evaluation fail or loop. Each row is read a bounded number of times and
//! nothing is allocated: rows that belong to one owner stand together in the order of owners, so one counter
//! shows that each has one; and where an order matters, rows carry their place in it, so that a graph without
//! cycles shows in a comparison of two numbers.

mod cond;
mod counting;
mod index;
mod rules;
mod vocabulary;

use super::bounds::{bounds, needs_words};
use super::error::PackError;
use super::format::{NONE16, NONE32, Range, Str, Text};
use super::program::Program;
use crate::model::limits::{ENTRIES_MAX, NEEDS_WORDS_MAX, TABLE_MAX};
use crate::model::{Bits, Unit};

/// What is broken.
#[cfg(not(all(feature = "small", not(feature = "std"))))]
type Broken = PackError;

/// Something is broken. The small library has no messages, and so no code for them.
#[cfg(all(feature = "small", not(feature = "std")))]
pub(super) struct Broken;

#[cfg(all(feature = "small", not(feature = "std")))]
impl From<Broken> for PackError {
    fn from(_: Broken) -> PackError {
        PackError::Sections
    }
}

/// Fine, or what is broken.
type Checked = Result<(), Broken>;

/// Days of the first date that can be written, 0001-01-01, and of the last, 9999-12-31.
const DAYS: core::ops::RangeInclusive<i32> = -719_162..=2_932_896;

/// Checks a whole program.
pub(super) fn verify(program: &Program<'_>) -> Checked {
    let check = Check { p: program };
    check.sizes()?;
    check.vocabulary()?;
    check.schedule()?;
    // The lists stand in the order of those who own them.
    let mut lists = Owned::new("lists");
    check.calendars()?;
    check.countings(&mut lists)?;
    check.conditions(&mut lists)?;
    check.packs()?;
    check.rules()?;
    check.norms(&mut lists)?;
    check.properties(&mut lists)?;
    lists.end(program.lists.len())?;
    check.index()?;
    let at = Row("bounds", 0);
    at.holds(
        bounds(program) == program.bounds,
        "they are not those of the tables",
    )?;
    at.holds(
        program.bounds.entries as usize <= ENTRIES_MAX,
        "an answer could have too many entries",
    )?;
    at.holds(
        needs_words(program) <= NEEDS_WORDS_MAX,
        "an answer could need too much memory: too many effects for so many facts and events",
    )
}

/// Where something is checked: the section and the row.
#[derive(Clone, Copy)]
struct Row(&'static str, usize);

impl Row {
    /// Broken, unless this holds.
    fn holds(self, holds: bool, why: &'static str) -> Checked {
        if holds {
            return Ok(());
        }
        Err(self.broken(why))
    }

    #[cfg(not(all(feature = "small", not(feature = "std"))))]
    fn broken(self, why: &'static str) -> Broken {
        let Row(section, row) = self;
        PackError::Broken { section, row, why }
    }

    #[cfg(all(feature = "small", not(feature = "std")))]
    fn broken(self, _: &'static str) -> Broken {
        let Row(_section, _row) = self;
        Broken
    }

    /// A number that stands for yes or no.
    fn flag(self, number: u8) -> Checked {
        self.holds(number <= 1, "a flag is neither 0 nor 1")
    }

    /// An index below a length.
    fn index(self, index: impl TryInto<usize>, length: usize, why: &'static str) -> Checked {
        self.holds(index.try_into().is_ok_and(|index| index < length), why)
    }

    /// An index below a length, or none.
    fn index_or_none(self, index: u16, length: usize, why: &'static str) -> Checked {
        if index == NONE16 {
            return Ok(());
        }
        self.index(index, length, why)
    }

    /// Days of an interval: half-open, not empty, and dates that exist.
    fn interval(self, from: i32, until: i32) -> Checked {
        let from_exists = from == i32::MIN || DAYS.contains(&from);
        let until_exists = until == i32::MAX || DAYS.contains(&until);
        self.holds(
            from_exists && until_exists && from < until,
            "the interval in force is empty or has a date that does not exist",
        )
    }

    /// A number of units, at most the longest period.
    fn period(self, n: u32, unit: u8) -> Checked {
        let fits = Unit::from_u8(unit).is_some_and(|unit| (1..=unit.most()).contains(&n));
        self.holds(fits, "a period has no unit or is too long")
    }

    /// A currency: three capital letters.
    fn currency(self, number: u32) -> Checked {
        let [a, b, c, zero] = number.to_le_bytes();
        let letters = [a, b, c].iter().all(u8::is_ascii_uppercase);
        self.holds(letters && zero == 0, "a currency is not three letters")
    }
}

/// Rows that belong to others: each to one, in order, without a gap.
struct Owned {
    section: &'static str,
    next: u32,
}

impl Owned {
    fn new(section: &'static str) -> Owned {
        Owned { section, next: 0 }
    }

    /// The next owner has these.
    fn take(&mut self, at: Row, range: Range) -> Checked {
        at.holds(
            range.first == self.next,
            "a range does not begin where the one before it ends",
        )?;
        let next = range.first.checked_add(range.count);
        at.holds(next.is_some(), "a range has no end")?;
        self.next = next.unwrap_or(NONE32);
        Ok(())
    }

    /// No owner is left, so no row may be.
    fn end(&self, rows: usize) -> Checked {
        Row(self.section, rows).holds(
            self.next as usize == rows,
            "the ranges into this section are not its rows",
        )
    }
}

/// What checks: the tables, typed but not yet trusted.
#[derive(Clone, Copy)]
struct Check<'p, 'a> {
    p: &'p Program<'a>,
}

impl Check<'_, '_> {
    /// Ids have 16 bits, and the last number means none.
    fn sizes(self) -> Checked {
        let p = self.p;
        let sizes = [
            ("packs", p.packs.len()),
            ("enums", p.enums.len()),
            ("sets", p.sets.len()),
            ("facts", p.facts.len()),
            ("events", p.events.len()),
            ("norms", p.norms.len()),
            ("rules", p.rules.len()),
            ("versions", p.versions.len()),
            ("effects", p.effects.len()),
            ("zones", p.zones.len()),
        ];
        for (section, rows) in sizes {
            Row(section, rows).holds(rows <= TABLE_MAX, "there are too many rows")?;
        }
        Ok(())
    }

    fn str(self, at: Row, range: Str) -> Checked {
        let (start, len) = (range.start as usize, range.len as usize);
        let text = start
            .checked_add(len)
            .and_then(|end| self.p.strings.get(start..end));
        at.holds(text.is_some(), "a text is not in the strings")
    }

    fn text(self, at: Row, text: Text) -> Checked {
        self.str(at, text.en)?;
        self.str(at, text.fr)
    }

    /// How many members an enumeration has.
    fn members(self, of: u16) -> u16 {
        // At most 256: checked with the enumerations.
        self.p.enums.at(usize::from(of)).members.count as u16
    }

    /// A set of members of an enumeration.
    fn bits(self, at: Row, index: u32, of: u16) -> Checked {
        at.index(index, self.p.bits.len(), "there is no such set of members")?;
        let strangers = self
            .p
            .members_of(index)
            .minus(Bits::first(self.members(of)));
        at.holds(
            strangers.is_empty(),
            "a set has a member that its enumeration has not",
        )
    }

    /// A fact of a type.
    fn fact(self, at: Row, fact: u16, ty: u8) -> Checked {
        at.index(fact, self.p.facts.len(), "there is no such fact")?;
        at.holds(
            self.p.facts.at(usize::from(fact)).ty == ty,
            "a fact has another type",
        )
    }

    /// A condition of a pack, or none.
    fn cond(self, at: Row, cond: u32, pack: u16) -> Checked {
        if cond == NONE32 {
            return Ok(());
        }
        at.index(cond, self.p.conds.len(), "there is no such condition")?;
        at.holds(
            self.p.conds.at(cond as usize).pack == pack,
            "a condition is read for another pack",
        )
    }

    /// The step of the schedule from which on a condition can be evaluated.
    fn after(self, cond: u32) -> u32 {
        match cond {
            NONE32 => 0,
            cond => self.p.conds.at(cond as usize).after,
        }
    }

    /// Every version and every norm has one step, and says which.
    fn schedule(self) -> Checked {
        let p = self.p;
        Row("schedule", p.schedule.len()).holds(
            p.schedule.len() == p.versions.len() + p.norms.len(),
            "it does not have one step for each version and norm",
        )?;
        for (number, step) in p.schedule.iter().enumerate() {
            let at = Row("schedule", number);
            let id = usize::from(step.id);
            let (length, position) = match step.kind {
                0 => (p.versions.len(), p.versions.at(id).position),
                1 => (p.norms.len(), p.norms.at(id).position),
                _ => (0, NONE32),
            };
            at.index(id, length, "there is no such version or norm")?;
            at.holds(
                position as usize == number,
                "what it evaluates says that it has another step",
            )?;
        }
        Ok(())
    }
}
