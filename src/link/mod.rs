//! Rule sources to one pack: parse → check → compile → prove, in one place for all who have sources.
//!
//! Invariant: a link exists only if every step was passed; what is wrong with any of the sources is said at once, as
//! diagnostics that nobody has rendered yet. Whoever calls has read the sources: no file is opened here.

pub mod codes;
mod proof;
mod review;

use crate::check::{FileDiagnostic, Ir, check};
use crate::compile::{CompileError, CompileOptions, ZoneSource, compile};
use crate::pack::{self, PackError};
use crate::prove;
use crate::prove::question::Inquiry;
use crate::syntax::diagnostic::{Code, Diagnostic};
use crate::syntax::{Source, SyntaxError, ast, parse_bytes};
pub use review::conflicts_shown;

/// A link that does not fit into a pack: what only compiling can see.
const NO_PACK: Code = Code("E0401");
/// A zone without a table.
const NO_ZONE: Code = Code("E0402");

/// Sources that were linked.
#[derive(Debug)]
pub struct Linked {
    /// The sources, in the order in which they were given.
    pub sources: Vec<Source>,
    /// The link before it was compiled.
    pub ir: Ir,
    /// The bytes of the pack.
    pub bytes: Vec<u8>,
    /// What the checks warn of.
    pub warnings: Vec<FileDiagnostic>,
}

/// Why sources do not make a pack.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Something is wrong in the sources.
    #[error("{}", count(diagnostics.len()))]
    Rules {
        /// The sources, by the index that the diagnostics have.
        sources: Vec<Source>,
        /// What is wrong, in the order of files and places.
        diagnostics: Vec<FileDiagnostic>,
    },
    /// Something is wrong with the link as a whole.
    #[error(transparent)]
    Compile(CompileError),
    /// The pack that was just made cannot be read: a fault of the engine.
    #[error("the pack that was just made cannot be read: {0}")]
    Pack(#[from] PackError),
}

fn count(found: usize) -> String {
    if found == 1 {
        "1 problem in the rules".to_string()
    } else {
        format!("{found} problems in the rules")
    }
}

/// Files that were linked.
#[derive(Debug)]
pub struct Compiled {
    /// The link before it was compiled.
    pub ir: Ir,
    /// The bytes of the pack.
    pub bytes: Vec<u8>,
    /// What the checks warn of.
    pub warnings: Vec<FileDiagnostic>,
}

/// Why files do not make a pack.
#[derive(Debug)]
pub enum Refused {
    /// Something is wrong in the files.
    Rules(Vec<FileDiagnostic>),
    /// Something is wrong with the link as a whole.
    Compile(CompileError),
    /// The pack that was just made cannot be read: a fault of the engine.
    Pack(PackError),
}

/// Links sources: each a name, by which messages call it, and its bytes.
///
/// # Errors
/// See [`LinkError`].
pub fn link(
    sources: &[(String, &[u8])],
    zones: &dyn ZoneSource,
    options: &CompileOptions,
) -> Result<Linked, LinkError> {
    linked(sources, zones, options, Care::Proofs)
}

/// Links sources, and warns of what their author may not have meant, found by questions about every case. That takes
/// longer than the proofs.
///
/// # Errors
/// See [`LinkError`].
pub fn link_reviewed(
    sources: &[(String, &[u8])],
    zones: &dyn ZoneSource,
    options: &CompileOptions,
) -> Result<Linked, LinkError> {
    linked(sources, zones, options, Care::Review)
}

/// What a link is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Whether its guards and properties hold.
    Proofs,
    /// And what its author may not have meant.
    Review,
}

fn linked(
    sources: &[(String, &[u8])],
    zones: &dyn ZoneSource,
    options: &CompileOptions,
    care: Care,
) -> Result<Linked, LinkError> {
    let (sources, files) = parse_all(sources)?;
    let proved = link_files(&files, zones, options).and_then(|compiled| questioned(compiled, care));
    match proved {
        Ok(compiled) => Ok(Linked {
            sources,
            ir: compiled.ir,
            bytes: compiled.bytes,
            warnings: compiled.warnings,
        }),
        Err(Refused::Rules(diagnostics)) => Err(LinkError::Rules {
            sources,
            diagnostics,
        }),
        Err(Refused::Compile(error)) => Err(LinkError::Compile(error)),
        Err(Refused::Pack(error)) => Err(LinkError::Pack(error)),
    }
}

