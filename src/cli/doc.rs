//! `exq doc`: rules to pages for people who never saw the language, and to the matrix of their deadlines.
//!
//! Invariant: pages are written only for rules that pass every check, so that what a page says of proofs is true; each
//! is replaced as a whole, and no other file of the folder is touched.

use std::path::{Path, PathBuf};

use super::args::Args;
use super::link::{Given, link_sources, parse};
use super::{Done, Stop, count};
use crate::document;
use crate::explain::Lang;

/// Where pages go, if nobody says.
const FOLDER: &str = "doc";

/// Writes the pages.
pub(super) fn run(args: &Args) -> Result<Done, Stop> {
    let Given::Sources(sources) = Given::read(&args.paths)? else {
        let message = "a compiled pack has lost the words of its author, give sources";
        return Err(Stop::Call(message.to_string()));
    };
    link_sources(&sources, &[])?;
    let (_, files) = parse(&sources)?;
    if args.doc.matrix {
        return Ok(Done {
            out: document::matrix(&files, args.lang),
            ..Done::default()
        });
    }
    let langs = match args.doc.lang {
        Some(lang) => vec![lang],
        None => vec![Lang::En, Lang::Fr],
    };
    let folder = args.output.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    let pages = document::pages(&files, &langs);
    for page in &pages {
        let path = folder.join(&page.name);
        std::fs::write(&path, &page.html).map_err(|error| unwritable(&path, &error))?;
    }
    let first = pages
        .first()
        .map_or(folder.clone(), |page| folder.join(&page.name));
    Ok(Done {
        out: format!(
            "{}, begin with `{}`\n",
            count(pages.len(), "page"),
            first.display()
        ),
        ..Done::default()
    })
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Call(format!("cannot write `{}`: {error}", path.display()))
}
