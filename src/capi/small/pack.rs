//! Bytes of the host → a pack in memory of the host, in the small library.
//!
//! Invariant: as in the library with a heap, a pack handle holds a pack that was verified whole. The bytes are borrowed
//! and not copied: they may lie in read-only memory.

use crate::capi::constants::*;
use crate::capi::failure::{Failure, quietly};
use crate::capi::handle::{self, Kind, Shared, look};
use crate::capi::names::Names;
use crate::capi::records::exq_pack;
use crate::pack::{self, Program};

/// A pack.
pub(in crate::capi) struct Loaded {
    pub names: Names,
}

/// How cases and decisions hold their pack: the host keeps it as long as they live.
pub(in crate::capi) type Held = &'static Loaded;

impl Loaded {
    /// Verifies bytes, which the host keeps.
    pub(in crate::capi) fn new(bytes: &'static [u8]) -> Result<Loaded, Failure> {
        match pack::load(bytes) {
            Ok(pack) => Ok(Loaded { names: Names(pack) }),
            Err(_) => Err(Failure::new(EXQ_E_PACK, "bytes", "no pack")),
        }
    }

    pub(in crate::capi) fn program(&self) -> &Program<'static> {
        self.names.0.program()
    }

    /// Refuses what was made for another pack.
    pub(in crate::capi) fn is_of(
        &self,
        other: &Loaded,
        place: &str,
        what: &str,
    ) -> Result<(), Failure> {
        if core::ptr::eq(self, other) || self.digest() == other.digest() {
            return Ok(());
        }
        Err(Failure::new(EXQ_E_OTHER_PACK, place, what))
    }

    pub(in crate::capi) fn digest(&self) -> [u8; 32] {
        self.names.0.digest()
    }

    pub(in crate::capi) fn is_proved(&self) -> bool {
        self.names.0.is_proved()
    }
}

impl Kind for Loaded {
    type Opaque = exq_pack;
    const TAG: u32 = u32::from_le_bytes(*b"EXQp");
    const WORD: &'static str = "pack";
}

impl Shared for Loaded {}

/// What the pack handle holds.
pub(in crate::capi) fn opened(pack: *const exq_pack) -> Result<Held, Failure> {
    look::<Loaded>(pack, "pack")
}

/// Closes a pack: its memory is the host's again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_free(pack: *mut exq_pack) {
    quietly(|| handle::free::<Loaded>(pack));
}
