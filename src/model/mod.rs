//! The words that every stage shares: ids, truth, values, outcomes, limits. Nothing here allocates or decides.

pub mod bits;
pub mod id;
pub mod limits;
pub(crate) mod numbered;
pub(crate) mod order;
pub mod outcome;
pub mod sha256;
#[cfg(feature = "std")]
pub mod spelling;
pub mod truth;
pub mod value;
pub mod word;

pub use bits::Bits;
pub use id::{
    CalendarId, ChooserId, CountingId, EffectId, EnumId, EventId, FactId, NormId, PackId, RuleId,
    SetId, VersionId, ZoneId,
};
pub use outcome::{Kind, Outcome, PackStatus, State, Status, Verification, WithheldReason};
pub use truth::Truth;
pub use value::{Currency, Money, Unit, Value};
pub use word::{Compare, WindowKind};
