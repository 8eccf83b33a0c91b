//! A sound Ir to what its author may not have meant.
//!
//! Invariant: warnings are sought only where there is no error, for what is missing because of an error is not unused.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::ir::{Across, CeilingTerm, Ir};
use super::link::{DefineId, Link};
use super::report::FileDiagnostic;
use super::walk::{self, Read};
use crate::model::{EventId, FactId, Kind, PackId};

/// How many unread words of a vocabulary are named.
const NAMED_MAX: usize = 5;

/// What the link reads.
#[derive(Default)]
struct ReadWords {
    facts: BTreeSet<FactId>,
    events: BTreeSet<EventId>,
}

impl ReadWords {
    fn see(&mut self, read: Read<'_>) {
        match read {
            Read::Fact(fact) => {
                self.facts.insert(fact);
            }
            Read::Event(event) => {
                self.events.insert(event);
            }
            Read::Set(_) | Read::Norms(_) => {}
        }
    }
}

impl Link<'_> {
    /// Finds everything that deserves a warning.
    pub(super) fn warn(&self, ir: &Ir) {
        self.warn_unread(ir);
        self.warn_undone(ir);
        self.warn_zoneless();
        // A pack without rules declares its calendars for others.
        let packs = self.pack_ids();
        for pack in packs.filter(|pack| self.pack(*pack).has_rules()) {
            for (name, calendar) in &self.pack(pack).calendars {
                if !self.used_calendars.contains(calendar) {
                    let message = format!("calendar `{name}` is used by nothing");
                    let place = self.calendars[calendar.index()].place;
                    self.report.push(
                        FileDiagnostic::warning(codes::CALENDAR_UNUSED, place, message)
                            .label("no `calendar` clause chooses it"),
                    );
                }
            }
        }
        let used = self.used_defines.borrow();
        for (index, info) in self.defines.iter().enumerate() {
            if self.pack(info.pack).has_rules() && !used.contains(&DefineId(index)) {
                let message = format!("definition `{}` is used by nothing", info.decl.name.text);
                let problem = FileDiagnostic::warning(codes::DEFINE_UNUSED, info.place, message);
                self.report.push(problem.label("never used"));
            }
        }
    }

    /// A pack with rules hears of each word; a vocabulary, which serves packs to come, of all in one line.
    fn warn_unread(&self, ir: &Ir) {
        if ir.rules.is_empty() {
            return;
        }
        let read = words_read(ir);
        let mut vocabulary: BTreeMap<PackId, Vec<&str>> = BTreeMap::new();
        for (index, fact) in ir.facts.iter().enumerate() {
            if read.facts.contains(&FactId(super::link::id(index))) {
                continue;
            }
            if !self.pack(fact.pack).has_rules() {
                vocabulary.entry(fact.pack).or_default().push(&fact.name);
                continue;
            }
            let message = format!("no rule reads the fact `{}`", fact.name);
            self.report.push(
                FileDiagnostic::warning(codes::FACT_UNREAD, fact.place, message)
                    .label("it changes no answer"),
            );
        }
        for (index, event) in ir.events.iter().enumerate() {
            if read.events.contains(&EventId(super::link::id(index))) {
                continue;
            }
            if !self.pack(event.pack).has_rules() {
                vocabulary.entry(event.pack).or_default().push(&event.name);
                continue;
            }
            let message = format!("nothing reads the event `{}`", event.name);
            self.report.push(
                FileDiagnostic::warning(codes::EVENT_UNREAD, event.place, message)
                    .label("it changes no answer"),
            );
        }
        for (pack, words) in vocabulary {
            let message = match words.len() {
                1 => format!("no rule of this link reads `{}`", words.join("")),
                count => {
                    format!("no rule of this link reads {count} facts and events of this pack")
                }
            };
            let named: Vec<String> = words
                .iter()
                .take(NAMED_MAX)
                .map(|word| format!("`{word}`"))
                .collect();
            let more = if words.len() > NAMED_MAX { ", …" } else { "" };
            let span = self.pack(pack).ast.pack.name.span;
            self.report.push(
                FileDiagnostic::warning(codes::VOCABULARY_UNREAD, self.place(pack, span), message)
                    .label(format!("{}{more}", named.join(", "))),
            );
        }
    }

    /// Duties that have no event that performs them are never met.
    fn warn_undone(&self, ir: &Ir) {
        let mut warned = BTreeSet::new();
        for version in &ir.versions {
            for effect in &version.effects {
                let norm = &ir.norms[effect.norm.index()];
                let lasting = effect.windows.iter().any(|window| window.kind.is_lasting());
                if effect.kind != Kind::Must || lasting || norm.done_at.is_some() {
                    continue;
                }
                if warned.insert(norm.name.as_str()) {
                    let message = format!("no event performs the duty `{}`", norm.name);
                    self.report.push(
                        FileDiagnostic::warning(codes::NO_DONE_AT, norm.place, message)
                            .label("it will be breached, or run for ever")
                            .also(effect.place, "it is a duty here")
                            .help("add `done at EVENT` to the norm"),
                    );
                }
            }
        }
    }

    fn warn_zoneless(&self) {
        for (pack, place) in self.zoneless.borrow().iter() {
            let message = format!(
                "days are counted in UTC, for pack `{}` names no zone",
                self.pack(*pack).name
            );
            self.report.push(
                FileDiagnostic::warning(codes::NO_ZONE, *place, message)
                    .label("where does this day end?")
                    .help("add `zone \"…\"` to the pack or to the rule, for example `zone \"Europe/Paris\"`"),
            );
        }
    }
}

fn words_read(ir: &Ir) -> ReadWords {
    let mut words = ReadWords::default();
    let conds = ir.packs.iter().filter_map(|pack| pack.applies.as_ref());
    let conds = conds
        .chain(
            ir.versions
                .iter()
                .filter_map(|version| version.when.as_ref()),
        )
        .chain(ir.properties.iter().filter_map(|p| p.cond.as_ref()))
        .chain(ir.norms.iter().flat_map(|norm| norm.guards.iter()));
    for cond in conds {
        walk::reads(cond, &mut |read| words.see(read));
    }
    words
        .facts
        .extend(ir.choosers.iter().map(|chooser| chooser.fact));
    for effect in ir
        .versions
        .iter()
        .flat_map(|version| version.effects.iter())
    {
        words.facts.extend(effect.member.map(|(fact, _)| fact));
        let others = effect.alternatives.iter().map(|other| &other.window);
        for window in effect.windows.iter().chain(others) {
            walk::anchor_reads(&window.anchor, &mut |read| words.see(read));
        }
        if let Across::Set(set) = &effect.across {
            walk::set_reads(set, &mut |read| words.see(read));
        }
        for term in effect.up_to.iter().flat_map(|ceiling| ceiling.terms.iter()) {
            if let CeilingTerm::Percent(_, fact) = term {
                words.facts.insert(*fact);
            }
        }
    }
    words
        .events
        .extend(ir.packs.iter().filter_map(|pack| pack.judged_by));
    for norm in &ir.norms {
        words.events.extend(norm.done_at);
        words.events.extend(norm.broken_at);
    }
    words
}
