//! Paths to files: which there are, in which order, and their bytes.
//!
//! Invariant: the order does not depend on the file system; no file is read beyond its limit, and none twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Stop;

/// How deep folders may go: deeper is a loop of links.
const FOLDERS_MAX: usize = 32;

/// What was found at some paths.
#[derive(Debug, Default)]
pub struct Found {
    /// Sources, `.exq`.
    pub sources: Vec<PathBuf>,
    /// Compiled packs, `.exqp`.
    pub packs: Vec<PathBuf>,
    /// Cases, `.json`.
    pub cases: Vec<PathBuf>,
}

/// Finds rules: cases that lie in the folders are passed over.
///
/// # Errors
/// A path that is not there, a file of another kind, or no rules at all.
pub fn rules(paths: &[PathBuf]) -> Result<Found, Stop> {
    let found = find(paths)?;
    if found.sources.is_empty() && found.packs.is_empty() {
        let list: Vec<String> = paths
            .iter()
            .map(|path| format!("`{}`", path.display()))
            .collect();
        return Err(Stop::Call(format!(
            "no rules at {}: expected `.exq` or `.exqp` files",
            list.join(", ")
        )));
    }
    Ok(found)
}

/// Finds sources, packs and cases.
///
/// # Errors
/// A path that is not there, or a file of another kind.
pub fn find(paths: &[PathBuf]) -> Result<Found, Stop> {
    let mut finder = Finder::default();
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if kind.is_dir() {
            finder.folder(path, 0)?;
        } else if !finder.file(path) {
            let message = format!(
                "`{}` is neither rules (`.exq`), a pack (`.exqp`) nor a case (`.json`)",
                path.display()
            );
            return Err(Stop::Call(message));
        }
    }
    Ok(finder.found)
}

#[derive(Default)]
struct Finder {
    found: Found,
    seen: BTreeSet<PathBuf>,
}

impl Finder {
    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), Stop> {
        if depth > FOLDERS_MAX {
            return Err(Stop::Call(format!(
                "`{}`: folders go too deep",
                path.display()
            )));
        }
        let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|error| unreadable(path, &error))?.path());
        }
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.folder(&path, depth + 1)?;
            } else {
                self.file(&path);
            }
        }
        Ok(())
    }

    /// Notes a file; false if it is of no kind that is known.
    fn file(&mut self, path: &Path) -> bool {
        let list = match path.extension().and_then(|extension| extension.to_str()) {
            Some("exq") => &mut self.found.sources,
            Some("exqp") => &mut self.found.packs,
            Some("json") => &mut self.found.cases,
            _ => return false,
        };
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if self.seen.insert(real) {
            list.push(path.to_path_buf());
        }
        true
    }
}

/// The bytes of a file, at most `most`: whoever reads them refuses a file that fills the limit.
///
/// # Errors
/// A file that cannot be read.
pub fn read(path: &Path, most: usize) -> Result<Vec<u8>, Stop> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    read_from(file, most).map_err(|error| unreadable(path, &error))
}

/// The bytes of a stream, at most `most`.
///
/// # Errors
/// A stream that fails.
pub fn read_from(stream: impl Read, most: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file that cannot be read, in few words.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    // What the system says comes with its number; the words before it are enough.
    let text = error.to_string();
    let text = text
        .split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase();
    Stop::Call(format!("cannot read `{}`: {text}", path.display()))
}
