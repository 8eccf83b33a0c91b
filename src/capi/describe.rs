//! What a pack is: its identity, and the names and texts of all that has an id.

use core::ffi::c_char;

use super::constants::*;
use super::failure::{Failure, guard};
use super::input::{required, word};
#[cfg(feature = "std")]
use super::output;
use super::output::Slot;
#[cfg(feature = "std")]
use super::pack::Loaded;
use super::pack::opened;
#[cfg(feature = "std")]
use super::records::exq_str;
use super::records::{exq_digest, exq_error, exq_pack};
#[cfg(feature = "std")]
use crate::json::schema_for;
#[cfg(feature = "std")]
use crate::pack::format::Text;
use crate::pack::schema_hash;

/// The digest of a pack, which names it in receipts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_digest(
    pack: *const exq_pack,
    out: *mut exq_digest,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let bytes = opened(pack)?.digest();
        Slot::new(out, "out")?.put(exq_digest { bytes });
        Ok(())
    })
}

/// The hash of the vocabulary: of the names, types, members and ids that a host binds to. Packs whose rules differ but
/// whose vocabulary does not have the same.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_schema_hash(
    pack: *const exq_pack,
    out: *mut exq_digest,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let bytes = schema_hash(opened(pack)?.program());
        Slot::new(out, "out")?.put(exq_digest { bytes });
        Ok(())
    })
}

/// `EXQ_OK` if the vocabulary of the pack is the one with this hash; `EXQ_E_SCHEMA` if it is another, so that ids that
/// were compiled into the host would mean other things. What `exq bind` writes calls this at the start.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_expect_schema(
    pack: *const exq_pack,
    expected: *const exq_digest,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let found = schema_hash(opened(pack)?.program());
        // SAFETY: not NULL and aligned; the host promises a digest there; all of its bit patterns are values.
        let expected = unsafe { *required(expected, "expected")? }.bytes;
        if found == expected {
            return Ok(());
        }
        Err(Failure::other_schema(&found, &expected))
    })
}

/// 1 if the guards and properties of the pack were proved when it was built; they are enforced either way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_is_proved(
    pack: *const exq_pack,
    out: *mut i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let proved = opened(pack)?.is_proved();
        Slot::new(out, "out")?.put(i32::from(proved));
        Ok(())
    })
}

/// The enumeration whose members are the places of answers, or `EXQ_NONE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_territory(
    pack: *const exq_pack,
    enumeration: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let territory = super::vocabulary::id(opened(pack)?.program().territory);
        Slot::new(enumeration, "enumeration")?.put(territory);
        Ok(())
    })
}

/// How many things of a kind (`EXQ_KIND_…`) there are. Their ids are 0 to that, less one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_count(
    pack: *const exq_pack,
    kind: i32,
    out: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let count = opened(pack)?.names.count(kind)?;
        Slot::new(out, "out")?.put(count);
        Ok(())
    })
}

/// The id of the thing of a kind with this name. `EXQ_E_NAME` if there is none; the message has the nearest name.
///
/// ```c
/// uint32_t received;
/// status = exq_pack_find(pack, EXQ_KIND_EVENT, "order.received", 14, &received, &error);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_find(
    pack: *const exq_pack,
    kind: i32,
    name: *const c_char,
    name_len: usize,
    id: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let name = word(name, name_len, "name")?;
        let slot = Slot::new(id, "id")?;
        slot.put(pack.names.find(kind, name)?);
        Ok(())
    })
}

/// The name of a thing. It lives as long as the pack.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_name(
    pack: *const exq_pack,
    kind: i32,
    id: u32,
    out: *mut exq_str,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let name = opened(pack)?.names.name(kind, id)?;
        Slot::new(out, "out")?.put(output::str(name));
        Ok(())
    })
}

/// A text (`EXQ_TEXT_…`) about a thing, in a language (`EXQ_LANG_…`). Empty if none was written. `EXQ_E_ARGUMENT` if things
/// of the kind have no such text. It lives as long as the pack.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_text(
    pack: *const exq_pack,
    kind: i32,
    id: u32,
    text: i32,
    lang: i32,
    out: *mut exq_str,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(kind, id)?;
        let range = text_of(pack, kind, id as usize, text)?;
        let found = in_language(pack, range, lang)?;
        Slot::new(out, "out")?.put(found);
        Ok(())
    })
}

#[cfg(feature = "std")]
fn text_of(pack: &Loaded, kind: i32, id: usize, text: i32) -> Result<Text, Failure> {
    let program = pack.program();
    Ok(match (kind, text) {
        (EXQ_KIND_PACK, EXQ_TEXT_TITLE) => program.packs.at(id).title,
        (EXQ_KIND_PACK, EXQ_TEXT_SOURCE) => program.packs.at(id).source,
        (EXQ_KIND_FACT, EXQ_TEXT_QUESTION) => program.facts.at(id).ask,
        (EXQ_KIND_EVENT, EXQ_TEXT_QUESTION) => program.events.at(id).ask,
        (EXQ_KIND_NORM, EXQ_TEXT_TITLE) => program.norms.at(id).title,
        (EXQ_KIND_NORM, EXQ_TEXT_LABEL) => program.norms.at(id).member_label,
        (EXQ_KIND_VERSION, EXQ_TEXT_TITLE) => program.versions.at(id).title,
        (EXQ_KIND_VERSION, EXQ_TEXT_REASON) => program.versions.at(id).reason,
        _ => {
            let message = words!("things of kind {kind} have no text {text}");
            return Err(Failure::argument("text", message));
        }
    })
}

/// A text in a language.
#[cfg(feature = "std")]
pub(super) fn in_language(pack: &Loaded, text: Text, lang: i32) -> Result<exq_str, Failure> {
    let range = match lang {
        EXQ_LANG_EN => text.en,
        EXQ_LANG_FR => text.fr,
        _ => return Err(no_language(lang)),
    };
    Ok(output::str(pack.program().str(range)))
}

/// There is no such language.
#[cfg(feature = "std")]
pub(super) fn no_language(lang: i32) -> Failure {
    let message = words!("`lang` is {lang}, expected `EXQ_LANG_EN` (0) or `EXQ_LANG_FR` (1)");
    Failure::argument("lang", message)
}

/// The JSON Schema of the cases of a pack, into a buffer of the caller.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_case_schema(
    pack: *const exq_pack,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let schema = words!("{:#}", schema_for(opened(pack)?.program()));
        output::text(&schema, buffer, capacity, needed)
    })
}
