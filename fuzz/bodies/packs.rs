//! Bytes as packs: as they are, and as changes of a good pack that is sealed again.
//!
//! Invariant: whatever the bytes are, loading ends with an error, or with a program that evaluates every case it takes.
//! Why the second body seals again: the digest refuses what is altered by accident, and so hides from a fuzzer all that
//! stands behind it.

use exequatur::pack::{HEADER_BYTES, PackError, load, reseal};

use super::judge::judge;
use super::{Bytes, packs};

/// The most changes of one input.
const CHANGES_MAX: usize = 12;
/// Where the length stands in a header.
const LENGTH: std::ops::Range<usize> = 16..24;

/// Any bytes are refused, or are a pack that does no harm.
pub fn load_bytes(data: &[u8]) {
    match load(data) {
        Ok(pack) => {
            // Nobody finds a digest by chance: it is one of the packs that were given as seeds, or was sealed elsewhere.
            judge(&pack, &mut Bytes::new(pack.digest().as_slice()));
        }
        Err(PackError::Length { stated, actual }) => {
            assert!(stated != actual as u64 && actual == data.len());
            // The rest of the loader is behind the length and the digest: let it see these bytes, too.
            let mut sealed = data.to_vec();
            sealed[LENGTH].copy_from_slice(&(data.len() as u64).to_le_bytes());
            judge_sealed(sealed, &mut Bytes::new(data));
        }
        Err(PackError::Digest) => judge_sealed(data.to_vec(), &mut Bytes::new(data)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn judge_sealed(mut sealed: Vec<u8>, bytes: &mut Bytes<'_>) {
    reseal(&mut sealed);
    match load(&sealed) {
        Ok(pack) => judge(&pack, bytes),
        Err(error) => {
            assert!(error != PackError::Digest, "sealed, and not by its digest");
            assert!(!error.to_string().is_empty());
        }
    }
}

/// A pack that was altered and sealed again is refused, or does no harm.
///
/// An input is: which pack, how many changes, the changes, and a case for what comes out.
pub fn resealed(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let mut pack = packs()[bytes.below(packs().len())].clone();
    for _ in 0..bytes.below(CHANGES_MAX) {
        change(&mut pack, &mut bytes);
    }
    let length = pack.len() as u64;
    pack[LENGTH].copy_from_slice(&length.to_le_bytes());
    judge_sealed(pack, &mut bytes);
}

/// One change of what stands behind the header.
fn change(pack: &mut Vec<u8>, bytes: &mut Bytes<'_>) {
    let length = pack.len() - HEADER_BYTES;
    if length < 16 {
        return;
    }
    let kind = bytes.u8() % 10;
    let at = HEADER_BYTES + bytes.below(length - 8);
    match kind {
        0 => pack[at] = bytes.u8(),
        1 => pack[at] ^= 1 << (bytes.u8() % 8),
        2 => pack[at] = pack[at].wrapping_add(1),
        3 => pack[at] = pack[at].wrapping_sub(1),
        4 => pack[at..at + 2].copy_from_slice(&bytes.u16().to_le_bytes()),
        5 => pack[at..at + 4].copy_from_slice(&bytes.u32().to_le_bytes()),
        6 => pack[at..at + 8].copy_from_slice(&bytes.i64().to_le_bytes()),
        7 => {
            // Rows of one table stand in another's place.
            let from = HEADER_BYTES + bytes.below(length);
            let count = usize::from(bytes.u8()).min(pack.len() - at.max(from));
            pack.copy_within(from..from + count, at);
        }
        8 => pack.truncate(pack.len() - bytes.below(64.min(length))),
        _ => pack.extend_from_slice(bytes.slice(8)),
    }
}
