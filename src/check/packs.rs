//! Files to packs, in the order of their names, and the headers of packs to what they mean.
//!
//! Invariant: packs stand in the order of their names, whatever the order of files, and no two have one name. Those that
//! hold scenarios alone stand last: they are tried and not compiled, so that no id of a compiled pack depends on them.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::ir::{Interval, Place};
use super::link::{Link, PackInfo, Way, id};
use super::report::{FileDiagnostic, Report};
use crate::model::{PackId, PackStatus};
use crate::syntax::ast::{self, ItemKind, Name};
use crate::syntax::nearest;

/// The status words that an author can write.
fn status_words() -> impl Iterator<Item = &'static str> {
    PackStatus::ALL
        .iter()
        .filter(|status| **status != PackStatus::Vocabulary)
        .map(|status| status.word())
}

/// The packs of a link.
pub(super) fn packs<'a>(files: &'a [ast::File], report: &Report) -> Vec<PackInfo<'a>> {
    let mut packs: BTreeMap<&str, PackInfo<'a>> = BTreeMap::new();
    for (index, ast) in files.iter().enumerate() {
        let file = id(index);
        let name = &ast.pack.name;
        let place = Place {
            file,
            span: name.span,
        };
        if name.text.contains('/') {
            let message = format!("`{}` cannot be the name of a pack", name.text);
            report.push(
                FileDiagnostic::error(codes::QUALIFIED_DECLARATION, place, message)
                    .label("expected a name without a slash"),
            );
        }
        if let Some(first) = packs.get(name.text.as_str()) {
            let message = format!("pack `{}` is in the link already", name.text);
            let first = Place {
                file: first.file,
                span: first.ast.pack.name.span,
            };
            report.push(
                FileDiagnostic::error(codes::DUPLICATE_PACK, place, message)
                    .label("a source file is a pack")
                    .also(first, "the other file")
                    .help("give the pack another name, or put both into one file"),
            );
            continue;
        }
        packs.insert(&name.text, bare(name, file, ast));
    }
    let mut packs: Vec<PackInfo<'a>> = packs.into_values().collect();
    packs.sort_by_key(PackInfo::only_tries);
    packs
}

fn bare<'a>(name: &'a Name, file: u16, ast: &'a ast::File) -> PackInfo<'a> {
    PackInfo {
        name: &name.text,
        file,
        ast,
        uses: Vec::new(),
        uses_unknown: false,
        shared: BTreeMap::new(),
        rules: BTreeMap::new(),
        calendars: BTreeMap::new(),
        status: None,
        interval: Interval::ALWAYS,
        judged_by: None,
        way: Way::UNSAID,
        applies: None,
    }
}

impl Link<'_> {
    /// Resolves every `use`.
    pub(super) fn resolve_uses(&mut self) {
        for pack in self.pack_ids() {
            let mut uses = Vec::new();
            let mut seen = BTreeSet::new();
            let mut unknown = false;
            for item in &self.pack(pack).ast.items {
                let ItemKind::Use(name) = &item.kind else {
                    continue;
                };
                match self.pack_or_report(pack, &name.text, name.span) {
                    Some(used) if used == pack || !seen.insert(used) => {
                        let place = self.place(pack, item.span);
                        let message = format!("`use {}` changes nothing", name.text);
                        let label = if used == pack {
                            "a pack has its own names"
                        } else {
                            "it is used already"
                        };
                        self.report.push(
                            FileDiagnostic::warning(codes::IDLE_USE, place, message).label(label),
                        );
                    }
                    Some(used) => uses.push(used),
                    None => unknown = true,
                }
            }
            let info = &mut self.packs[pack.index()];
            info.uses = uses;
            info.uses_unknown = unknown;
        }
    }

    /// Resolves the clauses of headers, save `applies when`.
    pub(super) fn resolve_headers(&mut self) {
        for pack in self.pack_ids() {
            let ast: &ast::File = self.pack(pack).ast;
            let header = &ast.pack;
            let status = self.status(pack, header);
            let interval = self.interval(pack, header.in_force.as_ref());
            let judged_by = header
                .judged_by
                .as_ref()
                .and_then(|name| self.event(pack, name));
            let way = self.way(pack, &header.counting, &Way::UNSAID);
            let info = &mut self.packs[pack.index()];
            info.status = status;
            info.interval = interval;
            info.judged_by = judged_by;
            info.way = way;
        }
    }

    fn status(&self, pack: PackId, header: &ast::PackHeader) -> Option<PackStatus> {
        let Some(word) = &header.status else {
            if !self.pack(pack).has_rules() {
                return Some(PackStatus::Vocabulary);
            }
            let place = self.place(pack, header.name.span);
            let message = format!("pack `{}` has rules and no status", header.name.text);
            let words: Vec<String> = status_words().map(|word| format!("`{word}`")).collect();
            let problem = FileDiagnostic::error(codes::NO_STATUS, place, message)
                .label("expected a `status` clause")
                .help(format!("one of {}", words.join(", ")));
            self.error(problem);
            return None;
        };
        let known = PackStatus::from_word(&word.text).filter(|s| *s != PackStatus::Vocabulary);
        let place = self.place(pack, word.span);
        let Some(status) = known else {
            let words: Vec<String> = status_words().map(|word| format!("`{word}`")).collect();
            let message = format!("`{}` is no status of a pack", word.text);
            let problem = FileDiagnostic::error(codes::UNKNOWN_STATUS, place, message)
                .label(format!("expected one of {}", words.join(", ")));
            self.error(problem.near(nearest(&word.text, status_words())));
            return None;
        };
        let ends = header
            .in_force
            .is_some_and(|in_force| in_force.until.is_some());
        if matches!(status, PackStatus::Repealed | PackStatus::Lapsed) && !ends {
            let message = format!("a pack of status `{}` needs its end date", word.text);
            let problem = FileDiagnostic::error(codes::NO_END_DATE, place, message)
                .label("until when was it law?")
                .help("write `in force from DATE until DATE`");
            self.error(problem);
        }
        Some(status)
    }
}
