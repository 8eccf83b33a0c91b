//! Seeds of random packs, for tests that make thousands: how many the environment asks for.

use crate::shares::setting;
use std::ops::Range;

/// As many seeds as `EXQ_DIFF_PACKS` says, from `EXQ_DIFF_SEED` on; from 1, and so many, where it says nothing.
pub fn seeds(packs: u64) -> Range<u64> {
    let first = setting("EXQ_DIFF_SEED", 1);
    first..first + setting("EXQ_DIFF_PACKS", packs)
}
