//! What the proofs found, as diagnostics at the places of the sources.
//!
//! Invariant: a claim that was refuted or could not be decided is an error: nothing compiles on the strength of a search
//! that was given up.

use super::codes;
use crate::check::ir::{Ir, Place};
use crate::check::{Elsewhere, FileDiagnostic};
use crate::model::{EffectId, NormId, Outcome, VersionId};
use crate::pack::Program;
use crate::prove::proof::{Claim, Proof, Refuted, Undecided};
use crate::prove::scenario::{norm_name, scenario};
use crate::syntax::diagnostic::{Diagnostic, Label};

/// The errors of a proof, in the order of its claims.
pub(super) fn errors(ir: &Ir, program: &Program<'_>, proof: &Proof) -> Vec<FileDiagnostic> {
    let refuted = proof.refuted.iter().map(|found| error(ir, program, found));
    let undecided = proof.undecided.iter();
    let undecided = undecided.map(|(claim, why)| no_answer(ir, program, *claim, why));
    refuted.chain(undecided).collect()
}

fn error(ir: &Ir, program: &Program<'_>, found: &Refuted) -> FileDiagnostic {
    let norm = norm_name(program, found.norm);
    let outcome = words(found.outcome);
    match found.what {
        Claim::Guard(effect) => {
            let rule = rule_of(program, effect);
            let message = format!("rule `{rule}` grants `{norm}` where its guard is false");
            let expected = [format!("{norm} {outcome}")];
            let title = format!("{rule} applies, and the guard of {norm} is false");
            let example = scenario(program, &found.case, &title, &expected);
            let place = place_of(ir, program, effect);
            let diagnostic = Diagnostic::error(codes::GRANT_WITHOUT_GUARD, place.span, message)
                .label("this grant is not covered by the guard")
                .help("make the condition of the rule imply the guard, or widen the guard if the law does")
                .example(example);
            let mut problem = in_file(place, diagnostic);
            let declared = ir.norms[found.norm.index()].place;
            also(
                &mut problem,
                declared,
                format!("`{norm}` is protected here"),
            );
            problem
        }
        Claim::Property(index) => {
            let property = &ir.properties[index];
            let code = if property.always {
                codes::ALWAYS_BROKEN
            } else {
                codes::NEVER_BROKEN
            };
            let message = format!("this does not hold: `{norm}` can be `{outcome}`");
            let example = scenario(
                program,
                &found.case,
                &format!("breaks: {}", property.text),
                &[format!("{norm} {outcome}")],
            );
            let diagnostic = Diagnostic::error(code, property.place.span, message)
                .label("broken by the case below")
                .help("mend the rules, or say less: a pack whose promises fail is not built")
                .example(example);
            in_file(property.place, diagnostic)
        }
    }
}

fn no_answer(ir: &Ir, program: &Program<'_>, claim: Claim, why: &Undecided) -> FileDiagnostic {
    let (place, what) = match claim {
        Claim::Guard(effect) => {
            let norm = NormId(program.effects.at(effect.index()).norm);
            let what = format!(
                "that the guard of `{}` holds here",
                norm_name(program, norm)
            );
            (place_of(ir, program, effect), what)
        }
        Claim::Property(index) => (ir.properties[index].place, "this".to_string()),
    };
    let message = format!("cannot prove {what}: {why}");
    let help = match why {
        Undecided::Beyond(_) => "make the conditions simpler, or split the pack",
        Undecided::Bounded => "let the claim depend on one of these duties at most",
        Undecided::Disagreed => "report it with these rules",
    };
    let help = format!("what cannot be proved is not built: {help}");
    let diagnostic = Diagnostic::error(codes::UNDECIDED, place.span, message).help(help);
    in_file(place, diagnostic)
}

/// A diagnostic in the file of its place.
pub(super) fn in_file(place: Place, diagnostic: Diagnostic) -> FileDiagnostic {
    FileDiagnostic {
        file: place.file,
        diagnostic,
        elsewhere: Vec::new(),
    }
}

/// Adds a place that matters, in whichever file.
pub(super) fn also(problem: &mut FileDiagnostic, place: Place, text: impl Into<String>) {
    let text = text.into();
    if place.file == problem.file {
        problem.diagnostic.labels.push(Label {
            span: place.span,
            text,
        });
    } else {
        problem.elsewhere.push(Elsewhere { place, text });
    }
}

/// The name of the rule of an effect, with its pack.
pub(super) fn rule_of(program: &Program<'_>, effect: EffectId) -> String {
    let version = VersionId(program.effects.at(effect.index()).version);
    let rule = program.versions.at(version.index()).rule;
    let (pack, name) = program.rule_name(crate::model::RuleId(rule));
    format!("{pack}/{name}")
}

/// Where an effect was written.
pub(super) fn place_of(ir: &Ir, program: &Program<'_>, effect: EffectId) -> Place {
    let row = program.effects.at(effect.index());
    let version = &ir.versions[usize::from(row.version)];
    let mut effects = version.effects.iter();
    let written = effects.find(|one| one.norm.0 == row.norm && one.kind as u8 == row.kind);
    written.map_or(version.place, |effect| effect.place)
}

/// An outcome as the language writes it.
fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::MustNot => "must not",
        other => other.word(),
    }
}
