//! The container: header, digest, payload; and the way from bytes to a verified program.
//!
//! Invariant: a [`Pack`] is whole, unaltered and verified. The digest is SHA-256 over all bytes of the pack save
//! its own 32, so that the header is under it too. It tells accidents; who may write packs is for a signature.
//!
//! | bytes | what |
//! |---|---|
//! | 0–7 | `EXQPACK` and a zero |
//! | 8–9 | format version |
//! | 10–15 | the least engine that evaluates it: major, minor, patch |
//! | 16–23 | length of the whole pack |
//! | 24–55 | digest |
//! | 56– | the sections |
//!
//! All numbers are little-endian.

use super::error::{EngineVersion, PackError};
use super::program::Program;
use super::{codec, verify};
use crate::model::limits::PACK_BYTES_MAX;
use crate::model::sha256::Hash;

/// How a pack begins.
pub const MAGIC: [u8; 8] = *b"EXQPACK\0";
/// The version of the format that this engine writes and reads.
pub const FORMAT_VERSION: u16 = 3;
/// Bytes of the header.
pub const HEADER_BYTES: usize = DIGEST_AT + DIGEST_BYTES;
pub(super) const DIGEST_AT: usize = 24;
const DIGEST_BYTES: usize = 32;
/// The least engine that evaluates what this compiler writes.
#[cfg(feature = "compiler")]
pub(super) const MINIMUM_ENGINE: EngineVersion = EngineVersion(0, 1, 0);

/// This engine.
pub(super) const ENGINE: EngineVersion = EngineVersion(
    number(env!("CARGO_PKG_VERSION_MAJOR")),
    number(env!("CARGO_PKG_VERSION_MINOR")),
    number(env!("CARGO_PKG_VERSION_PATCH")),
);

const fn number(text: &str) -> u16 {
    let mut digits = text.as_bytes();
    let mut value = 0;
    while let [digit, rest @ ..] = digits {
        value = value * 10 + (*digit - b'0') as u16;
        digits = rest;
    }
    value
}

/// A verified pack, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    program: Program<'a>,
    digest: [u8; 32],
    proved: bool,
    needs: EngineVersion,
}

impl<'a> Pack<'a> {
    /// What it says.
    #[must_use]
    pub fn program(&self) -> &Program<'a> {
        &self.program
    }

    /// The SHA-256 digest that names it in receipts.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The version of its format.
    #[must_use]
    pub fn format_version(&self) -> u16 {
        FORMAT_VERSION
    }

    /// The least engine that evaluates it.
    #[must_use]
    pub fn needs(&self) -> EngineVersion {
        self.needs
    }

    /// True if its guards and properties were proved when it was built; they are enforced either way.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.proved
    }
}

/// Takes a pack from bytes.
///
/// # Errors
/// See [`PackError`]: whatever is not exactly what a compiler wrote is refused.
pub fn load(bytes: &[u8]) -> Result<Pack<'_>, PackError> {
    let length = bytes.len();
    let too_short = PackError::TooShort { length };
    let mut rest = bytes;
    if take::<8>(&mut rest).ok_or(too_short)? != MAGIC {
        return Err(PackError::Magic);
    }
    let mut short = || {
        take::<2>(&mut rest)
            .map(u16::from_le_bytes)
            .ok_or(too_short)
    };
    let found = short()?;
    if found != FORMAT_VERSION {
        let known = FORMAT_VERSION;
        return Err(PackError::Format { found, known });
    }
    let needs = EngineVersion(short()?, short()?, short()?);
    let own = ENGINE;
    if needs > own {
        return Err(PackError::Engine { needed: needs, own });
    }
    let stated = u64::from_le_bytes(take(&mut rest).ok_or(too_short)?);
    let stated_digest = take::<32>(&mut rest).ok_or(too_short)?;
    if stated != length as u64 {
        let actual = length;
        return Err(PackError::Length { stated, actual });
    }
    if length > PACK_BYTES_MAX {
        return Err(PackError::TooLong { length });
    }
    if digest(bytes).ok_or(too_short)? != stated_digest {
        return Err(PackError::Digest);
    }
    let sections = codec::decode(rest)?;
    let program = sections.program()?;
    verify::verify(&program)?;
    Ok(Pack {
        program,
        digest: stated_digest,
        proved: match sections.proved {
            0 => false,
            1 => true,
            _ => return Err(PackError::Sections),
        },
        needs,
    })
}

/// The digest that a pack says it has, which [`load`] holds against its content; `None` if there is no whole header.
#[must_use]
pub fn stated_digest(bytes: &[u8]) -> Option<[u8; DIGEST_BYTES]> {
    bytes.get(DIGEST_AT..)?.first_chunk().copied()
}

/// The digest that the bytes should bear; `None` if there is no whole header.
pub(super) fn digest(bytes: &[u8]) -> Option<[u8; 32]> {
    let mut hash = Hash::new();
    hash.update(bytes.get(..DIGEST_AT)?);
    hash.update(bytes.get(HEADER_BYTES..)?);
    Some(hash.finalize())
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}
