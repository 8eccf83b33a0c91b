//! Versions and norms, to an order in which everything can be computed.
//!
//! A version needs the versions of the base whose condition it inherits, and the norms that it looks at by `missed`
//! and `met`; a norm needs every version with an effect on it. Invariant: nothing stands before what it needs; a
//! circle is reported once for the rules that form it.

use std::collections::BTreeSet;

use super::codes;
use super::graph;
use super::ir::{Cond, Step};
use super::link::{Link, id};
use super::report::FileDiagnostic;
use super::walk::{self, Read};
use crate::model::{NormId, VersionId};

impl Link<'_> {
    /// The schedule. `inherit` is false where circles of defeat were found, which need no second report.
    pub(super) fn schedule(&self, inherit: bool) -> Vec<Step> {
        // Rules and packs have nodes of their own, so that the graph is no larger than what was written.
        let versions = self.versions.len();
        let rules = versions + self.norms.len();
        let packs = rules + self.rules.len();
        let mut needs: Vec<Vec<usize>> = vec![Vec::new(); packs + self.packs.len()];
        for (index, pack) in self.packs.iter().enumerate() {
            let looked = norms_looked_at(pack.applies.as_ref());
            needs[packs + index] = looked.map(|norm| versions + norm).collect();
        }
        for (index, rule) in self.rules.iter().enumerate() {
            needs[rules + index] = rule.versions.iter().map(|v| v.index()).collect();
        }
        for (index, version) in self.versions.iter().enumerate() {
            let looked = norms_looked_at(version.when.as_ref());
            let mut wanted: Vec<usize> = looked.map(|norm| versions + norm).collect();
            if let Some(base) = version.base
                && inherit
                && !version.decl.regardless
            {
                wanted.push(rules + base.index());
            }
            wanted.push(packs + version.pack.index());
            needs[index] = wanted;
            for effect in &version.effects {
                let list = &mut needs[versions + effect.norm.index()];
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        let found = graph::order(&needs);
        let mut reported = BTreeSet::new();
        for cycle in &found.cycles {
            let rules: BTreeSet<_> = cycle
                .iter()
                .filter_map(|node| self.versions.get(*node))
                .map(|version| version.rule)
                .collect();
            if reported.insert(rules) {
                self.cycle(cycle);
            }
        }
        let steps = found.order.into_iter().filter_map(|node| {
            if node < versions {
                Some(Step::Version(VersionId(id(node))))
            } else if node < rules {
                Some(Step::Norm(NormId(id(node - versions))))
            } else {
                None
            }
        });
        steps.collect()
    }

    /// Reports a circle. It begins with a version, for versions have the lower numbers.
    fn cycle(&self, cycle: &[usize]) {
        let Some(first) = cycle.first().and_then(|node| self.versions.get(*node)) else {
            return;
        };
        let versions = self.versions.len();
        let first_name = format!("`{}`", self.rule_name(first.rule));
        let mut path = first_name.clone();
        let mut others = Vec::new();
        let mut at_norm = false;
        // Nodes of rules and packs are only steps on the way, and the circle ends where it began.
        for node in cycle.iter().skip(1).chain(cycle.first()) {
            let joint = match (at_norm, path == first_name) {
                (true, _) => ", on which there is an effect of ",
                (false, true) => " ",
                (false, false) => ", which ",
            };
            if let Some(version) = self.versions.get(*node) {
                let verb = if at_norm { "" } else { "inherits from " };
                let name = self.rule_name(version.rule);
                path.push_str(&format!("{joint}{verb}`{name}`"));
                at_norm = false;
                if version.rule != first.rule {
                    others.push(version.place);
                }
            } else if *node < versions + self.norms.len() {
                let norm = self.norm_name(NormId(id(node - versions)));
                path.push_str(&format!("{joint}looks at `{norm}`"));
                at_norm = true;
            }
        }
        let message = format!("rule {first_name} depends on itself");
        let mut problem =
            FileDiagnostic::error(codes::RULE_CYCLE, first.place, message).label(path);
        for place in others {
            problem = problem.also(place, "by way of this rule");
        }
        self.error(
            problem.help("a rule that looks at a norm by `missed` or `met` has no effect on it"),
        );
    }
}

/// The norms that a condition looks at, each once.
fn norms_looked_at(cond: Option<&Cond>) -> impl Iterator<Item = usize> + use<> {
    let mut norms = BTreeSet::new();
    if let Some(cond) = cond {
        walk::reads(cond, &mut |read| {
            if let Read::Norms(looked) = read {
                norms.extend(looked.iter().map(|norm| norm.index()));
            }
        });
    }
    norms.into_iter()
}
