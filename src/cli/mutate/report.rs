//! What became of mutants, for people and for programs.
//!
//! Invariant: every survivor is shown, at its place in the source.

use serde_json::{Value, json};

use super::{Compared, Fate};
use crate::cli::count;
use crate::mutate::{Mutant, Operator};
use crate::syntax::diagnostic::{Code, Diagnostic};
use crate::syntax::{Source, render};

/// A fault that neither a scenario nor a case notices.
const SURVIVOR: Code = Code("W0503");

/// How many mutants came to which end.
#[derive(Clone, Copy, Default)]
struct Totals {
    noticed: usize,
    refused: usize,
    same: usize,
    survived: usize,
}

impl Totals {
    fn of<'f>(fates: impl Iterator<Item = &'f Fate>) -> Totals {
        let mut totals = Totals::default();
        for fate in fates {
            *match fate {
                Fate::Noticed => &mut totals.noticed,
                Fate::Refused => &mut totals.refused,
                Fate::Unnoticed(Compared::Same) => &mut totals.same,
                Fate::Unnoticed(_) => &mut totals.survived,
            } += 1;
        }
        totals
    }

    fn all(self) -> usize {
        self.noticed + self.refused + self.same + self.survived
    }

    fn json(self) -> Value {
        json!({
            "mutants": self.all(),
            "noticed": self.noticed,
            "refused": self.refused,
            "equivalent": self.same,
            "survived": self.survived,
        })
    }
}

fn survivors<'t>(
    tried: &'t [(&'t Mutant, Fate)],
) -> impl Iterator<Item = (&'t Mutant, &'t Compared)> {
    tried.iter().filter_map(|(mutant, fate)| match fate {
        Fate::Unnoticed(compared) if *compared != Compared::Same => Some((*mutant, compared)),
        _ => None,
    })
}

fn diagnostic(mutant: &Mutant, compared: &Compared) -> Diagnostic {
    let message = format!(
        "nothing notices this fault in {} `{}`: {}",
        mutant.kind, mutant.name, mutant.text
    );
    let help = match compared {
        Compared::Unknown { why } => format!("write a scenario that notices it; {why}"),
        Compared::Differ { .. } | Compared::Same => "the scenario below notices it".to_string(),
    };
    Diagnostic::warning(SURVIVOR, mutant.span, message)
        .label(mutant.operator.word())
        .help(help)
}

/// The survivors, and how many mutants there were.
pub(super) fn text(sources: &[Source], tried: &[(&Mutant, Fate)], colour: bool) -> String {
    let nothing = Source::default();
    let mut out = String::new();
    for (mutant, compared) in survivors(tried) {
        let source = sources.get(mutant.file).unwrap_or(&nothing);
        let found = diagnostic(mutant, compared);
        out.push_str(&render::text_of_one(source, &found, colour));
        if let Compared::Differ { scenario } = compared {
            out.push_str(&format!("\n{}\n", scenario.trim_end()));
        }
        out.push('\n');
    }
    let totals = Totals::of(tried.iter().map(|(_, fate)| fate));
    out.push_str(&format!(
        "{}: {} noticed by scenarios and cases, {} refused by the compiler, {} equivalent, {} survived\n",
        count(totals.all(), "mutant"),
        totals.noticed,
        totals.refused,
        totals.same,
        totals.survived
    ));
    out
}

/// The same, with the counts of each kind of fault.
pub(super) fn json(sources: &[Source], tried: &[(&Mutant, Fate)]) -> Value {
    let nothing = Source::default();
    let one = |(mutant, compared): (&Mutant, &Compared)| {
        let source = sources.get(mutant.file).unwrap_or(&nothing);
        let (scenario, why) = match compared {
            Compared::Differ { scenario } => (Some(scenario), None),
            Compared::Unknown { why } => (None, Some(why)),
            Compared::Same => (None, None),
        };
        json!({
            "operator": mutant.operator.word(),
            "kind": mutant.kind,
            "name": mutant.name,
            "fault": mutant.text,
            "diagnostic": render::json_of_one(source, &diagnostic(mutant, compared)),
            "scenario": scenario,
            "not_compared": why,
        })
    };
    let of = |operator: Operator| {
        let fates = tried
            .iter()
            .filter(|(mutant, _)| mutant.operator == operator);
        Totals::of(fates.map(|(_, fate)| fate))
    };
    let operators = Operator::ALL
        .iter()
        .filter(|operator| of(**operator).all() > 0);
    let operators: serde_json::Map<String, Value> = operators
        .map(|operator| (operator.word().to_string(), of(*operator).json()))
        .collect();
    let mut out = Totals::of(tried.iter().map(|(_, fate)| fate)).json();
    if let Value::Object(fields) = &mut out {
        fields.insert("operators".to_string(), Value::Object(operators));
        let list: Vec<Value> = survivors(tried).map(one).collect();
        fields.insert("survivors".to_string(), Value::Array(list));
    }
    out
}
