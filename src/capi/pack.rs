//! Bytes, files or rules → a pack handle; and back to its bytes.
//!
//! Invariant: a pack handle holds a pack that was verified whole. Cases and decisions share what is in it, so that it may
//! be freed before them.

use core::ffi::c_char;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use super::constants::*;
use super::failure::{Failure, guard, quietly};
use super::handle::{self, Kind, Shared, look};
use super::input;
use super::names::Names;
use super::output::Slot;
use super::records::{exq_bytes, exq_error, exq_pack, exq_source};
use crate::json::CaseReader;
use crate::model::limits::PACK_BYTES_MAX;
use crate::pack::{self, Pack, Program};

/// A pack with its bytes and its names.
pub(super) struct Loaded {
    pack: Pack<'static>,
    pub names: Names,
    /// What reads JSON for this pack: made with it, so that a loaded pack never changes and threads share it as it is.
    reader: CaseReader<'static>,
    /// What `pack` and `reader` borrow. It is never changed and never moves; it goes last.
    bytes: Arc<[u8]>,
}

impl Loaded {
    /// Verifies bytes and keeps them.
    pub(super) fn new(bytes: Arc<[u8]>, place: &str) -> Result<Loaded, Failure> {
        // SAFETY: the bytes are on the heap behind an `Arc` that this value keeps as long as the pack, and nobody can
        // change them; what is lent out of the pack is bound to `&self` by `program` and `reader`.
        let borrowed: &'static [u8] = unsafe { &*Arc::as_ptr(&bytes) };
        let pack = pack::load(borrowed)
            .map_err(|error| Failure::new(EXQ_E_PACK, place.to_string(), error.to_string()))?;
        let names = Names::of(pack.program());
        let reader = CaseReader::new(pack.program());
        Ok(Loaded {
            pack,
            names,
            reader,
            bytes,
        })
    }

    /// What reads cases of this pack from JSON.
    pub fn reader(&self) -> &CaseReader<'_> {
        &self.reader
    }

    pub fn program(&self) -> &Program<'_> {
        self.pack.program()
    }

    /// Refuses what was made for another pack.
    pub fn is_of(
        self: &Arc<Loaded>,
        other: &Arc<Loaded>,
        place: &'static str,
        what: &str,
    ) -> Result<(), Failure> {
        if Arc::ptr_eq(self, other) || self.digest() == other.digest() {
            return Ok(());
        }
        let message = format!("{what} were made for different packs");
        Err(Failure::new(EXQ_E_OTHER_PACK, place, message))
    }

    pub fn digest(&self) -> [u8; 32] {
        self.pack.digest()
    }

    pub fn is_proved(&self) -> bool {
        self.pack.is_proved()
    }
}

/// How cases and decisions hold their pack.
pub(super) type Held = Arc<Loaded>;

impl Kind for Arc<Loaded> {
    type Opaque = exq_pack;
    const TAG: u32 = u32::from_le_bytes(*b"EXQp");
    const WORD: &'static str = "pack";
}

impl Shared for Arc<Loaded> {}

/// What the pack handle holds.
pub(super) fn opened<'p>(pack: *const exq_pack) -> Result<&'p Arc<Loaded>, Failure> {
    look::<Arc<Loaded>>(pack, "pack")
}

/// Loads a pack from bytes, which are copied. They are verified whole: a pack that was cut off, altered or made up is
/// refused with `EXQ_E_PACK`. At most 64 MiB.
///
/// ```c
/// exq_pack *pack = NULL;
/// exq_error *error = NULL;
/// if (exq_pack_load(bytes, len, &pack, &error) != EXQ_OK) {
///     fprintf(stderr, "%s\n", exq_error_message(error));
///     exq_error_free(error);
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_load(
    bytes: *const u8,
    len: usize,
    out: *mut *mut exq_pack,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        input::required(bytes, "bytes")?;
        let bytes = input::array(bytes, len, PACK_BYTES_MAX, "bytes")?;
        let loaded = Loaded::new(Arc::from(copied(bytes)?), "bytes")?;
        out.put(handle::give(Arc::new(loaded)));
        Ok(())
    })
}

/// A copy, or a failure where there is no memory for it.
pub(super) fn copied(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut copy = Vec::new();
    if copy.try_reserve_exact(bytes.len()).is_err() {
        return Err(Failure::new(EXQ_E_MEMORY, "bytes", "out of memory"));
    }
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// Loads a pack from a file. The path is UTF-8. `EXQ_E_FILE` if it cannot be read, else as `exq_pack_load`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_load_file(
    path: *const c_char,
    path_len: usize,
    out: *mut *mut exq_pack,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        let path = input::word(path, path_len, "path")?;
        let unread = |error: std::io::Error| {
            let message = format!("cannot read `{path}`: {error}");
            Failure::new(EXQ_E_FILE, path.to_string(), message)
        };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unread)?;
        // One byte more than the limit, so that a longer file is refused and not cut.
        let most = PACK_BYTES_MAX as u64 + 1;
        file.take(most).read_to_end(&mut bytes).map_err(unread)?;
        let loaded =
            Loaded::new(Arc::from(bytes), path).map_err(|failure| prefixed(failure, path))?;
        out.put(handle::give(Arc::new(loaded)));
        Ok(())
    })
}

