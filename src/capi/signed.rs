//! Signed packs: bytes, a signature and what the host trusts → a pack handle.
//!
//! Invariant: no pack is given out whose signature was not held against the trusted key, name, serial and instant first; a
//! refusal gives nothing, so that what the host loaded before stays what it has. A library without the feature `sign`
//! has these functions, too, and they refuse everything.

use core::ffi::c_char;

use super::constants::*;
use super::failure::{Failure, guard};
use super::input;
use super::output::Slot;
use super::records::{exq_error, exq_pack, exq_str};
use crate::model::limits::PACK_BYTES_MAX;

/// An Ed25519 public key.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_key {
    /// Its bytes, as RFC 8032 writes them.
    pub bytes: [u8; 32],
}

/// What a host trusts, for `exq_pack_load_signed`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_trust {
    /// The maker's key.
    pub key: exq_key,
    /// The line of packs that is wanted, by the name with which the maker signs it: a pack that was signed by the same key
    /// for another purpose is not taken for it.
    pub name: exq_str,
    /// The least serial that is taken. The library remembers nothing: keep the greatest serial that you have accepted
    /// where it outlives the process, and give it here. With 0, everybody can give you an old pack.
    pub serial_at_least: u64,
    /// When it is asked, in microseconds of UTC.
    pub now: i64,
}

/// What the signature of a pack says, once it is accepted.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_signed {
    /// The serial: keep it, and give it as `serial_at_least` from now on.
    pub serial: u64,
    /// The signature holds until before this instant, in microseconds of UTC; `EXQ_NEVER` if it never expires. A pack that
    /// is loaded stays loaded: whether to go on with it then is for the host.
    pub expires: i64,
}

/// The most bytes of a key in PEM: an Ed25519 one has 113.
const PEM_BYTES_MAX: usize = 4096;

/// Reads a public key from PEM, as OpenSSL and `exq sign --new-key` write it (`-----BEGIN PUBLIC KEY-----`). Everybody may
/// see it; what matters is that it came from whom you trust. `EXQ_E_ARGUMENT` if it is none, or one with which anybody can
/// sign; `EXQ_E_UNSUPPORTED` if this library was built without signatures.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_key_from_pem(
    pem: *const c_char,
    pem_len: usize,
    out: *mut exq_key,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        input::required(pem, "pem")?;
        let bytes = key_from_pem(input::text(pem, pem_len, PEM_BYTES_MAX, "pem")?)?;
        out.put(exq_key { bytes });
        Ok(())
    })
}

/// Loads a pack from bytes as `exq_pack_load` does, if its signature (the bytes of its `.sig` file) is one that the host
/// trusts. Nothing of the pack is looked at before the signature holds. Refused are, in this order:
///
/// - `EXQ_E_SIGNATURE`: the bytes are no signature;
/// - `EXQ_E_KEY`: another key made it;
/// - `EXQ_E_FORGED`: it does not hold: it, or what it says, was altered;
/// - `EXQ_E_SWAPPED`: it is of another line of packs, or of another pack;
/// - `EXQ_E_ROLLED_BACK`: its serial is less than `trust->serial_at_least`;
/// - `EXQ_E_EXPIRED`: `trust->now` is not before its expiry;
/// - `EXQ_E_PACK`: it is good, and the pack is damaged, or not for this engine.
///
/// Whatever is refused, `*out` and `*about` stay as they were: keep the pack that you have until the new one is loaded, and
/// free it then. `EXQ_E_UNSUPPORTED` if this library was built without signatures.
///
/// ```c
/// exq_trust trust = {key, {"takedown-eu", 11}, accepted, now};   /* accepted: the serial that was stored */
/// exq_signed about;
/// exq_pack *fresh = NULL;
/// if (exq_pack_load_signed(bytes, len, signature, signature_len, &trust, &fresh, &about, &error) == EXQ_OK) {
///     store(about.serial);                                        /* first, so that no crash forgets it */
///     exq_pack_free(pack);
///     pack = fresh;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_load_signed(
    bytes: *const u8,
    len: usize,
    signature: *const u8,
    signature_len: usize,
    trust: *const exq_trust,
    out: *mut *mut exq_pack,
    about: *mut exq_signed,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        let about = Slot::new(about, "about")?;
        input::required(bytes, "bytes")?;
        let bytes = input::array(bytes, len, PACK_BYTES_MAX, "bytes")?;
        input::required(signature, "signature")?;
        let signature = input::array(signature, signature_len, PACK_BYTES_MAX, "signature")?;
        // SAFETY: not NULL and aligned; the host promises what it trusts there; all of its bit patterns are values.
        let trust = unsafe { *input::required(trust, "trust")? };
        let (pack, signed) = loaded(bytes, signature, &trust)?;
        about.put(signed);
        out.put(pack);
        Ok(())
    })
}

