//! Tables to trust: every reference of a pack checked, so that evaluation need not.

use super::bounds::bounds;
use super::error::PackError;
use super::program::Program;

/// Checks a whole program.
pub(super) fn verify(program: &Program<'_>) -> Result<(), PackError> {
    if bounds(program) != program.bounds {
        return Err(PackError::Broken {
            section: "bounds",
            row: 0,
            why: "they are not those of the tables",
        });
    }
    Ok(())
}
