//! What came of a batch of cases: how many lines, why some were refused, which rules applied, and how each norm came out.
//!
//! Invariant: its size depends on the rules alone, whatever the number of lines. A line counts once for a rule, and once
//! for each outcome that a norm has in some place of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::eval::Decision;
use crate::json::naming;
use crate::model::{NormId, Outcome, VersionId};
use crate::pack::Program;

/// How many lines a rule, or an outcome, was seen in.
#[derive(Clone, Copy, Default)]
struct RuleCount {
    applies: u64,
    undetermined: u64,
}

/// The counts of a batch.
pub(super) struct Summary<'p> {
    program: Program<'p>,
    lines: u64,
    evaluated: u64,
    duplicates: u64,
    later: u64,
    refused: BTreeMap<&'static str, u64>,
    /// By version.
    rules: Vec<RuleCount>,
    /// By norm and outcome, with the last line that counted.
    norms: BTreeMap<(u16, u8), (u64, u64)>,
}

impl<'p> Summary<'p> {
    pub(super) fn new(program: &Program<'p>) -> Summary<'p> {
        Summary {
            program: *program,
            lines: 0,
            evaluated: 0,
            duplicates: 0,
            later: 0,
            refused: BTreeMap::new(),
            rules: vec![RuleCount::default(); program.versions.len()],
            norms: BTreeMap::new(),
        }
    }

    /// Counts a line.
    pub(super) fn read(&mut self, duplicate: bool) {
        self.lines += 1;
        self.duplicates += u64::from(duplicate);
    }

    /// Counts a line that was refused.
    pub(super) fn refused(&mut self, kind: &'static str) {
        *self.refused.entry(kind).or_default() += 1;
    }

    /// Counts a line with so many events after the question.
    pub(super) fn warned(&mut self, later: usize) {
        self.later += u64::from(later > 0);
    }

    /// Counts a decision.
    pub(super) fn decided(&mut self, decision: &Decision<'_>) {
        self.evaluated += 1;
        for (version, state) in decision.rule_states() {
            if let Some(count) = self.rules.get_mut(version.index()) {
                if state.is_true() {
                    count.applies += 1;
                } else {
                    count.undetermined += 1;
                }
            }
        }
        for part in decision.parts().iter().filter(|part| part.beside.is_none()) {
            let key = (part.norm.0, part.outcome as u8);
            let (count, last) = self.norms.entry(key).or_default();
            if *last != self.lines {
                (*count, *last) = (*count + 1, self.lines);
            }
        }
    }

    /// True if a line was refused.
    pub(super) fn any_refused(&self) -> bool {
        !self.refused.is_empty()
    }

    /// True once in a while: a terminal need not hear of every line.
    pub(super) fn is_round(&self) -> bool {
        self.lines.is_multiple_of(64)
    }

    /// How far it is.
    pub(super) fn far(&self) -> String {
        let refused: u64 = self.refused.values().sum();
        format!("{} lines, {refused} refused", self.lines)
    }

    fn rules(&self) -> impl Iterator<Item = (String, Option<String>, RuleCount)> + '_ {
        let counted = (0u16..).map(VersionId).zip(self.rules.iter().copied());
        counted
            .filter(|(_, count)| count.applies + count.undetermined > 0)
            .map(|(version, count)| {
                let name = naming::version(&self.program, version);
                (name, naming::version_date(&self.program, version), count)
            })
    }

    fn norms(&self) -> impl Iterator<Item = (String, &'static str, u64)> + '_ {
        self.norms.iter().map(|((norm, outcome), (count, _))| {
            let outcome = Outcome::from_u8(*outcome).unwrap_or(Outcome::None);
            let name = naming::norm(&self.program, NormId(*norm));
            (name, outcome.word(), *count)
        })
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let refused: u64 = self.refused.values().sum();
        let mut out = format!(
            "lines {}\nevaluated {}\nrefused {refused}\n",
            self.lines, self.evaluated
        );
        for (kind, count) in &self.refused {
            out.push_str(&format!("    {kind} {count}\n"));
        }
        if self.duplicates > 0 {
            out.push_str(&format!(
                "with the id of a line before {}\n",
                self.duplicates
            ));
        }
        if self.later > 0 {
            out.push_str(&format!(
                "with an event after the question {}\n",
                self.later
            ));
        }
        let mut rows = vec![[
            "rule".to_string(),
            "applies".to_string(),
            "undetermined".to_string(),
        ]];
        for (name, from, count) in self.rules() {
            let name = from.map_or(name.clone(), |from| format!("{name} ({from})"));
            rows.push([
                name,
                count.applies.to_string(),
                count.undetermined.to_string(),
            ]);
        }
        table(&mut out, &rows);
        rows = vec![[
            "norm".to_string(),
            "outcome".to_string(),
            "lines".to_string(),
        ]];
        for (name, outcome, count) in self.norms() {
            rows.push([name, outcome.to_string(), count.to_string()]);
        }
        table(&mut out, &rows);
        out
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let rules: Vec<Value> = self
            .rules()
            .map(|(rule, version, count)| {
                let mut row = json!({
                    "rule": rule, "applies": count.applies, "undetermined": count.undetermined
                });
                if let (Some(version), Some(row)) = (version, row.as_object_mut()) {
                    row.insert("version".to_string(), json!(version));
                }
                row
            })
            .collect();
        let norms: Vec<Value> = self
            .norms()
            .map(|(norm, outcome, lines)| json!({ "norm": norm, "outcome": outcome, "lines": lines }))
            .collect();
        json!({
            "lines": self.lines,
            "evaluated": self.evaluated,
            "refused": self.refused,
            "duplicates": self.duplicates,
            "after_now": self.later,
            "rules": rules,
            "norms": norms,
        })
    }
}

/// Rows in columns, the first of which names them; nothing for a heading alone.
fn table(out: &mut String, rows: &[[String; 3]]) {
    if rows.len() < 2 {
        return;
    }
    let wide = |column: fn(&[String; 3]) -> &String| {
        let widths = rows.iter().map(|row| column(row).chars().count());
        widths.max().unwrap_or(0)
    };
    let (first, second) = (wide(|row| &row[0]), wide(|row| &row[1]));
    out.push('\n');
    for [name, middle, last] in rows {
        let line = format!("{name:<first$}  {middle:<second$}  {last}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