#[cfg(not(feature = "sign"))]
fn unsupported<T>() -> Result<T, Failure> {
    let message = "this library was built without signatures: it cannot tell who made a pack";
    Err(Failure::new(EXQ_E_UNSUPPORTED, "", message))
}

#[cfg(not(feature = "sign"))]
fn key_from_pem(_: &str) -> Result<[u8; 32], Failure> {
    unsupported()
}

#[cfg(not(feature = "sign"))]
fn loaded(_: &[u8], _: &[u8], _: &exq_trust) -> Result<(*mut exq_pack, exq_signed), Failure> {
    unsupported()
}

#[cfg(feature = "sign")]
fn key_from_pem(pem: &str) -> Result<[u8; 32], Failure> {
    match crate::sign::Key::from_pem(pem) {
        Ok(key) => Ok(key.to_bytes()),
        Err(error) => Err(Failure::argument("pem", format!("`pem`: {error}"))),
    }
}

#[cfg(feature = "sign")]
fn loaded(
    bytes: &[u8],
    signature: &[u8],
    trust: &exq_trust,
) -> Result<(*mut exq_pack, exq_signed), Failure> {
    use std::sync::Arc;

    use super::handle;
    use super::pack::{Loaded, copied};
    use crate::sign;

    let trust = trusted(trust)?;
    // What is verified is the copy that is loaded: the host's bytes may be changed by another thread against the contract,
    // and are to be trusted no more than once.
    let bytes: Arc<[u8]> = Arc::from(copied(bytes)?);
    let signed = sign::verify(&bytes, signature, &trust).map_err(refused)?;
    let pack = Loaded::new(bytes, "bytes")?;
    let about = exq_signed {
        serial: signed.serial,
        expires: signed.expires.unwrap_or(EXQ_NEVER),
    };
    Ok((handle::give(Arc::new(pack)), about))
}

/// What the host trusts, as the engine takes it.
#[cfg(feature = "sign")]
fn trusted(trust: &exq_trust) -> Result<crate::sign::Trust, Failure> {
    use crate::sign::{Key, Name, Trust};
    use crate::time::instant;

    let key = Key::from_bytes(&trust.key.bytes)
        .map_err(|error| Failure::argument("trust.key", error.to_string()))?;
    let name = input::word(trust.name.ptr, trust.name.len, "trust.name")?;
    let name = Name::new(name).map_err(|error| {
        Failure::argument("trust.name", format!("`trust.name` is `{name}`: {error}"))
    })?;
    let now = instant::in_range(trust.now).ok_or_else(|| {
        let message =
            "`trust.now` is no instant: expected microseconds of UTC in the years 1970 to 2099";
        Failure::new(EXQ_E_VALUE, "trust.now", message)
    })?;
    Ok(Trust {
        key,
        name,
        serial_at_least: trust.serial_at_least,
        now,
    })
}

#[cfg(feature = "sign")]
fn refused(refusal: crate::sign::Refusal) -> Failure {
    use crate::sign::Refusal;

    let (code, place) = match refusal {
        Refusal::NoSignature(_) => (EXQ_E_SIGNATURE, "signature"),
        Refusal::OtherKey { .. } => (EXQ_E_KEY, "signature"),
        Refusal::Forged => (EXQ_E_FORGED, "signature"),
        Refusal::OtherName { .. } => (EXQ_E_SWAPPED, "trust.name"),
        Refusal::OtherPack { .. } => (EXQ_E_SWAPPED, "bytes"),
        Refusal::RolledBack { .. } => (EXQ_E_ROLLED_BACK, "trust.serial_at_least"),
        Refusal::Expired { .. } => (EXQ_E_EXPIRED, "trust.now"),
    };
    Failure::new(code, place, refusal.to_string())
}
