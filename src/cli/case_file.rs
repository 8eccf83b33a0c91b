//! Case files: a case with the rules to judge it by, and the decision that is expected.
//!
//! Invariant: a case file is taken whole or refused; unknown keys are refused too, so that a misspelt `expect` does not
//! pass as nothing expected.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Stop;
use super::args::day;
use super::bench::Bench;
use super::expect::{Miss, check};
use super::files;
use super::levels;
use super::link::{Link, adopted};
use super::resolve::expectation;
use super::scenarios::{Ran, property_misses};
use crate::eval::{Options, ServiceLevels};
use crate::json::{CASE_BYTES_MAX, case_in_object};
use crate::pack::Program;
use crate::time::instant;

/// A case file without its case, which is read once the rules are known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseFile {
    pub(super) title: String,
    /// Where the case comes from.
    #[serde(rename = "origin")]
    _origin: Option<String>,
    /// The rules, as paths from here or from a folder above the file.
    pub(super) pack: Vec<PathBuf>,
    #[serde(default)]
    pub(super) adopt: Vec<String>,
    pub(super) now: String,
    pub(super) law_date: Option<String>,
    pub(super) service_level: Option<String>,
    #[serde(rename = "case")]
    _case: IgnoredAny,
    #[serde(default)]
    pub(super) expect: Vec<String>,
}

/// The key under which the case stands.
pub(super) const CASE: &str = "case";

/// The two keys that tell a case file from a bare case.
#[derive(Deserialize)]
struct Probe {
    pack: Option<IgnoredAny>,
    case: Option<IgnoredAny>,
}

/// True if the bytes are a case file rather than a case.
pub(super) fn is_case_file(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Probe>(bytes)
        .is_ok_and(|probe| probe.pack.is_some() && probe.case.is_some())
}

impl CaseFile {
    /// Reads a case file.
    pub(super) fn read(bytes: &[u8]) -> Result<CaseFile, String> {
        if bytes.len() > CASE_BYTES_MAX {
            return Err(format!("the file has more than {CASE_BYTES_MAX} bytes"));
        }
        serde_json::from_slice(bytes).map_err(|error| format!("not a case file: {error}"))
    }

    /// The rules, found from here or from a folder above the file.
    pub(super) fn rules(&self, file: &Path) -> Result<Vec<PathBuf>, String> {
        let find = |path: &PathBuf| {
            let above = file.ancestors().skip(1).map(|folder| folder.join(path));
            let mut places = std::iter::once(path.clone()).chain(above);
            let found = places.find(|place| place.exists());
            found.ok_or_else(|| {
                format!(
                    "there are no rules at `{}`, from here or a folder above the file",
                    path.display()
                )
            })
        };
        self.pack.iter().map(find).collect()
    }

    /// When it is asked.
    pub(super) fn now(&self) -> Result<i64, String> {
        instant::parse(&self.now).map_err(|error| format!("at `/now`: `{}`: {error}", self.now))
    }

    /// The law date, in days since 1970-01-01.
    pub(super) fn law_date(&self) -> Result<Option<i32>, String> {
        let Some(text) = &self.law_date else {
            return Ok(None);
        };
        let date = day(text).ok_or_else(|| {
            format!("at `/law_date`: expected a date such as `2026-05-16`, found `{text}`")
        })?;
        Ok(Some(date))
    }

    /// What the host reads into what the law leaves open.
    pub(super) fn service(&self) -> Result<ServiceLevels, String> {
        let Some(text) = &self.service_level else {
            return Ok(ServiceLevels::default());
        };
        let expected = levels::EXPECTED;
        levels::parse(text)
            .ok_or_else(|| format!("at `/service_level`: expected {expected}, found `{text}`"))
    }
}

/// Links that were made for case files, by their rules.
#[derive(Default)]
pub(super) struct Links(Vec<(Vec<PathBuf>, Link)>);

impl Links {
    fn get(&mut self, rules: Vec<PathBuf>) -> Result<&Link, Stop> {
        let index = match self.0.iter().position(|(known, _)| *known == rules) {
            Some(index) => index,
            None => {
                let made = super::link(&rules, &[])?;
                self.0.push((rules, made));
                self.0.len() - 1
            }
        };
        match self.0.get(index) {
            Some((_, link)) => Ok(link),
            None => Err(Stop::Call("the rules are not at hand".to_string())),
        }
    }
}

/// Runs a case file. What refuses it counts as a failure of this case.
pub(super) fn run(path: &Path, links: &mut Links) -> Result<Ran, Stop> {
    let bytes = files::read(path, CASE_BYTES_MAX + 1)?;
    let mut ran = Ran {
        file: path.display().to_string(),
        line: 0,
        title: String::new(),
        misses: Vec::new(),
    };
    let refused = |message: String| Miss {
        expected: "a case that can be judged".to_string(),
        got: vec![message],
        rules: Vec::new(),
        facts: Vec::new(),
    };
    match CaseFile::read(&bytes) {
        Err(message) => ran.misses.push(refused(message)),
        Ok(file) => {
            ran.title.clone_from(&file.title);
            match run_read(path, &bytes, &file, links) {
                Ok(misses) => ran.misses = misses,
                Err(Stop::No(message) | Stop::Call(message)) => ran.misses.push(refused(message)),
                Err(stop) => return Err(stop),
            }
        }
    }
    Ok(ran)
}

fn run_read(
    path: &Path,
    bytes: &[u8],
    file: &CaseFile,
    links: &mut Links,
) -> Result<Vec<Miss>, Stop> {
    let link = links.get(file.rules(path).map_err(Stop::No)?)?;
    misses(bytes, file, link.pack()?.program())
}

/// What is not as a case file expects, judged by a program; `bytes` are those of the file.
pub(super) fn misses(
    bytes: &[u8],
    file: &CaseFile,
    program: &Program<'_>,
) -> Result<Vec<Miss>, Stop> {
    let case = case_in_object(program, bytes, CASE).map_err(|error| Stop::No(error.to_string()))?;
    let adopt = adopted(program, &file.adopt)?;
    let options = Options {
        now: file.now().map_err(Stop::No)?,
        law_date: file.law_date().map_err(Stop::No)?,
        adopt: &adopt,
        service: file.service().map_err(Stop::No)?,
    };
    let mut expectations = Vec::new();
    for (index, text) in file.expect.iter().enumerate() {
        let at = |message: String| Stop::No(format!("at `/expect/{index}`: {message}"));
        expectations.push((expectation(program, text).map_err(at)?, text));
    }
    Bench::new(program)
        .judge(&case.as_case(), &options, |decision| {
            let misses = expectations
                .iter()
                .filter_map(|(kind, text)| check(decision, None, kind, text));
            misses.chain(property_misses(decision)).collect()
        })
        .map_err(|error| Stop::No(error.to_string()))
}
