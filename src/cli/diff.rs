//! `exq diff`: two versions of rules to every way in which they decide differently.
//!
//! Invariant: what is written of a case is what the evaluator says of it; scenarios expect what the new version says.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::Args;
use super::situation::case_json;
use super::{Done, Format, Link, Stop, count, lines, link};
use crate::eval::{Decision, Part};
use crate::json::naming;
use crate::pack::Program;
use crate::prove::diff::{Change, Difference, Differences, Regions, diff};
use crate::prove::scenario::scenario;

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Done, Stop> {
    let (old, new) = if args.diff.new.is_empty() {
        let middle = args.paths.len() / 2;
        args.paths.split_at(middle)
    } else {
        (args.paths.as_slice(), args.diff.new.as_slice())
    };
    let [old, new] = [linked(old, args)?, linked(new, args)?];
    let (old, new) = (old.pack()?, new.pack()?);
    let programs = [*old.program(), *new.program()];
    let found = diff(programs[0], programs[1]);
    let out = match args.format {
        _ if args.diff.scenarios => scenarios(&programs, &found),
        Format::Text => text(&programs, &found),
        Format::Json => format!("{:#}\n", as_json(&programs, &found)),
    };
    Ok(Done {
        out,
        err: undecided(&found),
        status: u8::from(!found.is_empty()),
    })
}

fn linked(paths: &[PathBuf], args: &Args) -> Result<Link, Stop> {
    let all: Vec<PathBuf> = args.diff.with.iter().chain(paths).cloned().collect();
    link(&all, &args.adopt)
}

fn undecided(found: &Differences) -> String {
    let mut err = String::new();
    for open in &found.undecided {
        let norm = open
            .norm
            .as_ref()
            .map_or(String::new(), |norm| format!(" of `{norm}`"));
        let rule = open
            .rule
            .as_ref()
            .map_or(String::new(), |rule| format!(" by `{rule}`"));
        let what = open.what.words();
        err.push_str(&format!(
            "error: cannot decide whether the {what}{norm}{rule} differs: {}\n",
            open.why
        ));
    }
    err
}

