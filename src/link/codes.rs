//! The codes of the prove stage, each with its meaning.
//!
//! Invariant: one constant for one meaning; errors in the range E0301–E0399, warnings in W0301–W0399. A code that is
//! dropped stays in this file as a comment, so that nobody uses it again.

use crate::syntax::diagnostic::Code;

/// A rule that grants a protected norm, and applies where the norm's guard is false.
pub const GRANT_WITHOUT_GUARD: Code = Code("E0301");
/// A `never` that some answer breaks.
pub const NEVER_BROKEN: Code = Code("E0302");
/// An `always` that some answer breaks.
pub const ALWAYS_BROKEN: Code = Code("E0303");
/// A guard or property that the limits do not allow to decide.
pub const UNDECIDED: Code = Code("E0304");
