//! The links on which mutants are tried: that of all sources with its scenarios, and those of the cases.
//!
//! Invariant: every scenario and case holds for the rules as they are, so that a failure is due to the fault. A mutant is
//! taken back after each try. A link that does not have the file of a mutant is not made for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Compare, Fate};
use crate::cli::Stop;
use crate::cli::bench::Bench;
use crate::cli::case_file::{self, CaseFile};
use crate::cli::files;
use crate::cli::link::parse;
use crate::cli::scenarios;
use crate::cli::zones::BundledZones;
use crate::compile::{CompileOptions, ZoneSource, ZoneTable};
use crate::json::CASE_BYTES_MAX;
use crate::link::{self, Compiled, Refused};
use crate::model::limits::SOURCE_BYTES_MAX;
use crate::mutate::{Mutant, Mutants, restore};
use crate::pack;
use crate::syntax::Source;
use crate::syntax::ast::File;

/// The links, that of all sources first.
#[derive(Clone, Debug)]
pub(super) struct Beds {
    beds: Vec<Bed>,
    /// The pack of the rules as they are.
    rules: Vec<u8>,
    zones: Zones,
}

/// One link with what tries it.
#[derive(Clone, Debug)]
struct Bed {
    /// The path of each source, without detours, by which files of several links are known to be one.
    paths: Vec<PathBuf>,
    sources: Vec<Source>,
    files: Vec<File>,
    /// Whether the scenarios of the files are run: once, where all the files are.
    scenarios: bool,
    /// The scenarios by their index, those that have noticed a fault of late first: they are the likeliest to notice
    /// the next one, and one that fails is enough.
    order: Vec<usize>,
    cases: Vec<Case>,
}

#[derive(Clone, Debug)]
struct Case {
    bytes: Vec<u8>,
    file: CaseFile,
}

/// The zones of the rules, made once and not for every mutant.
#[derive(Clone, Debug, Default)]
struct Zones {
    bundled: BundledZones,
    made: BTreeMap<String, Option<ZoneTable>>,
}

impl ZoneSource for Zones {
    fn zone(&self, name: &str) -> Option<ZoneTable> {
        match self.made.get(name) {
            Some(zone) => zone.clone(),
            None => self.bundled.zone(name),
        }
    }

    fn names(&self) -> Vec<String> {
        self.bundled.names()
    }
}

impl Beds {
    /// Reads the sources and cases at some paths, and sees that all holds without any fault.
    pub(super) fn new(paths: &[PathBuf]) -> Result<Beds, Stop> {
        let found = files::find(paths)?;
        if let Some(pack) = found.packs.first() {
            let message = format!(
                "`{}` is compiled: faults are made in sources",
                pack.display()
            );
            return Err(Stop::Call(message));
        }
        if found.sources.is_empty() {
            let message = "expected rules, in which to make faults: `.exq` files".to_string();
            return Err(Stop::Call(message));
        }
        let mut beds = vec![Bed::new(&found.sources, true)?];
        for path in &found.cases {
            let case = Case::read(path)?;
            let rules = files::rules(&case.file.rules(path).map_err(Stop::No)?)?;
            let known = real(&rules.sources);
            match beds.iter_mut().find(|bed| bed.paths == known) {
                Some(bed) => bed.cases.push(case),
                None => {
                    let mut bed = Bed::new(&rules.sources, false)?;
                    bed.cases.push(case);
                    beds.push(bed);
                }
            }
        }
        let mut zones = Zones::default();
        for name in beds.iter().flat_map(|bed| bed.zone_names()) {
            if !zones.made.contains_key(&name) {
                let zone = zones.bundled.zone(&name);
                zones.made.insert(name, zone);
            }
        }
        let mut rules = Vec::new();
        for (index, bed) in beds.iter_mut().enumerate() {
            let compiled = bed.link(&zones).map_err(|refused| bed.stop(refused))?;
            if index == 0 && compiled.ir.scenarios.is_empty() && found.cases.is_empty() {
                let message = "there are no scenarios and no cases that could notice a fault";
                return Err(Stop::No(message.to_string()));
            }
            if bed.notices(&compiled)? {
                let message = "a scenario or a case fails without any fault, see `exq test`";
                return Err(Stop::No(message.to_string()));
            }
            if index == 0 {
                rules = compiled.bytes;
            }
        }
        Ok(Beds { beds, rules, zones })
    }

    /// The files of all sources.
    pub(super) fn files(&self) -> &[File] {
        self.beds.first().map_or(&[], |bed| &bed.files)
    }

    /// All sources.
    pub(super) fn sources(&self) -> &[Source] {
        self.beds.first().map_or(&[], |bed| &bed.sources)
    }

