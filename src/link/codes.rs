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
/// A rule that applies in no case.
pub const NEVER_APPLIES: Code = Code("W0301");
/// An exception or override that never meets what it is above.
pub const NEVER_MEETS: Code = Code("W0302");
/// Two rules of one pack that contradict each other.
pub const RULES_CONFLICT: Code = Code("W0303");
/// Days without a version, between two versions.
pub const VERSION_GAP: Code = Code("W0304");
/// Two rules that say the same in every case.
pub const SAID_TWICE: Code = Code("W0305");
/// A condition that is never false.
pub const ALWAYS_TRUE: Code = Code("W0306");
/// A condition that is never true.
pub const ALWAYS_FALSE: Code = Code("W0307");
/// Rules of two packs that contradict each other, in no scenario.
pub const PACKS_CONFLICT: Code = Code("W0308");
/// A question of the review that the limits do not allow to decide.
pub const NOT_REVIEWED: Code = Code("W0309");
