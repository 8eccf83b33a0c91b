//! Instants, civil dates, zones, calendars and periods as the law counts them, in integers.
//!
//! Invariant: nothing here reads a clock or a zone database; a zone is a table that somebody compiled. Why own
//! arithmetic: the evaluator needs a few hundred bytes of it, without an allocator; a date-time library is the
//! oracle of the tests.

pub mod calendar;
pub mod civil;
pub mod count;
pub mod instant;
pub mod period;
pub mod regime;
pub mod step;
pub mod zone;

pub use calendar::Calendar;
pub use civil::Date;
pub use count::{Counting, NoDue, Period, due};
pub use regime::{Direction, Law, Regime};
pub use step::{Step, What, Why};
pub use zone::Zone;
