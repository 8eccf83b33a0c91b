//! PEM to the bytes in it (RFC 7468).
//!
//! Invariant: what is taken is one block with the label that is wanted, and nothing before or behind it. Every character
//! counts: padding that is missing, a bit that nobody wrote and a stray character are refused. Why by hand: a key is a
//! line of base64 between two fixed ones, and the crates for it read certificates, too.

/// Why a text is no PEM that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PemError {
    /// It does not begin with its label, or does not end with it.
    #[error(
        "not a key in PEM: expected `-----BEGIN {label}-----` at its begin and `-----END {label}-----` at its end"
    )]
    Label {
        /// What it should be called.
        label: &'static str,
    },
    /// What stands between is no base64.
    #[error("not a key in PEM: what stands between its first and its last line is no base64")]
    Base64,
    /// More bytes than such a key has.
    #[error("this key is longer than an Ed25519 one")]
    TooLong,
}

/// Reads one block of PEM into `out`, and says how many bytes it had.
///
/// # Errors
/// See [`PemError`].
pub fn decode(text: &str, label: &'static str, out: &mut [u8]) -> Result<usize, PemError> {
    base64(body(text, label).ok_or(PemError::Label { label })?, out)
}

/// What stands between the two lines.
fn body<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = text.trim_ascii().strip_prefix("-----BEGIN ")?;
    let rest = rest.strip_prefix(label)?.strip_prefix("-----")?;
    let rest = rest.strip_suffix("-----")?.strip_suffix(label)?;
    rest.strip_suffix("-----END ")
}

/// Four characters are three bytes; `=` stands for what the last four do not have.
fn base64(text: &str, out: &mut [u8]) -> Result<usize, PemError> {
    let mut characters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let mut written = 0;
    while let Some(first) = characters.next() {
        let mut group = [first, 0, 0, 0];
        for place in group.iter_mut().skip(1) {
            *place = characters.next().ok_or(PemError::Base64)?;
        }
        let count = match group {
            [_, _, b'=', b'='] => 1,
            [_, _, _, b'='] => 2,
            _ => 3,
        };
        let mut bits = 0;
        for byte in group.iter().take(count + 1) {
            bits = bits << 6 | u32::from(sextet(*byte).ok_or(PemError::Base64)?);
        }
        // The bits behind the last byte are none of it, and were written as zeros; padding is at the end.
        let spare = 6 * (count + 1) - 8 * count;
        if bits & ((1 << spare) - 1) != 0 {
            return Err(PemError::Base64);
        }
        if count < 3 && characters.next().is_some() {
            return Err(PemError::Base64);
        }
        for byte in (bits >> spare).to_be_bytes().iter().skip(4 - count) {
            *out.get_mut(written).ok_or(PemError::TooLong)? = *byte;
            written += 1;
        }
    }
    Ok(written)
}

/// The six bits of a character.
fn sextet(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
