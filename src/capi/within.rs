//! Packs, cases and decisions in memory of the host.
//!
//! Invariant: a host that uses these functions runs with both libraries. The small one has no other memory; the one with a
//! heap needs none of the host's, says so, and leaves what it is given alone.

use super::case::KnownCase;
use super::constants::*;
use super::decision::Decided;
use super::failure::guard;
use super::handle::Lent;
use super::input;
use super::output::Slot;
use super::pack::{Loaded, opened};
use super::records::{exq_case, exq_decision, exq_error, exq_pack};
use crate::model::limits::PACK_BYTES_MAX;

/// How many bytes of memory of the host `exq_pack_load_in` takes: the same for all packs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_memory(
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        Slot::new(needed, "needed")?.put(Loaded::memory());
        Ok(())
    })
}

/// Loads a pack from bytes into memory of the host, of any alignment. The bytes are verified as by `exq_pack_load`, and may
/// not be copied: they, and the memory, must stay as they are until the pack is freed, which comes after its cases and
/// decisions. `EXQ_E_BUFFER` if the memory is too small. A library with a heap uses that, and needs no memory (0 bytes).
///
/// ```c
/// static unsigned char memory[2048];
/// status = exq_pack_load_in(bytes, len, memory, sizeof memory, &pack, NULL);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_load_in(
    bytes: *const u8,
    len: usize,
    memory: *mut u8,
    memory_size: usize,
    out: *mut *mut exq_pack,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        input::required(bytes, "bytes")?;
        let bytes = input::array(bytes, len, PACK_BYTES_MAX, "bytes")?;
        let lent = Lent::new(memory, memory_size)?;
        out.put(Loaded::within(bytes, lent)?);
        Ok(())
    })
}

/// How many bytes of memory of the host `exq_case_new_in` takes for a case of a pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_memory(
    pack: *const exq_pack,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let bytes = KnownCase::memory(opened(pack)?)?;
        Slot::new(needed, "needed")?.put(bytes);
        Ok(())
    })
}

/// A new case for a pack, which says nothing, in memory of the host. Free it with `exq_case_free`, before its pack; until
/// then the memory is the library's. Else as `exq_pack_load_in`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_new_in(
    pack: *const exq_pack,
    memory: *mut u8,
    memory_size: usize,
    out: *mut *mut exq_case,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let out = Slot::new(out, "out")?;
        let lent = Lent::new(memory, memory_size)?;
        out.put(KnownCase::within(pack, lent)?);
        Ok(())
    })
}

/// How many bytes of memory of the host `exq_decision_new_in` takes for the decisions of a pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_memory(
    pack: *const exq_pack,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let bytes = Decided::memory(opened(pack)?)?;
        Slot::new(needed, "needed")?.put(bytes);
        Ok(())
    })
}

/// Memory for the decisions of a pack, in memory of the host. Free it with `exq_decision_free`, before its pack; until then
/// the memory is the library's. Else as `exq_pack_load_in`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_new_in(
    pack: *const exq_pack,
    memory: *mut u8,
    memory_size: usize,
    out: *mut *mut exq_decision,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let out = Slot::new(out, "out")?;
        let lent = Lent::new(memory, memory_size)?;
        out.put(Decided::within(pack, lent)?);
        Ok(())
    })
}