fn prefixed(mut failure: Failure, path: &str) -> Failure {
    failure.message = format!("`{path}`: {}", failure.message).into();
    failure
}

/// Compiles rules to a pack, all sources together. Time zones are taken from `zones`, a pack that has them (one that
/// was built by `exq build`); with NULL, only `UTC` is known. `EXQ_E_SOURCE` if the rules have errors: the message has
/// them all as text, and each is a finding with its code, file, line and column. `EXQ_E_UNSUPPORTED` if this library was
/// built without the compiler.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_compile(
    sources: *const exq_source,
    count: usize,
    zones: *const exq_pack,
    out: *mut *mut exq_pack,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let out = Slot::new(out, "out")?;
        let sources = input::array(sources, count, SOURCES_MAX, "sources")?;
        if sources.is_empty() {
            return Err(Failure::argument(
                "count",
                "there are no sources, expected at least one",
            ));
        }
        let zones = if zones.is_null() {
            None
        } else {
            Some(look::<Arc<Loaded>>(zones, "zones")?)
        };
        let bytes = compiled(sources, zones)?;
        let loaded = Loaded::new(Arc::from(bytes), "sources")?;
        out.put(handle::give(Arc::new(loaded)));
        Ok(())
    })
}

/// The most sources of one pack.
const SOURCES_MAX: usize = 4096;

#[cfg(not(feature = "compiler"))]
fn compiled(_: &[exq_source], _: Option<&Arc<Loaded>>) -> Result<Vec<u8>, Failure> {
    let message = "this library was built without the compiler: load a compiled pack";
    Err(Failure::new(EXQ_E_UNSUPPORTED, "", message))
}

#[cfg(feature = "compiler")]
fn compiled(sources: &[exq_source], zones: Option<&Arc<Loaded>>) -> Result<Vec<u8>, Failure> {
    use crate::compile::{CompileOptions, PackZones, UtcOnly, ZoneSource};
    use crate::model::limits::SOURCE_BYTES_MAX;

    let mut given = Vec::new();
    for source in sources {
        let name = input::word(source.name.ptr, source.name.len, "sources.name")?;
        let text = source.text;
        let text = input::array(
            text.ptr.cast::<u8>(),
            text.len,
            SOURCE_BYTES_MAX,
            "sources.text",
        )?;
        given.push((name.to_string(), text));
    }
    let pack_zones;
    let zones: &dyn ZoneSource = match zones {
        Some(loaded) => {
            pack_zones = PackZones(*loaded.program());
            &pack_zones
        }
        None => &UtcOnly,
    };
    let linked = crate::link::link(&given, zones, &CompileOptions::default());
    linked.map(|linked| linked.bytes).map_err(Failure::from)
}

#[cfg(feature = "compiler")]
impl From<crate::link::LinkError> for Failure {
    fn from(error: crate::link::LinkError) -> Failure {
        use super::failure::Finding;
        use crate::check::render;
        use crate::link::LinkError;
        use crate::syntax::Source;

        let (sources, diagnostics) = match error {
            LinkError::Compile(error) => {
                return Failure::new(EXQ_E_SOURCE, "sources", error.to_string());
            }
            LinkError::Pack(error) => {
                return Failure::new(EXQ_E_PACK, "sources", error.to_string());
            }
            LinkError::Rules {
                sources,
                diagnostics,
            } => (sources, diagnostics),
        };
        let empty = Source::default();
        let findings = diagnostics.iter().map(|found| {
            let source = sources.get(usize::from(found.file)).unwrap_or(&empty);
            let at = source.position(found.diagnostic.primary.start);
            Finding {
                code: found.diagnostic.code.0.to_string(),
                message: match &found.diagnostic.example {
                    Some(example) => format!("{}\n{example}", found.diagnostic.message),
                    None => found.diagnostic.message.clone(),
                },
                file: source.name.clone(),
                line: u32::try_from(at.line).unwrap_or(0),
                column: u32::try_from(at.column).unwrap_or(0),
            }
        });
        let findings: Vec<Finding> = findings.collect();
        let first = findings.first();
        let place = first.map_or(String::new(), |at| {
            format!("{}:{}:{}", at.file, at.line, at.column)
        });
        let message = render::to_text(&sources, &diagnostics, false);
        let mut failure = Failure::new(EXQ_E_SOURCE, place, message.trim_end().to_string());
        failure.findings = findings;
        failure
    }
}

/// Frees a pack; NULL is nothing to free. Cases and decisions that were made for it go on; texts that it lent out do not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_free(pack: *mut exq_pack) {
    quietly(|| handle::free::<Arc<Loaded>>(pack));
}

/// The bytes of a pack, to be written to a file and loaded again. They live as long as the pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_bytes(
    pack: *const exq_pack,
    out: *mut exq_bytes,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        Slot::new(out, "out")?.put(exq_bytes {
            ptr: pack.bytes.as_ptr(),
            len: pack.bytes.len(),
        });
        Ok(())
    })
}