/// Links files that were parsed, up to a pack whose guards and properties nobody has proved. The index of a file is the one
/// that diagnostics have.
///
/// # Errors
/// See [`Refused`].
pub fn link_files(
    files: &[ast::File],
    zones: &dyn ZoneSource,
    options: &CompileOptions,
) -> Result<Compiled, Refused> {
    let (ir, warnings) = check(files)
        .into_result()
        .map_err(|error| Refused::Rules(error.diagnostics))?;
    match compile(&ir, zones, options) {
        Ok(bytes) => Ok(Compiled {
            ir,
            bytes,
            warnings,
        }),
        Err(error) => Err(match error.place() {
            Some(place) => {
                let code = match error {
                    CompileError::Zone { .. } | CompileError::BrokenZone { .. } => NO_ZONE,
                    _ => NO_PACK,
                };
                let diagnostic = Diagnostic::error(code, place.span, error.to_string());
                Refused::Rules(vec![of_file(place.file, diagnostic)])
            }
            None => Refused::Compile(error),
        }),
    }
}

/// The pack with the mark that its guards and properties were proved.
///
/// # Errors
/// [`Refused::Rules`], where one does not hold or cannot be decided.
pub fn prove_link(ir: &Ir, bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let pack = pack::load(bytes).map_err(Refused::Pack)?;
    proved(ir, bytes, &mut Inquiry::new(&[*pack.program()]))
}

/// The same with the only program of an inquiry, which the bytes are.
fn proved(ir: &Ir, bytes: &[u8], inquiry: &mut Inquiry<'_>) -> Result<Vec<u8>, Refused> {
    let proof = prove::proof::prove(inquiry);
    if proof.holds() {
        return pack::proved(bytes).map_err(Refused::Pack);
    }
    let errors = proof::errors(ir, &inquiry.programs[0], &proof);
    Err(Refused::Rules(errors))
}

/// A link with the mark that it was proved, and with the warnings of a review where one is asked for.
fn questioned(compiled: Compiled, care: Care) -> Result<Compiled, Refused> {
    let Compiled {
        ir,
        bytes,
        mut warnings,
    } = compiled;
    let pack = pack::load(&bytes).map_err(Refused::Pack)?;
    let mut inquiry = Inquiry::new(&[*pack.program()]);
    let proved = proved(&ir, &bytes, &mut inquiry)?;
    if care == Care::Review {
        let found = prove::review::review(&mut inquiry, &conflicts_shown(&ir));
        warnings.extend(review::warnings(&ir, pack.program(), &found));
    }
    Ok(Compiled {
        ir,
        bytes: proved,
        warnings,
    })
}

/// Parses all sources; the errors of all of them are said at once.
///
/// # Errors
/// [`LinkError::Rules`].
pub fn parse_all(given: &[(String, &[u8])]) -> Result<(Vec<Source>, Vec<ast::File>), LinkError> {
    let (mut sources, mut files, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (name, bytes)) in (0u16..).zip(given) {
        match parse_bytes(name, bytes) {
            Ok(file) => {
                files.push(file);
                sources.push(Source::new(name.as_str(), String::from_utf8_lossy(bytes)));
            }
            Err(SyntaxError {
                source_text,
                diagnostics: found,
            }) => {
                sources.push(source_text);
                diagnostics.extend(found.into_iter().map(|found| of_file(index, found)));
            }
        }
    }
    if diagnostics.is_empty() {
        Ok((sources, files))
    } else {
        Err(LinkError::Rules {
            sources,
            diagnostics,
        })
    }
}

fn of_file(file: u16, diagnostic: Diagnostic) -> FileDiagnostic {
    FileDiagnostic {
        file,
        diagnostic,
        elsewhere: Vec::new(),
    }
}
