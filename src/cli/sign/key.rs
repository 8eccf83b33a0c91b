//! Private keys in files, and the public keys beside them.
//!
//! Invariant: a private key is written for its owner alone, and no file that is there already is written over: a key that
//! is lost cannot be made again. Both files are as OpenSSL writes them (PKCS#8 and SubjectPublicKeyInfo, RFC 8410).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;

use crate::cli::{Stop, files};
use crate::sign::{Key, KeyError, pem};

/// How a private key stands in DER: PKCS#8 up to the 32 bytes of its seed.
const PKCS8: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
const PKCS8_BYTES: usize = PKCS8.len() + 32;
/// The most bytes of a key file: a key has a hundred.
const FILE_BYTES_MAX: usize = 4096;
const PRIVATE: &str = "PRIVATE KEY";
const PUBLIC: &str = "PUBLIC KEY";

/// Reads a private key, and gives its public half with it.
pub(super) fn private(file: &Path) -> Result<(SigningKey, Key), Stop> {
    let wrong = |why: String| Stop::No(format!("`{}`: {why}", file.display()));
    let mut der = [0; PKCS8_BYTES];
    let length =
        pem::decode(&text(file)?, PRIVATE, &mut der).map_err(|error| wrong(error.to_string()))?;
    let seed = der.strip_prefix(&PKCS8).and_then(|seed| seed.first_chunk());
    let Some(seed) = seed.filter(|_| length == PKCS8_BYTES) else {
        return Err(wrong(
            "this private key is not an Ed25519 one as OpenSSL writes it".to_string(),
        ));
    };
    let private = SigningKey::from_bytes(seed);
    let public = Key::from_bytes(private.verifying_key().as_bytes())
        .map_err(|error| wrong(error.to_string()))?;
    Ok((private, public))
}

/// Reads a public key.
pub(super) fn public(file: &Path) -> Result<Key, Stop> {
    Key::from_pem(&text(file)?)
        .map_err(|error: KeyError| Stop::No(format!("`{}`: {error}", file.display())))
}

fn text(file: &Path) -> Result<String, Stop> {
    let bytes = files::read(file, FILE_BYTES_MAX)?;
    String::from_utf8(bytes).map_err(|_| {
        Stop::No(format!(
            "`{}`: not a key in PEM: it is not text",
            file.display()
        ))
    })
}

/// `maker.pub.pem` of `maker.pem`.
pub(super) fn public_file(file: &Path) -> PathBuf {
    let whole = file.to_string_lossy();
    PathBuf::from(format!(
        "{}.pub.pem",
        whole.strip_suffix(".pem").unwrap_or(&whole)
    ))
}

/// Writes a private key and its public half.
pub(super) fn write(seed: &[u8; 32], file: &Path, public_file: &Path) -> Result<Key, Stop> {
    let private = SigningKey::from_bytes(seed);
    let public = Key::from_bytes(private.verifying_key().as_bytes())
        .map_err(|error| Stop::No(error.to_string()))?;
    let der = [PKCS8.as_slice(), seed].concat();
    create(file, &armoured(PRIVATE, &der), true)?;
    if let Err(stop) = create(public_file, &armoured(PUBLIC, &public.to_der()), false) {
        // Half a pair is no use, and would stand in the way of the next attempt.
        drop(fs::remove_file(file));
        return Err(stop);
    }
    Ok(public)
}

/// Makes a file that is not there yet.
fn create(file: &Path, text: &str, secret: bool) -> Result<(), Stop> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let written = options.open(file).and_then(|mut opened: File| {
        opened.write_all(text.as_bytes())?;
        opened.sync_all()
    });
    written.map_err(|error| {
        Stop::Call(match error.kind() {
            io::ErrorKind::AlreadyExists => {
                format!(
                    "`{}` is there already, and no key is written over",
                    file.display()
                )
            }
            _ => format!("cannot write `{}`: {error}", file.display()),
        })
    })
}

/// Bytes as PEM; a key fits on one line of it.
fn armoured(label: &str, der: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut line = String::new();
    for group in der.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(*group.get(at).unwrap_or(&0))
        });
        for place in 0..4 {
            line.push(if place > group.len() {
                '='
            } else {
                char::from(ALPHABET[bits >> (18 - 6 * place) & 63])
            });
        }
    }
    format!("-----BEGIN {label}-----\n{line}\n-----END {label}-----\n")
}
