//! Sections to bytes and back. bincode writes them, and this is the only file that names it; they are read by hand.
//!
//! Invariant: one value has one encoding. Numbers have their full width and all bytes must be used, so that two
//! different byte strings never load as the same pack. What is read borrows the bytes, so that no length in hostile bytes
//! can ask for memory. Why by hand: two numbers and some runs of bytes behind their lengths are all there is to read, and
//! whoever only evaluates needs no codec for them.

use super::error::PackError;
use super::sections::Sections;

/// What is left of the bytes.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// So many bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    /// The bytes behind their length.
    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(u64::from_le_bytes(self.array()?)).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }
}

/// Tells the sections apart.
pub(super) fn decode(payload: &[u8]) -> Result<Sections<'_>, PackError> {
    let mut rest = Reader(payload);
    match Sections::read(&mut rest) {
        Some(sections) if rest.0.is_empty() => Ok(sections),
        _ => Err(PackError::Sections),
    }
}

/// Strings the sections together; `None` beyond the limit of a pack.
#[cfg(feature = "compiler")]
pub(super) fn encode(sections: &Sections<'_>) -> Option<Vec<u8>> {
    use crate::model::limits::PACK_BYTES_MAX;

    struct Out(Vec<u8>);
    impl bincode::enc::write::Writer for Out {
        fn write(&mut self, bytes: &[u8]) -> Result<(), bincode::error::EncodeError> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    let config = bincode::config::standard()
        .with_little_endian()
        .with_fixed_int_encoding();
    let mut out = Out(Vec::new());
    bincode::serde::encode_into_writer(sections, &mut out, config).ok()?;
    (out.0.len() <= PACK_BYTES_MAX).then_some(out.0)
}
