//! Bytes to their SHA-256 digest (FIPS 180-4).
//!
//! Invariant: no panic path, and no memory beside its own. The blocks are worked by `sha2`, with the processor's own
//! instructions where it has them. Why the padding is ours: with that of `sha2` a way to panic stays in the small library,
//! which names packs and receipts by these digests, too, and which does not link then.

use sha2::block_api::compress256;

/// The first 32 bits of the fractional parts of the square roots of the first eight primes.
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Bytes of a block.
const BLOCK: usize = 64;
/// Where the length stands in the last block.
const LENGTH_AT: usize = BLOCK - 8;

/// A digest in the making.
#[derive(Clone, Copy, Debug)]
pub struct Hash {
    state: [u32; 8],
    /// The bytes that fill no block yet.
    rest: [u8; BLOCK],
    /// How many bytes were taken in all.
    length: u64,
}

impl Default for Hash {
    fn default() -> Hash {
        Hash::new()
    }
}

impl Hash {
    /// Of no bytes yet.
    #[must_use]
    pub const fn new() -> Hash {
        Hash {
            state: START,
            rest: [0; BLOCK],
            length: 0,
        }
    }

    /// The digest of these bytes.
    #[must_use]
    pub fn hash(bytes: &[u8]) -> [u8; 32] {
        let mut hash = Hash::new();
        hash.update(bytes);
        hash.finalize()
    }

    /// Takes more bytes.
    pub fn update(&mut self, bytes: impl AsRef<[u8]>) {
        self.take(bytes.as_ref());
    }

    fn take(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        let filled = self.filled();
        self.length = self.length.wrapping_add(bytes.len() as u64);
        if filled > 0 {
            let room = self.rest.get_mut(filled..).unwrap_or(&mut []);
            let count = room.len().min(bytes.len());
            for (place, byte) in room.iter_mut().zip(bytes) {
                *place = *byte;
            }
            bytes = bytes.get(count..).unwrap_or(&[]);
            if filled + count < BLOCK {
                return;
            }
            self.work_rest();
        }
        let (blocks, after) = bytes.as_chunks();
        compress256(&mut self.state, blocks);
        for (place, byte) in self.rest.iter_mut().zip(after) {
            *place = *byte;
        }
    }

    /// How many bytes wait for their block to be full.
    fn filled(&self) -> usize {
        (self.length % BLOCK as u64) as usize
    }

    fn work_rest(&mut self) {
        compress256(&mut self.state, &[self.rest]);
    }

    /// The digest of all bytes that were taken: behind them comes one bit, zeros up to the end of a block, and in its last
    /// eight bytes how many bits there were.
    #[must_use]
    pub fn finalize(mut self) -> [u8; 32] {
        let filled = self.filled();
        let behind = self.rest.iter_mut().skip(filled);
        for (place, byte) in behind.zip(core::iter::once(0x80).chain(core::iter::repeat(0))) {
            *place = byte;
        }
        if filled >= LENGTH_AT {
            self.work_rest();
            self.rest = [0; BLOCK];
        }
        if let Some(length) = self.rest.last_chunk_mut() {
            *length = self.length.wrapping_mul(8).to_be_bytes();
        }
        self.work_rest();
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(self.state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;
    use sha2::{Digest, Sha256};

    /// The examples that NIST gives for FIPS 180-4, with no byte, less than a block, two blocks, and a million bytes.
    #[test]
    fn digests_are_those_of_the_standard() {
        let million = vec![b'a'; 1_000_000];
        let examples: [(&[u8], &str); 5] = [
            (
                b"",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                b"abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno\
                    ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
            ),
            (
                &million,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ),
        ];
        for (bytes, expected) in examples {
            let digest = Hash::hash(bytes).map(|byte| format!("{byte:02x}")).concat();
            assert_eq!(digest, expected, "{} bytes", bytes.len());
        }
    }

    /// The padding beside that of `sha2`, for every length around the bounds of blocks, in pieces of every size.
    #[test]
    fn the_padding_is_that_of_the_library() {
        let bytes: Vec<u8> = (0..400u32).map(|at| (at * 7) as u8).collect();
        for length in 0..bytes.len() {
            let bytes = &bytes[..length];
            let expected: [u8; 32] = Sha256::digest(bytes).into();
            assert_eq!(Hash::hash(bytes), expected, "{length} bytes");
            let mut pieces = Hash::new();
            for piece in bytes.chunks(length % 71 + 1) {
                pieces.update(piece);
            }
            assert_eq!(pieces.finalize(), expected, "{length} bytes in pieces");
        }
    }
}