fn text(programs: &[Program<'_>; 2], found: &Differences) -> String {
    let mut out = String::new();
    let lists = [
        ("vocabulary", &found.vocabulary),
        ("citations", &found.citations),
    ];
    for (title, changes) in lists {
        if !changes.is_empty() {
            out.push_str(&format!("{title}\n"));
            for change in changes {
                out.push_str(&format!("  {}\n", change_words(change)));
            }
            out.push('\n');
        }
    }
    let mut group: Option<&Option<String>> = None;
    for difference in &found.found {
        if group != Some(&difference.rule) {
            group = Some(&difference.rule);
            match &difference.rule {
                Some(rule) => out.push_str(&format!("rule {rule}\n")),
                None => out.push_str("no rule\n"),
            }
        }
        out.push_str(&format!("  {}\n", headline(difference)));
        out.push_str(&format!(
            "    old: {}\n    new: {}\n",
            difference.old, difference.new
        ));
        for line in case_lines(programs, difference) {
            out.push_str(format!("    {line}").trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out.push_str(&tally(found));
    out
}

/// `due of takedown, in 3 regions`.
fn headline(difference: &Difference) -> String {
    let mut line = difference.aspect.word().to_string();
    if line != difference.what.words() {
        line = format!("{line}: {}", difference.what.words());
    }
    if let Some(norm) = &difference.norm {
        line.push_str(&format!(" of `{norm}`"));
    }
    if !difference.places.is_empty() {
        line.push_str(&format!(" across {{{}}}", difference.places.join(", ")));
    }
    if let Some(regions) = difference.regions {
        line.push_str(&format!(", in {regions}"));
    }
    line
}

fn change_words(change: &Change) -> String {
    let (what, name) = (change.what, &change.name);
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{what} `{name}`: was {old}, is {new}"),
        (None, Some(new)) => format!("{what} `{name}` is new: {new}"),
        (Some(old), None) => format!("{what} `{name}` is gone: {old}"),
        (None, None) => format!("{what} `{name}`"),
    }
}

fn tally(found: &Differences) -> String {
    if found.is_empty() {
        return "no difference\n".to_string();
    }
    let mut parts = Vec::new();
    for (number, what) in [
        (found.found.len(), "difference"),
        (found.vocabulary.len(), "change of the vocabulary"),
        (found.citations.len(), "change of citations"),
        (found.undecided.len(), "open question"),
    ] {
        if number > 0 {
            parts.push(many(number, what));
        }
    }
    format!("{}\n", parts.join(", "))
}

/// `2 changes of the vocabulary`.
fn many(number: usize, what: &str) -> String {
    match what.split_once(' ') {
        Some((noun, rest)) if noun == "change" => format!("{} {rest}", count(number, noun)),
        _ => count(number, what),
    }
}

/// A scenario that holds of the new version and fails with the old one.
pub(super) fn killing(programs: &[Program<'_>; 2], difference: &Difference) -> String {
    let new = expected(programs, &programs[1], difference);
    scenario(&programs[1], &difference.case, &title(difference), &new)
}

/// What the new version says of the case, as a scenario, and what the old one said above it.
fn case_lines(programs: &[Program<'_>; 2], difference: &Difference) -> Vec<String> {
    let [old, new] = programs.map(|program| expected(programs, &program, difference));
    let mut text: String = old
        .iter()
        .map(|line| format!("# the old version: {line}\n"))
        .collect();
    text.push_str(&scenario(
        &programs[1],
        &difference.case,
        &title(difference),
        &new,
    ));
    text.lines().map(str::to_string).collect()
}

fn title(difference: &Difference) -> String {
    let rule = difference
        .rule
        .as_ref()
        .map_or(String::new(), |rule| format!("{rule}: "));
    let norm = difference
        .norm
        .as_ref()
        .map_or(String::new(), |norm| format!(" of {norm}"));
    format!("{rule}another {}{norm}", difference.what.words())
}

fn scenarios(programs: &[Program<'_>; 2], found: &Differences) -> String {
    let mut out = String::new();
    for difference in &found.found {
        out.push_str(&case_lines(programs, difference).join("\n"));
        out.push_str("\n\n");
    }
    out
}

/// What a version says of the norm of a difference, as expectations.
fn expected(
    programs: &[Program<'_>; 2],
    program: &Program<'_>,
    difference: &Difference,
) -> Vec<String> {
    let read = |decision: &Decision<'_>| {
        let own = |part: &&Part| part.beside.is_none();
        let of_norm = |part: &&Part| match &difference.norm {
            Some(norm) => naming::norm(program, part.norm) == *norm,
            None => part.count > 0,
        };
        let parts = decision.parts().iter().filter(own).filter(of_norm);
        let mut lines: Vec<String> = parts.map(|part| lines::of_part(decision, part)).collect();
        if let (true, Some(norm)) = (lines.is_empty(), &difference.norm) {
            lines.push(format!("{norm} none"));
        }
        lines.extend(lines::conflicts(decision));
        lines.extend(lines::human(decision));
        lines
    };
    let case = &difference.case;
    case.judge(programs, program, read).unwrap_or_default()
}

fn as_json(programs: &[Program<'_>; 2], found: &Differences) -> Value {
    let change = |change: &Change| json!({ "what": change.what, "name": change.name, "old": change.old, "new": change.new });
    let one = |difference: &Difference| {
        let (regions, exact) = match difference.regions {
            Some(Regions::Exactly(count)) => (Some(count), true),
            Some(Regions::AtLeast(count)) => (Some(count), false),
            None => (None, false),
        };
        json!({
            "kind": difference.aspect.word(),
            "what": difference.what.words().replace(' ', "_"),
            "rule": difference.rule,
            "norm": difference.norm,
            "places": difference.places,
            "old": difference.old,
            "new": difference.new,
            "regions": { "count": regions, "exact": exact },
            "case": case_json(programs, &difference.case),
            "scenario": case_lines(programs, difference).join("\n") + "\n",
        })
    };
    let open: Vec<Value> = found
        .undecided
        .iter()
        .map(|open| {
            let (what, why) = (open.what.words().replace(' ', "_"), open.why.to_string());
            json!({ "what": what, "rule": open.rule, "norm": open.norm, "why": why })
        })
        .collect();
    json!({
        "vocabulary": found.vocabulary.iter().map(change).collect::<Vec<_>>(),
        "citations": found.citations.iter().map(change).collect::<Vec<_>>(),
        "differences": found.found.iter().map(one).collect::<Vec<_>>(),
        "undecided": open,
    })
}
