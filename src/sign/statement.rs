//! What a signature says, and the bytes in which it says it.
//!
//! Invariant: reading and writing are inverse; there is one way to write each statement, and every byte counts. A signature
//! is over a line that nothing else signed by the same key begins with, and over all bytes before itself.
//!
//! | bytes | what |
//! |---|---|
//! | 0–7 | `EXQSIGN` and a zero |
//! | 8–9 | version |
//! | 10–15 | zeros |
//! | 16–47 | digest of the pack |
//! | 48–55 | serial |
//! | 56–63 | the instant from which it no longer holds, in microseconds of UTC; 2⁶³ − 1 for never |
//! | 64–95 | name of the line of packs, then zeros |
//! | 96–103 | id of the key |
//! | 104–167 | Ed25519 signature |
//!
//! All numbers are little-endian.

use core::fmt;

use super::key::KeyId;
use crate::time::instant;

/// How a signature begins.
const MAGIC: [u8; 8] = *b"EXQSIGN\0";
/// The version that is written and read.
pub const VERSION: u16 = 1;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = STATEMENT_BYTES + 64;
/// Bytes of what is signed, without the line before it.
const STATEMENT_BYTES: usize = 104;
/// What stands before each statement when it is signed.
const CONTEXT: [u8; 24] = *b"exequatur signed pack 1\n";
const MESSAGE_BYTES: usize = CONTEXT.len() + STATEMENT_BYTES;
const NAME_BYTES: usize = 32;
/// An expiry that never comes.
const NEVER: i64 = i64::MAX;

/// The name of a line of packs: what a host asks for, so that a pack which the same maker signed for another purpose is
/// not taken for it. 1 to 32 of `a` to `z`, `0` to `9`, `.`, `-` and `_`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name([u8; NAME_BYTES]);

/// A text that is no name of a line of packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name of a line of packs is 1 to 32 characters: small letters `a` to `z`, digits, `.`, `-` and `_`"
)]
pub struct NameError;

impl Name {
    /// A name.
    ///
    /// # Errors
    /// A text that is none.
    pub fn new(text: &str) -> Result<Name, NameError> {
        let mut name = [0; NAME_BYTES];
        if text.len() > name.len() {
            return Err(NameError);
        }
        for (place, byte) in name.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Name::from_bytes(name)
            .filter(|name| name.as_str() == text)
            .ok_or(NameError)
    }

    fn from_bytes(bytes: [u8; NAME_BYTES]) -> Option<Name> {
        let mut zeros = bytes.iter().skip_while(|byte| **byte != 0);
        let ends = zeros.all(|byte| *byte == 0);
        let mut letters = bytes.iter().take_while(|byte| **byte != 0);
        let plain =
            letters.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'));
        let empty = bytes.first() == Some(&0);
        (ends && plain && !empty).then_some(Name(bytes))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().take_while(|byte| **byte != 0).count();
        let text = self
            .0
            .get(..length)
            .and_then(|text| core::str::from_utf8(text).ok());
        text.unwrap_or_default()
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a signature says of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The digest of the pack.
    pub digest: [u8; 32],
    /// The maker's counter: a later pack of the line has a greater one.
    pub serial: u64,
    /// It holds until before this instant, in microseconds of UTC; always, if there is none.
    pub expires: Option<i64>,
    /// The line of packs.
    pub name: Name,
    /// The key that made it.
    pub key: KeyId,
}

impl Signed {
    /// What is to be signed, and what stands in front of the signature.
    #[must_use]
    pub fn unsigned(&self) -> Unsigned {
        let mut bytes = [0; MESSAGE_BYTES];
        let serial = self.serial.to_le_bytes();
        let expires = self.expires.unwrap_or(NEVER).to_le_bytes();
        let version = VERSION.to_le_bytes();
        let parts: [&[u8]; 9] = [
            &CONTEXT,
            &MAGIC,
            &version,
            &[0; 6],
            &self.digest,
            &serial,
            &expires,
            &self.name.0,
            &self.key.0,
        ];
        for (place, byte) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *place = *byte;
        }
        Unsigned(bytes)
    }
}

