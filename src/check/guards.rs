//! `protected` clauses to guards, and what a protected norm must be.
//!
//! Invariant: a guard holds on given facts alone; a protected norm has the default `must not`, and no other norm of
//! the link offers its action without a guard.

use std::collections::BTreeMap;

use super::codes;
use super::conditions::{Position, Reader};
use super::link::{FamilyId, Link};
use super::report::FileDiagnostic;
use super::targets::Choice;
use super::walk;
use crate::model::{Bits, Outcome};
use crate::syntax::ast;

impl Link<'_> {
    /// Resolves all guards.
    pub(super) fn resolve_guards(&mut self) {
        for family in 0..self.families.len() {
            let decl = self.families[family].decl;
            if decl.protected.is_empty() {
                continue;
            }
            self.check_default(family);
            let mut whole = true;
            for guard in &decl.protected {
                whole &= self.resolve_guard(FamilyId(family), guard).is_some();
            }
            if whole {
                self.check_all_members(family);
            }
        }
        self.check_actions();
    }

    fn resolve_guard(&mut self, family: FamilyId, guard: &ast::Guard) -> Option<()> {
        let info = self.family_info(family);
        let (pack, norm) = (info.pack, info.decl);
        let norms = info.norms.clone();
        let (of, place) = (info.of, info.place);
        let reader = Reader::of_pack(self, pack, Position::Guard);
        let cond = reader.whole(&guard.by, guard.span);
        let members = match (&guard.of, of) {
            (None, _) => Bits([u64::MAX; 4]),
            (Some(written), Some(of)) => match self.choice(pack, of, written)? {
                Choice::Members(bits) => bits,
                Choice::Fact(_) => {
                    self.not_fixed(pack, Some(written));
                    return None;
                }
            },
            (Some(_), None) => {
                if !norms.is_empty() {
                    let message = format!("`{}` is one norm and has no members", norm.name.text);
                    let at = self.place(pack, guard.span);
                    self.error(
                        FileDiagnostic::error(codes::NOT_A_FAMILY, at, message)
                            .label("expected `protected by`")
                            .also(place, "declared here without `of ENUM`"),
                    );
                }
                return None;
            }
        };
        let cond = cond?;
        let spoken: Vec<_> = norms
            .into_iter()
            .zip(0u16..)
            .filter(|(_, member)| members.contains(*member))
            .collect();
        let weight = walk::size(&cond).weight.saturating_mul(spoken.len());
        if !self.charge_atoms(weight, self.place(pack, guard.span)) {
            return None;
        }
        for (norm, _) in spoken {
            self.norms[norm.index()].guards.push(cond.clone());
        }
        Some(())
    }

    fn check_default(&self, family: usize) {
        let info = &self.families[family];
        let place = match &info.decl.default {
            Some((ast::Deontic::MustNot, _)) => return,
            Some((_, span)) => self.place(info.pack, *span),
            None => info.place,
        };
        let message = format!(
            "protected norm `{}` is not forbidden by default",
            info.decl.name.text
        );
        let problem = FileDiagnostic::error(codes::PROTECTED_DEFAULT, place, message)
            .label("expected `by default must not`")
            .help("a guard withholds what it does not allow: then the default is the answer");
        self.error(problem);
    }

    /// Members that no clause speaks of would be an open door to the same action.
    fn check_all_members(&self, family: usize) {
        let info = &self.families[family];
        let open: Vec<String> = info
            .norms
            .iter()
            .filter(|norm| self.norms[norm.index()].guards.is_empty())
            .map(|norm| format!("`{}`", self.norm_name(*norm)))
            .take(4)
            .collect();
        if !open.is_empty() {
            let message = format!(
                "`{}` is protected, but not {}",
                info.decl.name.text,
                open.join(", ")
            );
            self.error(
                FileDiagnostic::error(codes::PROTECTED_ACTION, info.place, message)
                    .label(format!("`{}` would be open there", info.decl.action.text))
                    .help("add a `protected by` clause for all members"),
            );
        }
    }

    /// No norm offers the action of a protected norm without a guard.
    fn check_actions(&self) {
        let mut protected = BTreeMap::new();
        for info in &self.families {
            if !info.decl.protected.is_empty() {
                protected
                    .entry(info.decl.action.text.as_str())
                    .or_insert(info);
            }
        }
        for info in &self.families {
            let Some(guarded) = protected.get(info.decl.action.text.as_str()) else {
                continue;
            };
            if !info.decl.protected.is_empty() {
                continue;
            }
            let message = format!(
                "`{}` does what protected norm `{}` does, without a guard",
                info.decl.name.text, guarded.decl.name.text
            );
            let place = self.place(info.pack, info.decl.action.span);
            self.error(
                FileDiagnostic::error(codes::PROTECTED_ACTION, place, message)
                    .label("this action is protected")
                    .also(
                        self.place(guarded.pack, guarded.decl.action.span),
                        "protected here",
                    )
                    .help("protect this norm, too, or name another action"),
            );
        }
        debug_assert!(self.norms.iter().all(|norm| norm.guards.is_empty()
            || norm.default == Outcome::MustNot
            || self.report.has_errors()));
    }
}
