//! Packs, cases and decisions on the heap.
//!
//! Invariant: each is on the heap whether or not the host lends memory, which is left alone.

use std::sync::Arc;

use super::case::{KnownCase, Slots};
use super::constants::*;
use super::decision::{Adopted, Decided, Owned};
use super::failure::{Failure, guard};
use super::handle::{self, Lent};
use super::output::Slot;
use super::pack::{Held, Loaded, copied, opened};
use super::records::{exq_case, exq_decision, exq_error, exq_pack};
use crate::json::CaseJsonError;

impl Loaded {
    /// How much memory of the host a pack needs: none.
    pub(super) fn memory() -> usize {
        0
    }

    /// A handle of a pack, from a copy of its bytes.
    pub(super) fn within(bytes: &[u8], _: Lent) -> Result<*mut exq_pack, Failure> {
        let loaded = Loaded::new(Arc::from(copied(bytes)?), "bytes")?;
        Ok(handle::give(Arc::new(loaded)))
    }
}

impl KnownCase {
    /// How much memory of the host a case needs: none.
    pub(super) fn memory(_: &Held) -> Result<usize, Failure> {
        Ok(0)
    }

    /// A handle of a case.
    pub(super) fn within(pack: &Held, _: Lent) -> Result<*mut exq_case, Failure> {
        let pack = Arc::clone(pack);
        let slots = Slots::empty(pack.program());
        Ok(handle::give(KnownCase {
            pack,
            slots,
            spare: Slots::default(),
        }))
    }
}

impl Decided {
    /// How much memory of the host decisions need: none.
    pub(super) fn memory(_: &Held) -> Result<usize, Failure> {
        Ok(0)
    }

    /// Memory for the decisions of a pack.
    pub(super) fn new(pack: Held) -> Decided {
        let owned = Owned::new(pack.program());
        let adopt = Adopted::with_capacity(pack.program().packs.len());
        Decided { pack, owned, adopt }
    }

    /// A handle of a decision.
    pub(super) fn within(pack: &Held, _: Lent) -> Result<*mut exq_decision, Failure> {
        Ok(handle::give(Decided::new(Arc::clone(pack))))
    }
}

/// JSON that is no case of the pack.
pub(super) fn not_a_case(error: CaseJsonError) -> Failure {
    let message = error.to_string();
    Failure::new(EXQ_E_JSON, error.pointer, message)
}

/// A new case for a pack, which says nothing. Free it with `exq_case_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_new(
    pack: *const exq_pack,
    out: *mut *mut exq_case,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let out = Slot::new(out, "out")?;
        out.put(KnownCase::within(pack, Lent::nothing())?);
        Ok(())
    })
}

/// Memory for the decisions of a pack, sized once. Free it with `exq_decision_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_new(
    pack: *const exq_pack,
    out: *mut *mut exq_decision,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let out = Slot::new(out, "out")?;
        out.put(Decided::within(pack, Lent::nothing())?);
        Ok(())
    })
}
