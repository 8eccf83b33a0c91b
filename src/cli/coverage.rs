//! Which rules the scenarios have tried: each should be seen to apply, and seen not to.
//!
//! A rule is seen to apply wherever its pack decides. It is seen not to apply only in the scenarios of its own pack:
//! in those of other packs it is silent by chance, which shows nothing.

use crate::check::ir::Ir;
use crate::check::{FileDiagnostic, ir::Version};
use crate::eval::Decision;
use crate::model::{PackId, Truth, VersionId};
use crate::syntax::diagnostic::{Code, Diagnostic};

/// No scenario in which the rule applies.
const NEVER_APPLIES: Code = Code("W0501");
/// No scenario in which it does not.
const ALWAYS_APPLIES: Code = Code("W0502");

/// What was seen of each rule.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    rules: Vec<Seen>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    applies: bool,
    does_not: bool,
}

impl Coverage {
    /// Notes what a scenario of a pack shows.
    pub(super) fn note(&mut self, pack: PackId, decision: &Decision<'_>) {
        let program = decision.program();
        self.rules.resize(program.rules.len(), Seen::default());
        let mut applies = vec![Truth::False; program.rules.len()];
        for (version, truth) in decision.rule_states() {
            let rule = usize::from(program.versions.at(version.index()).rule);
            if let Some(slot) = applies.get_mut(rule) {
                *slot = slot.or(truth);
            }
        }
        for (index, row) in program.versions.iter().enumerate() {
            let rule = usize::from(row.rule);
            let truth = applies.get(rule).copied().unwrap_or_default();
            if let Some(seen) = self.rules.get_mut(rule) {
                seen.applies |= truth.is_true();
                seen.does_not |=
                    truth.is_false() && program.pack_of(VersionId(index as u16)) == pack;
            }
        }
    }

    /// Warnings for the rules that lack a scenario.
    pub(super) fn warnings(&self, ir: &Ir) -> Vec<FileDiagnostic> {
        let mut found = Vec::new();
        for (index, rule) in ir.rules.iter().enumerate() {
            let seen = self.rules.get(index).copied().unwrap_or_default();
            let pack = ir.packs.get(rule.pack.index());
            // What is annulled never applies, and has nothing to show.
            let annulled =
                pack.is_some_and(|pack| pack.status == crate::model::PackStatus::Annulled);
            let version = rule
                .versions
                .first()
                .and_then(|version| ir.versions.get(version.index()));
            let (Some(version), false) = (version, annulled) else {
                continue;
            };
            let name = format!(
                "{}/{}",
                pack.map_or("", |pack| pack.name.as_str()),
                rule.name
            );
            if !seen.applies {
                found.push(warning(
                    NEVER_APPLIES,
                    version,
                    format!("no scenario shows `{name}` apply"),
                ));
            }
            if !seen.does_not {
                let message = format!("no scenario of its pack shows `{name}` not apply");
                found.push(warning(ALWAYS_APPLIES, version, message));
            }
        }
        found
    }
}

fn warning(code: Code, version: &Version, message: String) -> FileDiagnostic {
    let span = version.place.span;
    // A whole rule is too much to underline: its first line stands for it.
    let diagnostic = Diagnostic::warning(code, span, message).help("write a scenario for it");
    FileDiagnostic {
        file: version.place.file,
        diagnostic,
        elsewhere: Vec::new(),
    }
}
