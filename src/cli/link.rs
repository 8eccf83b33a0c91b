//! Paths to a link: read → parse → check → compile → prove → load, in one place.
//!
//! Invariant: a link exists only if every step was passed; what was wrong is kept as diagnostics until somebody
//! renders it. Sources, folders and one compiled pack are taken alike.

use std::path::PathBuf;

use super::Stop;
use super::files;
use super::report::Diagnosed;
use super::zones::BundledZones;
use crate::check::{FileDiagnostic, Ir};
use crate::compile::CompileOptions;
use crate::link::{LinkError, Linked};
use crate::model::PackId;
use crate::model::limits::{PACK_BYTES_MAX, SOURCE_BYTES_MAX};
use crate::pack::{self, Pack, Program};
use crate::syntax::ast::File;
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

/// What was given as rules.
pub(super) enum Given {
    /// Sources, by name.
    Sources(Vec<(String, Vec<u8>)>),
    /// The bytes of a compiled pack.
    Pack(Vec<u8>),
}

impl Given {
    /// Reads what stands at the paths.
    ///
    /// # Errors
    /// A path that cannot be read, a pack that is none or not alone.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Given, Stop> {
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
            return Ok(Given::Pack(bytes));
        }
        if found.packs.len() > 1 {
            let message = "one compiled pack at a time: link sources to judge a case under several";
            return Err(Stop::Call(message.to_string()));
        }
        let mut sources = Vec::new();
        for path in &found.sources {
            let bytes = files::read(path, SOURCE_BYTES_MAX + 1)?;
            sources.push((path.display().to_string(), bytes));
        }
        Ok(Given::Sources(sources))
    }
}

/// Links what stands at the paths.
///
/// # Errors
/// A path that cannot be read, rules with errors, a pack that is none.
pub fn link(paths: &[PathBuf], adopt: &[String]) -> Result<Link, Stop> {
    match Given::read(paths)? {
        Given::Pack(bytes) => Ok(compiled(bytes)),
        Given::Sources(sources) => link_sources(&sources, adopt),
    }
}

/// Links what stands at the paths, and warns of what a review finds in sources.
///
/// # Errors
/// As [`link`].
pub(super) fn link_reviewed(paths: &[PathBuf]) -> Result<Link, Stop> {
    match Given::read(paths)? {
        Given::Pack(bytes) => Ok(compiled(bytes)),
        Given::Sources(sources) => {
            let options = CompileOptions::default();
            let zones = BundledZones::default();
            of_linked(crate::link::link_reviewed(
                &lent(&sources),
                &zones,
                &options,
            ))
        }
    }
}

/// Links sources, each with its name.
///
/// # Errors
/// Rules with errors.
pub(super) fn link_sources(sources: &[(String, Vec<u8>)], adopt: &[String]) -> Result<Link, Stop> {
    let options = CompileOptions {
        adopt: adopt.to_vec(),
    };
    let zones = BundledZones::default();
    of_linked(crate::link::link(&lent(sources), &zones, &options))
}

/// Parses sources, each with its name.
///
/// # Errors
/// Sources with errors.
pub(super) fn parse(sources: &[(String, Vec<u8>)]) -> Result<(Vec<Source>, Vec<File>), Stop> {
    crate::link::parse_all(&lent(sources)).map_err(stop)
}

fn lent(sources: &[(String, Vec<u8>)]) -> Vec<(String, &[u8])> {
    let lent = sources.iter();
    lent.map(|(name, bytes)| (name.clone(), bytes.as_slice()))
        .collect()
}

fn compiled(bytes: Vec<u8>) -> Link {
    Link {
        sources: Vec::new(),
        ir: None,
        bytes,
        warnings: Vec::new(),
    }
}

fn of_linked(linked: Result<Linked, LinkError>) -> Result<Link, Stop> {
    let linked = linked.map_err(stop)?;
    Ok(Link {
        sources: linked.sources,
        ir: Some(linked.ir),
        bytes: linked.bytes,
        warnings: linked.warnings,
    })
}

fn stop(error: LinkError) -> Stop {
    match error {
        LinkError::Rules {
            sources,
            diagnostics,
        } => Stop::Rules {
            sources,
            diagnostics,
        },
        LinkError::Compile(error) => Stop::No(error.to_string()),
        LinkError::Pack(error) => Stop::No(error.to_string()),
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
