//! Ir to the bytes of a pack.
//!
//! Invariant: the same Ir, zones and options give the same bytes, and every pack that comes out has been read back
//! by the loader. What the evaluator would have to compute each time (who defeats whom, in which order, what
//! can clash, how much memory an answer takes) is computed here, once.

mod cond;
mod counting;
mod defeat;
mod error;
mod from_ir;
mod index;
mod pool;
mod rules;
pub mod zones;

pub use error::CompileError;
pub use from_ir::{CompileOptions, compile};
pub use zones::{PackZones, UtcOnly, ZoneSource, ZoneTable};
