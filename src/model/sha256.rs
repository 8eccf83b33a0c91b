//! Bytes to their SHA-256 digest (FIPS 180-4).
//!
//! Invariant: no panic path, no table beyond the constants of the standard, no memory beside its own. Why of our own: the
//! digest names packs and receipts, so that the smallest library needs it, too, and must not be able to panic. The tests
//! compare it with the digests of the standard and with a library of other origin.

/// The round constants: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUND: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

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

/// A digest in the making.
#[derive(Clone, Copy, Debug)]
pub struct Hash {
    state: [u32; 8],
    /// The bytes that fill no block yet.
    rest: [u8; 64],
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
            rest: [0; 64],
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
        let filled = (self.length % 64) as usize;
        self.length = self.length.wrapping_add(bytes.len() as u64);
        if filled > 0 {
            let room = self.rest.get_mut(filled..).unwrap_or(&mut []);
            let count = room.len().min(bytes.len());
            for (place, byte) in room.iter_mut().zip(bytes) {
                *place = *byte;
            }
            bytes = bytes.get(count..).unwrap_or(&[]);
            if filled + count < 64 {
                return;
            }
            compress(&mut self.state, &self.rest);
        }
        while let Some((block, after)) = bytes.split_first_chunk::<64>() {
            compress(&mut self.state, block);
            bytes = after;
        }
        for (place, byte) in self.rest.iter_mut().zip(bytes) {
            *place = *byte;
        }
    }

    /// The digest of all bytes that were taken.
    #[must_use]
    pub fn finalize(mut self) -> [u8; 32] {
        let bits = self.length.wrapping_mul(8);
        self.take(&[0x80]);
        while self.length % 64 != 56 {
            self.take(&[0]);
        }
        self.take(&bits.to_be_bytes());
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(self.state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}

/// Works one block into the state.
fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut words = [0u32; 64];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for at in 16..64 {
        let (near, far) = (words[at - 15], words[at - 2]);
        words[at] = words[at - 16]
            .wrapping_add(near.rotate_right(7) ^ near.rotate_right(18) ^ near >> 3)
            .wrapping_add(words[at - 7])
            .wrapping_add(far.rotate_right(17) ^ far.rotate_right(19) ^ far >> 10);
    }
    let mut round = *state;
    for (word, constant) in words.iter().zip(ROUND) {
        let [a, b, c, d, e, f, g, h] = round;
        let one = h
            .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(g ^ (e & (f ^ g)))
            .wrapping_add(constant)
            .wrapping_add(*word);
        let two = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22))
            .wrapping_add((a & b) | (c & (a | b)));
        round = [one.wrapping_add(two), a, b, c, d.wrapping_add(one), e, f, g];
    }
    for (word, more) in state.iter_mut().zip(round) {
        *word = word.wrapping_add(more);
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    /// FIPS 180-4, and a library of other origin for every length around the bounds of blocks, in pieces of every size.
    #[test]
    fn digests_are_those_of_the_standard() {
        let hex = |digest: [u8; 32]| digest.map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(
            hex(Hash::hash(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let bytes: Vec<u8> = (0..400u32).map(|at| (at * 7) as u8).collect();
        for length in 0..bytes.len() {
            let bytes = &bytes[..length];
            let expected = hmac_sha256::Hash::hash(bytes);
            assert_eq!(Hash::hash(bytes), expected, "{length} bytes");
            let mut pieces = Hash::new();
            for piece in bytes.chunks(length % 71 + 1) {
                pieces.update(piece);
            }
            assert_eq!(pieces.finalize(), expected, "{length} bytes in pieces");
        }
    }
}
