//! `exq bind`: the vocabulary of a pack as constants and typed setters, for hosts in C, C++ and Python.
//!
//! Invariant: the same pack gives the same bytes, and each generated file carries the schema hash of its pack, so that it
//! refuses every pack in which an id means something else. Why generate: a name that is looked up at run time is found
//! to be missing on the night when it is needed; a constant that is missing does not compile.

mod c;
mod cpp;
mod names;
mod python;
mod text;
mod vocabulary;

use serde_json::json;

use super::args::Args;
use super::{Done, Format, Stop, link};
use crate::json::hex;
use vocabulary::Vocabulary;

/// The languages for which a binding can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    C,
    Cpp,
    Python,
}

impl Language {
    /// The language with this word on the command line.
    pub(super) fn from_word(word: &str) -> Option<Language> {
        match word {
            "c" => Some(Language::C),
            "cpp" => Some(Language::Cpp),
            "python" => Some(Language::Python),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Language::C => "C",
            Language::Cpp => "C++",
            Language::Python => "Python",
        }
    }
}

/// What generated names begin with, unless the call says something else.
const PREFIX: &str = "rules";

/// Writes a binding.
pub(super) fn run(args: &Args) -> Result<Done, Stop> {
    let language = args
        .language
        .ok_or_else(|| Stop::Call("`exq bind` needs `--lang c`, `cpp` or `python`".to_string()))?;
    let prefix = prefix(language, args.name.as_deref())?;
    let link = link(&args.paths, &[])?;
    let pack = link.pack()?;
    let vocabulary = Vocabulary::of(pack.program());
    let text = match language {
        Language::C => c::write(&vocabulary, prefix),
        Language::Cpp => cpp::write(&vocabulary, prefix),
        Language::Python => python::write(&vocabulary),
    };
    let text = text.map_err(Stop::No)?;
    let Some(file) = &args.output else {
        return Ok(Done {
            out: text,
            ..Done::default()
        });
    };
    std::fs::write(file, &text)
        .map_err(|error| Stop::Call(format!("cannot write `{}`: {error}", file.display())))?;
    let (file, bytes) = (file.display().to_string(), text.len());
    let schema = hex(&vocabulary.hash);
    let out = match args.format {
        Format::Text => format!("{file}: {bytes} bytes, schema {schema}\n"),
        Format::Json => format!(
            "{:#}\n",
            json!({ "file": file, "bytes": bytes, "schema": schema })
        ),
    };
    Ok(Done {
        out,
        ..Done::default()
    })
}

/// What names begin with: an identifier of the language that leaves the library its own names.
fn prefix(language: Language, given: Option<&str>) -> Result<&str, Stop> {
    let Some(name) = given else {
        return Ok(PREFIX);
    };
    let wrong = |why: &str| Err(Stop::Call(format!("`--name {name}`: {why}")));
    if language == Language::Python {
        return wrong("a Python module is named by its file, leave this option out");
    }
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(letters) {
        return wrong("expected ASCII letters, digits and `_`, a letter first");
    }
    let lower = name.to_ascii_lowercase();
    if lower == "exq" || lower.starts_with("exq_") || lower.starts_with("exequatur") {
        return wrong("names that begin so belong to the library");
    }
    if names::is_reserved(language, name) {
        return wrong(&format!("this is a word of {} itself", language.name()));
    }
    Ok(name)
}
