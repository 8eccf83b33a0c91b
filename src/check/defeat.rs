//! Whether rules meet the rules that they are to defeat, and agree with themselves.
//!
//! Invariant: after this, every rule with effects has one on a norm of each rule that it targets, and no rule both
//! lifts a norm and gives it a value.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::ir::Effect;
use super::link::{Link, VersionInfo};
use super::report::FileDiagnostic;
use crate::model::{Kind, NormId, RuleId};

impl Link<'_> {
    /// Checks every version whose effects and targets are all known.
    pub(super) fn check_defeat(&self) {
        for version in &self.versions {
            if version.broken {
                continue;
            }
            self.lifted_and_value(version);
            let targets: Vec<RuleId> = version.targets().collect();
            for target in &targets {
                self.meets(version, *target);
            }
            self.lifts_something(version, &targets);
        }
    }

    /// The norms of a rule, in all its versions; `None` if one could not be read.
    fn norms_of(&self, rule: RuleId) -> Option<&BTreeSet<NormId>> {
        Some(&self.reach[rule.index()].as_ref()?.norms)
    }

    fn meets(&self, version: &VersionInfo<'_>, target: RuleId) {
        // An exception that is only `untranslated` marks where the answer needs a human, and defeats nothing.
        if version.decl.then.is_empty() && !version.overrides.contains(&target) {
            return;
        }
        let Some(norms) = self.norms_of(target) else {
            return;
        };
        if version
            .effects
            .iter()
            .any(|effect| norms.contains(&effect.norm))
        {
            return;
        }
        let written = if version.base == Some(target) {
            version.decl.exception_to.as_ref()
        } else {
            let at = version.overrides.iter().position(|rule| *rule == target);
            at.and_then(|at| version.decl.overrides.get(at))
        };
        let span = written.map_or(version.decl.name.span, |name| name.span);
        let name = self.rule_name(target);
        let message = format!(
            "`{}` cannot defeat `{name}`: they have no norm in common",
            version.decl.name.text
        );
        let there = match self.norm_list(norms) {
            Some(list) => format!("it speaks of {list}"),
            None => "it gives no norm a value".to_string(),
        };
        let mut problem = FileDiagnostic::error(
            codes::DEFEAT_MISSES,
            self.place(version.pack, span),
            message,
        )
        .label("defeat acts norm by norm")
        .help("give one of its norms a value, or write `then lifted`");
        if let Some(place) = self.rule_place(target) {
            problem = problem.also(place, there);
        }
        self.error(problem);
    }

    /// `NORM lifted` where no target speaks of the norm.
    fn lifts_something(&self, version: &VersionInfo<'_>, targets: &[RuleId]) {
        if targets.is_empty() {
            return;
        }
        let mut norms: BTreeSet<NormId> = BTreeSet::new();
        for target in targets {
            match self.norms_of(*target) {
                Some(more) => norms.extend(more),
                None => return,
            }
        }
        let idle = version
            .effects
            .iter()
            .filter(|effect| effect.kind == Kind::Lifted && !norms.contains(&effect.norm));
        let mut families = BTreeSet::new();
        for effect in idle {
            let norm = &self.norms[effect.norm.index()];
            // A rule that meets none of its targets has been reported.
            let meets = version.effects.iter().any(|e| norms.contains(&e.norm));
            if meets && families.insert(norm.name.as_str()) {
                let message = format!("there is nothing to lift on `{}`", norm.name);
                self.error(
                    FileDiagnostic::error(codes::DEFEAT_MISSES, effect.place, message)
                        .label("no rule that this one targets speaks of it"),
                );
            }
        }
    }

    fn lifted_and_value(&self, version: &VersionInfo<'_>) {
        let mut by_norm: BTreeMap<NormId, (Option<&Effect>, Option<&Effect>)> = BTreeMap::new();
        for effect in &version.effects {
            let entry = by_norm.entry(effect.norm).or_default();
            let slot = if effect.kind == Kind::Lifted {
                &mut entry.0
            } else {
                &mut entry.1
            };
            slot.get_or_insert(effect);
        }
        let mut families = BTreeSet::new();
        for (norm, both) in by_norm {
            let (Some(lifted), Some(value)) = both else {
                continue;
            };
            let info = &self.norms[norm.index()];
            if families.insert(info.name.as_str()) {
                let message = format!(
                    "`{}` lifts `{}` and gives it a value",
                    version.decl.name.text, info.name
                );
                self.error(
                    FileDiagnostic::error(codes::LIFTED_AND_VALUE, lifted.place, message)
                        .label("lifted here")
                        .also(value.place, "given a value here")
                        .help("any other value defeats the base, too: leave `lifted` out"),
                );
            }
        }
    }

    /// Up to three norms, for people.
    fn norm_list(&self, norms: &BTreeSet<NormId>) -> Option<String> {
        let mut names: Vec<&str> = norms
            .iter()
            .map(|norm| self.norms[norm.index()].name.as_str())
            .collect();
        names.dedup();
        let list: Vec<String> = names.iter().take(3).map(|n| format!("`{n}`")).collect();
        let more = if names.len() > 3 { ", …" } else { "" };
        (!list.is_empty()).then(|| format!("{}{more}", list.join(", ")))
    }
}
