//! Bytes or PEM to a public key that can be trusted.
//!
//! Invariant: a [`Key`] is the only encoding of a point that is not of small order. With one of small order somebody who
//! has no private key can make signatures that hold; with two encodings one key would have two ids. Why a key has an
//! id: a signature by another key is told from one that was altered.

use core::fmt;

use ed25519_dalek::{Signature, VerifyingKey};

use super::pem::{self, PemError};
use crate::model::sha256::Hash;

/// How a public key stands in DER: a SubjectPublicKeyInfo of RFC 8410 up to the 32 bytes of the key.
const SPKI: [u8; 12] = *b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";
/// Bytes of a key in DER.
const SPKI_BYTES: usize = SPKI.len() + 32;

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key {
    point: VerifyingKey,
    id: KeyId,
}

/// Names a key: the first eight bytes of the SHA-256 digest of its 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId(pub [u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why something is no key that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a point of the curve, or one that is written otherwise.
    #[error("these 32 bytes are no Ed25519 public key")]
    NoPoint,
    /// A point with which anybody can sign.
    #[error("this public key has small order: anybody can sign for it")]
    SmallOrder,
    /// No PEM.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// A key for something else.
    #[error("this public key is not an Ed25519 one")]
    OtherKind,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

impl Key {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// Bytes that are no key, or one with which anybody can sign.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Key, KeyError> {
        if !is_reduced(bytes) {
            return Err(KeyError::NoPoint);
        }
        let point = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NoPoint)?;
        if point.is_weak() {
            return Err(KeyError::SmallOrder);
        }
        let mut id = KeyId([0; 8]);
        for (place, byte) in id.0.iter_mut().zip(Hash::hash(bytes)) {
            *place = byte;
        }
        Ok(Key { point, id })
    }

    /// A key from PEM, as OpenSSL writes it: `-----BEGIN PUBLIC KEY-----`.
    ///
    /// # Errors
    /// Text that is no PEM of a public key, a key of another kind, or one that cannot be trusted.
    pub fn from_pem(text: &str) -> Result<Key, KeyError> {
        let mut der = [0; SPKI_BYTES];
        let length = pem::decode(text, "PUBLIC KEY", &mut der)?;
        match der.strip_prefix(&SPKI).and_then(|key| key.first_chunk()) {
            Some(key) if length == SPKI_BYTES => Key::from_bytes(key),
            _ => Err(KeyError::OtherKind),
        }
    }

    /// Its 32 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.point.to_bytes()
    }

    /// Its DER, which PEM holds.
    #[must_use]
    pub fn to_der(&self) -> [u8; SPKI_BYTES] {
        let mut der = [0; SPKI_BYTES];
        for (place, byte) in der.iter_mut().zip(SPKI.into_iter().chain(self.to_bytes())) {
            *place = byte;
        }
        der
    }

    /// What names it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Whether it has signed these bytes: by RFC 8032, and strictly, so that nobody can make a second signature of one.
    #[must_use]
    pub fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.point.verify_strict(message, &signature).is_ok()
    }
}

/// Whether the coordinate is less than the prime 2²⁵⁵ − 19, as RFC 8032 asks: little-endian, the top bit is a sign.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [least, middle @ .., most] = bytes;
    *least < 0xed || middle.iter().any(|byte| *byte != 0xff) || most & 0x7f != 0x7f
}
