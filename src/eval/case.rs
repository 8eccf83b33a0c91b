//! A case: what is known of the facts and events, in slots that the caller owns.
//!
//! Invariant: a slot holds only a value that fits its fact; a refused value leaves the case as it was.

pub use crate::model::Value as FactValue;
use crate::model::{Bits, EventId, FactId};
use crate::pack::Program;
use crate::time::instant::in_range;

/// What is known of a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactSlot {
    /// Nothing was said.
    #[default]
    Absent,
    /// It was said to be unknown.
    Null,
    /// Its value.
    Given(FactValue),
}

/// What is known of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventSlot {
    /// Nothing was said: it is taken as not happened.
    #[default]
    Absent,
    /// It was said to be unknown.
    Null,
    /// It was said not to have happened.
    Not,
    /// When it happens or happened, in microseconds of UTC.
    At(i64),
}

/// Why a value was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The id is not one of this pack.
    #[error("there is no such fact or event in this pack")]
    NoSuchName,
    /// The value has another type than the fact.
    #[error("expected {0}")]
    Type(&'static str),
    /// The enumeration has no such member.
    #[error("the enumeration has no such member")]
    Member,
    /// The integer is outside the range of the fact.
    #[error("expected a whole number from {least} to {most}")]
    Range {
        /// The least value.
        least: i64,
        /// The greatest value.
        most: i64,
    },
    /// The instant is outside the years 1970 to 2099.
    #[error("an instant must lie in the years 1970 to 2099")]
    Instant,
}

/// The words for the types of facts, by their number in the tables.
pub const TYPE_WORDS: [&str; 6] = [
    "true or false",
    "a member of the enumeration",
    "a set of members of the enumeration",
    "a whole number",
    "an amount with its currency",
    "an instant with its offset from UTC",
];

/// A case in slots that the caller owns: one for each fact and each event of the pack.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// By fact.
    pub facts: &'c [FactSlot],
    /// By event.
    pub events: &'c [EventSlot],
}

/// Checks a value against its fact.
///
/// # Errors
/// See [`CaseError`].
pub fn check_fact(program: &Program<'_>, fact: FactId, value: FactValue) -> Result<(), CaseError> {
    if fact.index() >= program.facts.len() {
        return Err(CaseError::NoSuchName);
    }
    let row = program.facts.at(fact.index());
    let members = || program.enums.at(usize::from(row.of)).members.count;
    match (row.ty, value) {
        (0, FactValue::Bool(_)) | (4, FactValue::Money(_)) => Ok(()),
        (1, FactValue::Member(member)) if u32::from(member) < members() => Ok(()),
        (1, FactValue::Member(_)) => Err(CaseError::Member),
        (2, FactValue::Members(set)) => {
            let all = Bits::first(u16::try_from(members()).unwrap_or(u16::MAX));
            if set.minus(all).is_empty() {
                Ok(())
            } else {
                Err(CaseError::Member)
            }
        }
        (3, FactValue::Int(int)) if (row.least..=row.most).contains(&int) => Ok(()),
        (3, FactValue::Int(_)) => Err(CaseError::Range {
            least: row.least,
            most: row.most,
        }),
        (5, FactValue::Instant(instant)) => in_range(instant).map(|_| ()).ok_or(CaseError::Instant),
        (ty, _) => Err(CaseError::Type(
            TYPE_WORDS
                .get(usize::from(ty))
                .copied()
                .unwrap_or("another type"),
        )),
    }
}

/// Checks what is said of an event.
///
/// # Errors
/// See [`CaseError`].
pub fn check_event(
    program: &Program<'_>,
    event: EventId,
    slot: EventSlot,
) -> Result<(), CaseError> {
    if event.index() >= program.events.len() {
        return Err(CaseError::NoSuchName);
    }
    match slot {
        EventSlot::At(instant) => in_range(instant).map(|_| ()).ok_or(CaseError::Instant),
        _ => Ok(()),
    }
}
