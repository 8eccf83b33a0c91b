//! Tables to the bytes of a pack.
//!
//! Invariant: the same tables give the same bytes, and what is written has been read back.

use super::bounds;
use super::codec;
use super::container::{
    DIGEST_AT, FORMAT_VERSION, HEADER_BYTES, MAGIC, MINIMUM_ENGINE, digest, load,
};
use super::error::{EngineVersion, PackError};
use super::format::BoundsRow;
use super::program::Program;
pub use super::sections::Tables;
use crate::model::limits::PACK_BYTES_MAX;

impl Tables {
    /// What evaluation needs to have ready for these tables.
    ///
    /// # Errors
    /// A broken section, if the tables do not fit together.
    pub fn needed(&self) -> Result<BoundsRow, PackError> {
        self.seen(bounds::bounds)
    }

    /// Shows the tables, not verified yet, as a program.
    ///
    /// # Errors
    /// As [`Tables::needed`].
    pub fn seen<T>(&self, see: impl FnOnce(&Program<'_>) -> T) -> Result<T, PackError> {
        self.lend(|sections| Ok(see(&sections.program()?)))
    }

    /// Writes the pack, and reads it back.
    ///
    /// # Errors
    /// What [`load`] says of it.
    pub fn write(&self) -> Result<Vec<u8>, PackError> {
        let too_long = PackError::TooLong {
            length: PACK_BYTES_MAX,
        };
        let payload = self.lend(codec::encode).ok_or(too_long)?;
        let EngineVersion(major, minor, patch) = MINIMUM_ENGINE;
        let mut out = Vec::with_capacity(HEADER_BYTES + payload.len());
        out.extend_from_slice(&MAGIC);
        for number in [FORMAT_VERSION, major, minor, patch] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&((HEADER_BYTES + payload.len()) as u64).to_le_bytes());
        out.extend_from_slice(&[0; 32]);
        out.extend_from_slice(&payload);
        reseal(&mut out);
        load(&out)?;
        Ok(out)
    }
}

/// The pack with the mark that its guards and properties were proved; else it is the same.
///
/// # Errors
/// [`PackError::TooShort`] or [`PackError::Digest`]: what was altered is not sealed anew. Else what [`load`] says.
pub fn proved(bytes: &[u8]) -> Result<Vec<u8>, PackError> {
    let length = bytes.len();
    let parts = bytes.split_at_checked(HEADER_BYTES);
    let (header, payload) = parts.ok_or(PackError::TooShort { length })?;
    let stated = header.get(DIGEST_AT..);
    if digest(bytes).as_ref().map(<[u8; 32]>::as_slice) != stated {
        return Err(PackError::Digest);
    }
    let mut sections = codec::decode(payload)?;
    sections.proved = 1;
    let mut out = header.to_vec();
    out.extend(codec::encode(&sections).ok_or(PackError::TooLong {
        length: PACK_BYTES_MAX,
    })?);
    reseal(&mut out);
    load(&out)?;
    Ok(out)
}

/// Gives bytes the digest that fits them. It makes no pack of what is none: it is for tests that alter packs.
pub fn reseal(bytes: &mut [u8]) {
    if let Some(digest) = digest(bytes)
        && let Some(place) = bytes.get_mut(DIGEST_AT..HEADER_BYTES)
    {
        place.copy_from_slice(&digest);
    }
}
