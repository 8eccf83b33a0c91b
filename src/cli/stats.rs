//! A pack to what its index costs, and which rules it does not spare (`exq check --stats`).
//!
//! Invariant: it is read from the pack and not worked out anew, so that it tells what an evaluation has.

use serde_json::{Value, json};

use super::count;
use crate::model::{RuleId, VersionId};
use crate::pack::Program;
use crate::pack::format::KeyRow;
use crate::pack::index::{KeyKind, WHOLE, is_set};

/// What the index of a pack is.
pub(super) struct Stats {
    bytes: usize,
    steps: usize,
    keys: Vec<Key>,
    /// Versions of rules, those that keys alone decide, and the rules that are looked at in every case.
    versions: usize,
    whole: usize,
    always: Vec<String>,
}

/// A fact or event by which cases are told apart.
struct Key {
    name: String,
    cells: usize,
    /// How many tenths of a step a cell rules out, on average.
    tenths: usize,
}

impl Stats {
    pub(super) fn of(program: &Program<'_>) -> Stats {
        let versions = program.versions.len();
        let set = |column: u32, version: usize| {
            let position = program.versions.at(version).position;
            is_set(program.column(column), position)
        };
        let reads = |version: usize| program.keys.iter().any(|key| set(key.read_by, version));
        let mut always: Vec<String> = (0..versions)
            .filter(|version| !reads(*version))
            .map(|version| {
                let rule = program.versions.at(VersionId(version as u16).index()).rule;
                let (pack, name) = program.rule_name(RuleId(rule));
                format!("{pack}/{name}")
            })
            .collect();
        always.dedup();
        Stats {
            bytes: program.columns.len(),
            steps: program.schedule.len(),
            keys: program
                .keys
                .iter()
                .map(|key| Key::of(program, &key))
                .collect(),
            versions,
            whole: (0..versions).filter(|version| set(WHOLE, *version)).count(),
            always,
        }
    }

    pub(super) fn text(&self) -> String {
        let mut out = format!(
            "index: {}, {} bytes of columns; of {} of rules, {} decided by keys alone\n",
            count(self.keys.len(), "key"),
            self.bytes,
            count(self.versions, "version"),
            self.whole,
        );
        for key in &self.keys {
            out.push_str(&format!(
                "  {}: {}, a value rules out {}.{} of {} on average\n",
                key.name,
                count(key.cells, "cell"),
                key.tenths / 10,
                key.tenths % 10,
                count(self.steps, "step"),
            ));
        }
        if self.always.is_empty() {
            out.push_str("no rule is looked at in every case\n");
        } else {
            out.push_str(&format!(
                "looked at in every case: {}\n",
                self.always.join(", ")
            ));
        }
        out
    }

    pub(super) fn as_json(&self) -> Value {
        let keys = self.keys.iter().map(
            |key| json!({ "name": key.name, "cells": key.cells, "rules_out_tenths": key.tenths }),
        );
        json!({
            "column_bytes": self.bytes,
            "steps": self.steps,
            "versions": self.versions,
            "decided_by_keys": self.whole,
            "keys": keys.collect::<Vec<_>>(),
            "always_looked_at": self.always,
        })
    }
}

impl Key {
    fn of(program: &Program<'_>, key: &KeyRow) -> Key {
        let id = usize::from(key.id);
        let name = match KeyKind::from_u8(key.kind) {
            Some(KeyKind::Happened) => program.events.at(id).name,
            _ => program.facts.at(id).name,
        };
        let ones = |column: u32| -> u32 {
            program
                .column(column)
                .iter()
                .map(|byte| byte.count_ones())
                .sum()
        };
        let cells = program.cells.range(key.cells.first, key.cells.count);
        let kept: u32 = cells.map(|cell| ones(cell.column)).sum();
        let (steps, count) = (program.schedule.len(), key.cells.count as usize);
        Key {
            name: program.str(name).to_string(),
            cells: count,
            tenths: ((steps * count).saturating_sub(kept as usize) * 10).div_ceil(count.max(1)),
        }
    }
}
