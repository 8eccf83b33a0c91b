//! `exq prove` and `exq verify`: a question about rules to a proof or a case; a compiled pack to what was proved of it, and
//! to whether its signature holds.
//!
//! Invariant: a question is read, checked and proved like a property of the rules, in a pack of its own that uses all of
//! theirs, so that it means what it would mean there.

use serde_json::json;

use super::args::Args;
use super::link::{Given, link_sources, parse};
use super::{Done, Format, Stop, World, count, link, sign};
use crate::check::FileDiagnostic;
use crate::json::hex;
use crate::pack::Program;
use crate::pack::format::NONE32;
use crate::prove::proof::{Claim, Proof, prove};
use crate::prove::question::Inquiry;
use crate::prove::scenario::norm_name;
use crate::syntax::{Severity, Source};

/// Answers a question.
pub(super) fn run(args: &Args) -> Result<Done, Stop> {
    let Some((question, paths)) = args.paths.split_last() else {
        return Err(Stop::Call(
            "`exq prove` needs rules and a question".to_string(),
        ));
    };
    let asked = question.to_string_lossy();
    if paths.is_empty() {
        return Err(Stop::Call(format!(
            "`exq prove` needs rules, and then a question: `{asked}` is the only word"
        )));
    }
    let property = property(&asked);
    let Given::Sources(mut sources) = Given::read(paths)? else {
        return Err(Stop::Call(
            "a question is asked of sources, whose names it uses: `exq verify` proves a compiled pack again".to_string(),
        ));
    };
    let (_, files) = parse(&sources)?;
    let packs: Vec<&str> = files
        .iter()
        .map(|file| file.pack.name.text.as_str())
        .collect();
    let mut name = "question".to_string();
    while packs.contains(&name.as_str()) {
        name.push('_');
    }
    let uses: String = packs.iter().map(|pack| format!("use {pack}\n")).collect();
    let text = format!("pack {name}\n{uses}{property}\n");
    sources.push(("the question".to_string(), text.into_bytes()));
    let refused = match link_sources(&sources, &[]) {
        Ok(_) => None,
        Err(Stop::Rules {
            sources,
            diagnostics,
        }) => Some(answered(sources, diagnostics)?),
        Err(stop) => return Err(stop),
    };
    let example = refused
        .as_ref()
        .and_then(|found| found.first()?.diagnostic.example.clone());
    let out = match (args.format, refused) {
        (Format::Json, _) => {
            let proved = example.is_none();
            format!(
                "{:#}\n",
                json!({ "question": property, "proved": proved, "case": example })
            )
        }
        (Format::Text, None) => format!("proved: {property}\n"),
        (Format::Text, Some(found)) => found
            .iter()
            .filter_map(|found| {
                let example = found.diagnostic.example.as_ref()?;
                Some(format!("{}\n\n{example}", found.diagnostic.message))
            })
            .collect(),
    };
    Ok(Done {
        out,
        status: u8::from(example.is_some()),
        ..Done::default()
    })
}

/// The errors that are an answer: those of the question, the last of the sources, each with its case.
///
/// # Errors
/// [`Stop::Rules`]: what is wrong with the rules themselves is said first, and then what is wrong with the question.
fn answered(
    sources: Vec<Source>,
    mut diagnostics: Vec<FileDiagnostic>,
) -> Result<Vec<FileDiagnostic>, Stop> {
    let of_rules = |found: &FileDiagnostic| usize::from(found.file) + 1 < sources.len();
    let is_error = |found: &FileDiagnostic| found.diagnostic.severity == Severity::Error;
    let sound = !diagnostics
        .iter()
        .any(|found| of_rules(found) && is_error(found));
    if sound
        && diagnostics
            .iter()
            .all(|found| found.diagnostic.example.is_some())
    {
        return Ok(diagnostics);
    }
    diagnostics.retain(|found| sound || of_rules(found));
    Err(Stop::Rules {
        sources,
        diagnostics,
    })
}

/// A question as a property: `N must only if C` is `never N must unless C`.
fn property(asked: &str) -> String {
    let asked = asked.trim();
    let whole = asked.starts_with("never ") || asked.starts_with("always ");
    match asked.split_once(" only if ") {
        Some((what, cond)) if !whole => format!("never {what} unless {cond}"),
        _ => asked.to_string(),
    }
}

/// Shows what was proved of a compiled pack, and proves it again.
pub(super) fn verify(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    let link = link(&args.paths, &[])?;
    let pack = link.pack()?;
    let signed = sign::held::signature(args, &link.bytes, world)?;
    let program = *pack.program();
    let proof = prove(&mut Inquiry::new(&[program]));
    let guarded = program
        .norms
        .iter()
        .filter(|norm| norm.guard != NONE32)
        .count();
    let properties = properties(&program, &proof);
    let out = match args.format {
        Format::Json => {
            let listed: Vec<_> = properties
                .iter()
                .map(|(text, holds)| json!({ "text": text, "holds": holds }))
                .collect();
            let mut out = json!({
                "digest": hex(&pack.digest()),
                "bytes": link.bytes.len(),
                "built_proved": pack.is_proved(),
                "holds": proof.holds(),
                "protected_norms": guarded,
                "grants_without_guard": unguarded(&program, &proof),
                "properties": listed,
            });
            if let Some(signed) = &signed {
                out["signature"] = sign::as_json(signed);
            }
            format!("{out:#}\n")
        }
        Format::Text => {
            let mut out = match &signed {
                Some(signed) => format!("signed as {}\n", sign::told(signed)),
                None => String::new(),
            };
            out += &format!(
                "digest {}, {} bytes\n",
                hex(&pack.digest()),
                link.bytes.len()
            );
            let built = if pack.is_proved() {
                "proved"
            } else {
                "not proved"
            };
            let again = if proof.holds() {
                "and so they are now"
            } else {
                "and some do not hold"
            };
            out += &format!("guards and properties were {built} when it was built, {again}\n");
            let norms = count(guarded, "protected norm");
            match unguarded(&program, &proof).as_slice() {
                [] => out += &format!("{norms}: every grant implies its guard\n"),
                open => out += &format!("{norms}: granted without a guard: {}\n", open.join(", ")),
            }
            for (text, holds) in &properties {
                out += &format!("{}  {text}\n", if *holds { "holds " } else { "BROKEN" });
            }
            out
        }
    };
    Ok(Done {
        out,
        status: u8::from(!proof.holds()),
        ..Done::default()
    })
}

/// The properties of a pack, and whether each holds.
fn properties<'p>(program: &Program<'p>, proof: &Proof) -> Vec<(&'p str, bool)> {
    let broken = |index: usize| {
        let claim = Claim::Property(index);
        let refuted = proof.refuted.iter().any(|found| found.what == claim);
        refuted || proof.undecided.iter().any(|(other, _)| *other == claim)
    };
    let rows = program.properties.iter().enumerate();
    rows.map(|(index, row)| (program.str(row.text), !broken(index)))
        .collect()
}

/// The norms that some rule grants without their guard.
fn unguarded(program: &Program<'_>, proof: &Proof) -> Vec<String> {
    let refuted = proof.refuted.iter().map(|found| found.what);
    let claims = refuted.chain(proof.undecided.iter().map(|(claim, _)| *claim));
    let mut norms: Vec<String> = claims
        .filter_map(|claim| match claim {
            Claim::Guard(effect) => {
                let norm = program.effects.at(effect.index()).norm;
                Some(norm_name(program, crate::model::NormId(norm)))
            }
            Claim::Property(_) => None,
        })
        .collect();
    norms.dedup();
    norms
}