/// A statement that waits for its signature.
#[derive(Clone, Copy, Debug)]
pub struct Unsigned([u8; MESSAGE_BYTES]);

impl Unsigned {
    /// The bytes that the key signs.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.0
    }

    /// The whole signature, to be written to a file.
    #[must_use]
    pub fn signed(&self, signature: &[u8; 64]) -> [u8; SIGNATURE_BYTES] {
        let mut bytes = [0; SIGNATURE_BYTES];
        let statement = self.0.iter().skip(CONTEXT.len());
        for (place, byte) in bytes.iter_mut().zip(statement.chain(signature)) {
            *place = *byte;
        }
        bytes
    }
}

/// Why bytes are no signature of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// Too few bytes, or too many.
    #[error("it has {length} bytes, expected {}", SIGNATURE_BYTES)]
    Length {
        /// How many there are.
        length: usize,
    },
    /// It does not begin as signatures do.
    #[error("it does not begin with `EXQSIGN`")]
    Magic,
    /// A version that this engine does not read.
    #[error("it has version {found}, and this engine reads version {}", VERSION)]
    Version {
        /// The version.
        found: u16,
    },
    /// The key signed something that no version of this format says.
    #[error("{what} is not written as this version writes it")]
    Content {
        /// Which part of it.
        what: &'static str,
    },
}

/// A signature whose parts are told apart, and none of them believed.
pub(super) struct Parts {
    /// The key by which it says it was made.
    pub key: KeyId,
    pub message: Unsigned,
    pub signature: [u8; 64],
    statement: [u8; STATEMENT_BYTES],
}

impl Parts {
    /// Tells the parts of a signature apart.
    pub(super) fn of(bytes: &[u8]) -> Result<Parts, ShapeError> {
        let length = ShapeError::Length {
            length: bytes.len(),
        };
        let whole: &[u8; SIGNATURE_BYTES] = bytes.try_into().map_err(|_| length)?;
        let mut rest = whole.as_slice();
        let statement: [u8; STATEMENT_BYTES] = take(&mut rest).ok_or(length)?;
        let signature = take(&mut rest).ok_or(length)?;
        let mut head = statement.as_slice();
        if take(&mut head) != Some(MAGIC) {
            return Err(ShapeError::Magic);
        }
        let found = u16::from_le_bytes(take(&mut head).ok_or(length)?);
        if found != VERSION {
            return Err(ShapeError::Version { found });
        }
        let key = KeyId(*statement.last_chunk().ok_or(length)?);
        let mut message = [0; MESSAGE_BYTES];
        for (place, byte) in message.iter_mut().zip(CONTEXT.iter().chain(&statement)) {
            *place = *byte;
        }
        Ok(Parts {
            key,
            message: Unsigned(message),
            signature,
            statement,
        })
    }

    /// What it says; to be asked once the signature is known to hold.
    pub(super) fn read(&self) -> Result<Signed, ShapeError> {
        let content = |what| ShapeError::Content { what };
        let mut rest = self.statement.get(MAGIC.len() + 2..).unwrap_or_default();
        if take(&mut rest) != Some([0; 6]) {
            return Err(content("what is reserved"));
        }
        let digest = take(&mut rest).ok_or(content("the digest"))?;
        let serial = take(&mut rest)
            .map(u64::from_le_bytes)
            .ok_or(content("the serial"))?;
        let expires = match take(&mut rest).map(i64::from_le_bytes) {
            Some(NEVER) => None,
            Some(at) => Some(instant::in_range(at).ok_or(content("the expiry"))?),
            None => return Err(content("the expiry")),
        };
        let name = take(&mut rest)
            .and_then(Name::from_bytes)
            .ok_or(content("the name"))?;
        Ok(Signed {
            digest,
            serial,
            expires,
            name,
            key: self.key,
        })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}
