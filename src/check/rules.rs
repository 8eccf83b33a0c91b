//! Rules as written, to versions with their targets, citations and effects; conditions come last.
//!
//! Invariant: rules are read after those that they target, so that `then lifted` alone knows what it lifts, and their
//! conditions after all effects, so that `missed` and `met` know the norms that they look at.

use std::collections::BTreeSet;

use super::codes;
use super::conditions::{Position, Reader};
use super::graph;
use super::ir::{Across, Effect};
use super::link::{Link, Reach};
use super::literals::text;
use super::report::FileDiagnostic;
use super::targets::Chosen;
use super::walk;
use crate::model::{Kind, PackStatus, RuleId, Verification, limits::TABLE_MAX};
use crate::syntax::ast;
use crate::syntax::nearest;

impl<'a> Link<'a> {
    /// Reads the heads of all rules, and finds circles of defeat. Gives the rules, each after its targets, and
    /// whether there was no circle.
    pub(super) fn resolve_heads(&mut self) -> (Vec<RuleId>, bool) {
        for index in 0..self.versions.len() {
            self.resolve_head(index);
        }
        for rule in &self.rules {
            let versions: Vec<_> = rule
                .versions
                .iter()
                .map(|version| &self.versions[version.index()])
                .map(|version| (version.interval, version.place))
                .collect();
            self.find_overlaps(&rule.name, &versions);
        }
        let targets: Vec<Vec<usize>> = (0..self.rules.len())
            .map(|rule| {
                let rule = RuleId(super::link::id(rule));
                let mut targets: Vec<usize> = self
                    .versions_of(rule)
                    .flat_map(|version| version.targets())
                    .map(RuleId::index)
                    .collect();
                targets.sort_unstable();
                targets.dedup();
                targets
            })
            .collect();
        let order = graph::order(&targets);
        for cycle in &order.cycles {
            self.defeat_cycle(cycle);
        }
        let zones = self.zones.borrow().len();
        if zones > TABLE_MAX {
            self.too_large(format!(
                "the link has {zones} zones, the limit is {TABLE_MAX}"
            ));
        }
        let acyclic = order.cycles.is_empty();
        let rules = order.order.into_iter();
        let rules = rules.map(|rule| RuleId(super::link::id(rule))).collect();
        (rules, acyclic)
    }

    fn resolve_head(&mut self, index: usize) {
        let (pack, decl, place) = {
            let version = &self.versions[index];
            (version.pack, version.decl, version.place)
        };
        let mut broken = false;
        let base = decl.exception_to.as_ref().and_then(|name| {
            let base = self.rule(pack, name);
            broken |= base.is_none();
            base.filter(|base| {
                let own = self.rules[base.index()].pack == pack;
                broken |= !own;
                if !own {
                    self.foreign_exception(pack, name);
                }
                own
            })
        });
        let mut overrides = Vec::new();
        for name in &decl.overrides {
            match self.rule(pack, name) {
                Some(rule) if base == Some(rule) || overrides.contains(&rule) => {
                    let message = format!("`{}` is targeted twice", name.text);
                    let place = self.place(pack, name.span);
                    let problem = FileDiagnostic::error(codes::TARGETED_TWICE, place, message);
                    self.error(problem.label("expected each rule once"));
                }
                Some(rule) => overrides.push(rule),
                None => broken = true,
            }
        }
        let interval = self.interval(pack, decl.in_force.as_ref());
        let outer = self.packs[pack.index()].way;
        let way = self.way(pack, &decl.counting, &outer);
        let cites = self.cites(index);
        if decl.then.is_empty() && decl.untranslated.is_empty() {
            let message = format!("rule `{}` says nothing", decl.name.text);
            self.error(
                FileDiagnostic::error(codes::EMPTY_RULE, place, message)
                    .label("expected `then`, or `untranslated` for law that is not modelled"),
            );
            broken = true;
        }
        let version = &mut self.versions[index];
        version.base = base;
        version.overrides = overrides;
        version.interval = interval;
        version.way = way;
        version.cites = cites;
        version.broken |= broken;
    }

