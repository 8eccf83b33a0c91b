//! Words of the command line about signatures to what they ask for.
//!
//! Invariant: a call that asks for something of a signature and would not get it is refused: a serial that nobody compares
//! is worse than none.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::cli::args::{Args, day};
use crate::time::instant;

/// What signing cannot do without.
pub(super) const NEEDED: &str = "`exq sign` needs one compiled pack, `--key FILE`, `--name NAME` and `--serial NUMBER`; \
                                 or `--new-key FILE` alone";

/// What is asked of signatures, by `exq sign` and `exq verify`.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct SignArgs {
    /// The key: private for signing, public for verifying.
    pub(super) key: Option<PathBuf>,
    /// Where new keys go.
    pub(super) new_key: Option<PathBuf>,
    /// The serial, or the least that is taken.
    pub(super) serial: Option<u64>,
    /// From when on the signature does not hold; it always does, if absent.
    pub(super) expires: Option<i64>,
    /// The signature to verify, if it does not lie beside the pack.
    pub(super) signature: Option<PathBuf>,
}

impl SignArgs {
    /// Takes the value of an option.
    pub(in crate::cli) fn take(&mut self, name: &str, value: OsString) -> Result<(), String> {
        let text = value.to_string_lossy().into_owned();
        let wrong = |expected: &str| format!("`--{name} {text}`: expected {expected}");
        match name {
            "key" => self.key = Some(PathBuf::from(value)),
            "new-key" => self.new_key = Some(PathBuf::from(value)),
            "signature" => self.signature = Some(PathBuf::from(value)),
            "expires" => {
                let expected =
                    "a date such as `2027-01-01`, or an instant, in the years 1970 to 2099";
                self.expires = Some(expiry(&text).ok_or_else(|| wrong(expected))?);
            }
            _ => {
                let serial = text.parse().map_err(|_| wrong("a whole number from 0"))?;
                self.serial = Some(serial);
            }
        }
        Ok(())
    }
}

/// An instant, or the begin of a day in UTC.
fn expiry(text: &str) -> Option<i64> {
    match day(text) {
        Some(days) => instant::in_range(i64::from(days) * instant::DAY),
        None => instant::parse(text).ok(),
    }
}

/// What `exq sign` cannot do without, and what does not go together.
pub(in crate::cli) fn of_sign(args: &Args) -> Result<(), String> {
    let sign = &args.sign;
    let whole = match sign.new_key {
        Some(_) => {
            let about = args.name.is_some() || sign.serial.is_some() || sign.expires.is_some();
            args.paths.is_empty() && sign.key.is_none() && !about && args.output.is_none()
        }
        None => {
            let about = args.name.is_some() && sign.serial.is_some();
            args.paths.len() == 1 && sign.key.is_some() && about
        }
    };
    whole.then_some(()).ok_or_else(|| NEEDED.to_string())
}

/// What `exq verify` cannot do without, if a signature is to be verified.
pub(in crate::cli) fn of_verify(args: &Args) -> Result<(), String> {
    let sign = &args.sign;
    let asked = sign.serial.is_some() || sign.signature.is_some() || args.at.is_some();
    let wanted = match (&sign.key, &args.name) {
        (None, None) if !asked => return Ok(()),
        (None, _) => "`--key FILE` for what is asked of the signature",
        (Some(_), None) => "`--name NAME` beside `--key`: the line of packs that is wanted",
        (Some(_), Some(_)) if args.paths.len() == 1 => return Ok(()),
        (Some(_), Some(_)) => "one compiled pack beside `--key`",
    };
    Err(format!("`exq verify` needs {wanted}"))
}
