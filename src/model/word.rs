//! Words of the language that survive into the pack: kinds of window, comparisons.

use super::numbered::numbered;

numbered! {
    /// The kinds of window. The numbers are part of the pack format.
    WindowKind {
        /// `within`.
        Within = 0,
        /// `in less than`.
        InLessThan = 1,
        /// `by`.
        By = 2,
        /// `no earlier than`.
        NoEarlier = 3,
        /// `at end of`.
        AtEnd = 4,
        /// `for`.
        For = 5,
        /// `until`.
        Until = 6,
        /// `without undue delay`.
        UndueDelay = 7,
        /// `expeditiously`.
        Expeditiously = 8,
        /// `at least … before`.
        AtLeastBefore = 9,
    }
}

numbered! {
    /// A comparison. The numbers are part of the pack format.
    Compare {
        /// `<`.
        Lt = 0,
        /// `<=`.
        Le = 1,
        /// `>`.
        Gt = 2,
        /// `>=`.
        Ge = 3,
        /// `is`.
        Eq = 4,
    }
}