    fn foreign_exception(&self, pack: crate::model::PackId, name: &ast::Name) {
        let place = self.place(pack, name.span);
        let message = format!("`{}` is a rule of another pack", name.text);
        self.error(
            FileDiagnostic::error(codes::FOREIGN_EXCEPTION, place, message)
                .label("an exception belongs to the pack of its base")
                .help(format!(
                    "write `overrides {}`; it inherits no condition",
                    name.text
                )),
        );
    }

    fn cites(&self, index: usize) -> Vec<(super::ir::Text, Verification)> {
        let version = &self.versions[index];
        let (pack, decl) = (version.pack, version.decl);
        let mut cites = Vec::new();
        let words = || Verification::ALL.iter().map(|how| how.word());
        for cite in &decl.cites {
            let Some(word) = &cite.how else {
                let message = "the citation does not say how it was checked";
                let place = self.place(pack, cite.span);
                self.error(
                    FileDiagnostic::error(codes::CITE_UNCHECKED, place, message)
                        .label("expected `verified`, `secondary` or `recalled` after it"),
                );
                continue;
            };
            match Verification::from_word(&word.text) {
                Some(how) => cites.push((text(&cite.article), how)),
                None => {
                    let message =
                        format!("`{}` does not say how a citation was checked", word.text);
                    let place = self.place(pack, word.span);
                    let problem =
                        FileDiagnostic::error(codes::UNKNOWN_VERIFICATION, place, message)
                            .label("expected `verified`, `secondary` or `recalled`");
                    self.error(problem.near(nearest(&word.text, words())));
                }
            }
        }
        let of_law = matches!(
            self.pack(pack).status,
            Some(PackStatus::Law | PackStatus::CaseLaw | PackStatus::Repealed | PackStatus::Lapsed)
        );
        if of_law && decl.cites.is_empty() {
            let message = format!("rule `{}` cites nothing", decl.name.text);
            self.error(
                FileDiagnostic::error(codes::UNCITED_RULE, version.place, message)
                    .label("a rule of law names its provision")
                    .help(
                        "add `cites \"art. …\" verified`, or `recalled` if nobody has checked it",
                    ),
            );
        }
        cites
    }

    fn defeat_cycle(&self, cycle: &[usize]) {
        let names: Vec<String> = cycle
            .iter()
            .chain(cycle.first())
            .map(|rule| format!("`{}`", self.rule_name(RuleId(super::link::id(*rule)))))
            .collect();
        let mut places = cycle
            .iter()
            .filter_map(|rule| self.rule_place(RuleId(super::link::id(*rule))));
        let (Some(place), Some(first)) = (places.next(), names.first()) else {
            return;
        };
        let message = format!("rule {first} would defeat itself");
        let mut problem = FileDiagnostic::error(codes::RULE_CYCLE, place, message)
            .label(names.join(" is to defeat "));
        for place in places {
            problem = problem.also(place, "by way of this rule");
        }
        self.error(problem.help("of two rules, one must yield"));
    }

    /// Reads the effects of all rules, in an order in which targets come first.
    pub(super) fn resolve_effects(&mut self, order: &[RuleId]) {
        self.reach.resize_with(self.rules.len(), || None);
        for rule in order {
            for version in self.rules[rule.index()].versions.clone() {
                let (effects, whole) = self.effects(version.index());
                let info = &mut self.versions[version.index()];
                info.effects = effects;
                info.broken |= !whole;
            }
            self.reach[rule.index()] = self.reach_of(*rule);
        }
    }

    fn reach_of(&self, rule: RuleId) -> Option<Reach> {
        let mut reach = Reach::default();
        for version in self.versions_of(rule) {
            if version.broken {
                return None;
            }
            for effect in &version.effects {
                reach.norms.insert(effect.norm);
                if effect.kind == Kind::Must {
                    reach.duties.insert(effect.norm);
                }
            }
        }
        Some(reach)
    }

    /// What stands in a version is read in its own zone and by its own regime.
    fn reader(&self, index: usize) -> Reader<'_, 'a> {
        let version = &self.versions[index];
        Reader {
            link: self,
            pack: version.pack,
            way: version.way,
            position: Position::Plain,
        }
    }

