//! `exq sign`: a pack and a private key to the signature beside the pack; or a new pair of keys.
//!
//! Invariant: what is signed is a pack that this engine loads, and what is written is a signature that the public half of
//! the key accepts. The same pack, key and words give the same bytes. No file that holds a key is ever written over. Only
//! this folder has private keys; the library that verifies has none.

pub(super) mod held;
mod key;
pub(super) mod words;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use ed25519_dalek::Signer;
use serde_json::json;

use super::args::Args;
use super::{Done, Format, Stop, World, files};
use crate::json::hex;
use crate::model::limits::PACK_BYTES_MAX;
use crate::pack;
use crate::sign::{Key, Name, Signed, Trust, verify};
use crate::time::instant;

/// Signs a pack, or makes keys.
pub(super) fn run(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    if let Some(file) = &args.sign.new_key {
        return new_key(args, file, world);
    }
    let ([path], Some(file), Some(name), Some(serial)) = (
        args.paths.as_slice(),
        &args.sign.key,
        &args.name,
        args.sign.serial,
    ) else {
        return Err(Stop::Call(words::NEEDED.to_string()));
    };
    let name = Name::new(name).map_err(|error| Stop::Call(format!("`--name {name}`: {error}")))?;
    let bytes = files::read(path, PACK_BYTES_MAX + 1)?;
    let digest = pack::load(&bytes)
        .map_err(|error| Stop::No(format!("`{}`: {error}", path.display())))?
        .digest();
    let (private, public) = key::private(file)?;
    let signed = Signed {
        digest,
        serial,
        expires: args.sign.expires,
        name,
        key: public.id(),
    };
    let unsigned = signed.unsigned();
    let signature = unsigned.signed(&private.sign(unsigned.message()).to_bytes());
    let trust = Trust {
        key: public,
        name,
        serial_at_least: serial,
        now: i64::MIN,
    };
    if let Err(error) = verify(&bytes, &signature, &trust) {
        return Err(Stop::No(format!("`{}`: {error}", file.display())));
    }
    let out = args.output.clone().unwrap_or_else(|| beside(path));
    fs::write(&out, signature)
        .map_err(|error| Stop::Call(format!("cannot write `{}`: {error}", out.display())))?;
    Ok(Done {
        out: match args.format {
            Format::Text => {
                let digest = hex(&digest);
                format!("{}: {}, digest {digest}\n", out.display(), told(&signed))
            }
            Format::Json => {
                let mut said = as_json(&signed);
                said["file"] = json!(out.display().to_string());
                format!("{said:#}\n")
            }
        },
        ..Done::default()
    })
}

/// Where the signature of a pack lies, unless it is said otherwise.
pub(super) fn beside(pack: &Path) -> PathBuf {
    let mut name = OsString::from(pack);
    name.push(".sig");
    PathBuf::from(name)
}

/// What a signature says, in one line.
pub(super) fn told(signed: &Signed) -> String {
    let until = match signed.expires {
        Some(at) => format!("holds until before {}", instant::Display(at)),
        None => "never expires".to_string(),
    };
    format!(
        "`{}`, serial {}, by key {}, {until}",
        signed.name, signed.serial, signed.key
    )
}

/// What a signature says, for programs.
pub(super) fn as_json(signed: &Signed) -> serde_json::Value {
    json!({
        "name": signed.name.as_str(),
        "serial": signed.serial,
        "expires": signed.expires.map(|at| instant::Display(at).to_string()),
        "key": signed.key.to_string(),
        "digest": hex(&signed.digest),
    })
}

/// Makes a pair of keys and writes both.
fn new_key(args: &Args, file: &Path, world: &World<'_>) -> Result<Done, Stop> {
    let mut seed = [0; 32];
    (world.random)(&mut seed)
        .map_err(|error| Stop::Call(format!("there is no randomness here: {error}")))?;
    let public_file = key::public_file(file);
    let public: Key = key::write(&seed, file, &public_file)?;
    let (private, public_file) = (file.display(), public_file.display());
    Ok(Done {
        out: match args.format {
            Format::Text => format!(
                "{private}: the private key, for whoever signs and nobody else\n{public_file}: the public key {}, for every host\n",
                public.id()
            ),
            Format::Json => format!(
                "{:#}\n",
                json!({
                    "private": private.to_string(),
                    "public": public_file.to_string(),
                    "key": public.id().to_string(),
                    "bytes": hex(&public.to_bytes()),
                })
            ),
        },
        ..Done::default()
    })
}
