//! Instants, civil dates, zones and elapsed periods, in integers.
//!
//! Invariant: nothing here reads a clock or a zone database; a zone is a table that somebody compiled. Why own
//! arithmetic: the evaluator needs a few hundred bytes of it, without an allocator; a date-time library is the
//! oracle of the tests.

pub mod civil;
pub mod instant;
pub mod period;
pub mod zone;

pub use civil::Date;
pub use zone::Zone;