    /// The effects of a version; false, if one could not be read.
    fn effects(&self, index: usize) -> (Vec<Effect>, bool) {
        let reader = self.reader(index);
        let mut effects = Vec::new();
        let mut whole = true;
        for written in &self.versions[index].decl.then {
            match self.effect(&reader, index, written) {
                Some(more) => effects.extend(more),
                None => whole = false,
            }
        }
        (effects, whole)
    }

    fn effect(
        &self,
        reader: &Reader<'_, 'a>,
        index: usize,
        written: &ast::Effect,
    ) -> Option<Vec<Effect>> {
        let version = &self.versions[index];
        let place = self.place(version.pack, written.span);
        let (kind, windows) = match &written.value {
            ast::EffectValue::Must(windows) => (Kind::Must, windows.as_slice()),
            ast::EffectValue::May(window) => (Kind::May, window.as_slice()),
            ast::EffectValue::MustNot(window) => (Kind::MustNot, window.as_slice()),
            ast::EffectValue::Lifted => (Kind::Lifted, &[][..]),
        };
        // Everything is read before anything is missed, so that all errors are found.
        let norms = match &written.target {
            Some(target) => self.norms(version.pack, target),
            None => self.lifted_norms(index),
        };
        let windows = reader.windows(kind, windows, written.span);
        let across = match &written.across {
            Some(set) => reader.across(set).map(Across::Set),
            None if version.decl.exception_to.is_some() => Some(Across::Base),
            None => Some(Across::Everywhere),
        };
        let up_to = match &written.up_to {
            Some(ceiling) => reader.ceiling(kind, ceiling).map(Some),
            None => Some(None),
        };
        let alternatives = reader.alternatives(kind, written);
        if kind == Kind::Lifted
            && version.decl.exception_to.is_none()
            && version.decl.overrides.is_empty()
        {
            let message = format!("`{}` has nothing to lift", version.decl.name.text);
            self.error(
                FileDiagnostic::error(codes::LIFTED_WITHOUT_TARGET, place, message)
                    .label("`lifted` takes away the effect of another rule")
                    .help("make the rule an `exception to` it, or let it `overrides` it"),
            );
            return None;
        }
        let norms = norms?;
        let (windows, across, up_to) = (windows?, across?, up_to?);
        let alternatives = alternatives?;
        let weight = walk::effect_weight(&windows, &across, &alternatives);
        let fits = self.charge_effects(norms.len(), place)
            && self.charge_atoms(norms.len().saturating_mul(weight), place);
        if !fits {
            return None;
        }
        let effects = norms.into_iter().map(|(norm, member)| Effect {
            norm,
            member,
            kind,
            unfolded: written.target.is_none(),
            windows: windows.clone(),
            across: across.clone(),
            up_to: up_to.clone(),
            alternatives: alternatives.clone(),
            zone: version.way.zone,
            place,
        });
        Some(effects.collect())
    }

    /// The norms that `then lifted` lifts: all on which a target has an effect, in the order of norms.
    fn lifted_norms(&self, index: usize) -> Option<Vec<Chosen>> {
        let mut norms = BTreeSet::new();
        for target in self.versions[index].targets() {
            norms.extend(self.reach[target.index()].as_ref()?.norms.iter().copied());
        }
        Some(norms.into_iter().map(|norm| (norm, None)).collect())
    }

    /// Reads the conditions of packs and rules.
    pub(super) fn resolve_conditions(&mut self) {
        for pack in self.pack_ids() {
            let ast: &ast::File = self.pack(pack).ast;
            if let Some(applies) = &ast.pack.applies {
                let reader = Reader::of_pack(self, pack, Position::Plain);
                let cond = reader.whole(applies, ast.pack.name.span);
                self.packs[pack.index()].applies = cond;
            }
        }
        for index in 0..self.versions.len() {
            let decl = self.versions[index].decl;
            if let Some(when) = &decl.when {
                let cond = self.reader(index).whole(when, decl.name.span);
                self.versions[index].when = cond;
            }
        }
    }
}
