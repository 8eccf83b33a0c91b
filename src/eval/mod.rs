//! Pack × case × instant → decision.
//!
//! Invariant: no allocation, no panic, no recursion, no clock; the same arguments give the same decision on every
//! machine. What it computes is `docs/LANGUAGE.md` §4 to §12; each file names the sections it computes.

mod answer;
mod case;
mod change;
mod compare;
mod condition;
mod context;
mod count;
mod decision;
mod derive;
mod duty;
mod entry;
mod group;
mod kept;
mod memory;
mod needs;
mod norm;
mod outcome;
#[cfg(feature = "std")]
mod owned;
mod receipt;
pub mod room;
mod select;
mod sets;
mod slot;
mod version;
mod view;
mod window;

pub use case::{
    Case, CaseError, EventSlot, FactSlot, FactValue, TYPE_WORDS, check_event, check_fact,
};
pub use condition::Finding;
pub use count::CountedBy;
pub use decision::{Entry, Missing, Moment, Named, Part};
pub use group::Scratch;
pub use kept::KeptDecision;
#[cfg(feature = "std")]
pub use memory::Memory;
pub use memory::{Output, Sizes, Workspace};
#[cfg(feature = "std")]
pub use owned::OwnedDecision;
pub use receipt::Receipt;
pub use view::{Ceiling, Decision};

use crate::model::PackId;
use crate::model::PackStatus;
use crate::pack::Program;
use crate::time::instant::in_range;
use slot::Slots;

/// How soon a host wants done what the law leaves open, in microseconds of elapsed time from the anchor.
///
/// A service level is no due of the law: beside one it is ignored, and an answer marks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceLevels {
    /// For `without undue delay`.
    pub undue_delay: Option<i64>,
    /// For `expeditiously`.
    pub expeditiously: Option<i64>,
}

/// When and as what a case is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// The instant of the evaluation, in microseconds of UTC.
    pub now: i64,
    /// The law date for all packs, in days since 1970-01-01; without it, each pack finds its own.
    pub law_date: Option<i32>,
    /// Packs that are adopted, beside those adopted when the pack was built.
    pub adopt: &'o [PackId],
    /// The host's own service levels.
    pub service: ServiceLevels,
}

/// Why a case was not evaluated. Nothing is decided then: a host keeps to its safest course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// The workspace has less room than [`Sizes`] demands, as that of a `Memory` made for another pack may: half an
    /// answer could grant what the other half withholds.
    #[error("the memory is too small for this pack: it was made for another one")]
    Memory,
    /// The case has not one slot for each fact and event of the pack.
    #[error("the case was made for another pack: its facts and events are not this one's")]
    Case,
    /// The instant of the evaluation is outside the years 1970 to 2099.
    #[error("the instant of an evaluation must lie in the years 1970 to 2099")]
    Now,
    /// A service level is not above zero.
    #[error("a service level must be longer than nothing")]
    ServiceLevel,
}

/// Evaluates a case. The decision lies in the workspace.
///
/// # Errors
/// See [`EvaluationError`].
pub fn evaluate<'d, 'w>(
    program: &'d Program<'d>,
    case: &Case<'d>,
    options: &Options<'_>,
    workspace: &'d mut Workspace<'w>,
) -> Result<Decision<'d>, EvaluationError> {
    if !workspace.fits(&Sizes::of(program)) {
        return Err(EvaluationError::Memory);
    }
    if case.facts.len() != program.facts.len() || case.events.len() != program.events.len() {
        return Err(EvaluationError::Case);
    }
    in_range(options.now).ok_or(EvaluationError::Now)?;
    let levels = [options.service.undue_delay, options.service.expeditiously];
    if levels.into_iter().flatten().any(|level| level <= 0) {
        return Err(EvaluationError::ServiceLevel);
    }
    for (index, row) in program.packs.iter().enumerate() {
        let status = PackStatus::from_u8(row.status).unwrap_or(PackStatus::Annulled);
        let adopted = row.adopted == 1 || options.adopt.contains(&PackId(index as u16));
        let decides = if adopted && status.adoptable() {
            true
        } else {
            status.decides()
        };
        workspace.decides.put(index, decides);
    }
    let next_change = {
        let (mut tools, answer, later) = answer::split(workspace);
        let [mut at, sure] =
            answer::answer(program, case, options, options.now, &mut tools, answer);
        // Nothing changes between the instants that are noted; the first at which the answer differs is exact.
        while let Some(instant) = at {
            if sure.is_some_and(|sure| sure <= instant) {
                at = sure;
                break;
            }
            let [next, _] = answer::answer(program, case, options, instant, &mut tools, later);
            let now = change::Side {
                now: options.now,
                output: answer,
            };
            if change::differ(
                program,
                case,
                tools.decides,
                &now,
                &change::Side {
                    now: instant,
                    output: later,
                },
            ) {
                break;
            }
            at = next;
        }
        at
    };
    let answer = workspace.answer.written(workspace.decides);
    Ok(Decision::new(program, *case, options, answer, next_change))
}
