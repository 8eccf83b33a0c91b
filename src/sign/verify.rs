//! Whether a signed pack is the one that a host wants.
//!
//! Invariant: the questions are asked in one order. First whether the bytes have the length and version of a signature and
//! name the trusted key; then whether the signature holds; only then what it says: of which line of packs, of which pack,
//! with which serial, until when. So each refusal but the first three is a fact that the maker signed.

use core::fmt;

use super::key::{Key, KeyId};
use super::statement::{Name, Parts, ShapeError, Signed};
use crate::pack::{self, Pack, PackError};
use crate::time::instant;

/// What a host trusts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trust {
    /// The maker's key.
    pub key: Key,
    /// The line of packs that is wanted.
    pub name: Name,
    /// The least serial that is taken. The host keeps the greatest one that it has accepted, and gives it here: else
    /// everybody can give it an old pack, whose signature still holds.
    pub serial_at_least: u64,
    /// When it is asked, in microseconds of UTC.
    pub now: i64,
}

/// Why a signed pack is refused. Nothing of it is used then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no signature.
    #[error("not a signature of a pack: {0}")]
    NoSignature(#[from] ShapeError),
    /// Another key made it, or says so.
    #[error("the signature names the key {found}, and the trusted one is {trusted}")]
    OtherKey {
        /// What the signature names.
        found: KeyId,
        /// What the host trusts.
        trusted: KeyId,
    },
    /// The key has not signed this.
    #[error("the signature does not hold: it was altered, or made without the trusted key")]
    Forged,
    /// The maker signed it for another purpose.
    #[error("the signature is for packs called `{found}`, and `{wanted}` are wanted")]
    OtherName {
        /// The line of packs that was signed.
        found: Name,
        /// The one that is wanted.
        wanted: Name,
    },
    /// The signature is of another pack.
    #[error(
        "the signature is of another pack: of the one with the digest {}",
        Hex(signed)
    )]
    OtherPack {
        /// The digest of the pack that was signed.
        signed: [u8; 32],
    },
    /// The host has accepted a later one.
    #[error(
        "the pack has the serial {found}, and at least {wanted} is wanted: an older one was put in its place"
    )]
    RolledBack {
        /// The serial that was signed.
        found: u64,
        /// The least that is taken.
        wanted: u64,
    },
    /// Its time is over.
    #[error("the signature has expired: it held until before {}", instant::Display(*expired))]
    Expired {
        /// From when on it does not hold.
        expired: i64,
    },
}

/// Why a signed pack is not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedPackError {
    /// The signature is refused, and the pack was not looked at.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The signature is accepted, and the pack is none that this engine reads.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// Bytes as hexadecimal digits.
struct Hex<'b>(&'b [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Holds a signature against a pack and what the host trusts. The pack is known by the digest that it states: that its
/// content has this digest is for [`pack::load`] to find, which whoever uses the pack calls anyhow, and [`load`] does.
///
/// # Errors
/// See [`Refusal`].
pub fn verify(bytes: &[u8], signature: &[u8], trust: &Trust) -> Result<Signed, Refusal> {
    let parts = Parts::of(signature)?;
    let trusted = trust.key.id();
    if parts.key != trusted {
        return Err(Refusal::OtherKey {
            found: parts.key,
            trusted,
        });
    }
    if !trust
        .key
        .has_signed(parts.message.message(), &parts.signature)
    {
        return Err(Refusal::Forged);
    }
    let signed = parts.read()?;
    if signed.name != trust.name {
        return Err(Refusal::OtherName {
            found: signed.name,
            wanted: trust.name,
        });
    }
    if pack::stated_digest(bytes) != Some(signed.digest) {
        return Err(Refusal::OtherPack {
            signed: signed.digest,
        });
    }
    if signed.serial < trust.serial_at_least {
        return Err(Refusal::RolledBack {
            found: signed.serial,
            wanted: trust.serial_at_least,
        });
    }
    match signed.expires {
        Some(expired) if expired <= trust.now => Err(Refusal::Expired { expired }),
        _ => Ok(signed),
    }
}

/// Loads a pack whose signature holds.
///
/// # Errors
/// A signature that is refused, or a pack that is none.
pub fn load<'p>(
    bytes: &'p [u8],
    signature: &[u8],
    trust: &Trust,
) -> Result<(Pack<'p>, Signed), SignedPackError> {
    let signed = verify(bytes, signature, trust)?;
    Ok((pack::load(bytes)?, signed))
}
