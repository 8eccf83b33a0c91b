//! Paths to a link: read → parse → check → compile → prove → load, in one place.
//!
//! Invariant: a link exists only if every step was passed; what was wrong is kept as diagnostics until somebody
//! renders it. Sources, folders and one compiled pack are taken alike.

use std::path::PathBuf;

use super::Stop;
use super::files::{self, Found};
use super::report::Diagnosed;
use super::zones::BundledZones;
use crate::check::{FileDiagnostic, Ir};
use crate::compile::CompileOptions;
use crate::link::LinkError;
use crate::model::PackId;
use crate::model::limits::{PACK_BYTES_MAX, SOURCE_BYTES_MAX};
use crate::pack::{self, Pack, Program};
use crate::syntax::{Source, nearest};

/// Packs that belong together, ready to be asked.
#[derive(Debug)]
pub struct Link {
    /// The sources; none for a compiled pack.
    pub sources: Vec<Source>,
    /// The link before it was compiled; none for a compiled pack.
    pub ir: Option<Ir>,
    /// The bytes of the pack.
    pub bytes: Vec<u8>,
    /// What the checks warn of.
    pub warnings: Vec<FileDiagnostic>,
}

impl Link {
    /// The pack, read back.
    ///
    /// # Errors
    /// A pack that is none; the bytes of a link were read back once, so that it does not happen here.
    pub fn pack(&self) -> Result<Pack<'_>, Stop> {
        pack::load(&self.bytes).map_err(|error| Stop::No(error.to_string()))
    }

    /// The diagnostics that do not stop a link.
    #[must_use]
    pub fn warnings(&self) -> Diagnosed<'_> {
        Diagnosed {
            sources: &self.sources,
            diagnostics: &self.warnings,
        }
    }
}

/// Links what stands at the paths.
///
/// # Errors
/// A path that cannot be read, rules with errors, a pack that is none.
pub fn link(paths: &[PathBuf], adopt: &[String]) -> Result<Link, Stop> {
    let found = files::rules(paths)?;
    if let [pack] = found.packs.as_slice() {
        if !found.sources.is_empty() {
            let message = format!(
                "`{}` is compiled: it cannot be linked with sources",
                pack.display()
            );
            return Err(Stop::Call(message));
        }
        let bytes = files::read(pack, PACK_BYTES_MAX + 1)?;
        if let Err(error) = pack::load(&bytes) {
            return Err(Stop::No(format!("`{}`: {error}", pack.display())));
        }
        return Ok(Link {
            sources: Vec::new(),
            ir: None,
            bytes,
            warnings: Vec::new(),
        });
    }
    if found.packs.len() > 1 {
        let message =
            "one compiled pack at a time: link sources to judge a case under several".to_string();
        return Err(Stop::Call(message));
    }
    link_sources(read(&found)?, adopt)
}

/// Links what stands at the paths with one more source, by its name and text.
///
/// # Errors
/// As [`link`].
pub(super) fn link_with(paths: &[PathBuf], (name, text): (String, String)) -> Result<Link, Stop> {
    let mut sources = read(&files::rules(paths)?)?;
    sources.push((name, text.into_bytes()));
    link_sources(sources, &[])
}

/// The sources that were found, by name.
fn read(found: &Found) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let mut sources = Vec::new();
    for path in &found.sources {
        let bytes = files::read(path, SOURCE_BYTES_MAX + 1)?;
        sources.push((path.display().to_string(), bytes));
    }
    Ok(sources)
}

fn link_sources(sources: Vec<(String, Vec<u8>)>, adopt: &[String]) -> Result<Link, Stop> {
    let sources: Vec<_> = sources
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.as_slice()))
        .collect();
    let options = CompileOptions {
        adopt: adopt.to_vec(),
    };
    match crate::link::link(&sources, &BundledZones::default(), &options) {
        Ok(linked) => Ok(Link {
            sources: linked.sources,
            ir: Some(linked.ir),
            bytes: linked.bytes,
            warnings: linked.warnings,
        }),
        Err(LinkError::Rules {
            sources,
            diagnostics,
        }) => Err(Stop::Rules {
            sources,
            diagnostics,
        }),
        Err(LinkError::Compile(error)) => Err(Stop::No(error.to_string())),
        Err(LinkError::Pack(error)) => Err(Stop::No(error.to_string())),
    }
}

/// The packs to adopt, by name.
///
/// # Errors
/// A name that no pack has, or a pack that cannot be adopted.
pub fn adopted(program: &Program<'_>, names: &[String]) -> Result<Vec<PackId>, Stop> {
    let known = || program.packs.iter().map(|row| program.str(row.name));
    let mut adopted = Vec::new();
    for name in names {
        let Some(index) = known().position(|known| known == name) else {
            let near = nearest(name, known())
                .map_or(String::new(), |near| format!(", did you mean `{near}`?"));
            return Err(Stop::Call(format!(
                "there is no pack `{name}` to adopt{near}"
            )));
        };
        let status = crate::model::PackStatus::from_u8(program.packs.at(index).status);
        if !status.is_some_and(crate::model::PackStatus::adoptable) {
            let word = status.map_or("", crate::model::PackStatus::word);
            let message = format!(
                "pack `{name}` cannot be adopted: its status is `{word}`, and only `announced` and `voluntary` packs can"
            );
            return Err(Stop::Call(message));
        }
        adopted.push(PackId(u16::try_from(index).unwrap_or(u16::MAX)));
    }
    Ok(adopted)
}
