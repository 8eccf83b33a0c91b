//! Sections to bytes and back, by bincode: the only file that names it.
//!
//! Invariant: one value has one encoding. Numbers have their full width and all bytes must be used, so that two
//! different byte strings never load as the same pack. Only borrowed sections are decoded, under a limit, so
//! that no length in hostile bytes can ask for memory.

use super::error::PackError;
use super::sections::Sections;
use crate::model::limits::PACK_BYTES_MAX;
use bincode::config::{Configuration, Fixint, Limit, LittleEndian};

const CONFIG: Configuration<LittleEndian, Fixint, Limit<PACK_BYTES_MAX>> =
    bincode::config::standard()
        .with_little_endian()
        .with_fixed_int_encoding()
        .with_limit::<PACK_BYTES_MAX>();

/// Tells the sections apart.
pub(super) fn decode(payload: &[u8]) -> Result<Sections<'_>, PackError> {
    match bincode::serde::borrow_decode_from_slice(payload, CONFIG) {
        Ok((sections, used)) if used == payload.len() => Ok(sections),
        _ => Err(PackError::Sections),
    }
}

/// Strings the sections together; `None` beyond the limit of a pack.
#[cfg(feature = "compiler")]
pub(super) fn encode(sections: &Sections<'_>) -> Option<Vec<u8>> {
    struct Out(Vec<u8>);
    impl bincode::enc::write::Writer for Out {
        fn write(&mut self, bytes: &[u8]) -> Result<(), bincode::error::EncodeError> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    let mut out = Out(Vec::new());
    bincode::serde::encode_into_writer(sections, &mut out, CONFIG).ok()?;
    (out.0.len() <= PACK_BYTES_MAX).then_some(out.0)
}