    /// The pack of a file.
    pub(super) fn pack(&self, file: usize) -> &str {
        let file = self.files().get(file);
        file.map_or("", |file| file.pack.name.text.as_str())
    }

    /// Tries a mutant.
    pub(super) fn fate(
        &mut self,
        mutants: &Mutants,
        mutant: &Mutant,
        compare: &Compare<'_>,
    ) -> Result<Fate, Stop> {
        let path = self.beds.first().and_then(|bed| bed.paths.get(mutant.file));
        let path = path.cloned();
        let mut survivor = None;
        for bed in &mut self.beds {
            let local = bed
                .paths
                .iter()
                .position(|known| Some(known) == path.as_ref());
            let Some(file) = local else { continue };
            let mut here = mutant.clone();
            here.file = file;
            let Some(original) = mutants.apply(&mut bed.files, &here) else {
                continue;
            };
            let linked = bed.link(&self.zones);
            restore(&mut bed.files, &here, original);
            let Ok(compiled) = linked else {
                return Ok(Fate::Refused);
            };
            if bed.notices(&compiled)? {
                return Ok(Fate::Noticed);
            }
            // Proofs take longer than scenarios, so that only what no scenario notices is proved.
            if link::prove_link(&compiled.ir, &compiled.bytes).is_err() {
                return Ok(Fate::Refused);
            }
            survivor.get_or_insert(compiled.bytes);
        }
        let load = |bytes| pack::load(bytes).map_err(|error| Stop::No(error.to_string()));
        let survivor = survivor.unwrap_or_default();
        Ok(Fate::Unnoticed(compare(
            &load(&self.rules)?,
            &load(&survivor)?,
        )))
    }
}

/// Paths without detours, where they lead somewhere.
fn real(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths
        .iter()
        .map(|path| fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
        .collect()
}

impl Bed {
    fn new(paths: &[PathBuf], scenarios: bool) -> Result<Bed, Stop> {
        let mut given = Vec::new();
        for path in paths {
            let bytes = files::read(path, SOURCE_BYTES_MAX + 1)?;
            given.push((path.display().to_string(), bytes));
        }
        let (sources, files) = parse(&given)?;
        Ok(Bed {
            paths: real(paths),
            sources,
            files,
            scenarios,
            order: Vec::new(),
            cases: Vec::new(),
        })
    }

    fn link(&self, zones: &Zones) -> Result<Compiled, Refused> {
        link::link_files(&self.files, zones, &CompileOptions::default())
    }

    fn stop(&self, refused: Refused) -> Stop {
        match refused {
            Refused::Rules(diagnostics) => Stop::Rules {
                sources: self.sources.clone(),
                diagnostics,
            },
            Refused::Compile(error) => Stop::No(error.to_string()),
            Refused::Pack(error) => Stop::No(error.to_string()),
        }
    }

    /// Whether a scenario or case fails.
    fn notices(&mut self, compiled: &Compiled) -> Result<bool, Stop> {
        let pack = pack::load(&compiled.bytes).map_err(|error| Stop::No(error.to_string()))?;
        let program = pack.program();
        let mut bench = Bench::new(program);
        if self.scenarios {
            let all = &compiled.ir.scenarios;
            if self.order.len() != all.len() {
                self.order = (0..all.len()).collect();
            }
            let sources = &self.sources;
            let fails = |index: &usize| {
                let failing = |scenario| {
                    !scenarios::misses(sources, program, scenario, &mut bench, |_| {}).is_empty()
                };
                all.get(*index).is_some_and(failing)
            };
            if let Some(place) = self.order.iter().position(fails) {
                let noticed = self.order.remove(place);
                self.order.insert(0, noticed);
                return Ok(true);
            }
        }
        for case in &self.cases {
            // A case that these rules cannot judge has failed.
            let misses = case_file::misses(&case.bytes, &case.file, program);
            if misses.map_or(true, |misses| !misses.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The zones that the files name.
    fn zone_names(&self) -> Vec<String> {
        use crate::syntax::ast::ItemKind;
        let mut names = Vec::new();
        for file in &self.files {
            names.extend(file.pack.counting.zone.iter().map(|zone| zone.en.clone()));
            for item in &file.items {
                let zone = match &item.kind {
                    ItemKind::Rule(rule) => rule.counting.zone.as_ref(),
                    ItemKind::Calendar(calendar) => calendar.zone.as_ref(),
                    _ => None,
                };
                names.extend(zone.map(|zone| zone.en.clone()));
            }
        }
        names
    }
}

impl Case {
    fn read(path: &Path) -> Result<Case, Stop> {
        let bytes = files::read(path, CASE_BYTES_MAX + 1)?;
        let refused = |message| Stop::No(format!("`{}`: {message}", path.display()));
        let file = CaseFile::read(&bytes).map_err(refused)?;
        Ok(Case { bytes, file })
    }
}
