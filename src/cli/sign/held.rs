//! The signature that `exq verify` holds against a pack.
//!
//! Invariant: the question is the one that a host asks, put to the same function; only the instant may come from the clock.

use super::{beside, key};
use crate::cli::args::Args;
use crate::cli::{Stop, World, files};
use crate::sign::{Name, SIGNATURE_BYTES, Signed, Trust, verify};

/// What the signature of these bytes says, if it was asked for.
///
/// # Errors
/// A signature that is refused, or a file that cannot be read.
pub(in crate::cli) fn signature(
    args: &Args,
    bytes: &[u8],
    world: &World<'_>,
) -> Result<Option<Signed>, Stop> {
    let ([path], Some(file), Some(name)) = (args.paths.as_slice(), &args.sign.key, &args.name)
    else {
        return Ok(None);
    };
    let name = Name::new(name).map_err(|error| Stop::Call(format!("`--name {name}`: {error}")))?;
    let trust = Trust {
        key: key::public(file)?,
        name,
        serial_at_least: args.sign.serial.unwrap_or(0),
        now: args.at.unwrap_or_else(|| (world.now)()),
    };
    let file = args.sign.signature.clone().unwrap_or_else(|| beside(path));
    let signature = files::read(&file, SIGNATURE_BYTES + 1)?;
    verify(bytes, &signature, &trust)
        .map(Some)
        .map_err(|error| Stop::No(format!("`{}`: {error}", file.display())))
}
