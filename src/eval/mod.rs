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
mod decision;
mod duty;
mod entry;
mod memory;
mod needs;
mod norm;
mod outcome;
mod receipt;
mod sets;
mod slot;
mod view;
mod window;

pub use case::{
    Case, CaseError, EventSlot, FactSlot, FactValue, TYPE_WORDS, check_event, check_fact,
};
pub use decision::{Entry, Missing, Moment, Named, Part};
#[cfg(feature = "std")]
pub use memory::Memory;
pub use memory::{Output, Sizes, Workspace};
pub use norm::Scratch;
pub use receipt::Receipt;
pub use view::{Ceiling, Decision};

use crate::model::PackId;
use crate::model::PackStatus;
use crate::pack::Program;
use slot::Slots;

/// When and as what a case is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// The instant of the evaluation, in microseconds of UTC.
    pub now: i64,
    /// The law date for all packs, in days since 1970-01-01; without it, each pack finds its own.
    pub law_date: Option<i32>,
    /// Packs that are adopted, beside those adopted when the pack was built.
    pub adopt: &'o [PackId],
}

/// Evaluates a case. The decision lies in the workspace.
///
/// A workspace that is smaller than [`Sizes`] demands, such as that of a [`Memory`] made for another program, gives a
/// decision that says nothing: half an answer could grant what the other half withholds.
pub fn evaluate<'d, 'w>(
    program: &'d Program<'d>,
    case: &Case<'d>,
    options: &Options<'_>,
    workspace: &'d mut Workspace<'w>,
) -> Decision<'d> {
    if !workspace.fits(&Sizes::of(program)) {
        workspace.answer.clear();
        return Decision::new(program, *case, options, workspace, None);
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
        let mut at = answer::answer(program, case, options, options.now, &mut tools, answer);
        // Nothing changes between the instants that are noted; the first at which the answer differs is exact.
        while let Some(instant) = at {
            let next = answer::answer(program, case, options, instant, &mut tools, later);
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
    Decision::new(program, *case, options, workspace, next_change)
}
